"""Houses that contradict a verdict, and those that a list may forbid and a reader must not miss."""

from __future__ import annotations

from collections.abc import Iterable

from clearband.identify import weights
from clearband.identify.houses import STATED, House
from clearband.identify.kinship import Kinship
from clearband.identify.observation import Channel
from clearband.identify.words import WORTH_TELLING
from clearband.register import Register

_WRITTEN = (*STATED, "model", "part_number")


def is_rival(house: House, best: House, register: Register) -> bool:
    """Whether a house's support contradicts a verdict: not when it is only a name that nobody knows.

    One of several makers that a text names does so however weak; in running text, which speaks of much, only
    when one of the two is a maker that a reader must not miss. So does such a maker as the brand on a box
    that is said to be somebody else's.
    """
    if house.support() >= weights.CONTRADICTION:
        return any(claim.known and claim.weight > 0 for claim in house.claims)
    if is_brand_of_restricted(house, best, register) or is_beside(house, best, register):
        return True
    restricted = is_restricted(house, register) or is_restricted(best, register)
    return any(claim.alternative and (restricted or claim.signal in STATED) for claim in house.claims)


def is_beside(house: House, best: House, register: Register) -> bool:
    """Whether a maker that a list may forbid is told of the thing in a way that a reader has to look at.

    A description that begins with its name, unless two strong signals that nobody typed say whose the thing
    is; or addresses of its own among those of the box.
    """
    if not is_restricted(house, register) or is_restricted(best, register):
        return False
    if any(claim.is_by(weights.MAC_MIXED) for claim in house.claims):
        return True
    settled = best.support(without=Channel.WORDS) >= weights.SETTLES_ALTERNATIVES
    return not settled and any(claim.is_by(weights.DESCRIPTION_STARTS) for claim in house.claims)


def is_stated(house: House) -> bool:
    """Whether somebody stated a house outright: what keeps another from being the verdict, known or not."""
    return house.support() >= weights.CONTRADICTION and any(
        claim.signal in STATED and claim.weight > 0 and not claim.conditional for claim in house.claims
    )


def sells_for(house: House, maker: House, kinship: Kinship) -> bool:
    """Whether a brand and the maker of its hardware are named together: "Amcrest (Dahua OEM)"."""
    makers = {claim.maker for claim in maker.claims}
    return all(claim.alternative or not claim.weight for claim in house.claims) and any(
        hardware.maker in makers
        for claim in house.claims
        for hardware in kinship.hardware_makers(claim.maker)
    )


def stands_alone(best: House, rivals: Iterable[House]) -> bool:
    """Whether a single signal speaks for a house, against a rival's strong one: no rule decides so alone.

    What one device says by its number and in a text are two signals; a name in two columns is one.
    """
    said = {
        (claim.channel, claim.signal if claim.channel is Channel.AGENT else None)
        for claim in best.claims
        if claim.weight > 0
    }
    return len(said) < 2 and any(
        house is not best
        and house.support() >= weights.CONTRADICTION
        and any(claim.known and claim.weight > 0 for claim in house.claims)
        for house in rivals
    )


def is_open(best: House, houses: dict[str, House], register: Register) -> bool:
    """Whether one text names this house and one that a list may forbid, and nothing but that text decides.

    "Huawei/Ericsson" is not Ericsson's because one address says so; two strong signals that nobody typed
    settle it. A box said to be Cisco's with the brand Huawei is such a text in two columns.
    """
    if best.support(without=Channel.WORDS) >= weights.SETTLES_ALTERNATIVES or is_restricted(best, register):
        return False
    others = [house for house in houses.values() if house is not best and is_restricted(house, register)]
    return any(
        is_brand_of_restricted(house, best, register)
        or any(claim.alternative and claim.signal in _WRITTEN for claim in house.claims)
        for house in others
    )


def is_brand_of_restricted(house: House, best: House, register: Register) -> bool:
    """Whether the brand column names a house that a list may forbid, on the box of one that none does."""
    return (
        any(claim.signal == "brand" and claim.weight > 0 and not claim.conditional for claim in house.claims)
        and is_restricted(house, register)
        and not is_restricted(best, register)
    )


def restricted_in_words(houses: dict[str, House], ranked: list[str], register: Register) -> House | None:
    """The first house that a list may forbid and that somebody wrote down.

    A name that the register does not know is never the verdict beside it, whatever their weights.
    """
    return next(
        (
            houses[head]
            for head in ranked
            if is_restricted(houses[head], register)
            and any(
                claim.channel is Channel.WORDS and claim.weight > 0 and not claim.conditional
                for claim in houses[head].claims
            )
        ),
        None,
    )


def is_restricted(house: House, register: Register) -> bool:
    """Whether a list may forbid a maker of the house."""
    return any(
        claim.known and register.organisations[claim.maker].group in WORTH_TELLING for claim in house.claims
    )
