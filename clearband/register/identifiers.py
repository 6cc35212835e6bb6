"""Registered identifiers: SNMP enterprise numbers, and identifiers that point to the wrong maker."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from clearband.register.enterprise_file import EnterpriseList

ENTERPRISES: Final = "1.3.6.1.4.1."
_OID: Final = re.compile(
    r"(?P<root>(?:SNMPv2-SMI::|\.?iso\.org\.dod\.internet\.private\.)?enterprises\.|\.?iso\.)?"
    r"(?P<digits>\.?[0-9]+(?:\.[0-9]+)*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class EnterpriseMatch:
    """What a sysObjectID says (RFC 1213 ``sysObjectID``; IANA private enterprise numbers).

    Attributes:
        makers: The organisations that it points to: one, or several of which it cannot tell which; none when
            the register has no organisation for the registrant, or the number says nothing about the maker.
        prefix: The longest known prefix.
        caution: What to beware of.
        second_cue: Another signal has to confirm it.
        registered_name: The registrant of the enterprise number, where known.
        brand: The name on boxes that answer so, where it is not the maker's.
        seldom: Organisations that made what answers so in rarer cases.
    """

    makers: tuple[str, ...]
    prefix: str
    means: str
    source: str
    caution: str | None = None
    second_cue: bool = False
    registered_name: str | None = None
    brand: str | None = None
    seldom: tuple[str, ...] = ()

    @property
    def org_id(self) -> str | None:
        """The organisation it points to first, if any."""
        return self.makers[0] if self.makers else None


@dataclass(frozen=True, slots=True)
class IdentifierTrap:
    """An identifier that points to the wrong maker."""

    identifier: str
    looks_like: str | None
    really: str
    rule: str
    source: str
    speaks_for: tuple[str, ...] = ()
    brand: str | None = None
    second_cue: bool = False
    seldom: tuple[str, ...] = ()


class EnterpriseNumbers:
    """sysObjectID prefixes, the longest winning.

    Args:
        prefixes: Prefix (dotted, without a leading dot) to match.
        listed: The user's own copy of IANA's list, asked where the prefixes say nothing.
    """

    def __init__(self, prefixes: Mapping[str, EnterpriseMatch], listed: EnterpriseList | None = None) -> None:
        self._prefixes = dict(prefixes)
        self._listed = listed

    def called(self, registrant: str) -> str | None:
        """The identifier of an enterprise number that is registered under a name; None where several differ.

        Capitals, spaces and punctuation do not matter: programs shorten and correct IANA's spelling.
        """
        return self._by_name.get(_letters(registrant))

    @cached_property
    def _by_name(self) -> dict[str, str | None]:
        held: dict[str, list[EnterpriseMatch]] = {}
        for prefix, match in self._prefixes.items():
            if match.registered_name and prefix.removeprefix(ENTERPRISES).isdigit():
                held.setdefault(_letters(match.registered_name), []).append(match)
        return {name: _one_of(matches) for name, matches in held.items()}

    def with_list(self, listed: EnterpriseList) -> EnterpriseNumbers:
        """The same with the user's own copy of IANA's list."""
        return EnterpriseNumbers(self._prefixes, listed)

    def lookup(self, oid: str) -> EnterpriseMatch | None:
        """The match of one sysObjectID, as `plain_oid` reads it; the longest prefix wins."""
        parts = plain_oid(oid).split(".")
        for length in range(min(len(parts), 64), 6, -1):
            match = self._prefixes.get(".".join(parts[:length]))
            if match is not None:
                return match
        return self._from_list(parts[6]) if len(parts) > 6 else None

    def _from_list(self, number: str) -> EnterpriseMatch | None:
        name = self._listed.names.get(int(number)) if self._listed and len(number) <= 10 else None
        if name is None or self._listed is None:
            return None
        means = f"enterprise number registered to {name}"
        return EnterpriseMatch((), ENTERPRISES + number, means, self._listed.file, registered_name=name)


def _one_of(matches: list[EnterpriseMatch]) -> str | None:
    """The lowest of several numbers that say the same."""
    if len({(match.makers, match.second_cue) for match in matches}) > 1:
        return None
    return min((match.prefix for match in matches), key=_number)


def _number(prefix: str) -> int:
    return int(prefix.rpartition(".")[2])


def _letters(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def plain_oid(text: str) -> str:
    """An SNMP object identifier in dotted digits, without what follows it.

    Read are a leading dot, ``iso.3.6.1…``, ``SNMPv2-SMI::enterprises.9``, ``enterprises.9``, the names in
    full (``iso.org.dod.internet.private.enterprises.9``) and the digits below the enterprises (``9.1.516``).
    """
    found = _OID.match(text.strip())
    if found is None:
        return ""
    root, digits = found.group("root"), found.group("digits").strip(".")
    if root:
        return ("1." if root.lower() == "iso." else ENTERPRISES) + digits
    return digits if digits.startswith("1.3.") else ENTERPRISES + digits
