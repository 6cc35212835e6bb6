"""Brands that sell hardware of others: who may have made it, and when the brand is only a label."""

from __future__ import annotations

from clearband.identify import weights
from clearband.identify.houses import STATED, House, house_of
from clearband.identify.kinship import Kinship
from clearband.identify.observation import Channel, Claim, Evidence


def white_labels(
    houses: dict[str, House], kinship: Kinship
) -> tuple[tuple[Evidence, ...], tuple[str, ...], str | None]:
    """Raise those who make a brand's hardware; once it is proved, the brand is no maker."""
    extra: list[Evidence] = []
    makers: list[str] = []
    label = None
    for house in list(houses.values()):
        stated = next((claim for claim in house.claims if claim.signal in STATED), None)
        if stated is None:
            continue
        for hardware in kinship.hardware_makers(stated.maker):
            other = house_of(hardware.maker, houses, kinship) or House(hardware.maker)
            if other is house or kinship.are_akin(hardware.maker, stated.maker):
                continue
            makers.append(hardware.maker)
            if other.support(without=Channel.WORDS) >= weights.WHITE_LABEL_PROOF:
                label = stated.name
                house.claims = [claim for claim in house.claims if claim.channel is not Channel.WORDS]
            nats = weights.WHITE_LABEL if hardware.sure else weights.WHITE_LABEL_RUMOUR
            other.hints = max(other.hints, nats)
            if not other.claims:
                other.claims.append(_hint_claim(hardware.maker))
            houses[other.head] = other
            extra.append(_hint_evidence(stated, hardware.maker, nats, hardware.relation, hardware.source))
    for head in [head for head, house in houses.items() if not house.claims]:
        del houses[head]
    return tuple(extra), tuple(dict.fromkeys(makers)), label


def _hint_claim(maker: str) -> Claim:
    return Claim(
        maker,
        Channel.WORDS,
        0.0,
        known=True,
        name=None,
        brand=None,
        category=None,
        conditional=False,
        signal="brand",
    )


def _hint_evidence(stated: Claim, maker: str, nats: float, relation: str, source: str) -> Evidence:
    return Evidence(
        signal=stated.signal,
        value=stated.name or stated.maker,
        rule="brand that sells other makers' hardware",
        maker=maker,
        weight=nats,
        source=source,
        note=relation,
        channel=Channel.WORDS,
    )
