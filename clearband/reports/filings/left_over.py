"""The records that a draft is not about: open ones, excepted or later ones, and those not reached."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from clearband.reports.filings.form import Block, Said, Section
from clearband.reports.filings.record_table import (
    FROM,
    MAKER,
    MODEL,
    QUANTITY,
    RECORD,
    SITE,
    Shown,
    category,
    record_table,
)
from clearband.reports.filings.sorted_out import State, of_state
from clearband.reports.plain_text import count


def open_records(records: pl.DataFrame) -> Section:
    """Records that nothing has decided, with what would decide each."""
    undecided = of_state(records, State.OPEN)
    blocks: list[Block] = []
    if undecided.height:
        text = f"{count(undecided.height, 'record is', 'records are')} not decided, and not cleared."
        blocks.append(Said(text=text, tone="open"))
    table = record_table(
        undecided,
        (
            RECORD,
            FROM,
            Shown("answer of the run", "answer", 0.9),
            MAKER,
            MODEL,
            Shown("kind", category(), 1.2),
            SITE,
            QUANTITY,
            Shown("what would decide", "decides", 3.4),
            Shown("decided", None, 1),
        ),
        title="Open records",
        short="open",
        empty="No record that was screened is open.",
    )
    return Section(title="Open: not decided, and not cleared", wide=True, blocks=(*blocks, table))


def excepted(records: pl.DataFrame, states: Sequence[Shown] = ()) -> Section:
    """Records that a named exception takes out, or that the law reaches only from a later day.

    Args:
        records: As `sorted_out` gives them.
        states: Columns that say what holds of each; left out, its one state and the day.
    """
    held = states or (Shown("state", "state", 1.2), Shown("since", "since", 1.2))
    table = record_table(
        of_state(records, State.EXEMPT, State.LATER),
        (
            RECORD,
            FROM,
            MAKER,
            MODEL,
            QUANTITY,
            SITE,
            *held,
            Shown("what bears on it", pl.col("factors").list.join("; "), 3),
            Shown("reported?", None, 0.8, choices=("yes", "no")),
        ),
        title="",
        short="excepted",
        empty="None.",
        note="Items of covered makers that a named exception takes out, or that the law reaches only later.",
    )
    return Section(title="With a named exception, or later", wide=True, blocks=(table,))


def not_reached(records: pl.DataFrame, law: str) -> Section:
    """Records of known makers that no clause of a law reached, counted by maker."""
    rest = of_state(records, State.NOT_REACHED)
    by_maker = (
        rest.group_by("maker_name")
        .agg(pl.len().alias("records"), pl.col("quantity").fill_null(0).sum())
        .sort(["records", "maker_name"], descending=[True, False], nulls_last=True)
    )
    table = record_table(
        by_maker,
        (MAKER, Shown("records", "records", number=True), QUANTITY),
        title="By maker",
        short="not reached",
        empty="No record.",
    )
    text = (
        f"{count(rest.height, 'record')} of a known maker {'is' if rest.height == 1 else 'are'} reached by "
        f"no "
        f"clause of {law} that was asked. What a box contains, and what is not in the inventory, was not "
        f"looked at."
    )
    return Section(title=f"Not reached by {law}", blocks=(Said(text=text), table))
