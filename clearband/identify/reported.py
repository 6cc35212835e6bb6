"""What a network scanner says of a host, apart from what the host says itself.

A scanner looks registrants of addresses and enterprise numbers up, and guesses a system from the way a
network stack answers. The first two are as good as the number that they stand for, the last is a hint.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from clearband.identify import weights
from clearband.identify.identifiers import observe_enterprise
from clearband.identify.mac_addresses import observe_registrant
from clearband.identify.observation import Observation
from clearband.register import Register

GUESS: Final = "os-guess"
"""Protocol of texts that name what a host is most like."""


def observe_enterprise_name(text: str, register: Register) -> Observation:
    """What the registrant of an SNMP engine's enterprise number says (RFC 3411), by name or number."""
    prefix = f"1.3.6.1.4.1.{text}" if text.isascii() and text.isdigit() else register.enterprise_called(text)
    if prefix is None:
        return Observation(silent="the register does not know this registrant of an enterprise number")
    seen = observe_enterprise(prefix, register)
    return replace(
        seen, evidence=tuple(replace(piece, signal="banners", value=text) for piece in seen.evidence)
    )


LOOKED_UP: Final[dict[str, Callable[[str, Register], Observation]]] = {
    "snmp-enterprise": observe_enterprise_name,
    "mac-registrant": observe_registrant,
}
"""Protocols of texts that stand for a number, and how they are read."""


def as_guess(seen: Observation) -> Observation:
    """A hint at the maker, whatever the words say, and none at the kind of equipment."""
    evidence = tuple(
        replace(
            piece,
            weight=min(piece.weight, weights.OS_GUESS),
            note="a guess from how its network stack answers",
            brand=None,
            category=None,
            sure_as=None,
        )
        for piece in seen.evidence
    )
    return replace(seen, evidence=evidence)
