"""``clearband impact``: what a draft directive would do to an inventory, a market, a country."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from clearband.cli.dates import Day, today
from clearband.cli.facts_option import facts_option
from clearband.errors import InputError, UsageError
from clearband.model.network import last_day, quarter_name, quarter_number

if TYPE_CHECKING:
    from clearband.impact.draft import DraftInUse
    from clearband.impact.form import ImpactTold, InventoryTold, SourceTold
    from clearband.impact.inventory import UnderTheDraft

_HOLDING: Final = ("use", "remove")
_ANY: Final = "any other maker"
"""Stands for whoever may be bought from, where nobody is named: default prices are the same for all."""


@click.command("impact")
@click.argument("draft", type=click.Path(path_type=Path), metavar="DRAFT")
@click.option("--inventory", "inventories", multiple=True, metavar="FILE", help="What it does to this one.")
@click.option(
    "--map", "maps", multiple=True, metavar="COLUMN=FIELD", help="What a column of the inventory means."
)
@click.option(
    "--mapping", type=click.Path(path_type=Path), metavar="FILE", help="A YAML file of column meanings."
)
@click.option(
    "--as", "actors", multiple=True, metavar="ACTOR",
    help="Who has the inventory; several allowed. Default: whom the draft binds.",
)  # fmt: skip
@click.option(
    "--action", "actions", multiple=True, metavar="ACTION",
    help="What is done with it; several allowed. Default: what the draft says of equipment that one has "
    "(use, remove), else all that it speaks of.",
)  # fmt: skip
@click.option(
    "--profile", type=click.Path(path_type=Path), metavar="FILE",
    help="A YAML file that says who we are and what sites are for; options go before it.",
)  # fmt: skip
@click.option(
    "--on", type=Day(),
    help="The day asked about. Default: today; of an inventory, the first day on which all of the draft holds.",
)  # fmt: skip
@click.option(
    "--maker", "makers", multiple=True, metavar="NAME",
    help="A maker that the plan may buy from; several allowed. Default: any other, at default prices.",
)  # fmt: skip
@click.option(
    "--prices", "price_table", type=click.Path(path_type=Path), metavar="FILE",
    help="A table of your own prices, which goes before the packaged ones, as in `plan new`.",
)  # fmt: skip
@click.option(
    "--limits", type=click.Path(path_type=Path), metavar="DIR",
    help="A folder with supply.csv, crews.csv or money.csv of docs/plan.md. Default: nothing is limited.",
)  # fmt: skip
@click.option(
    "--from",
    "first",
    metavar="QUARTER",
    help="First quarter of the plan, like 2027-Q1. Default: the next one.",
)
@click.option(
    "--quarters", type=click.IntRange(1, 60), default=20, show_default=True, help="Horizon of the plan."
)
@click.option("--no-plan", is_flag=True, help="Plan nothing: only what must go, where, by when.")
@click.option(
    "--network", type=click.Path(path_type=Path), metavar="NET",
    help="Write the network of what changes to this folder, for `clearband plan`.",
)  # fmt: skip
@click.option(
    "--market", type=click.Choice(["all-equipment", "ran", "all"]), help="What it does to this market."
)
@click.option("--region", metavar="REGION", help="Only this region of the market facts, such as world.")
@click.option("--year", type=int, help="Shares of this year. Default: the latest of each region.")
@click.option(
    "--erosion", "erosions", multiple=True, type=click.IntRange(1, 100), metavar="PERCENT",
    help="The part of their shares that banned makers lose; several allowed. Default: 25, 50 and 100.",
)  # fmt: skip
@click.option("--country", metavar="CODE", help="What stands in this country, and what the draft adds.")
@facts_option
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="Write index.html and impact.json here."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    draft: Path,
    inventories: tuple[str, ...],
    market: str | None,
    country: str | None,
    region: str | None,
    year: int | None,
    erosions: tuple[int, ...],
    on: date | None,
    facts: tuple[Path, ...],
    out: Path | None,
    as_json: bool,
    **of_inventory: Any,
) -> None:
    """Tell what a draft directive would do: to an inventory, to a market, in a country.

    DRAFT is a directive file (docs/write-a-directive.md); it is judged as if it were adopted, whatever its
    status. Each number is told with its sources; what is not known stays unknown. A part that is not asked
    for is left out.
    """
    if not inventories and market is None and country is None:
        raise UsageError(
            "nothing is asked", remedy="name --inventory FILE, --market MARKET or --country CODE"
        )
    _refuse_stray(inventories, market, country, region, year, erosions, of_inventory)
    from clearband import __version__
    from clearband.facts.store import content_hash
    from clearband.impact.cited import source_table
    from clearband.impact.country import country_told
    from clearband.impact.draft import read_draft
    from clearband.impact.erosion import EROSIONS, market_told
    from clearband.impact.form import ImpactTold
    from clearband.impact.market import share_tables
    from clearband.impact.places import country_code
    from clearband.register import load_register
    from clearband.reports.impact import lines

    code = country_code(country) if country is not None else None
    if out is not None:
        _check_out(out)
    day = on or today()
    read = read_draft(draft, facts, load_register())
    known = {maker for table in share_tables().values() for share in table.shares for maker in share.makers}
    meant = read.meant(known | set(read.named), read.day_of_all(day))
    banned = [org for org, sure in meant.items() if sure]
    given = _given(read)
    told_of = _Inventory(read, inventories, on, day, of_inventory, given) if inventories else None
    parts = {
        "inventory": told_of.told() if told_of is not None else None,
        "market": market_told(
            read, None if market == "all" else market, region, year, erosions or EROSIONS, banned
        )
        if market is not None
        else None,
        "country": country_told(read, code, day, erosions or EROSIONS, banned) if code is not None else None,
    }  # fmt: skip
    head = read.told(read.day_of_all(day))
    told = ImpactTold(
        schema="clearband/impact/1",
        clearband=__version__,
        facts_sha256=content_hash(),
        on=day,
        draft=head,
        **parts,
        sources=source_table([head, *(part for part in parts.values() if part is not None)], given),
    )
    if out is not None:
        _write(told, out)
    if as_json:
        click.echo(_json(told))
        return
    for line in lines(told):
        click.echo(line)
    if out is not None:
        click.echo(f"\nwritten: {out / 'index.html'}, {out / 'impact.json'}")


def _refuse_stray(
    inventories: tuple[str, ...],
    market: str | None,
    country: str | None,
    region: str | None,
    year: int | None,
    erosions: tuple[int, ...],
    of_inventory: Mapping[str, Any],
) -> None:
    if market is None and (region is not None or year is not None):
        raise UsageError("--region and --year are for --market", remedy="add --market all")
    if market is None and country is None and erosions:
        raise UsageError("--erosion is for --market and --country", remedy="add --market all")
    said = [f"--{name}" for name in ("limits", "network", "prices") if of_inventory.get(name)]
    said += ["--limits"] if of_inventory.get("limits") else []
    if said and not inventories:
        raise UsageError(f"{said[0]} is for --inventory", remedy="add --inventory FILE")


def _given(read: DraftInUse) -> dict[str, SourceTold]:
    from clearband.impact.form import SourceTold

    def of(source: Any, what: str) -> SourceTold:
        return SourceTold(kind="input", what=f"{what} {source.record['file']}, sha256 {source.sha256[:16]}")

    return {"draft": of(read.source, "the draft")} | {
        one.raw["id"]: of(one, "the directive file") for one in read.own
    }


@dataclass
class _Inventory:
    """The part about an inventory, as the options say."""

    draft: DraftInUse
    files: tuple[str, ...]
    on: date | None
    day: date
    said: Mapping[str, Any]
    given: dict[str, SourceTold]

    def told(self) -> InventoryTold:
        from clearband.cli.inputs import Inputs
        from clearband.impact.form import SourceTold
        from clearband.impact.inventory import inventory_told, under_the_draft
        from clearband.screening.settings import settings_for

        said, draft = self.said, self.draft
        first = said["first"] or quarter_name(self.day.year * 4 + (self.day.month - 1) // 3 + 1)
        try:
            first_day = date.fromordinal(last_day(quarter_number(first) - 1).toordinal() + 1)
        except ValueError as error:
            raise UsageError(str(error), where="--from") from None
        settings = settings_for(
            draft.alone, profile=said["profile"], actors=said["actors"] or self._actors(),
            actions=said["actions"] or self._actions(), on=self.on, today=draft.day_of_all(self.day),
            own_facts=tuple(one.record for one in draft.own),
        )  # fmt: skip
        inventory = Inputs(self.files, said["maps"], said["mapping"], None, None, None).read()
        names = ", ".join(f"{one.file} (sha256 {one.sha256[:16]})" for one in inventory.inputs)
        self.given["inventory"] = SourceTold(kind="input", what=f"the inventory {names}")
        found = under_the_draft(inventory, settings, draft, first_day)
        plan, reason = None, "none was asked for"
        if found.touched.height == 0:
            reason = "nothing has to go by the draft"
        elif not said["no_plan"]:
            plan, reason = self._plan(found, first)
        return inventory_told(found, first_day, plan, None if plan else reason)

    def _actors(self) -> tuple[str, ...]:
        """Whom the draft binds; nobody named where a profile says who we are."""
        if self.said["profile"] is not None:
            return ()
        return tuple(dict.fromkeys(one for limb in self.draft.limbs for one in sorted(limb.actors)))

    def _actions(self) -> tuple[str, ...]:
        if self.said["profile"] is not None:
            return ()
        every = tuple(dict.fromkeys(one for limb in self.draft.limbs for one in sorted(limb.actions)))
        return tuple(one for one in every if one in _HOLDING) or every

    def _plan(self, found: UnderTheDraft, first: str) -> tuple[Any, str]:
        """The plan, or why there is none."""
        from clearband.impact.form import SourceTold
        from clearband.impact.plan_cost import way_out
        from clearband.planning.network.begin import Wanted
        from clearband.planning.network.default_prices import default_prices
        from clearband.planning.network.write import write_network
        from clearband.planning.prices import load_prices, packaged_prices
        from clearband.reports.folder.findings_csv import flat

        said = self.said
        prices = load_prices(said["price_table"])
        if said["price_table"] is not None:
            self.given["prices"] = SourceTold(
                kind="input", what=f"the price table {said['price_table'].name}"
            )
        if said["limits"] is not None:
            self.given["limits"] = SourceTold(kind="input", what=f"the limits in {said['limits'].name}")
        makers = dict.fromkeys(self._makers(), (("yes", None),))
        by = "the user" if said["makers"] else "nobody; it stands for any maker that the draft does not mean"
        title = f"What {self.draft.raw['short_title']} makes go"
        wanted = Wanted(title, first, said["quarters"], makers, by, default_prices(prices))
        travel = packaged_prices().of("travel")
        try:
            way = way_out(
                found, wanted, said["limits"], travel.sources if travel else (),
                can_solve=_can_solve(), own_prices=said["price_table"] is not None,
            )  # fmt: skip
        except InputError as error:
            if said["limits"] is not None and "role" not in error.what:
                raise
            return None, error.what
        if said["network"] is not None:
            network = way.begun.network
            tables = {name: flat(table) for name, table in network.tables.items()}
            write_network(replace(network, tables=tables), said["network"])
        return way.told, ""

    def _makers(self) -> list[str]:
        from clearband.cli.resolving import register_ids

        register, found = self.draft.register, []
        for name in self.said["makers"]:
            ids = register_ids(name, register)
            if len(ids) > 1 and name.casefold() not in ids:
                raise UsageError(
                    f'"{name}" can mean {", ".join(ids[:6])}', where="--maker", remedy="name one of them"
                )
            one = name.casefold() if name.casefold() in ids else (ids[0] if ids else None)
            if one is not None and one in self.draft.meant([one], self.day):
                raise UsageError(f'"{name}" is a maker that the draft means', where="--maker")
            found.append(register.organisations[one].name if one else name.strip())
        return found or [_ANY]


def _can_solve() -> bool:
    return all(importlib.util.find_spec(name) is not None for name in ("highspy", "numba"))


def _json(told: ImpactTold) -> str:
    return json.dumps(told.model_dump(mode="json", by_alias=True), ensure_ascii=False, indent=2)


_OURS: Final = frozenset({"index.html", "impact.json"})


def _is_brief(folder: Path) -> bool:
    try:
        return "clearband/impact/1" in (folder / "impact.json").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return False


def _check_out(out: Path) -> None:
    from clearband.planning.whole_folder import check_place

    check_place(out, _OURS, _is_brief)


def _write(told: ImpactTold, out: Path) -> None:
    from clearband.planning.whole_folder import whole_folder
    from clearband.reports.impact import write_brief

    with whole_folder(out, _OURS, _is_brief) as folder:
        write_brief(told, folder)
        (folder / "impact.json").write_text(_json(told) + "\n", encoding="utf-8")
