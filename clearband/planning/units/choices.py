"""Choices of products for a pattern, by rules 2 and 3."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product as every
from typing import Any, Final

import polars as pl

from clearband.model.network import Approval
from clearband.planning.network.network import Network
from clearband.planning.units.patterns import Pattern, Side

MOST_CHOICES: Final = 64
"""Choices of products of the same makers for one pattern; more are not planned with, and that is told."""


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


def choices_of(
    pattern: Pattern, needs: list[dict[str, Any]], offers: list[Offer], pairs: set[tuple[str, str]]
) -> tuple[list[Choice], bool]:
    """All choices worth planning with, and whether these are all that could be the best.

    Args:
        needs: Rows of ``Work.needs``, by number.
        pairs: Radio and baseband products that work together though their makers differ.
    """
    fitting = [
        [offer for offer in offers if covers(offer, need["role"], need["bands"], need["generation"])]
        for need in (needs[number] for number in pattern.needs)
    ]
    roles = [needs[number]["role"] for number in pattern.needs]
    makers = {
        role: sorted(
            set.intersection(
                *(
                    {offer.maker for offer in some}
                    for some, of in zip(fitting, roles, strict=True)
                    if of == role
                )
            )
        )
        for role in dict.fromkeys(roles)
    }
    found: list[Choice] = []
    complete = True
    for of_roles in every(*makers.values()):
        of_role = dict(zip(makers, of_roles, strict=True))
        single = len(set(of_roles)) == 1 and all(
            side.need is not None or side.maker == of_roles[0] for pair in pattern.together for side in pair
        )
        lists = [
            _worth([offer for offer in some if offer.maker == of_role[role]], alone=single)
            for some, role in zip(fitting, roles, strict=True)
        ]
        count = 0
        for some in every(*lists):
            if count == MOST_CHOICES:
                complete = False
                break
            if _works(pattern, dict(zip(pattern.needs, some, strict=True)), pairs):
                found.append(Choice(some))
                count += 1
    return found, complete


def _works(pattern: Pattern, of: dict[int, Offer], pairs: set[tuple[str, str]]) -> bool:
    for radio, baseband in pattern.together:
        (name, maker), (other, other_maker) = _named(radio, of), _named(baseband, of)
        if (maker is None or maker != other_maker) and (name, other) not in pairs:
            return False
    return True


def _named(side: Side, of: dict[int, Offer]) -> tuple[str | None, str | None]:
    if side.need is None:
        return side.product, side.maker
    offer = of[side.need]
    return offer.product, offer.maker


def _worth(offers: list[Offer], *, alone: bool) -> list[Offer]:
    """Offers that no other of the maker beats in everything; all of them where pairs matter."""
    if not alone:
        return offers
    kept: list[Offer] = []
    for offer in sorted(offers, key=lambda one: (one.price, one.hours, one.yearly, one.lead, one.product)):
        if not any(
            best.hours <= offer.hours and best.yearly <= offer.yearly and best.lead <= offer.lead
            for best in kept
        ):
            kept.append(offer)
    return kept


def _parts(text: str | None) -> frozenset[str]:
    return frozenset(text.split(";")) if text else frozenset()
