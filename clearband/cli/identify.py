"""``clearband identify``: who made each item, without asking the law."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click
import polars as pl

from clearband.cli.dates import Day, today
from clearband.cli.enterprise_option import enterprise_option, register_with
from clearband.cli.inputs import Inputs, input_options
from clearband.errors import OutputError, UsageError
from clearband.reports.whole_file import whole_file

_FORMS = (".parquet", ".jsonl", ".csv")
_COLUMNS = ("record_id", "maker", "brand", "category", "confidence", "evidence")


@click.command("identify")
@input_options
@click.option(
    "--on", type=Day(), help="The day on which ownership is looked at (YYYY-MM-DD). Default: today."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A .parquet, .jsonl or .csv file. Default: JSON Lines on standard output.",
)
@click.option(
    "--explain-misses",
    "truth",
    type=click.Path(path_type=Path),
    metavar="TRUTH",
    help="Instead, compare with a file of labels (a CSV of row_id, maker, covered, or JSON Lines) and print "
    "each mistake with the signals that were there.",
)
@enterprise_option
def command(
    inputs: Inputs, on: date | None, out: Path | None, truth: Path | None, enterprise_numbers: Path | None
) -> None:
    """Say who made each item of an inventory, with the evidence and a confidence."""
    if out is not None and out.suffix not in _FORMS:
        raise UsageError(
            f'"{out.suffix}" is not a form of output', where="--out", remedy=f"use {', '.join(_FORMS)}"
        )
    if out is not None and any(out.resolve() == file.resolve() for file in inputs.files):
        raise OutputError("it is an input", where=str(out), remedy="name another file")
    from clearband.identify import identify
    from clearband.identify.misses import find_misses
    from clearband.reports.misses import misses_text
    from clearband.sources.labels import read_labels

    register, _ = register_with(enterprise_numbers)
    equipment, day = inputs.read().equipment, on or today()
    labels = read_labels(truth) if truth else ()
    verdicts = identify(equipment, register, on=day)
    if truth:
        for line in misses_text(find_misses(equipment, verdicts, labels, register, day)):
            click.echo(line)
    ordered = verdicts.select(*_COLUMNS, pl.exclude(_COLUMNS))
    if out is None and truth is None:
        ordered.write_ndjson(sys.stdout.buffer)
    if out is not None:
        _write(ordered, out)


def _write(verdicts: pl.DataFrame, out: Path) -> None:
    with whole_file(out) as staged:
        if out.suffix == ".parquet":
            verdicts.write_parquet(staged)
        elif out.suffix == ".jsonl":
            verdicts.write_ndjson(staged)
        else:
            _flat(verdicts).write_csv(staged, include_bom=True)


def _flat(verdicts: pl.DataFrame) -> pl.DataFrame:
    """The verdicts for a spreadsheet: lists as JSON objects joined by ``; ``, no cell that would be run."""
    from clearband.reports.folder.findings_csv import neutralised

    columns = []
    for name, kind in verdicts.schema.items():
        column = pl.col(name)
        if isinstance(kind, pl.List):
            column = column.list.eval(pl.element().struct.json_encode()).list.join("; ")
        if isinstance(kind, pl.List) or kind == pl.String:
            column = neutralised(column)
        columns.append(column.alias(name))
    return verdicts.select(columns)
