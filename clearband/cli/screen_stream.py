"""``clearband screen --stream``: chunk after chunk, into a folder of parts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from clearband.cli.engine_option import Engine
from clearband.cli.enterprise_option import enterprise_list
from clearband.cli.facts_option import LawInUse
from clearband.cli.inputs import Inputs
from clearband.cli.stream_asked import Asked, AskedAgain, AskedFirst
from clearband.errors import InterruptedRunError, UsageError

if TYPE_CHECKING:
    from clearband.register.enterprise_file import EnterpriseList
    from clearband.runs.compare import Compared
    from clearband.runs.progress import Meter, Progress
    from clearband.runs.run import Columns, Finished, Job


def screen_stream(
    inputs: Inputs,
    again: Path | None,
    out: Path | None,
    use: LawInUse,
    enterprise_numbers: Path | None,
    said: dict[str, Any],
    columns: Columns | None,
    progress: Literal["auto", "json", "none"],
    chunk_rows: int | None,
    engine: Engine,
    *,
    resume: bool,
    as_json: bool,
) -> dict[str, Any]:
    """Screen in parts, and show what was found.

    Args:
        again: Folder of an earlier run in parts, to be compared, and to be taken over as far as it holds.
        columns, chunk_rows: None: as in the earlier run, else what is usual.

    Returns:
        The summary.

    Raises:
        InterruptedRunError: The run was interrupted; it can go on.
    """
    from dataclasses import replace

    from clearband.runs.progress import Meter
    from clearband.runs.run import Job

    if out is None:
        option = "--stream" if engine.master is None else "--engine spark"
        raise UsageError(f"{option} needs a folder for its parts", remedy="name one with --out DIR")
    _refuse_parts_among_inputs(inputs.names, out)
    listed = enterprise_list(enterprise_numbers)
    if again is not None:
        parts: Asked = AskedAgain(again, inputs, use, said)
    else:
        parts = AskedFirst(inputs, use, said, out if resume else None)
    settings = replace(parts.settings, enterprise_numbers=listed.record if listed else None)
    register = use.register.with_enterprise_list(listed) if listed else use.register
    job = Job(
        parts.dataset(), settings, register, use.law, columns or parts.columns, parts.sizes(chunk_rows),
        parts.earlier,
    )  # fmt: skip
    with _teller(progress) as tell:
        meter = Meter(tell, job.dataset.rows)
        try:
            finished = _run(job, out, meter, engine, use, listed, resume=resume)
        except KeyboardInterrupt:
            raise InterruptedRunError(
                f"interrupted with {meter.rows} rows done",
                where=str(out),
                remedy="the same command with --resume goes on",
            ) from None
    _show(finished, out, as_json=as_json)
    return finished.concluded.summary


def _run(
    job: Job,
    out: Path,
    meter: Meter,
    engine: Engine,
    use: LawInUse,
    listed: EnterpriseList | None,
    *,
    resume: bool,
) -> Finished:
    """The run, here or on a cluster."""
    from clearband.runs.run import refuse_strangers, run_in_parts

    if engine.master is None:
        return run_in_parts(job, out, meter, resume=resume)
    from clearband.spark.payload import OwnFacts
    from clearband.spark.run import parquet_only, run_on_spark
    from clearband.spark.session import session

    # Asked before a cluster is: it takes seconds to start.
    refuse_strangers(out, resume=resume)
    parquet_only(job.dataset)
    with session(engine.master, engine.conf) as spark:
        return run_on_spark(spark, job, OwnFacts(use.own_files, listed), out, meter, resume=resume)


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


def _refuse_parts_among_inputs(names: Sequence[str], out: Path) -> None:
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


def _show(finished: Finished, out: Path, *, as_json: bool) -> None:
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
    if finished.compared is not None:
        for line in _changed(finished.compared):
            click.echo(line)
    if finished.concluded.invalid.height:
        cells = summary["invalid_cells"]
        click.echo(f"{cells:,} cells could not be read; invalid.parquet says which kinds")
    changes = ", changes.parquet" if finished.compared is not None else ""
    click.echo(f"written to {out}: parts/, cases.parquet, findings.parquet, summary.json, run.json{changes}")


def _changed(found: Compared) -> Iterator[str]:
    """What is otherwise than in the earlier run, in lines."""
    basis = "; ".join(found.reasons) or "the same facts, day and settings"
    yield f"{found.taken_over:,} of {found.parts:,} parts taken over; {basis}"
    if not found.counts.height and not found.makers:
        yield "Nothing changes."
    for row in found.counts.iter_rows(named=True):
        if row["before"] is None:
            what = f"new: {row['after']}"
        else:
            what = f"gone: {row['before']}" if row["after"] is None else f"{row['before']} → {row['after']}"
        yield f"  {what}: {row['records']:,}"
    if found.makers:
        yield f"  another maker and the same answer: {found.makers:,}"
