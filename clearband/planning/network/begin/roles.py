"""The role of a category of equipment. A category that is not here is not planned, and told."""

from __future__ import annotations

from typing import Final

from clearband.model.network import Role

CATEGORIES: Final[dict[Role, tuple[str, ...]]] = {
    Role.RADIO: ("gnb", "enb", "nodeb-bts", "rru", "aau", "small-cell", "ran", "ran-5g"),
    Role.BASEBAND: ("bbu-du", "cu"),
    Role.CORE: (
        *("amf", "smf", "upf", "udm", "udr", "ausf", "sepp", "nrf", "nef", "n3iwf", "nwdaf", "scp", "pcf"),
        *("nssf", "nssaaf", "chf", "smsf", "eir", "aanf", "udsf", "mme", "sgw", "pgw", "hss-hlr", "pcrf"),
        *("ims", "msc", "smsc", "sbc", "stp-dra", "mobile-core", "core-5g"),
    ),
    Role.TRANSPORT: (
        *("router", "core-router", "edge-router", "dc-router", "switch", "microwave", "dwdm", "sdh"),
        *("fronthaul-gw", "amplifier"),
    ),
    Role.ACCESS: ("olt", "dslam", "cmts", "wagf"),
    Role.CPE: ("cpe", "ont", "consumer-router", "hotspot", "wlan-ap"),
}
"""Passive antennas are left out: they stay when radios change, and work with those of any maker."""
ROLE_OF: Final[dict[str, str]] = {
    category: role.value for role, categories in CATEGORIES.items() for category in categories
}
