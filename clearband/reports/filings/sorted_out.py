"""The records of a run sorted by what some clauses say of them: covered, open, later, exempt, or not reached.

A record whose maker is not known is open whatever the clauses say: it is never among those not reached.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Final

import polars as pl

from clearband.reports.filings.screened import Screened
from clearband.reports.plain_text import count

KEY: Final = ("record_id", "source")
"""What names a record: an asset id may stand in an inventory twice."""


class State(StrEnum):
    """What clauses say of a record, in the order in which one goes before another."""

    COVERED = "covered"
    OPEN = "open"
    LATER = "not yet"
    EXEMPT = "exempt"
    NOT_REACHED = "not reached"


_OF_ANSWER: Final = {
    "prohibited": State.COVERED,
    "review": State.OPEN,
    "unidentified": State.OPEN,
    "not-yet": State.LATER,
    "exempt": State.EXEMPT,
}
_ORDER: Final = tuple(State)


def sorted_out(
    screened: Screened,
    directives: Collection[str],
    actor: str,
    actions: Collection[str],
    *,
    among: pl.Expr | None = None,
    sure: pl.Expr | None = None,
) -> pl.DataFrame:
    """Each record with its state under some measures.

    Args:
        screened: The run.
        directives: Ids of the measures whose clauses count.
        actor: For whom they were asked.
        actions: And of which actions: a finding about any of them counts.
        among: Findings that count, of those; all where it is left out.
        sure: Findings that are sure though their answer is not ``prohibited``, such as a duty.

    Returns:
        `RECORD` columns and ``at``, with ``state`` and ``decides`` (what would decide an open one); of the
        findings that gave the state: ``law`` (list of titles and places), ``since``, ``question``,
        ``factors`` (list of what would change it), ``verified``.
    """
    found = screened.of(directives, actor, actions)
    if among is not None:
        found = found.filter(among)
    state = pl.col("answer").replace_strict(
        {answer: state.value for answer, state in _OF_ANSWER.items()}, default=None, return_dtype=pl.String
    )
    if sure is not None:
        state = pl.when(sure).then(pl.lit(State.COVERED.value)).otherwise(state)
    rank = pl.col("state").replace_strict(
        {one.value: at for at, one in enumerate(_ORDER)}, return_dtype=pl.Int8
    )
    ranked = found.with_columns(state.alias("state")).drop_nulls("state").with_columns(rank.alias("rank"))
    deciding = (
        ranked.filter(pl.col("rank") == pl.col("rank").min().over(KEY))
        .group_by(KEY, maintain_order=True)
        .agg(
            pl.col("state").first(),
            pl.format("{} ({})", "directive_title", "cite").unique(maintain_order=True).alias("law"),
            pl.col("event_date").min().alias("since"),
            pl.col("question").drop_nulls().unique(maintain_order=True).str.join("; ").alias("question"),
            pl.col("would_change")
            .list.explode(keep_nulls=False, empty_as_null=False)
            .unique(maintain_order=True)
            .alias("factors"),
            pl.col("verified").fill_null(value=False).all(),
        )
    )
    joined = screened.records.join(deciding, on=KEY, how="left", nulls_equal=True, maintain_order="left")
    not_known = (pl.col("answer") == "unidentified") & (
        pl.col("state").is_null() | pl.col("state").is_in([State.LATER, State.EXEMPT])
    )
    return joined.with_columns(
        pl.when(not_known)
        .then(pl.lit(State.OPEN.value))
        .otherwise(pl.col("state").fill_null(State.NOT_REACHED.value))
        .alias("state"),
        pl.when(pl.col("question").str.len_chars() > 0).then("question").alias("question"),
    ).with_columns(decides().alias("decides"))


def decides() -> pl.Expr:
    """What would decide an open record: its question, else the signal that would identify it."""
    return (
        pl.when(pl.col("state") == State.OPEN.value)
        .then(
            pl.concat_str(
                pl.coalesce("question", "answer_question"),
                pl.when(pl.col("answer") == "unidentified").then(
                    # One clause a measure stands in the findings of an unknown maker, with its makers alone.
                    pl.format("other clauses may name other makers; what would help: {}", "would_help")
                ),
                separator="; ",
                ignore_nulls=True,
            )
        )
        .otherwise(None)
    )


def of_state(records: pl.DataFrame, *states: State) -> pl.DataFrame:
    """The records in some states."""
    return records.filter(pl.col("state").is_in([one.value for one in states]))


def units(records: pl.DataFrame) -> str:
    """Units of records in words; records whose quantity could not be read count none, and are told."""
    told = count(int(records["quantity"].fill_null(0).sum()), "unit")
    unread = records["quantity"].null_count()
    if not unread:
        return told
    return f"{told}, and {count(unread, 'record')} whose quantity could not be read"


def questions(open_records: pl.DataFrame, most: int) -> list[str]:
    """What would decide open records, most records first, with counts; the rest is counted."""
    found = (
        open_records.with_columns(pl.col("decides").fill_null("not said in the run"))
        .group_by("decides")
        .agg(pl.len().alias("records"))
        .sort(["records", "decides"], descending=[True, False])
    )
    told = [f"{text} ({records:,})" for text, records in found.head(most).iter_rows()]
    if found.height > most:
        told.append(f"{found.height - most:,} more questions: see the table of open records")
    return told
