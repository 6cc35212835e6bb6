"""What a part adds to the summary of its run: counts by case, by site, examples of questions, bad cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from clearband.runs.kernel import Screened
from clearband.runs.part import CASE, CHECK
from clearband.screening.summary import EXAMPLES, with_question

Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]
_DENSE: Final = 4
"""A table of counts has at most so many times the places of what is counted."""
TALLIES: Final = ("counts", "cases", "sites", "examples", "invalid")
"""Names of the tables of a `Tally`."""
_AT_ONCE: Final = 16
_EXACT: Final = 2**53
"""Sums of whole numbers up to here are exact in floating point."""


@dataclass(frozen=True)
class Tally:
    """Counts of a part.

    Attributes:
        counts: `CASE`, `CHECK`, ``records``, ``units`` of the cases of its records.
        cases: Cases that were not met before it (`clearband.runs.answered.AnsweredCases.table`).
        sites: ``site``, ``answer``, ``records``.
        examples: ``answer``, ``question``, ``record_id``, the first of each in the order of the part.
        invalid: ``column``, ``problem``, ``value`` (one of them), ``cells``.
    """

    counts: pl.DataFrame
    cases: pl.DataFrame
    sites: pl.DataFrame
    examples: pl.DataFrame
    invalid: pl.DataFrame

    def write(self, folder: Path) -> None:
        """Write it as files of a folder that is there."""
        for one in fields(self):
            getattr(self, one.name).write_parquet(folder / f"{one.name}.parquet", compression="lz4")

    @classmethod
    def read(cls, folder: Path) -> Tally:
        """Read what `write` wrote."""
        return cls(*(cls.read_one(folder, one.name) for one in fields(cls)))

    @staticmethod
    def read_one(folder: Path, name: str) -> pl.DataFrame:
        """One table of what `write` wrote."""
        return pl.read_parquet(folder / f"{name}.parquet", glob=False)

    @staticmethod
    def rows(folder: Path, name: str) -> int:
        """How many rows one table of what `write` wrote has."""
        found: int = pl.scan_parquet(folder / f"{name}.parquet", glob=False).select(pl.len()).collect().item()
        return found


def tally(screened: Screened, ids: pl.Series | None, file: str, *, every_case: bool = False) -> Tally:
    """Count a screened chunk.

    Args:
        ids: The records' own ids, shape (n,); None where the inventory has none.
        file: Name of the file, for records that have no id.
        every_case: Tell all cases of its records, and not only those that the kernel has not met before.
    """
    numbers = screened.numbers
    records = np.bincount(numbers.to_numpy(), minlength=screened.cases.height)
    units = _units(numbers, screened.units, screened.cases.height)
    counts = screened.cases.select(
        CASE,
        CHECK,
        records=pl.Series(records, dtype=pl.Int64),
        units=pl.Series(units, dtype=pl.Int64),
    )
    return Tally(
        counts.filter(pl.col("records") > 0),
        screened.cases.filter(records > 0) if every_case else screened.cases[screened.known :],
        _sites(screened),
        _examples(screened, records, ids, file),
        _bad_cells(screened.batch.invalid),
    )


def sum_of(tallies: Iterable[Tally]) -> Tally:
    """The counts of several parts, given in their order.

    Raises:
        ValueError: Two different cases have one key.
    """
    waiting: list[Tally] = []
    for one in tallies:
        waiting.append(one)
        if len(waiting) == _AT_ONCE:
            # Thousands of parts name the same cases: they are not all held at once.
            waiting = [_sum_of(waiting)]
    return _sum_of(waiting)


def _sum_of(parts: Sequence[Tally]) -> Tally:
    counts = (
        pl.concat([part.counts for part in parts])
        .group_by(CASE, CHECK)
        .agg(pl.col("records").sum(), pl.col("units").sum())
        .sort(CASE)
    )
    if counts[CASE].n_unique() != counts.height:
        raise ValueError("two different cases have one key")
    sites = pl.concat([part.sites for part in parts]).group_by("site", "answer").agg(pl.col("records").sum())
    examples = (
        pl.concat([part.examples for part in parts])
        .group_by("answer", "question", maintain_order=True)
        .agg(pl.col("record_id").head(EXAMPLES))
        .explode("record_id")
    )
    return Tally(
        counts,
        pl.concat([part.cases for part in parts]).unique(CASE, keep="first").sort(CASE),
        sites.sort("site", "answer", nulls_last=True),
        examples,
        _bad_cells(pl.concat([part.invalid for part in parts])),
    )


def _bad_cells(cells: pl.DataFrame) -> pl.DataFrame:
    return (
        cells.group_by("column", "problem")
        .agg(pl.col("value").min(), pl.col("cells").sum())
        .sort("column", "problem")
    )


def _units(numbers: pl.Series, each: pl.Series, cases: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    most = each.max() or 0
    assert isinstance(most, int)
    if most * len(each) < _EXACT:
        found = np.bincount(numbers.to_numpy(), weights=each.to_numpy(), minlength=cases)
        return np.rint(found).astype(np.int64)
    sums = pl.DataFrame({"case": numbers, "units": each}).group_by("case").agg(pl.col("units").sum())
    whole = pl.Series([0], dtype=pl.Int64).new_from_index(0, cases).scatter(sums["case"], sums["units"])
    return whole.to_numpy()


def _sites(screened: Screened) -> pl.DataFrame:
    """Records by site and answer: columns ``site``, ``answer``, ``records``."""
    equipment = screened.batch.equipment
    schema = {"site": pl.String, "answer": pl.String, "records": pl.Int64}
    if not len(screened.numbers):
        return pl.DataFrame(schema=schema)
    answers = sorted(screened.cases["answer"].unique().to_list())
    of_case = screened.cases["answer"].cast(pl.Enum(answers)).to_physical()
    of_record = of_case.to_numpy().take(screened.numbers.to_numpy())
    if "site" not in equipment.columns:
        counts = np.bincount(of_record, minlength=len(answers))
        rows = [(None, answer, int(count)) for answer, count in zip(answers, counts, strict=True) if count]
        return pl.DataFrame(rows, schema=schema, orient="row")
    sites = equipment["site"]
    if not isinstance(sites.dtype, pl.Categorical):
        sites = sites.cast(pl.Categorical(pl.Categories.random("clearband", pl.UInt32)))
    codes = (sites.to_physical() + 1).fill_null(0)
    pairs = codes.to_numpy().astype(np.int64) * len(answers) + of_record
    found, counts = _counted(pairs)
    place = pl.Series(found // len(answers) - 1, dtype=pl.Int64)
    named = pl.when(pl.col("place") >= 0).then("place").cast(pl.UInt32).cat.to(sites.dtype)
    return (
        pl.DataFrame({"place": place, "answer": np.array(answers)[found % len(answers)], "records": counts})
        .select(site=named.cast(pl.String), answer="answer", records=pl.col("records").cast(pl.Int64))
        .sort("site", "answer", nulls_last=True)
    )


def _counted(numbers: Numbers) -> tuple[Numbers, Numbers]:
    """The distinct ones of some numbers, and how often each stands there."""
    if int(numbers.max(initial=0)) > _DENSE * len(numbers):
        return np.unique(numbers, return_counts=True)
    counts = np.bincount(numbers)
    found = np.flatnonzero(counts)
    return found, counts[found]


def _examples(screened: Screened, records: Numbers, ids: pl.Series | None, file: str) -> pl.DataFrame:
    # A run comes to know far more cases than one part has.
    used = pl.Series(np.flatnonzero(records), dtype=pl.UInt32)
    cases = screened.cases.select("answer", "would_help", "answer_question").with_row_index("number")
    questions = with_question(cases[used]).select(
        "number", "answer", "question", group=pl.struct("answer", "question").rank("dense").cast(pl.UInt32)
    )
    schema = {"answer": pl.String, "question": pl.String, "record_id": pl.String}
    if not questions.height or not len(screened.numbers):
        return pl.DataFrame(schema=schema)
    groups = pl.Series([0], dtype=pl.UInt32).new_from_index(0, cases.height)
    groups = groups.scatter(questions["number"], questions["group"])
    first = (
        groups.gather(screened.numbers)
        .alias("group")
        .to_frame()
        .with_row_index("at")
        .filter(pl.col("group") > 0)
        .group_by("group", maintain_order=True)
        .agg(pl.col("at").head(EXAMPLES))
        .explode("at")
    )
    named = pl.format("{}!{}", pl.lit(file), screened.rows.gather(first["at"]))
    own = None if ids is None else ids.gather(first["at"]).cast(pl.String).str.strip_chars()
    name = named if own is None else pl.coalesce(pl.when(own != "").then(own), named)
    return (
        first.with_columns(record_id=name)
        .join(questions.unique("group").drop("number"), on="group", maintain_order="left")
        .select(*schema)
    )
