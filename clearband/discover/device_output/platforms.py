"""Which platform and command a text is from, by what stands in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Form:
    """What a text looks like.

    Attributes:
        platform: In the words of ntc-templates; None where several platforms print the same form.
        command: In full.
    """

    platform: str | None
    command: str


def _form(pattern: str, platform: str | None, command: str) -> tuple[re.Pattern[str], Form]:
    return re.compile(rf"(?m)^[ \t]*{pattern}"), Form(platform, command)


_LLDP: Final = "show lldp neighbors detail"
_NEIGHBORS: Final = (
    _form(r"[\w/.-]{1,40} has \d{1,4} neighbor", "huawei_vrp", "display lldp neighbor"),
    _form(r"Interface \S{1,40} detected \d{1,4} LLDP neighbors", "arista_eos", _LLDP),
    _form(r"LLDP neighbor-information of port", "hp_comware", "display lldp neighbor-information verbose"),
    _form(r"Local Interface {1,40}Parent Interface", "juniper_junos", "show lldp neighbors"),
    _form(r"Local Intf: ", "cisco_ios", _LLDP),
    _form(r"Local Interface: ", "cisco_xr", _LLDP),
    _form(r"Local Port id: ", "cisco_nxos", _LLDP),
    _form(r"(?:Device ID|Entry address\(es\)): ?\S*$", None, "show cdp neighbors detail"),
    _form(r"(?:Remote |Neighbor )?Port ?(?:ID|id|Description|description|info) *: *\S", None, _LLDP),
)
"""First: what a device repeats of its neighbours may hold any of the words below."""

_OF_THE_DEVICE: Final = (
    _form(r"Cisco IOS XR Software", "cisco_xr", "show version"),
    _form(r"Cisco Nexus Operating System", "cisco_nxos", "show version"),
    _form(r"Cisco Adaptive Security Appliance Software", "cisco_asa", "show version"),
    _form(
        r"(?:Cisco IOS[ \w-]{0,10} Software|Cisco Internetwork Operating System|IOS \(tm\))",
        "cisco_ios",
        "show version",
    ),
    _form(r"Huawei Versatile Routing Platform Software", "huawei_vrp", "display version"),
    _form(r"\S{1,60}'s Device status:", "huawei_vrp", "display device"),
    _form(r"Hardware inventory:", "juniper_junos", "show chassis hardware"),
    _form(r"Hostname: \S{1,64}\n(?:fpc\d+:\n-*\n)?Model: ", "juniper_junos", "show version"),
    _form(r"(?:JUNOS |Junos: )", "juniper_junos", "show version"),
    _form(r"System has \d{1,4} (?:fan|power|card slot)", "arista_eos", "show inventory"),
    _form(r"Arista \S{1,40}\n", "arista_eos", "show version"),
    _form(r"NAME: *\"", None, "show inventory"),
    _form(r"DEVICE_NAME\s{0,40}:", "hp_comware", "display device manuinfo"),
    _form(r"(?:HPE?|H3C) Comware ", "hp_comware", "display version"),
    _form(r"ZTE ZX\w{1,10} Software", "zte_zxros", "show version"),
    _form(r"ZXR10 ", "zte_zxros", "show version"),
    _form(r"TiMOS-", "alcatel_sros", "show version"),
    _form(r"Ericsson IPOS", "ericsson_ipos", "show version"),
    _form(r"Version: Forti", "fortinet", "get system status"),
    _form(
        r"(?:Local )?Chassis (?:ID )?\d{1,2}(?: \(\w{1,10}\))? *\n +Model Name:",
        "alcatel_aos",
        "show chassis",
    ),
    _form(r"Status and Counters - General System Information", "hp_procurve", "show system"),
)


def form_of(text: str) -> Form | None:
    """What a text looks like; None where nothing in it says so."""
    forms = (*_NEIGHBORS[:7], *_OF_THE_DEVICE, *_NEIGHBORS[7:])
    return next((form for pattern, form in forms if pattern.search(text)), None)


def platforms_named(text: str) -> set[str]:
    """Platforms that a text of a device about itself names."""
    return {form.platform for pattern, form in _OF_THE_DEVICE if form.platform and pattern.search(text)}
