"""What was merged out of several inputs, and what was kept apart, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from clearband.reports.plain_text import count, visible
from clearband.screening.merging import KEPT_APART, MERGED

if TYPE_CHECKING:
    from clearband.screening.result import Screening

KEY_WORDS: Final = {
    "serial-number": "serial number",
    "mac-address": "MAC address",
    "site-and-name": "site and name",
    "name": "name alone",
}
SHOWN: Final = 200
"""Merged records, and groups that were kept apart, on the page."""
_EXAMPLES: Final = 3


def merged_words(summary: dict[str, Any]) -> Iterator[str]:
    """How many records several inputs told of, by key, and how many groups were kept apart, by reason."""
    merged = summary.get("merged")
    if not merged:
        return
    if merged["records"]:
        by = ", ".join(f"{entry['records']:,} by {KEY_WORDS[entry['key']]}" for entry in merged["by"])
        seen = count(merged["records"], "record was", "records were")
        yield f"{seen} seen by more than one source, and counted once: {by}."
    if merged["kept_apart"]:
        whole = sum(entry["groups"] for entry in merged["kept_apart"])
        why = "; ".join(
            f"{entry['groups']:,} with one {KEY_WORDS[entry['key']]}, as {entry['reason']}"
            for entry in merged["kept_apart"]
        )
        yield f"{count(whole, 'group')} of records that may be the same kept apart: {why}."


def kept_apart_examples(screening: Screening) -> Iterator[str]:
    """The first groups that were kept apart, a line each."""
    if screening.merges is None:
        return
    apart = screening.merges.filter(pl.col("outcome") == KEPT_APART)["reason"]
    yield from (visible(reason, 300) for reason in apart.head(_EXAMPLES).to_list())
    if len(apart) > _EXAMPLES:
        yield f"and {count(len(apart) - _EXAMPLES, 'more group')} kept apart: see merges.csv"


def merges_shown(screening: Screening) -> dict[str, Any] | None:
    """What the page shows: sentences, the rows of each outcome, and how many are left out."""
    if screening.merges is None:
        return None
    tables = {
        outcome: screening.merges.filter(pl.col("outcome") == outcome) for outcome in (KEPT_APART, MERGED)
    }
    return {
        "words": list(merged_words(screening.summary)),
        "apart": tables[KEPT_APART].head(SHOWN).to_dicts(),
        "apart_left_out": max(tables[KEPT_APART].height - SHOWN, 0),
        "merged": tables[MERGED].head(SHOWN).to_dicts(),
        "merged_left_out": max(tables[MERGED].height - SHOWN, 0),
    }
