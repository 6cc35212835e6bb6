"""Default prices by role, in US dollars, from the cost facts; where nobody published one, an illustration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from clearband.errors import UsageError
from clearband.model.network import Role
from clearband.planning.prices import Price, Prices, packaged_prices

CURRENCY: Final = "USD"
LABOUR_RATE: Final = 100.0
"""US dollars a crew hour: illustration, grade D."""
_RANGE: Final = (0.75, 1.5)
"""Low and high against the average, where only that is published: illustration, grade D."""
ILLUSTRATION: Final = "illustration"
PRICES: Final = "prices"
"""In the place of a source: nobody published a figure that was read; a price table of the user's own."""
_OWN: Final = "own"
"""Grade of a price of the user's own table."""


@dataclass(frozen=True, slots=True)
class DefaultPrice:
    """What one unit of a role costs.

    Attributes:
        low, average, high: US dollars; None where a table of the user's own does not say.
        hours: Crew hours to install one.
        yearly: Energy, support and licences, US dollars a year.
        lead: Quarters from the order to the site.
        grade: Of the price: the worst of its parts, ``D`` where anything of it is an illustration, ``own``.
        source: Which items of the facts, and what was derived.
        sources: Ids of ``sources.yaml``; ``illustration`` and ``prices`` (the user's own table) are none.
    """

    low: float | None
    average: float | None
    high: float | None
    hours: float
    yearly: float
    lead: int
    grade: str
    source: str
    sources: tuple[str, ...] = ()

    @property
    def whole(self) -> tuple[float, float, float]:
        """Low, average and high of a price that has all three, as the packaged ones do."""
        assert self.low is not None
        assert self.average is not None
        assert self.high is not None
        return self.low, self.average, self.high


@dataclass(frozen=True, slots=True)
class _Recipe:
    """How a role is priced.

    Attributes:
        parts: Parts of a plan (``clearband data costs``) and how many of each; all must have a price.
        illustration: The average, where they have none.
    """

    parts: tuple[tuple[str, float], ...]
    illustration: float
    hours: float
    yearly: float
    lead: int


_RECIPES: Final[dict[Role, _Recipe]] = {
    Role.RADIO: _Recipe((("radio-unit", 1), ("antenna", 1)), 5_500, 24, 300, 2),
    Role.BASEBAND: _Recipe((("baseband", 1),), 10_000, 16, 800, 2),
    Role.CORE: _Recipe((("core", 1),), 40_000, 40, 4_000, 3),
    Role.TRANSPORT: _Recipe((("cell-site-router", 1), ("hub", 0.2)), 5_000, 20, 400, 1),
    Role.ACCESS: _Recipe((), 30_000, 32, 1_200, 2),
    Role.CPE: _Recipe((), 150, 0.5, 5, 1),
}
"""Core is for about 50 sites of capacity, and a fifth of a hub serves a site. Hours follow an installation of
15,000 a site (grade C) at `LABOUR_RATE`; yearly costs and lead times are illustrations."""


@lru_cache(maxsize=1)
def packaged_defaults() -> Mapping[Role, DefaultPrice]:
    """Default prices from the packaged facts."""
    return default_prices(packaged_prices())


def default_prices(prices: Prices) -> dict[Role, DefaultPrice]:
    """Default prices from the facts, with those of the user's own table before them.

    Raises:
        UsageError: A price of the table is in another currency.
    """
    return {role: _default(recipe, prices) for role, recipe in _RECIPES.items()}


def visit_cost() -> float:
    """US dollars for one site in one unit of work: transport to the site, from the facts."""
    price = packaged_prices().of("travel")
    assert price is not None
    return float(price.average or 0)


def _default(recipe: _Recipe, prices: Prices) -> DefaultPrice:
    found = [(prices.of(part), count) for part, count in recipe.parts]
    parts = [(price, count) for price, count in found if price is not None]
    if not found or len(parts) < len(found):
        usual = recipe.illustration
        source = "illustration; no published figure was read"
        made_up = (usual * _RANGE[0], usual, usual * _RANGE[1])
        return DefaultPrice(*made_up, recipe.hours, recipe.yearly, recipe.lead, "D", source, (ILLUSTRATION,))
    for price, _ in parts:
        if price.currency != CURRENCY:
            raise UsageError(
                f"{price.id} is in {price.currency}", where="--prices", remedy=f"give it in {CURRENCY}"
            )
    low, average, high = (_sum(parts, end) for end in ("low", "average", "high"))
    source = " + ".join(_told(price, count) for price, count in parts)
    sources = [one for price, _ in parts for one in ((PRICES,) if price.own else price.sources)]
    if average is not None and low is None and high is None:
        low, high = average * _RANGE[0], average * _RANGE[1]
        source += "; low and high are an illustration"
        sources.append(ILLUSTRATION)
    ids = tuple(dict.fromkeys(sources))
    return DefaultPrice(
        low, average, high, recipe.hours, recipe.yearly, recipe.lead, _grade(parts), source, ids
    )


def _sum(parts: Sequence[tuple[Price, float]], end: str) -> float | None:
    values = [(getattr(price, end), count) for price, count in parts]
    return None if any(value is None for value, _ in values) else sum(float(v) * c for v, c in values)


def _told(price: Price, count: float) -> str:
    times = "" if count == 1 else f"{count:g} x "
    return f"{times}{price.id} ({', '.join(price.sources)})"


def _grade(parts: Sequence[tuple[Price, float]]) -> str:
    if any(count != 1 for _, count in parts):
        return "D"
    return max(_OWN if price.own else price.grade or "D" for price, _ in parts)
