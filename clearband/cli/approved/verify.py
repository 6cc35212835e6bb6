"""``clearband approved verify``: is a published list to be trusted, and is something on it?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from clearband.cli.approved.publishing import consumer_options, said, said_json, verified


@click.command("verify")
@click.argument("source", metavar="URL|DIR")
@consumer_options
@click.option(
    "--listed",
    "keys",
    multiple=True,
    metavar="KEY",
    help="Show whether a key is on the list, and how it stands: entry:ID, subject:ID, maker:ID, name:NAME or "
    "id:KIND:TEXT.",
)
@click.option(
    "--proof",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the proofs that the keys are on the lists, or are not.",
)
def command(
    source: str,
    root: Path,
    only: str | None,
    state: Path | None,
    allow_stale: bool,
    quick: bool,
    as_json: bool,
    keys: tuple[str, ...],
    proof: Path | None,
) -> None:
    """Verify a published list: signatures, freshness, rollback, hashes, log, and what the log makes of it.

    A list that is not to be trusted is refused in one line, with exit status 3.
    """
    from clearband.errors import UsageError
    from clearband.listing.lookup import key_wanted, look_up
    from clearband.reports.whole_file import whole_file

    if proof and not keys:
        raise UsageError("--proof needs --listed", remedy="say of what")
    wanted = [key_wanted(one) for one in keys]
    _, lists, _ = verified(source, root, only, state, allow_stale, quick)
    answers = [look_up(one, key) for one in lists for key in wanted]
    if proof is not None:
        with whole_file(proof) as staged:
            staged.write_text(
                json.dumps([one["proof"] for one in answers], indent=1) + "\n", encoding="utf-8"
            )
    if as_json:
        schema = "https://clearband.dev/schema/approved-verified-1.json"
        told = {"schema": schema, "lists": [said_json(one) for one in lists], "answers": answers}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for one in lists:
        click.echo("\n".join(said(one)))
    for answer in answers:
        click.echo("\n".join(_said(answer)))


def _said(answer: dict[str, Any]) -> list[str]:
    from clearband.reports.plain_text import visible

    head = f"{visible(answer['key'])}, {answer['authority']}: "
    if not answer["records"]:
        return [f"{head}not on the list, proved among {answer['size']} keys"]
    lines = [f"{head}on the list, proved"]
    for record in answer["records"]:
        one = record["listing"]
        uses = ", ".join(
            f"{use} {said['say']}{' ' + said['date'] if 'date' in said else ''}"
            for use, said in one["uses"].items()
        )
        until = record.get("next_date")
        holds = f" (holds until the day before {until})" if until else ""
        lines.append(f"  {visible(one['entry'])}: {one['state']} since {one['since']}; {uses}{holds}")
    return lines
