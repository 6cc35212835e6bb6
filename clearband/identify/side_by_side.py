"""What a claim weighs beside the others of its record: labels, houses named twice, contract makers."""

from __future__ import annotations

from dataclasses import replace

from clearband.identify import weights
from clearband.identify.houses import STATED, same_start
from clearband.identify.kinship import Kinship
from clearband.identify.observation import Channel, Claim


def as_brands(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """An unknown stated name is a label when the model text begins with a known maker's name.

    "T-Mobile | Huawei B618s-22d": carriers and resellers stand in the maker's column.
    """
    if not any(
        claim.known and claim.signal == "model" and claim.is_by(weights.MODEL_STARTS) for claim in claims
    ):
        return claims
    return tuple(
        replace(claim, weight=weights.UNKNOWN_AS_BRAND)
        if claim.signal in STATED and not claim.known and not claim.conditional
        else claim
        for claim in claims
    )


def as_one_house(claims: tuple[Claim, ...], kinship: Kinship) -> tuple[Claim, ...]:
    """Several makers that one text names are one answer when they are of one house: "Aruba (HPE)"."""
    named: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.alternative:
            named.setdefault(claim.signal, []).append(claim)
    for several in named.values():
        if all(kinship.are_akin(several[0].maker, claim.maker) for claim in several):
            one = {
                claim: replace(claim, weight=_weight_of_one(claim), alternative=False) for claim in several
            }
            claims = tuple(one.get(claim, claim) for claim in claims)
    return claims


def _weight_of_one(claim: Claim) -> float:
    return weights.STATED_TOKEN if claim.is_by(weights.STATED_SEVERAL) else claim.weight


def as_contract_makers(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """An unknown registrant is a contract maker rather than a rival when a maker's name is written.

    So it is beside a device that tells another maker itself.
    """
    written = any(claim.channel is Channel.WORDS and claim.weight >= weights.WRITTEN for claim in claims)
    told = {
        claim.maker for claim in claims if claim.channel is Channel.AGENT and claim.weight >= weights.STRONG
    }
    if not written and not told:
        return claims
    return tuple(
        replace(claim, weight=min(claim.weight, weights.UNKNOWN_REGISTRANT_BESIDE))
        if claim.channel is Channel.ADDRESS
        and not claim.known
        and (written or not any(same_start(claim.maker, maker) for maker in told))
        else claim
        for claim in claims
    )
