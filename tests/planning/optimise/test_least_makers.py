"""Rule 13: so many makers have a least share of a role each; which ones, the plan chooses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clearband.cli.plan.solver import violations
from clearband.planning.network.network import Network
from clearband.planning.network.read import read_network
from clearband.planning.network.settings import LeastMakers
from clearband.planning.units.assemble import assemble
from tests.planning.made_networks import made_up, solved, with_settings
from tests.planning.network_files import small, write_folder


def rules(*rows: tuple[Any, int, float]) -> tuple[LeastMakers, ...]:
    return tuple(LeastMakers(role=role, makers=makers, share=share) for role, makers, share in rows)


@pytest.mark.parametrize(
    ("sites", "seed", "least"),
    [
        (50, 1, rules(("radio", 2, 0.3), ("transport", 2, 0.3))),
        (50, 2, rules(("radio", 3, 0.2), ("transport", 3, 0.2))),
        (200, 6, rules(("radio", 3, 0.1), ("transport", 3, 0.2))),
    ],
)
def test_least_shares_are_kept_and_to_drop_them_never_costs_more(
    sites: int, seed: int, least: tuple[LeastMakers, ...]
) -> None:
    network = made_up(sites, seed)
    _, free = solved(network)
    assert violations(assemble(with_settings(network, least_makers=least)), free)
    assembled, held = solved(with_settings(network, least_makers=least))
    assert violations(assembled, held) == 0
    assert free.value <= held.value * (1 + 2e-5)
    assert held.gap <= 1e-5


def two_valleys(folder: Path, *rows: tuple[Any, int, float], staying: int = 3) -> Network:
    """Three units of radio go, of six at first; three are Nokia's and stay."""
    settings, tables = small()
    settings |= {"caps": [], "least_makers": [one.model_dump() for one in rules(*rows)]}
    tables["installed"][2]["quantity"] = staying
    return read_network(write_folder(folder / "net", settings, tables))


def test_what_stays_counts(tmp_path: Path) -> None:
    """Nokia has half of the radios already; Ericsson needs its share of all six."""
    problem = assemble(two_valleys(tmp_path, ("radio", 2, 0.4))).problem
    (floor,) = problem.floors
    assert floor.makers == 1
    assert floor.need.tolist() == [3.0]
    family = problem.rows[floor.rows[0]].argmin()
    assert assemble(two_valleys(tmp_path, ("radio", 2, 0.4))).families[family] == ("Ericsson", "radio")


def test_a_rule_that_holds_by_what_stays_asks_for_nothing(tmp_path: Path) -> None:
    assert not assemble(two_valleys(tmp_path, ("radio", 1, 0.5))).problem.floors


def test_a_share_of_nothing_is_one_unit(tmp_path: Path) -> None:
    (floor,) = assemble(two_valleys(tmp_path, ("radio", 2, 0.0))).problem.floors
    assert floor.need.tolist() == [1.0]


def test_makers_that_cannot_reach_the_share_are_not_chosen(tmp_path: Path) -> None:
    """Three radios go; with ten of Nokia's that stay, nobody else comes to four of thirteen."""
    assembled = assemble(two_valleys(tmp_path, ("radio", 2, 0.3), staying=10))
    assert assembled.blocked
    assert assembled.problem.too_few_makers
