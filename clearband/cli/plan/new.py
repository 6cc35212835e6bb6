"""``clearband plan new``: a network begun from a screened run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clearband.cli.dates import Day, today
from clearband.errors import InputError, UsageError

if TYPE_CHECKING:
    from clearband.model.network import Role
    from clearband.planning.network.write import Format
    from clearband.register import Register

    Makers = dict[str, tuple[tuple[str, frozenset[Role] | None], ...]]


@click.command("new")
@click.option(
    "--run",
    "run_folder",
    type=click.Path(path_type=Path),
    required=True,
    metavar="DIR",
    help="A run of `screen`: what is installed, and what must go.",
)
@click.option(
    "--maker",
    "names",
    multiple=True,
    metavar="NAME",
    help="A maker that may be bought, as you say; several allowed.",
)
@click.option(
    "--approved",
    type=click.Path(path_type=Path),
    metavar="LIST",
    help="The folder of an approved list: makers that may be bought, as it says.",
)
@click.option(
    "--on", type=Day(), help="The day on which the approved list is looked at (YYYY-MM-DD). Default: today."
)
@click.option(
    "--prices",
    "price_table",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A table of your own prices (id, low, average, high, source), such as the FCC catalogue, which goes "
    "before the packaged ones; `data costs` shows the ids.",
)
@click.option(
    "--from",
    "first",
    metavar="QUARTER",
    help="First quarter of the plan, like 2027-Q1. Default: the next one.",
)
@click.option(
    "--quarters", type=click.IntRange(1, 60), default=20, show_default=True, help="Horizon of the plan."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "parquet"]),
    default="csv",
    show_default=True,
    help="Of the tables.",
)
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="NET", help="Folder to write.")
def command(
    run_folder: Path,
    names: tuple[str, ...],
    approved: Path | None,
    on: date | None,
    price_table: Path | None,
    first: str | None,
    quarters: int,
    form: Format,
    out: Path,
) -> None:
    """Begin a network from a run of `screen`.

    Items, sites and what must go come from the run; products from the makers named, at default prices.
    Clusters, limits and better prices are for you to fill in; `plan check` says what is missing.
    """
    import polars as pl

    from clearband.model.network import quarter_name, quarter_number
    from clearband.planning.network.begin import Wanted, begin
    from clearband.planning.network.default_prices import default_prices
    from clearband.planning.network.write import check_out, refuse_earlier, write_network
    from clearband.planning.prices import load_prices
    from clearband.register import load_register
    from clearband.reports.folder import read_run
    from clearband.reports.folder.findings_csv import flat

    if not names and approved is None:
        raise UsageError(
            "nobody is named to buy from", remedy="name makers with --maker, or a list with --approved"
        )
    check_out(out)
    refuse_earlier(out)
    day = on or today()
    if first is None:
        first = quarter_name(day.year * 4 + (day.month - 1) // 3 + 1)
    try:
        quarter_number(first)
    except ValueError as error:
        raise UsageError(str(error), where="--from") from None
    register = load_register()
    makers = _named(names, register)
    if approved is not None:
        makers |= _listed(approved, day, register)
    run = read_run(run_folder)
    try:
        findings = pl.read_parquet(run_folder / "findings.parquet", glob=False)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise InputError(f"cannot be read: {error}", where=str(run_folder), remedy="screen again") from None
    said_by = " and ".join([*(["the user"] if names else []), *(["the approved list"] if approved else [])])
    prices = default_prices(load_prices(price_table))
    wanted = Wanted(f"Network of the run {run_folder.name}", first, quarters, makers, said_by, prices)
    begun = begin(run.equipment, findings, run.summary.get("deadlines", []), wanted)
    tables = begun.network.tables
    if form == "csv":
        # What inventories say may be a formula, and these tables are meant for spreadsheets.
        tables = {name: flat(table) for name, table in tables.items()}
    write_network(replace(begun.network, tables=tables), out, form)
    click.echo(f"{out}: {tables['installed'].height:,} items at {tables['sites'].height:,} sites")
    for line in begun.told:
        click.echo(f"  {line}")
    click.echo(
        f"  fill in clusters, supply, crews and money; clearband plan check {out} says what is missing"
    )


def _named(names: tuple[str, ...], register: Register) -> Makers:
    from clearband.identify.meant import register_ids

    found: Makers = {}
    for name in names:
        ids = register_ids(name, register)
        if len(ids) > 1 and name.casefold() not in ids:
            raise UsageError(
                f'"{name}" can mean {", ".join(ids[:6])}', where="--maker", remedy="name one of them"
            )
        one = name.casefold() if name.casefold() in ids else (ids[0] if ids else None)
        shown = register.organisations[one].name if one else name.strip()
        found[shown] = (("yes", None),)
    return found


def _listed(folder: Path, day: date, register: Register) -> Makers:
    """Makers with an entry that may be bought, and the roles that it is for."""
    from clearband.listing.as_of import as_of
    from clearband.listing.record import ListFolder
    from clearband.model.listing import Use
    from clearband.model.network import Role
    from clearband.planning.network.begin.roles import ROLE_OF

    found: Makers = {}
    for listing in as_of(ListFolder(folder).replayed(), day):
        say = listing.uses[Use.BUY][0]
        subject = listing.subject
        if say == "no" or (subject.category is not None and subject.category not in ROLE_OF):
            continue
        known = subject.maker in register.organisations if subject.maker else False
        maker = register.organisations[subject.maker].name if known and subject.maker else subject.name
        role = frozenset({Role(ROLE_OF[subject.category])}) if subject.category else None
        approval = "yes" if say == "yes" else "conditional"
        found[maker] = (*found.get(maker, ()), (approval, role))
    if not found:
        raise InputError(
            f"no maker may be bought on {day}", where=str(folder), remedy="name makers with --maker"
        )
    return found
