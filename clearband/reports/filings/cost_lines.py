"""Lines of the cost catalogue beside the units that the data holds; the estimate is left to the applicant."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from clearband.facts.store import compiled
from clearband.planning.prices import Price, Prices
from clearband.reports.figure_words import number
from clearband.reports.filings.form import Cell, Column, Said, Section, Table

_PARTS_OF: Final = {
    "radio-unit": "radio",
    "baseband": "baseband",
    "core": "core",
    "cell-site-router": "transport",
}
"""Part of a plan to the role in a network whose units are counted beside it."""
_NO_PRICE: Final = "–"
"""Where nobody published a figure that was read; what the inventory does not say is null instead."""


def catalogue(prices: Prices, units: Mapping[str, int]) -> Section:
    """Every line of the catalogue.

    Args:
        prices: The catalogue; prices of the user's own go before those of the facts.
        units: Covered units by role in a network.
    """
    rows = [_row(part, prices, units) for part in prices.roles]
    gap = next(iter(compiled().read("cost_terms")["gaps"]))
    table = Table(
        title="",
        columns=(
            Column(title="line", width=2),
            Column(title="units in the data", number=True, width=0.8),
            Column(title="item of the catalogue", width=1.6),
            Column(title="a price of", width=0.8),
            Column(title="low", number=True, width=0.8),
            Column(title="average", number=True, width=0.8),
            Column(title="high", number=True, width=0.8),
            Column(title="currency", width=0.7),
            Column(title="grade", width=0.5),
            Column(title="verified", width=0.7),
            Column(title="source", width=1.4),
            Column(title="quantity claimed", fill=True),
            Column(title="estimate or actual cost", fill=True, width=1.2),
            Column(title="basis", fill=True, width=1.1, choices=("catalogue", "own estimate", "invoice")),
            Column(title="support", fill=True),
        ),
        rows=tuple(rows),
        note="A grade says how good a figure is, from A (the agency itself) to D (derived by a division). "
        "Nothing is multiplied "
        "here: a price may be of a site or a sector, and the units are those of the inventory.",
        short="cost lines",
    )
    return Section(
        title="Cost lines", cite="47 CFR 1.50004", wide=True, blocks=(Said(text=gap, tone="open"), table)
    )


def _row(part: str, prices: Prices, units: Mapping[str, int]) -> tuple[Cell, ...]:
    price = prices.of(part)
    counted = units.get(_PARTS_OF.get(part, ""))
    head = (prices.role_names[part], None if counted is None else f"{counted:,}")
    if price is None:
        return (*head, "no price was read", *(_NO_PRICE,) * 8, *(None,) * 4)
    return (*head, *_told(price), None, None, None, None)


def _told(price: Price) -> tuple[Cell, ...]:
    return (
        f"{price.id}: {price.item}",
        price.unit,
        *(_amount(end) for end in (price.low, price.average, price.high)),
        price.currency or _NO_PRICE,
        "own" if price.own else price.grade or _NO_PRICE,
        "yes" if price.verified else "no",
        ", ".join(price.sources),
    )


def _amount(value: Decimal | None) -> str:
    return _NO_PRICE if value is None else number(value, 2)
