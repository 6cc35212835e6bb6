"""What a verdict for a house says: the member that is the maker, its name, its brand, what it makes."""

from __future__ import annotations

import math
from collections.abc import Iterable

from clearband.identify import weights
from clearband.identify.houses import STATED, House
from clearband.identify.kinship import Kinship
from clearband.identify.observation import Channel
from clearband.register import Register


def member_of(house: House, kinship: Kinship) -> str:
    """The member of the house that is the maker.

    A maker that somebody stated goes before what addresses and numbers say of its group, and a part before
    the company over it (EZVIZ before Hikvision); among the rest, the one for whom most speaks. One that the
    register knows goes before a mere name.
    """
    sums: dict[str, dict[Channel, float]] = {}
    known = {claim.maker for claim in house.claims if claim.known}
    words = {claim.maker for claim in house.claims if claim.channel is Channel.WORDS}
    for claim in house.claims:
        own = sums.setdefault(claim.maker, {})
        own[claim.channel] = max(own.get(claim.channel, 0.0), claim.weight)
    stated = {
        claim.maker
        for claim in house.claims
        if claim.known
        and not claim.conditional
        and claim.signal in STATED
        and claim.weight >= weights.WRITTEN
    }
    wholes = {one for one in stated for other in stated if one != other and kinship.controls(one, other)}
    return min(
        sums,
        key=lambda maker: (
            maker not in stated - wholes,
            maker not in known,
            -math.fsum(sums[maker].values()),
            maker not in words,
            maker,
        ),
    )


def stated_name(house: House, maker: str) -> str:
    """How the inventory writes a maker that the register does not know."""
    named = [claim for claim in house.claims if claim.maker == maker and claim.name]
    return max(named, key=lambda claim: (claim.weight, claim.name or "")).name or maker


def stated_names(houses: Iterable[House], register: Register) -> tuple[tuple[str, str], ...]:
    """Makers that the register does not know, and how the inventory writes them."""
    return tuple(
        (maker, stated_name(house, maker))
        for house in houses
        for maker in sorted({claim.maker for claim in house.claims if not claim.known and claim.name})
        if maker not in register.organisations
    )


def brand_of(best: House, maker: str, houses: dict[str, House]) -> str | None:
    """The name on the box where it is not the maker's: a brand of the house, or another stated name.

    What the agent implies of the label (an enterprise number of boxes made for somebody) comes last.
    """
    labels = [claim for claim in best.claims if claim.brand]
    own = [claim for claim in labels if claim.channel is Channel.WORDS]
    if own:
        return max(own, key=lambda claim: (claim.weight, claim.brand or "")).brand
    stated = [
        claim
        for house in houses.values()
        if house is not best
        for claim in house.claims
        if claim.signal in STATED and claim.name and not claim.conditional
    ]
    if stated:
        return max(stated, key=lambda claim: (claim.weight, claim.name or "")).name
    if labels:
        return max(labels, key=lambda claim: (claim.weight, claim.brand or "")).brand
    return None


def category_of(house: House) -> str | None:
    """The category that the heaviest claim with one implies."""
    implied = [claim for claim in house.claims if claim.category]
    if not implied:
        return None
    return max(implied, key=lambda claim: (claim.weight, claim.category or "")).category


def is_category_sure(house: House) -> bool:
    """Whether the category follows from a scheme that one maker alone has."""
    category = category_of(house)
    return any(claim.category == category and claim.weight >= weights.STRONG for claim in house.claims)
