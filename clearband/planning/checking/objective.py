"""Rule 14: cost and exposure made anew, and held against what the plan claims."""

from __future__ import annotations

import math
from dataclasses import dataclass

import polars as pl

from clearband.planning.checking.held import Held, in_units
from clearband.planning.checking.plan import Plan
from clearband.planning.checking.spending import refunds, spending
from clearband.planning.checking.violation import ABSOLUTE, RELATIVE, together, violations


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
    flow = pl.concat([spent, back, _running(held)])
    worth = flow["q"].replace_strict(
        {q: settings.discount(q) for q in flow["q"].unique()}, return_dtype=pl.Float64
    )
    cost = math.fsum((flow["amount"] * worth).to_list())
    exposure = _exposure(held)
    return Numbers(cost, exposure, math.fsum((cost, settings.exposure_price * exposure)))


def _running(held: Held) -> pl.DataFrame:
    """Yearly cost, a quarter of it a quarter: of old items until the work, of new ones from it to the end."""
    last = held.settings.quarters
    first = pl.col("q").clip(0, last)
    quarters = {
        "yearly_cost": pl.int_ranges(pl.lit(0, pl.Int32), first, dtype=pl.Int32),
        "new_yearly": pl.int_ranges(first, pl.lit(last, pl.Int32), dtype=pl.Int32),
    }
    parts = []
    for column, range_ in quarters.items():
        summed = (
            held.rows.filter(pl.col(column) != 0)
            .group_by("owner", "group", "q", column)
            .agg(pl.col("units").sum())
        )
        parts.append(
            summed.with_columns(amount=in_units() * pl.col(column) / 4, q=range_)
            .select("owner", "group", "q", "amount")
            .explode("q", empty_as_null=False)
        )
    return pl.concat(parts)


def _exposure(held: Held) -> float:
    """Points times quarters: a role of a site has points in a unit when an item of it goes."""
    settings = held.settings
    points = (
        held.rows.select("site", "role", "q", "criticality")
        .unique()
        .group_by("role", "q", "criticality")
        .agg(sites=pl.len())
        .with_columns(
            weight=pl.col("role").map_elements(settings.weight, return_dtype=pl.Float64),
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
