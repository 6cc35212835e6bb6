"""A host of a scan, as it is gathered element by element, and what is told of the scan as a whole."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

MOST_PORTS: Final = 1_024
MOST_SCRIPTS: Final = 2_048
MOST_TEXTS: Final = 256
MOST_NAMES: Final = 64
MOST_FIELDS: Final = 2_048
"""Most ports, scripts, texts, names of a host, and fields of a script; what is beyond is counted."""

_NO_ADDRESS: Final = frozenset({"00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff"})
_ADDRESS: Final = re.compile(r"[0-9a-f]{2}(?::[0-9a-f]{2}){5}")
_TELNET: Final = re.compile(r"\\xFF\\xF[B-E](?:\\x[0-9A-F]{2}|.)", re.DOTALL)
_ESCAPED: Final = re.compile(r"(?:\\x[0-9A-F]{2})+")

_CATEGORIES: Final = {
    "router": "router", "switch": "switch", "firewall": "firewall", "webcam": "IP camera",
    "WAP": "Wi-Fi access point", "VoIP phone": "VoIP phone", "PBX": "PBX", "load balancer": "load balancer",
}  # fmt: skip
"""Kinds of telecommunications and video equipment, by nmap's types of devices. The others are left out: a
device that is taken for a printer or a computer could pass by a measure for its maker's telecommunications
equipment."""


def readable(text: str) -> str:
    r"""A text without the escapes that nmap writes for bytes beyond ASCII.

    ``\xE5\x8D\x8E`` is the UTF-8 of 华; the options that Telnet servers send first (RFC 854) are left out.
    """
    if "\\x" not in text:
        return text
    return _ESCAPED.sub(_decoded, _TELNET.sub("", text))


def _decoded(run: re.Match[str]) -> str:
    return bytes.fromhex(run[0].replace("\\x", "")).decode("utf-8", "replace").replace("\ufffd", " ")


@dataclass
class Host:
    """One host.

    Attributes:
        line: Where its element begins.
        state, reason: As nmap judged it (``up``, ``arp-response``).
        texts: What it said of itself, as pairs of protocol and text, without repetition.
        odd_addresses: Hardware addresses that are none, with the registrant that nmap names.
    """

    line: int
    state: str = "up"
    reason: str = ""
    ipv4: str = ""
    ipv6: str = ""
    macs: dict[str, None] = field(default_factory=dict)
    odd_addresses: list[tuple[str, str]] = field(default_factory=list)
    names: dict[str, None] = field(default_factory=dict)
    sys_descr: str = ""
    sys_object_id: str = ""
    texts: dict[tuple[str, str], None] = field(default_factory=dict)
    ports: list[str] = field(default_factory=list)
    kinds: dict[str, None] = field(default_factory=dict)
    answered: bool = False
    scripts: int = 0
    cut: Counter[str] = field(default_factory=Counter)

    def add_text(self, protocol: str, text: str) -> None:
        """Note what the host said in a protocol."""
        text = text.strip()
        if not text:
            return
        if len(self.texts) < MOST_TEXTS:
            self.texts[protocol, text] = None
        else:
            self.cut["texts"] += 1

    def add_name(self, name: str) -> None:
        """Note a host name, which is no evidence: people choose it."""
        if len(self.names) < MOST_NAMES:
            self.names[name] = None
        else:
            self.cut["names"] += 1

    def add_address(self, address: str, registrant: str = "", *, said: bool = False) -> None:
        """Note a hardware address.

        Args:
            registrant: Whose nmap says that the block is: no more than the address tells.
            said: A script found it, whose filler ("unknown", all zeros) is not told.
        """
        plain = address.strip().lower().replace("-", ":")
        if _ADDRESS.fullmatch(plain) and plain not in _NO_ADDRESS:
            if len(self.macs) < MOST_NAMES:
                self.macs[plain] = None
            else:
                self.cut["addresses"] += 1
        elif not said and address.strip():
            self.odd_addresses.append((address.strip(), registrant.strip()))

    @property
    def address(self) -> str | None:
        """The address that names the host; its hardware address where it has no other."""
        return self.ipv4 or self.ipv6 or next(iter(self.macs), None)

    @property
    def category(self) -> str | None:
        """The kind of equipment, where all recognised services are of one that nothing is cleared by."""
        return _CATEGORIES.get(next(iter(self.kinds))) if len(self.kinds) == 1 else None

    @property
    def is_there(self) -> bool:
        """Whether somebody answered: with ``-Pn`` nmap takes every address for a host that is up."""
        return self.reason != "user-set" or self.answered or bool(self.macs or self.texts or self.sys_descr)


@dataclass
class ScanNotes:
    """What a person should know of a scan.

    Attributes:
        scanner: Who wrote the file.
        passed_over: Hosts that are not read, by reason.
        unread_scripts: Results of scripts that say nothing of the maker, by script.
        cut: Hosts of which not everything is read, by what was too much.
        down: Addresses that the scan counts as down.
        finished: Whether the scan says that it came to its end.
        problem: What it says went wrong.
    """

    scanner: str = "nmap"
    hosts: int = 0
    passed_over: Counter[str] = field(default_factory=Counter)
    unread_scripts: Counter[str] = field(default_factory=Counter)
    cut: Counter[str] = field(default_factory=Counter)
    skipped_targets: int = 0
    down: int = 0
    finished: bool = False
    problem: str = ""
