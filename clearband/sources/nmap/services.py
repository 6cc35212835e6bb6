"""What nmap's detection of services and systems says of a host."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from clearband.sources.nmap.host import Host, readable

_TOLD: Final = frozenset(
    {"model", "product", "device", "hardware", "firmware", "type", "brand", "manufacturer", "vendor"}
)
"""Keys of nmap's further information whose values the device's maker set; of others people did, as the name
of a workgroup."""
_SNMP: Final = "SNMPv3 server"
_GUESSES: Final = 5
"""Systems of equal accuracy that are told; more is no guess but a list."""


def read_service(service: Mapping[str, str], names: Sequence[str], host: Host) -> None:
    """Note the product that nmap recognised at a port.

    Its name, version and catalogue names (CPE) come from one rule of nmap's and are one text. A service that
    is only named after the number of its port says nothing.

    Args:
        service: The attributes of the element.
        names: Its CPE names; applications run on anybody's box and are left out.
    """
    if name := service.get("hostname", "").strip():
        host.add_name(name)
    product = readable(service.get("product", "")).strip()
    if service.get("method") == "table":
        return
    if kind := service.get("devicetype", "").strip():
        host.kinds[kind] = None
    if product.endswith(_SNMP):
        product, _, registrant = product.removesuffix(_SNMP).rpartition("; ")
        host.add_text("snmp-enterprise", registrant)
    parts = [product, readable(service.get("version", "")).strip()] if product else []
    further = "; ".join(_from_the_maker(readable(service.get("extrainfo", ""))))
    if further:
        parts.append(f"({further})")
    boxes = [name.strip() for name in names if name.strip().startswith(("cpe:/h:", "cpe:/o:"))]
    told = " ".join(part for part in parts if part)
    host.add_text("nmap-service", "\n".join([told, *boxes]) if told else "\n".join(boxes))
    if banner := service.get("banner", ""):  # masscan writes what a service said here
        host.add_text(service.get("name") or "banner", readable(banner))


def _from_the_maker(text: str) -> Iterable[str]:
    for piece in text.split(";"):
        key, colon, _ = piece.partition(":")
        if not colon or key.strip().lower() in _TOLD:
            yield piece.strip()


def read_systems(matches: Sequence[tuple[str, str]], host: Host) -> None:
    """Note the systems whose network stack is most like the host's: guesses, no evidence of their own.

    Args:
        matches: Name and accuracy in percent.
    """
    accuracies = [_number(accuracy) for _, accuracy in matches]
    best = max(accuracies, default=0)
    names = [name for (name, _), accuracy in zip(matches, accuracies, strict=True) if accuracy == best]
    if len(names) <= _GUESSES:
        for name in names:
            host.add_text("os-guess", name)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
