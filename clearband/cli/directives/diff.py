"""``clearband directives diff``: which answers of the law change between two days or two versions."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clearband.cli.dates import Day, today
from clearband.cli.directives.sides import sides
from clearband.cli.facts_option import facts_option
from clearband.identify.meant import register_ids

if TYPE_CHECKING:
    from clearband.directives.diff_sides import Side


@click.command("diff")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option("--maker", "makers", multiple=True, metavar="NAME", help="Only this maker; several allowed.")
@click.option("--as", "actors", multiple=True, metavar="ACTOR", help="Only this actor; several allowed.")
@click.option("--action", "actions", multiple=True, help="Only this action; several allowed.")
@click.option(
    "--on", type=Day(), help="The day that is asked about, where A and B name none. Default: today."
)
@click.option("--known-on", type=Day(), help="Use only what was known on this day, where A and B name none.")
@click.option(
    "--adopted", is_flag=True, help="Judge drafts as if they were adopted; else they are not counted."
)
@facts_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    metavar="N",
    help="Show the first N changes; 0 shows all.",
)
def command(
    a: str,
    b: str,
    makers: tuple[str, ...],
    actors: tuple[str, ...],
    actions: tuple[str, ...],
    on: date | None,
    known_on: date | None,
    adopted: bool,
    facts: tuple[Path, ...],
    as_json: bool,
    limit: int,
) -> None:
    """Show which answers of the law change from A to B, and why.

    A and B are days (YYYY-MM-DD; known:YYYY-MM-DD for the knowledge of a day; or both with a comma), or
    versions of the facts: `packaged`, a folder with a copy of clearband/facts of another day, or a folder of
    directive files, which are added to the packaged ones.
    """
    from clearband.directives.diff import diff
    from clearband.reports.law_changes import change_lines

    first, second = sides(a, b, on=on, known_on=known_on, facts=facts, today=today(), adopted=adopted)
    words = first.law.vocabulary
    found = diff(
        first,
        second,
        makers=[org for name in makers for org in _ids(name, first, second)],
        actors=[words.actor(word) for word in actors],
        actions=[words.action(word) for word in actions],
    )
    if as_json:
        click.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
        return
    for line in change_lines(found, limit=limit or None):
        click.echo(line)


def _ids(name: str, *both: Side) -> list[str]:
    """Organisations that a name means on either side; one that neither knows stands for all such."""
    from clearband.directives.diff_sides import STAND_INS, UNIDENTIFIED, UNREGISTERED
    from clearband.register.register import Register

    if name.casefold() in ("unknown", "unidentified"):
        return [UNIDENTIFIED]
    if name in STAND_INS:
        return [name]
    found: dict[str, None] = {}
    for side in both:
        if isinstance(side.register, Register):
            found.update(dict.fromkeys(register_ids(name, side.register)))
    return list(found) or [UNREGISTERED]
