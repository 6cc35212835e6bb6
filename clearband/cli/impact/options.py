"""The options of ``clearband impact``, by the part that they are for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import click

from clearband.errors import UsageError

_PATH: Final = click.Path(path_type=Path)

_OF_INVENTORY: Final = (
    click.option(
        "--inventory", "inventories", multiple=True, metavar="FILE", help="What it does to this inventory."
    ),
    click.option(
        "--map", "maps", multiple=True, metavar="COLUMN=FIELD", help="What a column of the inventory means."
    ),
    click.option("--mapping", type=_PATH, metavar="FILE", help="A YAML file of column meanings."),
    click.option(
        "--as", "actors", multiple=True, metavar="ACTOR",
        help="Who has the inventory; several allowed. Default: whom the draft binds.",
    ),
    click.option(
        "--action", "actions", multiple=True, metavar="ACTION",
        help="What is done with it; several allowed. Default: what the draft says of equipment that one has "
        "(use, remove), else all that it speaks of.",
    ),
    click.option(
        "--profile", type=_PATH, metavar="FILE",
        help="A YAML file that says who we are and what sites are for; options go before it.",
    ),
    click.option(
        "--maker", "makers", multiple=True, metavar="NAME",
        help="A maker that the plan may buy from; several allowed. Default: any other, at default prices.",
    ),
    click.option(
        "--prices", "price_table", type=_PATH, metavar="FILE",
        help="A table of your own prices, which goes before the packaged ones, as in `plan new`.",
    ),
    click.option(
        "--limits", type=_PATH, metavar="DIR",
        help="A folder with supply.csv, crews.csv or money.csv of docs/plan.md. Default: nothing is limited.",
    ),
    click.option(
        "--from", "first", metavar="QUARTER",
        help="First quarter of the plan, like 2027-Q1. Default: the one after --on.",
    ),
    click.option(
        "--quarters", type=click.IntRange(1, 60), default=20, show_default=True, help="Horizon of the plan."
    ),
    click.option("--no-plan", is_flag=True, help="Plan nothing: only what must go, where, by when."),
    click.option(
        "--network", type=_PATH, metavar="NET",
        help="Write the network of what changes to this folder, for `clearband plan`.",
    ),
)  # fmt: skip
_OF_MARKET: Final = (
    click.option(
        "--market", type=click.Choice(["all-equipment", "ran", "all"]), help="What it does to this market."
    ),
    click.option("--region", metavar="REGION", help="Only this region of the market facts, such as world."),
    click.option("--year", type=int, help="Shares of this year. Default: the latest of each region."),
    click.option(
        "--erosion", "erosions", multiple=True, type=click.IntRange(1, 100), metavar="PERCENT",
        help="The part of their shares that banned makers lose; several allowed. Default: 25, 50 and 100.",
    ),
)  # fmt: skip
_NAMES: Final = {
    "price_table": "prices",
    "actors": "as",
    "actions": "action",
    "makers": "maker",
    "first": "from",
    "maps": "map",
    "no_plan": "no-plan",
}


def part_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of inventories and markets."""
    wrapped = command
    for option in reversed((*_OF_INVENTORY, *_OF_MARKET)):
        wrapped = option(wrapped)
    return wrapped


def refuse_stray(
    inventories: tuple[str, ...],
    market: str | None,
    country: str | None,
    of_market: Mapping[str, Any],
    of_inventory: Mapping[str, Any],
) -> None:
    """Refuse options of a part that is not asked for.

    Raises:
        UsageError: There is one, or no part is asked for.
    """
    if not inventories and market is None and country is None:
        remedy = "name --inventory FILE, --market MARKET or --country CODE"
        raise UsageError("nothing is asked", remedy=remedy)
    if market is None and any(of_market[name] is not None for name in ("region", "year")):
        raise UsageError("--region and --year are for --market", remedy="add --market all")
    if market is None and country is None and of_market["erosions"]:
        raise UsageError("--erosion is for --market and --country", remedy="add --market all")
    said = [name for name, value in of_inventory.items() if value and name != "quarters"]
    if said and not inventories:
        option = f"--{_NAMES.get(said[0], said[0])}"
        raise UsageError(f"{option} is for --inventory", remedy="add --inventory FILE")
