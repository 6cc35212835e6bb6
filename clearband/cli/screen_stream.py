"""``clearband screen --stream``: chunk after chunk, into a folder of parts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from clearband.cli.dates import today
from clearband.cli.enterprise_option import register_with
from clearband.cli.facts_option import LawInUse
from clearband.cli.inputs import Inputs
from clearband.errors import InterruptedRunError, UsageError

if TYPE_CHECKING:
    from clearband.runs.progress import Progress
    from clearband.runs.run import Finished


def screen_stream(
    inputs: Inputs,
    out: Path | None,
    use: LawInUse,
    enterprise_numbers: Path | None,
    said: dict[str, Any],
    columns: Literal["all", "ids"],
    progress: Literal["auto", "json", "none"],
    chunk_rows: int | None,
    *,
    resume: bool,
    as_json: bool,
) -> dict[str, Any]:
    """Screen in parts, and show what was found.

    Returns:
        The summary.

    Raises:
        InterruptedRunError: The run was interrupted; it can go on.
    """
    from dataclasses import replace

    from clearband.runs.journal import begun_on
    from clearband.runs.progress import Meter
    from clearband.runs.run import Job, run_in_parts
    from clearband.screening.settings import settings_for
    from clearband.sources.stream import open_dataset
    from clearband.sources.stream.sizes import Sizes, sizes_for

    if out is None:
        raise UsageError("--stream needs a folder for its parts", remedy="name one with --out DIR")
    refuse_parts_among_inputs(inputs.names, out)
    register, numbers = register_with(enterprise_numbers)
    day = begun_on(out) if resume else None
    settings = settings_for(
        use.law, **said, reading=inputs.said(), own_facts=use.own_facts, today=day or today()
    )
    settings = replace(settings, enterprise_numbers=numbers)
    dataset = open_dataset(inputs.names, inputs.columns, inputs.options())
    job = Job(dataset, settings, register, use.law, columns, sizes_for(chunk_rows or Sizes().rows))
    with _teller(progress) as tell:
        meter = Meter(tell, dataset.rows)
        try:
            finished = run_in_parts(job, out, meter, resume=resume)
        except KeyboardInterrupt:
            raise InterruptedRunError(
                f"interrupted with {meter.rows} rows done",
                where=str(out),
                remedy="the same command with --resume goes on",
            ) from None
    show(finished, out, as_json=as_json)
    return finished.concluded.summary


@contextmanager
def _teller(progress: Literal["auto", "json", "none"]) -> Iterator[Callable[[Progress], None]]:
    """How progress is told: a line that changes in a terminal, lines of JSON, or nothing."""
    if progress == "json":
        yield lambda found: click.echo(found.as_json(), err=True)
        return
    if progress == "none" or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("Reading") as status:
        yield lambda found: status.update(found.line())


def refuse_parts_among_inputs(names: Sequence[str], out: Path) -> None:
    """Refuse a folder in an inventory: its parts would be inputs of the same command, and of the next one.

    Raises:
        UsageError: It is in one.
    """
    for name in names:
        if Path(name).is_dir() and out.resolve().is_relative_to(Path(name).resolve()):
            raise UsageError(
                f"the folder for the parts lies in the inventory {name}",
                where=str(out),
                remedy="name a folder beside it with --out",
            )


def show(finished: Finished, out: Path, *, as_json: bool) -> None:
    """Print what a run in parts has found."""
    import json

    summary = finished.concluded.summary
    if as_json:
        click.echo(json.dumps(summary, ensure_ascii=False, indent=2))
        return
    if finished.skipped_parts:
        click.echo(f"{finished.skipped_parts} parts were done before and were kept")
    passed = sum(finished.passed_over.values())
    no_equipment = f", {passed:,} of them no equipment" if passed else ""
    click.echo(f"{finished.rows:,} rows{no_equipment}")
    for entry in summary["answers"]:
        click.echo(f"  {entry['answer']:<14} {entry['records']:>14,}")
    if finished.concluded.invalid.height:
        cells = summary["invalid_cells"]
        click.echo(f"{cells:,} cells could not be read; invalid.parquet says which kinds")
    click.echo(f"written to {out}: parts/, cases.parquet, findings.parquet, summary.json, run.json")
