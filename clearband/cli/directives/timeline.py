"""``clearband directives timeline``: the life of the measures."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import click

from clearband.cli.dates import Day, today
from clearband.cli.facts_option import facts_option, law_in_use
from clearband.errors import UsageError
from clearband.identify.meant import case_maker

_ENDS = (".svg", ".html", ".htm")


@click.command("timeline")
@click.option("--maker", help="Only measures that mean this maker on some day, with its own life first.")
@click.option(
    "--jurisdiction", "jurisdictions", multiple=True, metavar="CC", help="Only these jurisdictions."
)
@click.option("--directive", "directives", multiple=True, metavar="ID", help="Only these measures.")
@click.option("--from", "first", type=Day(), help="First day of the axis.")
@click.option("--to", "last", type=Day(), help="Last day of the axis.")
@click.option("--on", type=Day(), help="The day of the question. Default: today.")
@click.option("--known-on", type=Day(), help="Show only what was known on this day.")
@facts_option
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write an .svg or .html file instead."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    maker: str | None,
    jurisdictions: tuple[str, ...],
    directives: tuple[str, ...],
    first: date | None,
    last: date | None,
    on: date | None,
    known_on: date | None,
    facts: tuple[Path, ...],
    out: Path | None,
    as_json: bool,
) -> None:
    """Draw the life of the measures: their events, and when their clauses bind."""
    from clearband.cli.directives.show import unknown_measure
    from clearband.directives.timeline import timeline

    if out is not None and out.suffix.lower() not in _ENDS:
        raise UsageError(
            f'"{out.name}" ends in neither .svg nor .html', where="--out", remedy="name one that does"
        )
    if first and last and first >= last:
        raise UsageError("the axis ends before it begins", where="--from", remedy="give an earlier day")
    use = law_in_use(facts)
    known = [*use.law.measures, *(draft.measure.id for draft in use.law.drafts)]
    for one in directives:
        if one not in known:
            raise unknown_measure(one, known)
    countries = {measure.jurisdiction for measure in use.law.measures.values()}
    wanted = tuple(code.upper() for code in jurisdictions)
    for code in wanted:
        if code not in countries:
            raise UsageError(f'no measure of "{code}"', remedy=f"there are {', '.join(sorted(countries))}")
    org = None
    if maker is not None:
        # An id means itself, so that a name that means several can be told apart.
        meant = case_maker(maker, use.register)
        if len(meant) > 1:
            raise UsageError(f'"{maker}" means {" or ".join(meant)}', remedy="write one of these ids")
        org = next(iter(meant), None)
        if org is None:
            raise UsageError(
                f'the register has no maker "{maker}"', remedy="clearband who NAME looks further"
            )
    drawn = timeline(
        use.law,
        use.register,
        on or today(),
        known_on=known_on,
        maker=org,
        links=use.register.owners_of(org) if org else (),
        jurisdictions=wanted,
        directives=directives,
        first=first,
        last=last,
    )
    if as_json:
        click.echo(json.dumps(drawn.as_json(), ensure_ascii=False, indent=2))
    elif out is not None:
        from clearband.reports.timeline.picture import write_picture

        write_picture(drawn, out)
        click.echo(f"Timeline: {out}")
    else:
        from clearband.reports.timeline.terminal import lines

        for line in lines(drawn, shutil.get_terminal_size((100, 24)).columns):
            click.echo(line)
