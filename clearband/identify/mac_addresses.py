"""Which MAC addresses say who made the device, and what their registrants say.

Sources: IEEE 802-2014 section 8 (group and locally administered bits); RFC 9568 (VRRP, which CARP shares);
RFC 2281 (HSRP); RFC 9542 (addresses for documentation); the vendors' documentation for the blocks of virtual
machines. Addresses that people and firmware make up are general knowledge.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from clearband.identify import weights
from clearband.identify.component_makers import component_trade
from clearband.identify.folding import fold_words
from clearband.identify.observation import Channel, Evidence, Observation
from clearband.identify.registrants import organisation_called
from clearband.identify.strangers import stranger_id
from clearband.register import Register
from clearband.register.mac_blocks import Registrant

NO_BLOCK: Final = -1
NULL_ADDRESS: Final = -2
GROUP: Final = -3
LOCAL: Final = -4
VIRTUAL_ROUTER: Final = -5
VIRTUAL_MACHINE: Final = -6
UNREADABLE: Final = -7
MADE_UP: Final = -8

REASONS: Final = {
    NO_BLOCK: "no registered block holds the address",
    NULL_ADDRESS: "all-zero or broadcast address",
    GROUP: "multicast address",
    LOCAL: "locally administered address (second hexadecimal digit 2, 6, A or E): no registrant",
    VIRTUAL_ROUTER: "virtual address of a router group (VRRP, CARP, HSRP, GLBP)",
    VIRTUAL_MACHINE: "address block of virtual machines",
    UNREADABLE: "not a MAC address",
    MADE_UP: "an address for examples, or made up by firmware",
}
"""Why an address is no evidence, by code; codes from 0 on are numbers of registrants."""

VIRTUAL_ROUTERS: Final = {0x00005E0001: 8, 0x00005E0002: 8, 0x00000C07AC: 8, 0x00000C9FF: 12, 0x0007B400: 16}
"""Prefix to number of free bits behind it."""

VIRTUAL_MACHINES: Final = (
    0x000569,  # VMware
    0x000C29,
    0x001C14,
    0x005056,
    0x080027,  # VirtualBox
    0x525400,  # QEMU and KVM
    0x00155D,  # Hyper-V
    0x0003FF,
    0x00163E,  # Xen
    0x001C42,  # Parallels
)


VIRTUAL_MACHINE_REGISTRANTS: Final = frozenset(
    {
        "vmware",
        "oracle virtualbox virtual nic",
        "pcs systemtechnik",
        "qemu virtual nic",
        "xensource",
        "parallels",
    }
)
"""The same by the names that scanners print for them."""

MADE_UP_PREFIXES: Final = {
    0x000000: 24,  # 00:00:00:00:00:01 and the like: registered to Xerox, set by firmware that has no address
    0x00005E0053: 8,  # for documentation
    0x001122: 24,  # 00:11:22:33:44:55: registered to Cimsys, the first that comes to mind
    0x000102030405: 0,
}
"""Prefix to number of free bits behind it."""


def address_code(address: int) -> int | None:
    """Why one 48-bit address is no evidence, or None when its block is to be looked up."""
    if address in (0, 0xFFFFFFFFFFFF):
        return NULL_ADDRESS
    if any(address >> bits == prefix for prefix, bits in MADE_UP_PREFIXES.items()):
        return MADE_UP
    if any(address >> bits == prefix for prefix, bits in VIRTUAL_ROUTERS.items()):
        return VIRTUAL_ROUTER
    if address >> 24 in VIRTUAL_MACHINES:
        return VIRTUAL_MACHINE
    if address >> 40 & 1:
        return GROUP
    if address >> 40 & 2:
        return LOCAL
    return None


def why_no_evidence(mac: str) -> str | None:
    """Why one address in any notation says nothing of the maker; None when its block does."""
    digits = "".join(sign for sign in mac.lower().removeprefix("0x") if sign in "0123456789abcdef")
    if len(digits) != 12:
        return REASONS[UNREADABLE]
    code = address_code(int(digits, 16))
    return None if code is None else REASONS[code]


def observe_registrants(codes: tuple[int, ...], count: int, register: Register) -> Observation:
    """What the addresses of one device say together.

    Args:
        codes: Distinct codes of its addresses: registrants from 0 on, else keys of `REASONS`.
        count: Addresses that lie in registered blocks. Several that agree are a little stronger than one.
    """
    registrants = [code for code in codes if code >= 0]
    if not registrants:
        return Observation(silent="; ".join(REASONS[code] for code in codes))
    makers = {_maker(code, register) for code in registrants}
    mixed = len(makers) > 1
    return Observation(
        tuple(_evidence(code, mixed=mixed, several=count > 1, register=register) for code in registrants)
    )


def observe_registrant(name: str, register: Register) -> Observation:
    """What the registrant of a block says, looked up by somebody who does not tell the address."""
    org_id = organisation_called(name, register)
    if name.casefold() in VIRTUAL_MACHINE_REGISTRANTS:
        return Observation(silent=REASONS[VIRTUAL_MACHINE])
    trade = component_trade(org_id, name)
    nats = weights.MAC_COMPONENT if trade else weights.MAC_UNKNOWN if org_id is None else weights.MAC_BY_NAME
    piece = _of_registrant(name, org_id, trade, nats, register)
    return Observation((replace(piece, signal="banners"),))


def _maker(code: int, register: Register) -> str:
    registrant = register.mac_blocks.registrants[code]
    return _organisation(registrant, register) or stranger_id(fold_words(registrant.name), register)


def _organisation(registrant: Registrant, register: Register) -> str | None:
    return registrant.org_id or organisation_called(registrant.name, register)


def _evidence(code: int, *, mixed: bool, several: bool, register: Register) -> Evidence:
    registrant = register.mac_blocks.registrants[code]
    org_id = _organisation(registrant, register)
    trade = component_trade(org_id, registrant.name)
    if trade:
        nats = weights.MAC_COMPONENT
    elif org_id is None:
        nats = weights.MAC_UNKNOWN_MIXED if mixed else weights.MAC_UNKNOWN
    elif mixed:
        nats = weights.MAC_MIXED
    elif registrant.org_id is None:
        nats = weights.MAC_BY_NAME
    else:
        nats = weights.MAC_SEVERAL if several else weights.MAC
    return _of_registrant(registrant.name, org_id, trade, nats, register)


def _of_registrant(
    name: str, org_id: str | None, trade: str | None, nats: float, register: Register
) -> Evidence:
    return Evidence(
        signal="macs",
        value=name,
        rule="block registered with IEEE",
        maker=org_id or stranger_id(fold_words(name), register),
        weight=nats,
        source="ieee",
        note=f"{trade}: often inside another maker's device" if trade else "",
        channel=Channel.ADDRESS,
        known=org_id is not None,
        name=None if org_id else name,
    )
