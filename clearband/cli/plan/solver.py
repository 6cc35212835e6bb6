"""What the commands that plan share: the solver is there, a network can be planned, a plan is checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from clearband.errors import DefectError, MissingExtraError, install_extra

if TYPE_CHECKING:
    import polars as pl

    from clearband.planning.network.network import Network
    from clearband.planning.optimise.solve import Solution
    from clearband.planning.plan.write import Told
    from clearband.planning.units.assemble import Assembled

EXPLAIN_SECONDS = 180.0
"""For what would make a plan possible, where no other time is asked for; most networks take a few seconds."""
_MENDED = {
    "not-covered", "no-pair", "not-in-time", "horizon-too-short", "cluster-too-large", "crews-too-few",
    "supply-too-small", "cap-broken", "caps-too-low", "too-few-makers",
}  # fmt: skip
"""Errors of ``plan check`` that least relaxations mend."""


def require_solver() -> None:
    """Refuse to go on without the solver.

    Raises:
        MissingExtraError: It is not installed.
    """
    try:
        import highspy  # noqa: F401
        import numba  # noqa: F401
    except ImportError:
        raise MissingExtraError(
            "planning needs highspy and numba, which are not installed",
            where="clearband plan",
            remedy=install_extra("plan"),
        ) from None


def read_sound(path: Path) -> Network:
    """A network whose tables fit each other; whether it has a plan is another question.

    Raises:
        InputError: It cannot be read, or names lead nowhere, run in a circle, or have no price.
    """
    from clearband.planning.network.check import check
    from clearband.planning.network.problems import MOST, NetworkError
    from clearband.planning.network.read import read_network

    network = read_network(path)
    errors = [one for one in check(network).errors if one.check not in _MENDED]
    if errors:
        raise NetworkError([one.one_line() for one in errors[:MOST]], len(errors))
    return network


def violations(assembled: Assembled, solution: Solution) -> int:
    """How many rules a plan breaks, by the independent check."""
    from clearband.planning.plan.write import told

    return broken(assembled.network, told(assembled, solution, seed=0, gap=0.0)).height


def broken(network: Network, plan: Told) -> pl.DataFrame:
    """The violations of what is to be written as a plan, by the independent check."""
    from clearband.planning.checking import Plan, check

    claims = plan.claims
    read = Plan(
        plan.work, claims["cost"], claims["exposure"], claims["objective"], claims["bound"], claims["gap"],
        claims["network_sha256"],
    )  # fmt: skip
    return check(network, read).violations


def refuse_broken(network: Network, plan: Told) -> None:
    """Refuse a plan that the independent check disagrees with.

    Raises:
        DefectError: It breaks a rule.
    """
    found = broken(network, plan)
    if found.height:
        rules = ", ".join(str(rule) for rule in found.get_column("rule").unique().sort())
        raise DefectError(
            f"the plan breaks rules by the independent check ({rules}), {found.height:,} times; "
            "nothing is written",
            where="planner",
            remedy="this is a defect; please report it with the network",
        )


def say(text: str) -> None:
    """What is looked at, for a person who waits."""
    click.echo(f"  ... {text}", err=True)
