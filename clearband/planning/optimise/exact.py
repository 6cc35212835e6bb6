"""The whole problem as an integer programme, for those small enough, without what cannot be in a better plan.

A column whose reduced cost in the linear master is more than what lies between the master's value and the
best plan known is in no better plan (Dantzig, Fulkerson and Johnson 1954): leaving it out loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from clearband.planning.optimise.generate import Generated
from clearband.planning.optimise.integer_model import IntegerModel
from clearband.planning.optimise.prices import costs
from clearband.planning.problem import Floats, Ints, Problem


@dataclass(frozen=True, slots=True)
class Exact:
    """What the integer programme came to: units of each class by option and quarter, and a bound.

    Without a plan there are no units, and the value is infinite.
    """

    class_option: Ints
    class_quarter: Ints
    units: Ints
    value: float
    bound: float


def columns_left(problem: Problem, generated: Generated, best: float) -> tuple[Ints, Ints]:
    """Options and quarters that a plan better than ``best`` could hold."""
    solved = generated.solved
    reduced = costs(problem, solved.prices) - solved.of_class[problem.options.of][:, None]
    slack = best - solved.value
    option, quarter = np.nonzero(reduced <= slack + 1e-6 * abs(best))
    return option, quarter


def solve_exactly(
    problem: Problem, option: Ints, quarter: Ints, cost: Floats, *, gap: float, seconds: float, nodes: int,
    below: float = np.inf,
) -> Exact | None:  # fmt: skip
    """The best plan of these columns.

    Args:
        cost: [O, T] without prices.
        gap: Ends within this share of the best.
        below: Only plans that cost no more are looked for. Where there is none, it is the bound: that is
            proved with far fewer nodes than what the best plan is.

    Returns:
        None when nothing was found, and nothing proved.
    """
    model = IntegerModel(problem, option, quarter, cost, below)
    highs, unit = model.highs, model.unit
    for name, value in (
        ("mip_rel_gap", gap), ("time_limit", max(seconds, 0.1)), ("mip_max_nodes", nodes),
    ):  # fmt: skip
        highs.setOptionValue(name, value)
    highs.run()
    info = highs.getInfo()
    bound = min(below, float(info.mip_dual_bound) * unit)
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        if highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            bound = below
        nothing = np.zeros(0, dtype=np.int64)
        return Exact(nothing, nothing, nothing, np.inf, bound) if np.isfinite(bound) else None
    # The plan that is known is not given to HiGHS: with a start, 1.16 lost a constant of its presolve, and
    # called a plan the best that was not. What it says is held against the columns themselves.
    amount = np.rint(np.array(highs.getSolution().col_value)[: len(option)]).astype(np.int64)
    value = float(cost[option, quarter] @ amount)
    if not np.isclose(value, info.objective_function_value * unit, rtol=1e-6, atol=1e-9 * unit):
        return None
    some = np.flatnonzero(amount)
    return Exact(option[some], quarter[some], amount[some], value, bound)
