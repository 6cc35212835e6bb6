"""Rule 14: cost and exposure made anew, and held against what the plan claims."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from clearband.model.network import Role
from clearband.planning.checking.held import Held, as_float
from clearband.planning.checking.plan import Plan
from clearband.planning.checking.spending import refunds, spending
from clearband.planning.checking.violation import ABSOLUTE, RELATIVE, together, violations
from clearband.planning.network import NetworkSettings


@dataclass(frozen=True)
class Numbers:
    """What a plan comes to: cost in money of the first quarter, exposure in points times quarters."""

    cost: float
    exposure: float
    objective: float


def numbers(held: Held) -> Numbers:
    """Make the numbers of a plan anew.

    Every sum is exact before it is rounded once, so that the order of rows changes nothing.
    """
    settings = held.settings
    spent = spending(held)
    back = refunds(spent, settings).with_columns(amount=-pl.col("amount"))
    flow = pl.concat([spent, back])
    worth = {q: discount(q, settings) for q in flow["q"].unique()}
    once = flow["amount"] * flow["q"].replace_strict(worth, return_dtype=pl.Float64)
    cost = math.fsum((*once.to_list(), *_running(held)))
    exposure = _exposure(held)
    return Numbers(cost, exposure, math.fsum((cost, settings.exposure_price * exposure)))


def discount(quarter: int, settings: NetworkSettings) -> float:
    """What money of a quarter is worth in the first."""
    return float((1 + settings.discount_rate) ** (-quarter / 4))


def _running(held: Held) -> Iterator[float]:
    """Yearly cost, a quarter of it a quarter: of old items until the work, of new ones from it to the end."""
    settings = held.settings
    worth = [discount(quarter, settings) / 4 for quarter in range(settings.quarters)]
    placed = held.rows["q"].unique()
    before = {q: math.fsum(worth[: max(q, 0)]) for q in placed}
    since = {q: math.fsum(worth[max(q, 0) :]) for q in placed}
    for column, years in (("yearly_cost", before), ("new_yearly", since)):
        summed = held.rows.group_by("q", column).agg(pl.col("quantity").sum())
        paid = as_float("quantity") * pl.col(column)
        in_all = paid * pl.col("q").replace_strict(years, return_dtype=pl.Float64)
        yield from summed.select(in_all).to_series()


def _exposure(held: Held) -> float:
    """Points times quarters: a role of a site has points in a unit when an item of it goes."""
    weights = {str(role): held.settings.weights.of(role) for role in Role}
    points = (
        held.rows.select("site", "role", "q", "criticality")
        .unique()
        .group_by("role", "q", "criticality")
        .agg(sites=pl.len())
        .with_columns(
            weight=pl.col("role").replace_strict(weights, return_dtype=pl.Float64),
            sites=pl.col("sites").cast(pl.Float64),
        )
    )
    return math.fsum((points["sites"] * points["criticality"] * points["weight"] * points["q"]).to_list())


def claims(made: Numbers, plan: Plan, currency: str) -> pl.DataFrame:
    """Rule 14: cost, exposure and objective are what the plan says, to a millionth."""
    unit = currency or "money"
    parts = []
    for name, claimed, true, in_ in (
        ("cost", plan.cost, made.cost, unit),
        ("exposure", plan.exposure, made.exposure, "points times quarters"),
        ("objective", plan.objective, made.objective, unit),
    ):
        if abs(claimed - true) > RELATIVE * abs(true) + ABSOLUTE:
            frame = pl.DataFrame({"found": [claimed], "limit": [true]})
            parts.append(violations(frame, "14", f"claims another {name} than it has", unit=in_))
    return together(*parts)


def bound(made: Numbers, plan: Plan, currency: str) -> pl.DataFrame:
    """The bound is not above the objective, and the gap is what lies between them."""
    if plan.bound is None:
        return together()
    parts = []
    if plan.bound > made.objective + RELATIVE * abs(made.objective) + ABSOLUTE:
        frame = pl.DataFrame({"found": [plan.bound], "limit": [made.objective]})
        what = "claims a bound above its own objective"
        parts.append(violations(frame, "bound", what, unit=currency or "money"))
    if plan.gap is not None and made.objective:
        true = (made.objective - plan.bound) / made.objective
        if abs(plan.gap - true) > RELATIVE * abs(true) + ABSOLUTE:
            frame = pl.DataFrame({"found": [plan.gap], "limit": [true]})
            parts.append(violations(frame, "bound", "claims another gap than it has", unit="share"))
    return together(*parts)
