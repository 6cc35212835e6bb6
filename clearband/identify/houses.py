"""Claims by house: an organisation with those of its group on the day, and how much speaks for each."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final

from clearband.identify import weights
from clearband.identify.kinship import Kinship
from clearband.identify.observation import Channel, Claim

STATED: Final = ("manufacturer", "brand")
"""Signals in which somebody states a maker outright."""


@dataclass(slots=True)
class House:
    """Claims for one organisation and those of its house."""

    head: str
    claims: list[Claim] = field(default_factory=list)
    hints: float = 0.0

    def support(self, without: Channel | None = None) -> float:
        """Nats that speak for the house: the strongest claim of each channel, but for one left out."""
        strongest: dict[Channel, float] = {}
        for claim in self.claims:
            if claim.channel is not without:
                strongest[claim.channel] = max(strongest.get(claim.channel, 0.0), claim.weight)
        agreed = weights.AGENT_AGREE if without is not Channel.AGENT and self._agent_agrees() else 0.0
        return math.fsum((*strongest.values(), agreed))

    def _agent_agrees(self) -> bool:
        """Whether two things that the device says of itself, its number and a text, each name the house."""
        said = {
            claim.signal
            for claim in self.claims
            if claim.channel is Channel.AGENT and claim.weight >= weights.STRONG
        }
        return len(said) > 1

    def log_odds(self) -> float:
        """Log-odds that it made the item, were it alone."""
        return min(weights.CEILING, weights.PRIOR + self.support() + self.hints)


def houses_of(claims: tuple[Claim, ...], kinship: Kinship) -> dict[str, House]:
    """The claims by house: makers that are of one group on the day are one, whichever of them is named.

    What a name may be short for counts beside any other signal; beside a strong one where it is also
    somebody's name in full.
    """
    plain = [claim for claim in claims if claim.known and not claim.conditional]
    heads = _heads(sorted({claim.maker for claim in plain}), kinship)
    houses: dict[str, House] = {}
    for claim in plain:
        head = heads[claim.maker]
        houses.setdefault(head, House(head)).claims.append(claim)
    for claim in sorted((c for c in claims if not c.known), key=lambda c: (len(c.maker), c.maker)):
        head = _house_of_unknown(claim.maker, houses)
        houses.setdefault(head, House(head)).claims.append(claim)
    named = {claim.signal for claim in plain if claim.weight >= weights.WRITTEN}
    for claim in claims:
        if claim.conditional:
            house = house_of(claim.maker, houses, kinship)
            if house is not None and (house.support() >= weights.WRITTEN or claim.signal not in named):
                house.claims.append(claim)
    return houses


def _heads(makers: list[str], kinship: Kinship) -> dict[str, str]:
    """For each maker the first one of its house, among those spoken for.

    Args:
        makers: Register ids, sorted.
    """
    heads: dict[str, str] = {}
    for maker in makers:
        akin = {heads[other] for other in heads if kinship.are_akin(maker, other)}
        head = min(akin, default=maker)
        heads[maker] = head
        heads.update({other: head for other, held in heads.items() if held in akin})
    return heads


def house_of(maker: str, houses: dict[str, House], kinship: Kinship) -> House | None:
    """The house that a maker of the register belongs to, if any of it is spoken for."""
    akin = (
        house
        for _, house in sorted(houses.items())
        if any(claim.known and kinship.are_akin(maker, claim.maker) for claim in house.claims)
    )
    return next(akin, None)


def _house_of_unknown(maker: str, houses: dict[str, House]) -> str:
    """The house whose name starts with the same words (``hanwha`` and ``hanwha-vision``), else its own."""
    akin = [
        (house.support(), head)
        for head, house in houses.items()
        if any(same_start(maker, claim.maker) for claim in house.claims)
    ]
    return max(akin)[1] if akin else maker


def same_start(one: str, other: str) -> bool:
    """Whether two slugs begin with the same words: ``hanwha`` and ``hanwha-vision``."""
    return one == other or other.startswith(f"{one}-") or one.startswith(f"{other}-")


def shares_of(houses: dict[str, House]) -> dict[str, float]:
    """Each house's share among all houses and "somebody else"."""
    odds = {head: math.exp(house.log_odds()) for head, house in houses.items()}
    total = 1.0 + math.fsum(odds.values())
    return {head: value / total for head, value in odds.items()}
