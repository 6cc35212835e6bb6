"""Default prices by role, in US dollars, until the user gives better ones.

Illustrative: where a number was published it is the average (grade C: a research model's default, for light
equipment), and ``low`` and ``high`` are derived from it here (grade D); where none could be read, all
three are derived. To be replaced by the cost facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from clearband.model.network import Role


@dataclass(frozen=True, slots=True)
class DefaultPrice:
    """What one unit of a role costs.

    Attributes:
        low, average, high: US dollars.
        hours: Crew hours to install one.
        yearly: Energy, support and licences, US dollars a year.
        lead: Quarters from the order to the site.
        grade: C (research model) or D (derived here).
        source: Whose number it is.
    """

    low: float
    average: float
    high: float
    hours: float
    yearly: float
    lead: int
    grade: str
    source: str


_PYSIM: Final = "pysim5g cost model, default table"

DEFAULT_PRICES: Final[dict[Role, DefaultPrice]] = {
    Role.RADIO: DefaultPrice(
        4_100, 5_500, 8_300, 24, 300, 2, "C", f"{_PYSIM}: remote radio unit 4,000 and sector antenna 1,500"
    ),
    Role.BASEBAND: DefaultPrice(7_500, 10_000, 15_000, 16, 800, 2, "C", f"{_PYSIM}: baseband unit 10,000"),
    Role.CORE: DefaultPrice(
        30_000,
        40_000,
        80_000,
        40,
        4_000,
        3,
        "D",
        "illustration, for about 50 sites of capacity; no figure was read",
    ),
    Role.TRANSPORT: DefaultPrice(
        3_800, 5_000, 7_500, 20, 400, 1, "D", f"{_PYSIM}: router 2,000, and a share of a hub of 15,000"
    ),
    Role.ACCESS: DefaultPrice(
        22_000, 30_000, 45_000, 32, 1_200, 2, "D", "illustration; no published figure was read"
    ),
    Role.CPE: DefaultPrice(110, 150, 230, 0.5, 5, 1, "D", "illustration; no published figure was read"),
}
"""Hours follow an installation of 15,000 a site (SellTower 2012, grade C) at `LABOUR_RATE`."""

LABOUR_RATE: Final = 100.0
"""US dollars a crew hour: illustration, grade D."""
VISIT_COST: Final = 10_000.0
"""US dollars a site and unit of work (pysim5g, transportation to site; grade C)."""
CURRENCY: Final = "USD"
