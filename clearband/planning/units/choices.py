"""What may be bought, and a choice of it for each need of a pattern."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from clearband.model.network import Approval
from clearband.planning.network.network import Network


@dataclass(frozen=True, slots=True)
class Offer:
    """A product that may be bought.

    Attributes:
        row: Of the table of products.
        price, hours, yearly: For one unit.
        lead: Quarters.
    """

    row: int
    product: str
    maker: str
    role: str
    bands: frozenset[str]
    generations: frozenset[str]
    price: float
    hours: float
    yearly: float
    lead: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to fill all needs of a pattern: an offer for each of ``Pattern.needs``."""

    offers: tuple[Offer, ...]


def offers_of(network: Network) -> list[Offer]:
    """The products that may be bought: approved, with a price."""
    settings = network.settings
    allowed = [Approval.YES.value] + ([Approval.CONDITIONAL.value] if settings.conditional else [])
    told = network.products.with_row_index("row").filter(
        pl.col("approved").is_in(allowed) & pl.col(settings.price_column).is_not_null()
    )
    return [
        Offer(
            row["row"], row["product"], row["maker"], row["role"],
            _parts(row["bands"]), _parts(row["generations"]), row[settings.price_column],
            row["install_hours"], row["yearly_cost"], row["lead_quarters"],
        )
        for row in told.iter_rows(named=True)
    ]  # fmt: skip


def covers(offer: Offer, role: str, bands: str | None, generation: str | None) -> bool:
    """Whether an offer fills a need (rule 2). What the product does not tell, it does not limit."""
    return (
        offer.role == role
        and (not offer.bands or _parts(bands) <= offer.bands)
        and (not offer.generations or generation is None or generation in offer.generations)
    )


def _parts(text: str | None) -> frozenset[str]:
    return frozenset(text.split(";")) if text else frozenset()
