"""The measures that reached a record: counts by answer, since when, and whether the facts are verified."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from clearband.screening.result import Screening


@dataclass(frozen=True)
class Measure:
    """One directive as the summary and the report list it.

    Attributes:
        directive: Its id.
        title: Its title.
        since: Earliest date of a prohibition found, as exact as known; None when it prohibits nothing here.
        records: Records it reaches.
        answers: Records by answer, strictest first.
        verified: Whether every clause used was read in its source.
        own: Whether it is a directive file of the user's own, and no law.
    """

    directive: str
    title: str
    since: str | None
    records: int
    answers: dict[str, int]
    verified: bool
    own: bool = False


def measures(screening: Screening) -> tuple[Measure, ...]:
    """The measures of a screening in the order of its summary (most prohibited first)."""
    law = screening.findings.law
    used = (
        law.group_by("directive")
        .agg(
            pl.col("event_date").filter(pl.col("answer") == "prohibited").min().alias("since"),
            pl.col("verified").fill_null(value=False).all(),
            pl.col("own").fill_null(value=False).any(),
        )
        .join(screening.findings.count(law, ["directive"]), on="directive")
    )
    by_id: dict[str, dict[str, Any]] = {row["directive"]: row for row in used.iter_rows(named=True)}
    return tuple(
        Measure(
            directive=entry["directive"],
            title=entry["directive_title"] or entry["directive"],
            since=by_id[entry["directive"]]["since"],
            records=by_id[entry["directive"]]["records"],
            answers=entry["answers"],
            verified=by_id[entry["directive"]]["verified"],
            own=by_id[entry["directive"]]["own"],
        )
        for entry in screening.summary["by_directive"]
        if entry["directive"] in by_id
    )


def prohibited_by_own_only(screening: Screening) -> int:
    """Records that no law prohibits, only directive files of the user's own."""
    law = screening.findings.law.filter(pl.col("answer") == "prohibited")
    by_combo = law.group_by("combo").agg(pl.col("own").fill_null(value=False).all())
    counted = screening.findings.count(by_combo, ["own"]).filter("own")
    return int(counted["records"].sum())


@dataclass(frozen=True)
class ProhibitedFor:
    """How many records are prohibited for one class of actor, and since when at the earliest."""

    actor: str
    records: int
    since: str | None


def prohibited_for(screening: Screening) -> tuple[ProhibitedFor, ...]:
    """Prohibited records by class of actor, most records first."""
    prohibited = (
        screening.findings.law.filter(pl.col("answer") == "prohibited")
        .select("combo", "event_date", actor="actors")
        .explode("actor")
        .drop_nulls("actor")
    )
    since = prohibited.group_by("actor").agg(pl.col("event_date").min())
    counted = (
        screening.findings.count(prohibited, ["actor"])
        .join(since, on="actor")
        .sort("records", "actor", descending=[True, False])
    )
    return tuple(ProhibitedFor(*row) for row in counted.iter_rows())
