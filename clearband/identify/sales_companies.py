"""Sales companies: what bears the name of Hikvision USA was made by Hikvision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from clearband.identify.observation import Channel, Claim
from clearband.register import Register


def as_hardware_makers(claims: Iterable[Claim], register: Register) -> tuple[Claim, ...]:
    """Let what speaks for a sales company speak for the maker it sells for; its name stays as the brand.

    A sale of the sales company changes nothing in who made the hardware that bears its name. Only a text that
    names the sales company gives the brand: "ZTE" might be short for ZTE (USA), and is not that name.
    """
    return tuple(_one(claim, register) for claim in claims)


def _one(claim: Claim, register: Register) -> Claim:
    organisation = register.organisations.get(claim.maker) if claim.known else None
    if organisation is None or organisation.sells_for is None:
        return claim
    named = claim.channel is Channel.WORDS and not claim.conditional
    brand = organisation.name if named else None
    return replace(claim, maker=organisation.sells_for, brand=claim.brand or brand)
