"""Names matched against a list: as Parquet, JSON Lines or CSV, and a summary in words."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl

from clearband.reports.folder.findings_csv import write_flat_csv
from clearband.reports.plain_text import visible
from clearband.reports.whole_file import whole_file

FORMS: Final = (".parquet", ".jsonl", ".csv")


def write_matches(rows: pl.DataFrame, out: Path) -> None:
    """Write the rows in the form that the file's name says, whole or not at all.

    In a CSV lists are joined by ``; ``, features written as ``name +0.52``, and no cell would be run.

    Raises:
        OutputError: It cannot be written.
    """
    with whole_file(out) as staged:
        if out.suffix == ".parquet":
            rows.write_parquet(staged)
        elif out.suffix == ".jsonl":
            rows.write_ndjson(staged)
        else:
            write_flat_csv(_without_structs(rows), staged)


def _without_structs(rows: pl.DataFrame) -> pl.DataFrame:
    if "features" not in rows.columns:
        return rows
    moved = pl.element().struct.field("moved")
    sign = pl.when(moved < 0).then(pl.lit(" ")).otherwise(pl.lit(" +"))
    one = pl.concat_str(pl.element().struct.field("feature"), sign, moved.round(3).cast(pl.String))
    return rows.with_columns(pl.col("features").list.eval(one))


def summary_lines(summary: Mapping[str, Any]) -> list[str]:
    """The summary of a matching in words.

    Args:
        summary: In the form of ``clearband/facts/schemas/match-summary.schema.json``.
    """
    counts, listed = summary["counts"], summary["list"]
    blank = f", {counts['blank']:,} blank" if counts["blank"] else ""
    asked = f"{_many(counts['queries'], 'name')} ({counts['distinct']:,} distinct{blank})"
    held = f"{_many(counts['listed'], 'name')} of {_many(counts['entities'], 'organisation')}"
    match = f"{counts['matched']:,} match (score {summary['threshold']:g} or more)"
    unlikely = f"{counts['unlikely']:,} hardly do (something in common, seldom the same)"
    nothing = f"{counts['none'] - counts['blank']:,} have nothing in common with a listed name"
    lines = [
        *(_read(taken) for taken in summary["read"].values()),
        f"{asked} against {held} in {summary['seconds']['all']:.1f} s.",
        f"{match}, {counts['possible']:,} possibly do, {unlikely}, {nothing}.",
    ]
    if listed["left_out"]:
        kinds = ", ".join(f"{count:,} {visible(kind)}" for kind, count in listed["left_out"].items())
        lines.append(f"Left out of the list, being no organisations: {kinds}.")
    if listed["blank"]:
        lines.append(f"Left out of the list, having no name: {listed['blank']:,}.")
    return [*lines, *(f"Look at this: {visible(warning)}" for warning in summary["warnings"])]


def _read(taken: Mapping[str, str | None]) -> str:
    """Which columns of a file were read."""
    file, form = visible(str(taken["file"])), taken["form"]
    if taken["name"] is None:
        ways = {"lines": "one name a line", "register": "the organisations that Clearband knows"}
        return f"{file}: {ways.get(str(form), f'in the form {form}')}."
    ids = "the numbers of the rows" if taken["id"] is None else f'"{visible(taken["id"])}"'
    return f'{file}: names from the column "{visible(taken["name"])}", ids from {ids}.'


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
