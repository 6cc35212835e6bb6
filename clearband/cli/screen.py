"""``clearband screen``: the main job."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from clearband.cli.dates import Day, today
from clearband.cli.facts_option import facts_option, law_in_use
from clearband.cli.inputs import Inputs, input_options
from clearband.errors import ExitStatus, MissingExtraError


@click.command("screen")
@input_options
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
    "--fail-on",
    multiple=True,
    type=click.Choice(["prohibited", "review", "unidentified"]),
    help="Exit with status 1 when any record has this answer; several allowed.",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "spark"]),
    default="local",
    show_default=True,
    help="Where the work is done.",
)
@facts_option
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def command(
    inputs: Inputs,
    actors: tuple[str, ...],
    actions: tuple[str, ...],
    on: date | None,
    known_on: date | None,
    profile: Path | None,
    out: Path | None,
    fail_on: tuple[str, ...],
    engine: str,
    facts: tuple[Path, ...],
    as_json: bool,
) -> int:
    """Screen inventories: who made each item, and what the law says of it.

    INPUT is a CSV, TSV, Excel, OpenDocument, Parquet, JSON or JSON Lines file, or - for standard input.
    """
    if engine == "spark":
        raise MissingExtraError(
            "the Spark engine is not part of this version",
            where="--engine spark",
            remedy="leave the option out; the local engine reads inventories of any size",
        )
    from rich.console import Console

    from clearband.reports.folder import check_out, write_run
    from clearband.reports.terminal import print_summary, summary_json
    from clearband.screening.screen import screen
    from clearband.screening.settings import settings_for

    use = law_in_use(facts)
    settings = settings_for(
        use.law,
        profile=profile,
        actors=actors,
        actions=actions,
        on=on,
        known_on=known_on,
        reading=inputs.said(),
        own_facts=use.own_facts,
        today=today(),
    )
    if out is not None:
        # Asked before the work, so that a wrong folder does not cost a long run.
        check_out(out, inputs.files)
    console = Console(stderr=True)
    with console.status("Reading") if console.is_terminal else nullcontext() as status:

        def say(step: str) -> None:
            if status is not None:
                status.update(step)

        inventory = inputs.read()
        result = screen(inventory, settings, use.register, use.law, progress=say)
        if out is not None:
            say("Writing")
            write_run(result, out, created=datetime.now(UTC), inputs=inputs.files)
    if as_json:
        click.echo(summary_json(result), nl=False)
    else:
        print_summary(result, Console(file=sys.stdout), run_dir=out)
    return _status(result.summary, fail_on)


def _status(summary: dict[str, Any], fail_on: tuple[str, ...]) -> int:
    given = {entry["answer"] for entry in summary["answers"] if entry["records"]}
    return ExitStatus.FAIL_ON_MET if given & set(fail_on) else ExitStatus.DONE
