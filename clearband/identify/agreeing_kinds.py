"""The stated kind of equipment as evidence: it speaks for a maker whose scheme is of that kind."""

from __future__ import annotations

from clearband.identify import weights
from clearband.identify.categories import agrees
from clearband.identify.houses import House
from clearband.identify.observation import Channel, Evidence


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
