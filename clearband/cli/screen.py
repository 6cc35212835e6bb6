"""``clearband screen``: the main job."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

import click

from clearband.cli.approved_option import approved_lists, approved_options
from clearband.cli.dates import Day
from clearband.cli.engine_option import Engine, engine_options
from clearband.cli.enterprise_option import enterprise_option, register_with
from clearband.cli.facts_option import facts_option, law_in_use
from clearband.cli.inputs import Inputs, optional_input_options
from clearband.cli.screen_jobs import Again, First
from clearband.errors import ExitStatus, UsageError


@click.command("screen")
@optional_input_options
@click.option(
    "--again",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Screen the equipment of the run in this folder again, as it was asked then, and show what changed.",
)
@click.option(
    "--as",
    "actors",
    multiple=True,
    metavar="ACTOR",
    help="Who asks, e.g. federal-contractor; several allowed. Default: every actor class.",
)
@click.option(
    "--action",
    "actions",
    multiple=True,
    metavar="ACTION",
    help="What is done, e.g. use; several allowed. Default: what holders of equipment do.",
)
@click.option("--on", type=Day(), help="The day the question is about (YYYY-MM-DD). Default: today.")
@click.option("--known-on", type=Day(), help="Use only what was known on this day. Default: all.")
@click.option(
    "--found-on", type=Day(), help="The day items were found: clocks of duties run from it. Default: --on."
)
@click.option(
    "--profile",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A YAML file that says who we are; options go before it.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write equipment, findings, summary and report here, whole or not at all.",
)
@click.option(
    "--bom",
    is_flag=True,
    help="With --out: also write the equipment and its findings as CycloneDX 1.6 (bom.cdx.json).",
)
@click.option(
    "--fail-on",
    multiple=True,
    type=click.Choice(["prohibited", "review", "unidentified"]),
    help="Exit with status 1 when any record has this answer; several allowed.",
)
@click.option(
    "--stream",
    is_flag=True,
    help="Screen chunk after chunk into a folder of parts: for inventories of any size, and directories.",
)
@click.option(
    "--columns",
    type=click.Choice(["all", "ids"]),
    help="With --stream: write all columns of the input, or only the record's id.",
)
@click.option(
    "--chunk-rows",
    type=click.IntRange(1, 10_000_000),
    help="With --stream: rows of a part, about; more rows take more memory. Default: 500,000.",
)
@click.option("--resume", is_flag=True, help="With --stream: go on with the run in --out that was cut short.")
@click.option(
    "--progress",
    type=click.Choice(["auto", "json", "none"]),
    help="With --stream: tell on standard error how far it is; auto tells a terminal only.",
)
@engine_options
@facts_option
@enterprise_option
@approved_options
@click.option(
    "--merge/--no-merge",
    default=None,
    help="Whether a box that several inputs name becomes one record. Default: it does; not with --stream.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def command(
    inputs: Inputs,
    again: Path | None,
    actors: tuple[str, ...],
    actions: tuple[str, ...],
    on: date | None,
    known_on: date | None,
    found_on: date | None,
    profile: Path | None,
    out: Path | None,
    bom: bool,
    fail_on: tuple[str, ...],
    stream: bool,
    columns: Literal["all", "ids"] | None,
    chunk_rows: int | None,
    resume: bool,
    progress: Literal["auto", "json", "none"] | None,
    engine: Engine,
    facts: tuple[Path, ...],
    enterprise_numbers: Path | None,
    approved: tuple[str, ...],
    approved_roots: tuple[Path, ...],
    approved_state: Path | None,
    merge: bool | None,
    as_json: bool,
) -> int:
    """Screen inventories: who made each item, and what the law says of it.

    INPUT is a CSV, TSV, Excel, OpenDocument, Parquet, JSON or JSON Lines file, a bill of materials (CycloneDX
    or SPDX), a network scan (nmap -oX), or - for standard input; with --stream Parquet and text tables, and
    directories of them. A box that several inputs name is one record, unless --no-merge is given. Without
    INPUT, --again names an earlier run; what is asked, and its day, are as then unless options say otherwise.
    With --stream and INPUT, only files that were changed since that run are read again.
    """
    if again is None and not inputs.names:
        raise UsageError("no INPUT", remedy="name an inventory, or an earlier run with --again DIR")
    if again is not None and not stream and (inputs.names or inputs.said()):
        what = inputs.names[0] if inputs.names else "options on how inputs are read"
        raise UsageError(
            f"--again takes the equipment of the earlier run, and {what} does not go with it",
            remedy="name either inputs or an earlier run",
        )
    if merge and again is not None:
        raise UsageError("--merge does not go with --again", remedy="the records of a run stay as they are")
    if bom and (out is None or stream or engine.master is not None):
        raise UsageError(
            "--bom goes with --out, for inventories in memory", remedy="add --out DIR, or leave --bom out"
        )
    days = {"on": on, "known_on": known_on, "found_on": found_on}
    said = {"profile": profile, "actors": actors, "actions": actions, **days}
    if stream or engine.master is not None:
        by = "--stream" if stream else "--engine spark"
        refused = {
            "--approved": approved,
            "--again": again if engine.master is not None else None,
            "--merge": merge,
        }
        for name, value in refused.items():
            if value:
                raise UsageError(f"{name} does not go with {by}", remedy="leave one of them out")
        from clearband.cli.screen_stream import screen_stream

        summary = screen_stream(
            inputs, again, out, law_in_use(facts), enterprise_numbers, said, columns, progress or "auto",
            chunk_rows, engine, resume=resume, as_json=as_json,
        )  # fmt: skip
        return _status(summary, fail_on)
    only = {"--resume": resume, "--columns": columns, "--chunk-rows": chunk_rows, "--progress": progress}
    for option, given in only.items():
        if given:
            raise UsageError(
                f"{option} goes with --stream only", remedy=f"add --stream, or leave {option} out"
            )
    from rich.console import Console

    from clearband.reports.folder import check_out, write_run
    from clearband.screening.screen import screen

    use = law_in_use(facts)
    register, numbers = register_with(enterprise_numbers)
    job = Again(again, use, said) if again is not None else First(inputs, use, said, merge=merge is not False)
    if out is not None:
        # Asked before the work, so that a wrong folder does not cost a long run.
        check_out(out, job.files)
    console = Console(stderr=True)
    with console.status("Reading") if console.is_terminal else nullcontext() as status:

        def say(step: str) -> None:
            if status is not None:
                status.update(step)

        settings = replace(job.settings, enterprise_numbers=numbers)
        if approved:
            say("Verifying the approved list")
        lists = approved_lists(approved, approved_roots, approved_state, settings.questions)
        say("Reading")
        read = job.inventory(register, lists)
        screened = screen(
            read.inventory, settings, register, use.law, approved=lists, merges=read.merges, progress=say
        )
        result = job.finish(screened)
        if out is not None:
            say("Writing")
            write_run(
                result, out, created=datetime.now(UTC), inputs=job.files, changes=job.changes(), bom=bom
            )
    job.show(result, out, as_json=as_json)
    return _status(result.summary, fail_on)


def _status(summary: dict[str, Any], fail_on: tuple[str, ...]) -> int:
    given = {entry["answer"] for entry in summary["answers"] if entry["records"]}
    return ExitStatus.FAIL_ON_MET if given & set(fail_on) else ExitStatus.DONE
