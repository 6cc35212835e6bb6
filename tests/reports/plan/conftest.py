"""The made-up network of the checker's tests, with coordinates, and its plan as a report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

import pytest

from clearband.planning.checking import Plan, read_plan
from clearband.planning.network import Network, read_network
from clearband.reports.plan import PlanReport, write_plan_report
from tests.planning.checking import by_hand, made_up
from tests.planning.checking.rows import MadePlan, MadeUp
from tests.reports.reading_pages import Page, read_page


@dataclass(frozen=True)
class Reported:
    """A report that was written, and what it was made from."""

    out: Path
    told: PlanReport
    network: Network
    plan: Plan

    @cached_property
    def page(self) -> Page:
        return read_page((self.out / "plan.html").read_text(encoding="utf-8"))


Report = Callable[[MadeUp, MadePlan], Reported]


def made_network() -> MadeUp:
    """The network, with coordinates and grades of prices."""
    network = made_up.network()
    for at, site in enumerate(network.sites):
        site["latitude"], site["longitude"] = 40 + at % 7 / 10, -100 + at // 7 / 10
    for product in network.products:
        product["price_grade"] = "" if product["role"] == "cpe" else "C" if product["role"] == "core" else "A"
    return network


def made_plan(made: MadeUp) -> MadePlan:
    """Its plan, with what it claims."""
    valid = made_up.plan(made)
    valid.claims = by_hand.claims(made, valid)
    return valid


def _report(made: MadeUp, plan: MadePlan, folder: Path) -> Reported:
    network = read_network(made.write(folder / "net"))
    plan.claims.setdefault("network_sha256", network.sha256)
    read = read_plan(plan.write(folder / "plan"))
    out = folder / "report"
    return Reported(out, write_plan_report(network, read, out), network, read)


@pytest.fixture
def made() -> MadeUp:
    return made_network()


@pytest.fixture
def plan(made: MadeUp) -> MadePlan:
    return made_plan(made)


@pytest.fixture
def report(tmp_path: Path) -> Report:
    """Write both, and the report of them."""
    return partial(_report, folder=tmp_path)


@pytest.fixture(scope="session")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Reported:
    """The report of the valid plan, made once."""
    made = made_network()
    return _report(made, made_plan(made), tmp_path_factory.mktemp("reported"))
