"""What binds in a plan, and what hangs on what is not known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from clearband.model.network import MustGo
from clearband.planning.answers.from_plan import placed
from clearband.planning.answers.groups import groups_of
from clearband.planning.answers.shadow import Shadows, shadows
from clearband.planning.answers.used import Used, full_limits, near_dates, spending
from clearband.planning.network.network import Network
from clearband.planning.optimise.solve import solve
from clearband.planning.units.assemble import assemble


@dataclass(frozen=True, slots=True)
class Unknown:
    """What hangs on items of which it is not known whether they must go: cost of the plan with and without.

    Attributes:
        replaced, kept: Objective; None where no plan was found.
    """

    items: int
    replaced: float | None
    kept: float | None


@dataclass(frozen=True, slots=True)
class Explained:
    """Answers about a plan.

    Attributes:
        strange: Units of work that the plan does in a way that is not planned with; they count nowhere.
    """

    network: Network
    shadows: Shadows
    full: list[Used]
    near: list[dict[str, Any]]
    spending: dict[str, list[dict[str, Any]]]
    unknown: Unknown | None
    strange: int


def explain(
    network: Network, work: pl.DataFrame, *, say: Callable[[str], None] = lambda _: None
) -> Explained:
    """What binds in a plan.

    Args:
        work: The table of work of the plan.
    """
    assembled = assemble(network)
    groups = groups_of(assembled)
    option, quarter = placed(assembled, work)
    say("prices of limits")
    prices = shadows(assembled, groups)
    say("what is not known")
    return Explained(
        network, prices, full_limits(assembled, groups, option, quarter), near_dates(assembled, quarter),
        spending(assembled, work), unknown(network), int((option < 0).sum()),
    )  # fmt: skip


def unknown(network: Network, gap: float = 1e-3) -> Unknown | None:
    """Two plans: with the unknown items replaced, and with them kept; None when there are none."""
    items = network.installed.filter(pl.col("must_go") == MustGo.UNKNOWN.value).height
    if not items:
        return None
    values: dict[str, float | None] = {}
    for how in ("replace", "keep"):
        other = replace(network, settings=network.settings.model_copy(update={"unknown": how}))
        assembled = assemble(other)
        solution = None if assembled.blocked else solve(assembled.problem, gap=gap)
        values[how] = None if solution is None or solution.missing else solution.value
    return Unknown(items, values["replace"], values["keep"])
