"""Registered identifiers: SNMP enterprise numbers and FCC grantee codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_ENTERPRISES = "1.3.6.1.4.1."


@dataclass(frozen=True, slots=True)
class EnterpriseMatch:
    """What a sysObjectID says (RFC 1213 ``sysObjectID``; IANA private enterprise numbers).

    Attributes:
        org_id: The maker it points to; None when the number says nothing about the maker.
        prefix: The longest known prefix.
        caution: Why it must not decide alone.
        registered_name: The registrant of the enterprise number, where known.
    """

    org_id: str | None
    prefix: str
    means: str
    source: str
    verified: bool
    caution: str | None = None
    registered_name: str | None = None


@dataclass(frozen=True, slots=True)
class GranteeMatch:
    """The holder of the grantee code at the start of an FCC ID (47 CFR 2.926)."""

    code: str
    org_id: str
    registrant: str
    source: str


@dataclass(frozen=True, slots=True)
class IdentifierTrap:
    """An identifier that points to the wrong maker."""

    identifier: str
    looks_like: str | None
    really: str
    rule: str
    source: str


class EnterpriseNumbers:
    """sysObjectID prefixes, the longest winning.

    Args:
        prefixes: Prefix (dotted, without a leading dot) to match.
    """

    def __init__(self, prefixes: Mapping[str, EnterpriseMatch]) -> None:
        self._prefixes = dict(prefixes)

    def lookup(self, oid: str) -> EnterpriseMatch | None:
        """The match of one sysObjectID, in dotted form with or without leading dot, or ``iso.3.6.1…``."""
        text = oid.strip().lstrip(".").removeprefix("iso.")
        if text.startswith("3.6.1.4.1."):
            text = "1." + text
        text = text.removeprefix("SNMPv2-SMI::enterprises.").removeprefix("enterprises.")
        if (
            not text.startswith(_ENTERPRISES)
            and re.fullmatch(r"\d+(\.\d+)*", text)
            and not text.startswith("1.3.")
        ):
            text = _ENTERPRISES + text
        parts = text.split(".")
        for length in range(min(len(parts), 64), 6, -1):
            match = self._prefixes.get(".".join(parts[:length]))
            if match is not None:
                return match
        return None


class GranteeCodes:
    """FCC grantee codes.

    Args:
        matches: All codes known.
    """

    def __init__(self, matches: Iterable[GranteeMatch]) -> None:
        self._codes = {match.code.upper(): match for match in matches}

    def lookup(self, fcc_id: str) -> GranteeMatch | None:
        """The grantee of an FCC ID: five characters when the code begins with 2 to 9, else three."""
        text = re.sub(r"[^A-Z0-9-]", "", fcc_id.upper().removeprefix("FCC ID").removeprefix("FCCID"))
        length = 5 if text[:1].isdigit() else 3
        return self._codes.get(text[:length])
