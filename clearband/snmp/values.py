"""Values of SNMP as text, numbers and hardware addresses."""

from __future__ import annotations

import ipaddress
import re
from typing import Final

Value = int | bytes | str
"""INTEGER and its kin; OCTET STRING; OBJECT IDENTIFIER (dotted), or a text that a tool has already made."""

LONGEST: Final = 32_767
"""Characters of a text that are kept."""

_ADDRESS: Final = re.compile(r"[0-9A-Fa-f]{1,2}(?:([:\- ])[0-9A-Fa-f]{1,2}(?:\1[0-9A-Fa-f]{1,2}){4}) ?")
_UNWANTED: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]+")
_NO_ADDRESS: Final = frozenset({bytes(6), b"\xff" * 6})
_NOTHING: Final = frozenset({
    "", "n/a", "na", "none", "null", "unknown", "unspecified", "not specified", "not available",
    "not defined", "no connector", "no module", "not present", "default", "default string",
    "to be filled by o.e.m.", "-", "--", "0", "0.0", "builtin", "built-in", "default_sn",
})  # fmt: skip


def text_of(value: Value | None) -> str:
    """A value as text: UTF-8, or else Latin-1, without control characters; empty where there is none."""
    if value is None:
        return ""
    if isinstance(value, bytes):
        value = value.rstrip(b"\0")
        try:
            text = value.decode("utf-8")
        except UnicodeDecodeError:
            text = value.decode("latin-1")
    else:
        text = str(value)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNWANTED.sub(" ", text).strip()[:LONGEST]


def said(value: Value | None) -> str:
    """A text on one line that says something; empty for fillers such as ``N/A``."""
    text = " ".join(text_of(value).split())
    return "" if text.lower() in _NOTHING or not text.strip("0. -#*xX?") else text


def number_of(value: Value | None) -> int | None:
    """A value as a number: also of ``chassis(3)`` and ``"3"``."""
    if isinstance(value, int):
        return value
    found = re.fullmatch(r"(?:[A-Za-z][\w-]*\()?(-?\d{1,18})\)?", text_of(value))
    return int(found[1]) if found else None


def hardware_address(value: Value | None) -> str | None:
    """A value as ``aa:bb:cc:dd:ee:ff``; None where it is no address of a device."""
    if isinstance(value, str) and _ADDRESS.fullmatch(value.strip()):
        value = bytes(int(one, 16) for one in re.split(r"[:\- ]", value.strip()))
    if isinstance(value, bytes) and len(value) in (12, 17) and _looks_like_address(value):
        value = bytes.fromhex(re.sub(rb"[:.-]", b"", value).decode("ascii"))
    if not isinstance(value, bytes) or len(value) != 6 or value in _NO_ADDRESS:
        return None
    return ":".join(f"{one:02x}" for one in value)


def _looks_like_address(value: bytes) -> bool:
    """Whether it is an address that the agent wrote as a text."""
    return re.fullmatch(rb"[0-9A-Fa-f]{12}|[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}", value) is not None


def chassis_id(kind: Value | None, value: Value | None) -> str:
    """An LLDP chassis or port id: an address as such (kind 4, or 5 for IP), anything else as text."""
    number = number_of(kind)
    if number == 4 or (number is None and isinstance(value, bytes) and len(value) == 6):
        return hardware_address(value) or text_of(value)
    if number == 5 and isinstance(value, bytes) and len(value) in (5, 17) and value[0] in (1, 2):
        return str(ipaddress.ip_address(value[1:]))
    return text_of(value)
