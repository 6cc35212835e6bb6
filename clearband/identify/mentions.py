"""Makers named where a name is no evidence: notes, neighbours, owners, sites, host names."""

from __future__ import annotations

from typing import Final

from clearband.identify.observation import Mention
from clearband.identify.spotting import spot_names
from clearband.identify.words import WORTH_TELLING
from clearband.register import Register

_WHY: Final = {
    "notes": "a note is not evidence",
    "neighbors": "a neighbour is another device",
    "ent_physical": "a part inside the device (ENTITY-MIB), not the device",
    "owner": "an owner is not a maker",
    "site": "a place is not a maker",
    "network": "a network's name is not a maker",
    "sys_name": "a host name is given by its owner",
}


_UNREAD: Final = "a column that was not understood is not evidence (--map says what it means)"


def mentions_in(signal: str, text: str, register: Register) -> tuple[Mention, ...]:
    """The makers named in a text that is no evidence, each once."""
    found: dict[str, Mention] = {}
    for spot in spot_names(text, register):
        maker = spot.name.entry.org_id
        if register.organisations[maker].group not in WORTH_TELLING or maker in found:
            continue  # a note that names another maker says nothing of interest
        why = _WHY.get(signal, _UNREAD) + (f"; {spot.trap}" if spot.trap else "; confirm it on the device")
        found[maker] = Mention(signal, text, maker, why)
    return tuple(found.values())
