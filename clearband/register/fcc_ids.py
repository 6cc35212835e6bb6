"""FCC IDs as labels and inventories write them, and whose grantee codes they begin with (47 CFR 2.926)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_LEAD: Final = re.compile(
    r"(?P<inside>\b(?:contains|containing|includes|including|module|modular|inside|enthält|contient)\b[^:]*?)?"
    r"\bFCC[\s_.-]*ID[\s:#.=]*",
    re.IGNORECASE,
)
_ID: Final = re.compile(
    r"(?P<code>[A-Z][A-Z0-9]{2}|[2-9][A-Z0-9]{4})(?P<product>[ -]?[A-Z0-9][A-Z0-9 .-]{0,18})?"
)
_BETWEEN: Final = re.compile(r"[,;/|\n]|\band\b|\bund\b|\+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FccId:
    """One FCC ID.

    Attributes:
        code: Grantee code: three characters, or five when it begins with a digit.
        product: What the grantee calls the product; may be empty.
        inside: Whether the text says that it belongs to a module inside the device.
    """

    code: str
    product: str
    inside: bool = False


@dataclass(frozen=True, slots=True)
class GranteeMatch:
    """The holder of a grantee code.

    Attributes:
        org_id: The organisation of the register; None when the code is known and its holder is not in it.
        verified: Whether the code was read in a source.
    """

    code: str
    org_id: str | None
    registrant: str
    source: str
    verified: bool = True


class GranteeCodes:
    """FCC grantee codes.

    Args:
        matches: All codes known; a later one replaces an earlier one of the same code.
    """

    def __init__(self, matches: Iterable[GranteeMatch]) -> None:
        self._codes = {match.code.upper(): match for match in matches}

    def lookup(self, fcc_id: str) -> GranteeMatch | None:
        """The grantee of the first FCC ID of a text."""
        return next((self._codes.get(found.code) for found in read_fcc_ids(fcc_id)), None)

    def of(self, code: str) -> GranteeMatch | None:
        """The holder of a code."""
        return self._codes.get(code)


def read_fcc_ids(text: str) -> tuple[FccId, ...]:
    """The FCC IDs of a text, in any notation.

    Read are ``FCC ID: QIS-B618``, ``FCCID QISB618``, ``2ADTD-5604SD``, ``Contains FCC ID: XMR201606EC21A``;
    what is no FCC ID is passed over.
    """
    found: dict[FccId, None] = {}
    inside = False
    for part in _BETWEEN.split(text):
        lead = _LEAD.search(part)
        if lead is not None:
            inside = lead.group("inside") is not None
        rest = (part[lead.end() :] if lead else part).strip().upper()
        match = _ID.fullmatch(rest)
        if match is not None:
            product = re.sub(r"[ .]", "", match.group("product") or "").strip("-")
            found[FccId(match.group("code"), product, inside)] = None
    return tuple(found)
