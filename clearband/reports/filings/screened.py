"""A finished run as drafts read it: its records and findings as tables, and what stands beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from clearband.errors import InputError, UsageError
from clearband.facts.store import compiled, content_hash
from clearband.reports.asked import Asked
from clearband.reports.filings.form import CitedSource, RestsOn
from clearband.reports.folder import read_run
from clearband.runs.explained import is_run_in_parts
from clearband.screening.earlier import EarlierRun

OPEN: Final = ("unidentified", "review")
"""Answers that leave a matter open."""
RECORD: Final = (
    "record_id",
    "source",
    "maker_name",
    "brand",
    "model",
    "part_number",
    "serial",
    "description",
    "category",
    "site",
    "region",
    "owner",
    "status",
    "purpose",
    "quantity",
    "acquired_on",
    "installed_on",
    "unit_cost",
    "currency",
    "answer",
    "answer_question",
    "would_help",
)
"""Columns of a record that drafts show."""


@dataclass(frozen=True)
class Screened:
    """A run.

    Attributes:
        folder: Where it lies.
        run: As it was read back, with nothing altered.
        findings: ``findings.parquet``, to be looked through by need.
        asked: The question that it answered.
    """

    folder: Path
    run: EarlierRun
    findings: pl.LazyFrame
    asked: Asked

    @property
    def on(self) -> date:
        """The day that the run is about."""
        return self.run.on

    @property
    def summary(self) -> Any:
        """``summary.json``."""
        return self.run.summary

    @property
    def records(self) -> pl.DataFrame:
        """`RECORD` of each record and its place in the input as ``at``."""
        return self.run.equipment.select(RECORD).with_row_index("at")

    def rests_on(self, plan_sha256: str | None = None) -> RestsOn:
        """What a draft of this run rests on."""
        record = self.run.record
        return RestsOn(
            clearband=record["clearband"],
            facts_sha256=record["facts_sha256"],
            facts_cited_sha256=cited if (cited := content_hash()) != record["facts_sha256"] else None,
            run_sha256=self.run.sha256,
            inputs=tuple(f"{one['file']} (sha256 {one['sha256'][:16]}…)" for one in record["inputs"]),
            plan_sha256=plan_sha256,
        )

    def asks(self, actor: str, actions: Collection[str]) -> tuple[str, ...]:
        """Which of the actions the run asked for an actor, in the order given; none where it did not."""
        settings = self.run.record["settings"]
        if actor not in settings["actors_asked"]:
            return ()
        return tuple(one for one in actions if one in settings["actions_asked"])

    def of(self, directives: Collection[str], actor: str, actions: Collection[str]) -> pl.DataFrame:
        """The findings of some measures for an actor and any of some actions."""
        reached = (
            pl.col("directive").is_in(directives)
            & pl.col("actors").list.contains(actor)
            & pl.col("actions").list.set_intersection(pl.lit(list(actions))).list.len().gt(0)
        )
        return self.findings.filter(reached).collect()


def read_screened(folder: Path) -> Screened:
    """The run in a folder.

    Raises:
        InputError: It is no run, was altered, or cannot be read.
        UsageError: It is a run in parts, which holds no table of findings.
    """
    if is_run_in_parts(folder):
        raise UsageError(
            "is a run in parts (--stream), of which no draft is made",
            where=str(folder),
            remedy="screen what the draft is about without --stream",
        )
    run = read_run(folder)
    path = folder / "findings.parquet"
    missing = [name for name in RECORD if name not in run.equipment.columns]
    if missing:
        raise InputError(
            f"its equipment has no {missing[0]}",
            where=str(folder),
            remedy="it is of another version of Clearband: screen the inputs again",
        )
    try:
        findings = pl.scan_parquet(path, glob=False)
        findings.collect_schema()
    except (OSError, pl.exceptions.PolarsError) as error:
        raise InputError(f"cannot be read: {error}", where=str(path), remedy="screen again") from None
    return Screened(folder, run, findings, Asked.of(run.summary))


def cited_measures(directives: Iterable[str]) -> tuple[CitedSource, ...]:
    """Measures with the sources that they were read in, as the packaged facts hold them."""
    held = {one["id"]: one for one in compiled().read("directives")}
    found: list[CitedSource] = []
    for name in dict.fromkeys(directives):
        if name not in held:
            continue
        measure = held[name]
        found.append(
            CitedSource(
                id=name, what=f"{measure['title']}; {measure['citation']}", verified=measure["verified"]
            )
        )
        found += [
            CitedSource(
                id=name,
                what=f"{one['title']}: {one['supports']}",
                url=one["citation_or_url"],
                verified=one["seen"],
            )
            for one in measure["sources"]
        ]
    return tuple(found)
