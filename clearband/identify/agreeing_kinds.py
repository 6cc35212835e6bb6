"""The stated kind of equipment as evidence: it speaks a little for a maker whose scheme is of that kind."""

from __future__ import annotations

from clearband.identify import weights
from clearband.identify.categories import agrees
from clearband.identify.houses import House
from clearband.identify.observation import Channel, Claim, Evidence


def agreeing_kinds(houses: dict[str, House], kind: str | None) -> tuple[Evidence, ...]:
    """The stated kind of equipment speaks a little for a maker whose weak scheme is of that kind."""
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
            house.hints += weights.CATEGORY_AGREES
            extra.append(_kind_evidence(kind, weak[0]))
    return tuple(extra)


def _kind_evidence(kind: str, claim: Claim) -> Evidence:
    return Evidence(
        signal="category",
        value=kind,
        rule="the stated kind is that of the model scheme",
        maker=claim.maker,
        weight=weights.CATEGORY_AGREES,
        source="stated",
        note="",
        channel=Channel.NUMBER,
    )
