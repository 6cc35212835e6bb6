"""The stated kind of equipment as evidence: it speaks for a maker whose scheme is of that kind."""

from __future__ import annotations

from clearband.identify import weights
from clearband.identify.categories import agrees, contradicts
from clearband.identify.houses import STATED, House
from clearband.identify.kinship import Kinship
from clearband.identify.observation import Channel, Claim, Evidence
from clearband.identify.words import WORTH_TELLING
from clearband.register import Register


def agreeing_kinds(houses: dict[str, House], kind: str | None) -> tuple[Evidence, ...]:
    """The stated kind of equipment speaks for a maker whose weak scheme is of that kind.

    Only a little; but for a scheme whose numbers mean something else only among other kinds it is the second
    cue: four letters that are the code of a board, of a thing that is called a board.
    """
    if kind is None:
        return ()
    extra = []
    for house in houses.values():
        weak = [
            claim
            for claim in house.claims
            if claim.channel is Channel.NUMBER
            and claim.is_by(weights.FAMILY_WEAK)
            and claim.category
            and agrees(kind, claim.category)
        ]
        if weak:
            settling = [claim for claim in weak if claim.sure_as and agrees(kind, claim.sure_as)]
            nats = weights.CATEGORY_SETTLES if settling else weights.CATEGORY_AGREES
            house.hints += nats
            extra.append(_kind_evidence(kind, (settling or weak)[0].maker, nats))
    return tuple(extra)


def without_other_kinds(
    claims: tuple[Claim, ...], kind: str | None, kinship: Kinship, register: Register
) -> tuple[Claim, ...]:
    """The claims without schemes of another kind than the stated one, where a known maker is stated.

    A phone of Google's is no Nexus switch. What speaks for a maker that a list may forbid stays: a wrong word
    for the kind must not hide it.
    """
    stated = {
        claim.maker
        for claim in claims
        if claim.known
        and not claim.conditional
        and claim.signal in STATED
        and claim.weight >= weights.WRITTEN
    }
    if kind is None or not stated:
        return claims
    return tuple(
        claim
        for claim in claims
        if claim.channel is not Channel.NUMBER
        or claim.category is None
        or not contradicts(kind, claim.category)
        or register.organisations[claim.maker].group in WORTH_TELLING
        or any(kinship.are_akin(claim.maker, maker) for maker in stated)
    )


def _kind_evidence(kind: str, maker: str, nats: float) -> Evidence:
    return Evidence(
        signal="category",
        value=kind,
        rule="the stated kind is that of the model scheme",
        maker=maker,
        weight=nats,
        source="stated",
        note="",
        channel=Channel.NUMBER,
    )
