"""What approved lists say of an inventory, for the page and the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import polars as pl

if TYPE_CHECKING:
    from clearband.screening.result import Screening

Row = dict[str, Any]

SAYS: Final = {
    "replace": "replace: it has to go",
    "decide": "buy no more; whether it may stay, the list leaves open",
    "keep": "keep, buy no more",
    "buy": "may be bought",
    "not-listed": "not listed: no approval",
    "unknown": "unknown: the maker is not identified; no approval",
}
"""What an approved list says of a record, the most urgent first."""
ROWS: Final = 200
"""Rows of each table on the page; approved.csv has all."""
_MODEL: Final = pl.coalesce("model", "part_number")


@dataclass(frozen=True)
class OnOneList:
    """One list and what it says.

    Attributes:
        held: Which list it was, and its counts, as ``summary.json`` has them.
        says: Words and number of records, the most urgent first.
        states: State of the entry and number of records.
        to_go: Kinds of records that have to go, the soonest first: ``remove_by``, ``maker``, ``model``,
            ``entry``, ``note``, ``alternatives``, ``records``, ``sites``.
        open: Kinds of records that may not be bought and need not go: ``says``, ``maker``, ``category``,
            ``note``, ``would_change``, ``alternatives``, ``records``; the most records first.
        to_go_left_out, open_left_out: How many of these kinds are not shown.
    """

    held: Row
    says: list[tuple[str, int]]
    states: list[tuple[str, int]]
    to_go: list[Row]
    open: list[Row]
    to_go_left_out: int
    open_left_out: int


def says_of(held: Row) -> list[tuple[str, int]]:
    """What a list says, in words, with its number of records."""
    return [(words, held["records"][word]) for word, words in SAYS.items() if word in held["records"]]


def which_list(held: Mapping[str, Any]) -> str:
    """Which list it was, in one sentence."""
    published = held["published"]
    log = f"{held['events']:,} events of its log, the last one {held['head'][:12]}"
    if published is None:
        return f"As of {held['on']}, from {log}. A folder, not verified as a publication."
    size, root = published["log"]["size"], published["log"]["root"]
    again = "" if published["recomputed"] else ", not made anew from its log (other rules)"
    return (
        f"As of {held['on']}, from {log}. Verified{again}: version {published['version']}, published for "
        f"{published['on']}, signed log of {size:,} events with root {root[:12]}, fresh until "
        f"{published['fresh_until'][:16].replace('T', ' ')} UTC."
    )


def on_lists(screening: Screening) -> list[OnOneList]:
    """What each list says, for the page; empty where none was asked."""
    if screening.approved is None:
        return []
    held = screening.summary["approved"]["lists"]
    # The table has one row a record and list, in the order of the records.
    place = screening.equipment.select(
        "site", "category", maker=pl.coalesce("maker_name", "maker"), model=_MODEL
    ).with_row_index("row")
    numbered = screening.approved.with_columns(
        row=(pl.int_range(pl.len(), dtype=pl.UInt32) // len(held)).cast(pl.UInt32)
    )
    return [_one(one, numbered.filter(list=one["authority"]).join(place, on="row")) for one in held]


def _one(held: Row, told: pl.DataFrame) -> OnOneList:
    go = pl.col("list_says") == "replace"
    keys = ["remove_by", "maker", "model", "list_entry", "list_note", "alternatives"]
    to_go = (
        told.filter(go)
        .group_by(keys, maintain_order=True)
        .agg(records=pl.len(), sites=pl.col("site").drop_nulls().unique(maintain_order=True).head(6))
        .with_columns(day=pl.col("remove_by").str.extract(r"(\d{4}-\d{2}-\d{2})"))
        .sort("day", "maker", "model", nulls_last=True, maintain_order=True)
    )
    keys = ["list_says", "maker", "category", "list_entry", "list_note", "would_change", "alternatives"]
    undecided = (
        told.filter(~go & (pl.col("list_says") != "buy"))
        .group_by(keys, maintain_order=True)
        .agg(records=pl.len())
        .sort("records", descending=True, maintain_order=True)
    )
    return OnOneList(
        held,
        says_of(held),
        sorted(held["states"].items()),
        to_go.head(ROWS).to_dicts(),
        undecided.head(ROWS).to_dicts(),
        max(to_go.height - ROWS, 0),
        max(undecided.height - ROWS, 0),
    )
