"""Brands that sell hardware of others: who may have made it, and when the brand is only a label."""

from __future__ import annotations

from typing import Final

from clearband.identify import weights
from clearband.identify.categories import is_product
from clearband.identify.houses import STATED, House, house_of
from clearband.identify.kinship import HardwareMaker, Kinship
from clearband.identify.observation import Channel, Claim, Evidence

_OWN_TEXTS: Final = ("sys_descr", "banners", "ent_physical")
"""Signals in which a device's firmware says the brand that it was built for."""


def white_labels(
    houses: dict[str, House], kinship: Kinship, kind: str | None = None
) -> tuple[tuple[Evidence, ...], tuple[str, ...], str | None]:
    """Raise those who make a brand's hardware; once it is proved, the brand is no maker.

    Args:
        kind: Category that the inventory states: where a brand's cameras are another's, its switches are not.
    """
    extra: list[Evidence] = []
    makers: list[str] = []
    label = None
    for house in list(houses.values()):
        stated = _brand_claim(house)
        if stated is None:
            continue
        for hardware in kinship.hardware_makers(stated.maker):
            other = house_of(hardware.maker, houses, kinship) or House(hardware.maker)
            if not is_product(kind, hardware.products):
                continue
            if other is house or kinship.are_akin(hardware.maker, stated.maker):
                continue
            makers.append(hardware.maker)
            if other.support(without=Channel.WORDS) >= weights.WHITE_LABEL_PROOF:
                label = stated.name or hardware.brand
                house.claims = [claim for claim in house.claims if not _is_label(claim, stated)]
            nats = _nats(stated, hardware)
            other.hints = max(other.hints, nats)
            if not other.claims:
                other.claims.append(_hint_claim(hardware.maker))
            houses[other.head] = other
            extra.append(_hint_evidence(stated, hardware.maker, nats, hardware.relation, hardware.source))
    for head in [head for head, house in houses.items() if not house.claims]:
        del houses[head]
    return tuple(extra), tuple(dict.fromkeys(makers)), label


def _brand_claim(house: House) -> Claim | None:
    """The claim that puts the brand on the box: as somebody stated it, else as only the device's texts say.

    A brand that numbers or addresses speak for, too, may have made the box itself.
    """
    stated = [claim for claim in house.claims if claim.signal in STATED]
    said = all(claim.signal in _OWN_TEXTS for claim in house.claims)
    candidates = stated or (house.claims if said else [])
    return max(candidates, key=lambda claim: (claim.weight, claim.signal, claim.maker), default=None)


def _nats(brand: Claim, hardware: HardwareMaker) -> float:
    if brand.signal in _OWN_TEXTS:
        return weights.WHITE_LABEL_SAID
    return weights.WHITE_LABEL if hardware.sure else weights.WHITE_LABEL_RUMOUR


def _is_label(claim: Claim, brand: Claim) -> bool:
    """Whether a claim says no more than what is printed on the box, in words or by its firmware's texts."""
    return claim.channel is Channel.WORDS or (brand.signal in _OWN_TEXTS and claim.signal in _OWN_TEXTS)


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
