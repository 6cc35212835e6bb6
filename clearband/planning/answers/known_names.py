"""Refuses a relaxation or scenario of the user's own that names what the network does not have.

It would change nothing, and its answer would look like one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from clearband.model.network import quarter_number
from clearband.planning.answers.relaxation import Relaxation
from clearband.planning.answers.scenario import Scenario
from clearband.planning.network.network import Network
from clearband.planning.network.problems import Cell, Problems, shown

Named = tuple[str, str, Iterable[str | None], str]
"""Where it is named, what it is, the names, and the table that should have them."""


def refuse_strange_relaxation(network: Network, by: Relaxation, file: str) -> None:
    """Refuse a relaxation that names what is not there.

    Raises:
        NetworkError: A line for each name, cap, rule or quarter that is not in the network.
    """
    problems = Problems()
    _refuse(network, _of_relaxation(by), file, problems)
    settings = network.settings
    for what, numbers, count in (
        ("caps", [one.cap for one in by.caps], len(settings.caps)),
        ("least_makers", [one.rule for one in by.least_makers], len(settings.least_makers)),
    ):
        for number in sorted({one for one in numbers if one > count}):
            problems.add(Cell(file, None, None, f"{what}: there is no number {number}", f"there are {count}"))
    last = settings.quarters + by.quarters - 1
    until = f"{settings.quarter_name(0)} to {settings.quarter_name(last)}"
    quarters = [
        *(m.quarter for m in by.money),
        *(c.quarter for c in by.crews),
        *(s.quarter for s in by.supply),
    ]
    for quarter in sorted(set(quarters)):
        if not 0 <= quarter_number(quarter) - settings.start <= last:
            problems.add(Cell(file, None, None, f"{quarter} is outside of the horizon", f"it is {until}"))
    problems.raise_any()


def refuse_strange_scenario(network: Network, scenario: Scenario) -> None:
    """Refuse a scenario that names what is not there, or adds a product that is.

    Raises:
        NetworkError: A line for each name.
    """
    problems, where = Problems(), f"scenario {scenario.name}"
    _refuse(network, _of_scenario(scenario), where, problems)
    there = set(network.products["product"])
    for one in scenario.add:
        if one.product in there:
            what = f"add: the product {shown(one.product)} is there already"
            problems.add(Cell(where, None, None, what, "give it another name, or change it in products"))
        there.add(one.product)
    problems.raise_any()


def _refuse(network: Network, named: Iterable[Named], where: str, problems: Problems) -> None:
    makers = {*network.products["maker"], *network.supply["maker"], *network.installed["maker"]}
    known = {
        "owner": set(network.clusters["owner"]),
        "region": set(network.clusters["region"]),
        "product": set(network.products["product"]),
        "item": set(network.installed["item"]),
        "maker": makers,
    }
    for part, what, names, table in named:
        for name in sorted({one for one in names if one is not None} - known[what]):
            said = f"{part}: the {what} {shown(name)} is not in the network"
            problems.add(Cell(where, None, None, said, f"spell it as {table} does"))


def _of_relaxation(by: Relaxation) -> Iterator[Named]:
    yield "money", "owner", [one.owner for one in by.money], "clusters"
    yield "crews", "region", [one.region for one in by.crews], "clusters"
    yield "supply", "maker", [one.maker for one in by.supply], "products"
    yield "dates", "owner", [one.owner for one in by.dates], "clusters"
    yield "approve", "product", by.approve, "products"
    yield "stay", "item", by.stay, "installed"
    yield "go", "item", by.go, "installed"


def _of_scenario(scenario: Scenario) -> Iterator[Named]:
    own = {one.maker for one in scenario.add}
    yield "products", "product", [one.product for one in scenario.products], "products"
    yield "products", "maker", [one.maker for one in scenario.products], "products"
    yield "supply", "maker", [one.maker for one in scenario.supply if one.maker not in own], "products"
