"""``clearband data programme``: what pays for a replacement, its money replayed from the facts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import click

from clearband.cli.data.printing import line, print_form, print_sources
from clearband.cli.dates import Day, today
from clearband.planning.programme import Programme, Told, us_reimbursement
from clearband.reports.figure_words import cited, mark, number, span, told


@click.command("programme")
@click.option(
    "--approved", metavar="AMOUNT", help="Instead, what an applicant with this approved amount may draw."
)
@click.option("--on", "day", type=Day(), help="By this day. Left out: by today.")
@click.option(
    "--customers", type=click.IntRange(min=0), help="How many customers it has. Left out: at most 2 million."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON: all that the facts hold of programmes.")
def command(approved: str | None, day: date | None, customers: int | None, as_json: bool) -> None:
    """Show the money of the US reimbursement programme: asked, approved, pro rata, topped up, missing."""
    from clearband.errors import UsageError

    if as_json and approved is not None:
        raise UsageError("--json prints the facts", remedy="leave --approved out")
    if approved is None and (day is not None or customers is not None):
        raise UsageError("--on and --customers are for --approved", remedy="add --approved AMOUNT")
    if as_json:
        _print_json()
        return
    programme = us_reimbursement()
    if approved is not None:
        _drawable(programme, approved, day or today(), customers)
        return
    click.echo(f"{programme.title}: the money")
    for figure in programme.replay().figures():
        line(figure.id, _words(figure), "", figure.verified, figure.sources)
    click.echo("What happened")
    for event in programme.raw["events"]:
        figures = "".join(f"; {figure['what']}: {told(figure)}" for figure in event["figures"])
        text = f"{event['what'].rstrip('.')}{figures}{mark(event['verified'])}"
        click.echo(f"  {event['date']:<11} {text}  [{', '.join(event['sources'])}]")
    click.echo("Not read")
    for gap in programme.raw["gaps"]:
        click.echo(f"  - {gap}")
    print_sources(cited([programme.raw["rules"], programme.raw["events"]]))


def _words(figure: Told) -> str:
    unit = "" if figure.unit == "fraction" else f" {figure.unit}"
    amount = f"{span(figure.low, figure.high)}{unit}"
    how = f" = {figure.formula}" if figure.formula else f" ({figure.date})"
    return f"{amount}: {figure.what}{how}"


def _drawable(programme: Programme, amount: str, day: date, customers: int | None) -> None:
    from clearband.errors import UsageError
    from clearband.sources.money import parse_amount

    approved, currency, problem = parse_amount(amount)
    if approved is None or problem or currency not in (None, programme.currency):
        raise UsageError(
            f'"{amount}" is no amount in {programme.currency}', where="--approved", remedy="write digits"
        )
    drawn = programme.drawable(Decimal(approved), day, customers=customers)
    unit = programme.currency
    click.echo(
        f"by {day}: {number(drawn.amount)} {unit} of {number(approved)} {unit} may be drawn in all, "
        f"{number(drawn.missing)} {unit} are missing{mark(drawn.verified)}"
    )
    click.echo(f"  {drawn.why}")
    click.echo("  A claim follows the cost and is reviewed: how long that takes was not read.")
    print_sources(cited({"sources": list(drawn.sources)}))


def _print_json() -> None:
    from clearband.facts.schema.programmes import ProgrammesPrinted
    from clearband.facts.store import compiled, content_hash

    held = compiled().read("programmes")
    content = {"facts_sha256": content_hash(), "programmes": held, "sources": cited(held)}
    print_form(ProgrammesPrinted, "clearband/data-programmes/1", content)
