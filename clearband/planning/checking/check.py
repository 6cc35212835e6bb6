"""A plan against all rules at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import polars as pl

from clearband.planning.checking import complete, limits, objective, replacing, shares, spending, timing
from clearband.planning.checking.calendar import texts
from clearband.planning.checking.held import Held, hold
from clearband.planning.checking.objective import Numbers
from clearband.planning.checking.plan import Plan
from clearband.planning.checking.violation import WHERE, together, violations
from clearband.planning.network import Network

TITLES: Final[dict[str, str]] = {
    "network": "the plan was made for this network",
    "items": "every item that must go stands once, and no other",
    "rows": "a row says of its item what the network says",
    "choices": "products, makers and quarters are known",
    "1": "work units",
    "2": "replacements",
    "3": "makers that work together",
    "4": "lead times",
    "5": "dates",
    "6": "order",
    "7": "crews",
    "8": "supply",
    "9": "money",
    "10": "refunds",
    "11": "service",
    "12": "caps",
    "13": "diversity",
    "14": "cost and exposure",
    "bound": "the bound and the gap",
}
"""Name of a rule to its title, in the order in which they are told; numbers are those of the contract."""

_WHOLE: Final = (complete.items, complete.rows, complete.choices)
_RULES: Final[tuple[Callable[[Held], pl.DataFrame], ...]] = (
    replacing.units,
    replacing.replacements,
    replacing.makers,
    timing.lead_times,
    timing.dates,
    timing.order,
    limits.crews,
    limits.supply,
    spending.money,  # rules 9 and 10
    limits.service,
    shares.caps,
    shares.diversity,
)


@dataclass(frozen=True)
class Checked:
    """What the rules say of a plan.

    Args:
        items: Items that must go.
        numbers: Cost, exposure and objective made anew; None where the plan is not whole, and claims were
            therefore not compared.
        currency: Of the network; may be empty.
        violations: One row a violation, in the order of the rules, the worst of each first;
            ``violation.SCHEMA`` with ``quarter`` as text.
        network: Whether the plan tells the hash of a network, which was compared.
    """

    items: int
    numbers: Numbers | None
    currency: str
    violations: pl.DataFrame
    network: bool


def check(network: Network, plan: Plan) -> Checked:
    """Hold a plan against its network by every rule.

    A row that names an unknown item, product or quarter is told, and the other rules go on without it.
    """
    held = hold(network, plan)
    currency = network.settings.currency
    whole = together(*(rule(held) for rule in _WHOLE))
    found = [_same_network(network, plan), whole, *(rule(held) for rule in _RULES)]
    made = objective.numbers(held) if whole.is_empty() else None
    if made is not None:
        found += [objective.claims(made, plan, currency), objective.bound(made, plan, currency)]
    compared = plan.network_sha256 is not None
    return Checked(held.going.height, made, currency, _sorted(together(*found), network), compared)


def _same_network(network: Network, plan: Plan) -> pl.DataFrame:
    if plan.network_sha256 in (None, network.sha256):
        return together()
    return violations(
        pl.DataFrame({"item": [None]}), "network", "was made for another network, or tables changed"
    )


def _sorted(found: pl.DataFrame, network: Network) -> pl.DataFrame:
    order = {name: place for place, name in enumerate(TITLES)}
    return (
        found.with_columns(_order=pl.col("rule").replace_strict(order, return_dtype=pl.Int32))
        .sort(
            "_order",
            "over",
            "what",
            *WHERE,
            descending=[False, True, *[False] * (1 + len(WHERE))],
            nulls_last=True,
        )
        .with_columns(quarter=texts(pl.col("quarter"), network.settings))
        .drop("_order")
    )
