"""Which addresses are asked: only those that the user names, one by one, as ranges, or in a file."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from clearband.errors import UsageError

PORT: Final = 161
_HOW: Final = "write ADDRESS, NAME, ADDRESS/BITS or FIRST-LAST, with :PORT where it is not 161"
_MOST_BYTES: Final = 16_000_000
_NAME: Final = re.compile(r"(?=.{1,253}$)[A-Za-z0-9_](?:[\w-]{0,62}(?:\.[\w-]{1,63})*)?\.?")


@dataclass(frozen=True)
class Target:
    """One address to ask.

    Args:
        address: IPv4 or IPv6.
        port: Of UDP.
        name: The host name that the user gave, or empty.
        is_named: The user named it alone, and not as one of a range.
    """

    address: str
    port: int = PORT
    name: str = ""
    is_named: bool = True

    @property
    def shown(self) -> str:
        """What it is called in records and messages: its name or address, with a port that is not 161."""
        host = self.name or self.address
        if self.port == PORT:
            return host
        return f"[{host}]:{self.port}" if ":" in host else f"{host}:{self.port}"


@dataclass(frozen=True)
class Targets:
    """All addresses to ask, each once.

    Attributes:
        unknown: Host names that have no address.
    """

    targets: tuple[Target, ...]
    unknown: tuple[str, ...] = ()


def read_targets(words: Iterable[str], file: Path | None, most: int) -> Targets:
    """What the user named, word by word and then line by line.

    Args:
        file: One target a line; blank lines and what follows ``#`` are passed over.
        most: Most addresses.

    Raises:
        UsageError: One is none, there are none, or there are too many; the message says which, or how many.
    """
    found: dict[tuple[str, int], Target] = {}
    unknown: list[str] = []
    for where, word in [*(("", word) for word in words), *(_lines(file) if file else ())]:
        host, port = _split(word, where)
        if (addresses := _range(host, word, where)) is None:
            address = _looked_up(host, word, where)
            if address is None:
                unknown.append(word)
            else:
                found.setdefault((address, port), Target(address, port, name=host))
            continue
        first, last = addresses
        count = int(last) - int(first) + 1
        if len(found) + count > most:
            raise UsageError(
                f"{len(found) + count:,} addresses or more, and at most {most:,} are asked",
                where=where or word,
                remedy="name a smaller range, or say --max-addresses",
            )
        for number in range(int(first), int(last) + 1):
            # Written anew, an address would lose its zone (fe80::1%eth0).
            address = str(first if number == int(first) else type(first)(number))
            found.setdefault((address, port), Target(address, port, is_named=count == 1))
    if not found and not unknown:
        raise UsageError("no address is named", where=str(file or "TARGET"), remedy=_HOW)
    return Targets(tuple(found.values()), tuple(unknown))


def _lines(file: Path) -> Iterator[tuple[str, str]]:
    try:
        with file.open("rb") as opened:
            data = opened.read(_MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(error.strerror or "cannot be read", where=str(file)) from None
    if len(data) > _MOST_BYTES:
        raise UsageError(f"larger than {_MOST_BYTES} bytes", where=str(file))
    for number, line in enumerate(data.decode("utf-8-sig", "replace").splitlines(), start=1):
        for word in line.partition("#")[0].split():
            yield f"{file} line {number}", word


def _split(word: str, where: str) -> tuple[str, int]:
    """Host or range, and port: ``[2001:db8::1]:1161``, ``192.0.2.0/24:1161``, ``name``."""
    bracketed = re.fullmatch(r"\[([^\[\]]+)\](?::(\d{1,5}))?", word)
    if bracketed:
        host, port = bracketed[1], bracketed[2]
    elif word.count(":") == 1:
        host, _, port = word.partition(":")
    else:
        host, port = word, None
    if port is None:
        return host, PORT
    if not port.isascii() or not port.isdigit() or not 1 <= int(port) <= 65_535:
        raise _no_target(word, where)
    return host, int(port)


_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def _range(host: str, word: str, where: str) -> tuple[_Address, _Address] | None:
    """First and last address; None for a name."""
    try:
        if "/" in host:
            net = ipaddress.ip_network(host, strict=False)
            spare = (
                1 if net.version == 4 and net.prefixlen < 31 else 0
            )  # the net's own and all hosts' address
            return net[spare], net[-1 - spare]
        first, dash, last = host.partition("-")
        begin = ipaddress.ip_address(first)
    except ValueError:
        if "/" in host or re.fullmatch(r"[\d.]+(?:-[\d.]*)?", host) or ":" in host:
            raise _no_target(word, where) from None
        return None
    if not dash:
        return begin, begin
    try:
        if last.isascii() and last.isdigit() and begin.version == 4:
            last = f"{first.rpartition('.')[0]}.{last}"
        end = ipaddress.ip_address(last)
    except ValueError:
        raise _no_target(word, where) from None
    if end.version != begin.version or int(end) < int(begin):
        raise _no_target(word, where)
    return begin, end


def _looked_up(host: str, word: str, where: str) -> str | None:
    """The first address of a name; None where it has none."""
    if not _NAME.fullmatch(host):
        raise _no_target(word, where)
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_DGRAM)
    except (OSError, UnicodeError):
        return None
    return str(found[0][4][0])


def _no_target(word: str, where: str) -> UsageError:
    return UsageError(f'"{word[:80]}" is no target', where=where, remedy=_HOW)
