"""Whether a text is a recording of SNMP, by its first lines."""

from __future__ import annotations

import re
from typing import Final

SNMP_FORMATS: Final[dict[str, set[str]]] = {
    "snmprec": {".snmprec", ".txt"},
    "snmpwalk": {".snmpwalk", ".walk", ".txt", ".log", ".out", ""},
}
"""Formats, and the ends of names that they usually have."""

_SNMPREC: Final = re.compile(rb"\.?[012](?:\.\d+)+\|\d{1,3}[xe]?(?::[\w-]+)?\|")
_NAME: Final = (
    rb"(?:\.?[012](?:\.\d+)+|\.?iso(?:\.[\w-]+)+|"
    rb"(?:[A-Za-z][\w-]*::)?[a-z][\w-]*(?:\.[\w.\"'\[\]:-]+|\[[^\n]*\])?)"
)
_TYPE: Final = (
    rb"(?:(?:STRING|Hex-STRING|INTEGER|OID|Timeticks|IpAddress|Network Address|Counter32|Counter64|Gauge32|"
    rb"Unsigned32|BITS|Opaque): ?|\"\"|No Such (?:Object|Instance))"
)
VALUE_BEGINS: Final = re.compile(_NAME + rb" = " + _TYPE + rb"|\.?(?:1|iso)(?:\.\d+){5,} = ")
"""How a line of ``snmpwalk`` begins beyond doubt."""
_HEAD: Final = 65_536
_FIRST: Final = 3
"""So many lines are looked at: a command may stand before a walk."""


def recording_format(utf8: bytes) -> str | None:
    """``snmprec``, ``snmpwalk``, or None for another text."""
    lines = [line for line in utf8[:_HEAD].split(b"\n", 40) if line.strip() and not line.startswith(b"#")]
    if lines and _SNMPREC.match(lines[0]):
        return "snmprec"
    if any(VALUE_BEGINS.match(line) for line in lines[:_FIRST]):
        return "snmpwalk"
    return None
