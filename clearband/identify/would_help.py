"""Which further signal would help most to tell the maker of a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clearband.identify.decision import Decision
from clearband.model.evidence import MakerStatus
from clearband.register import Register

_SURE = 0.9
"""Verdicts of at least this confidence need no further signal."""


@dataclass(frozen=True, slots=True)
class Present:
    """Which signals a record has, whatever they say.

    Attributes:
        mentioned: Makers named where a name is no evidence.
    """

    manufacturer: bool
    model: bool
    macs: bool
    agent: bool
    mentioned: tuple[str, ...] = ()


def would_help(decision: Decision, present: Present, register: Register) -> str | None:
    """One sentence for the reader, or None when the verdict needs nothing more."""
    names = dict(decision.names)
    if decision.white_label_of and decision.maker not in decision.white_label_of:
        makers = _names(decision.white_label_of, register, names)
        return (
            f"some products of this brand are, or are said to be, made by {makers}: "
            "give a MAC address, the firmware or the FCC ID"
        )
    if decision.contradiction and decision.status is MakerStatus.UNIDENTIFIED:
        makers = _names(decision.rivals, register, names)
        return f"the signals contradict each other ({makers}): look at the type label or the FCC ID"
    if decision.contradiction:
        makers = _names(decision.rivals, register, names)
        return f"a signal speaks for {makers}: look at the type label or the FCC ID"
    if decision.carrier:
        return (
            f"{decision.carrier} is a carrier and makes no equipment: give the maker on the type label, "
            "the FCC ID or a MAC address"
        )
    if decision.status is MakerStatus.NAMED:
        return "the register does not know this maker: nobody has checked who owns it or makes for it"
    if decision.status is MakerStatus.IDENTIFIED and decision.confidence >= _SURE:
        return None
    if decision.status is MakerStatus.UNIDENTIFIED and present.mentioned:
        makers = _names(present.mentioned, register, names)
        return f"only a note or the like names {makers}: confirm it on the device's type label"
    return _missing(present)


def _missing(present: Present) -> str:
    wanted = []
    if not present.manufacturer:
        wanted.append("the manufacturer")
    if not present.model:
        wanted.append("the model number")
    if not present.macs:
        wanted.append("a MAC address")
    if not present.agent and len(wanted) < 2:
        wanted.append("what the device says of itself (SNMP sysDescr)")
    if not wanted:
        return "the type label or the FCC ID"
    return wanted[0] if len(wanted) == 1 else f"{', '.join(wanted[:-1])} or {wanted[-1]}"


def _names(makers: tuple[str, ...], register: Register, stated: Mapping[str, str]) -> str:
    known = register.organisations
    names = [known[maker].name if maker in known else stated.get(maker, maker) for maker in makers]
    return " and ".join(dict.fromkeys(names))
