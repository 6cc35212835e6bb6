"""A rule that reads what a device says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Strength = Literal["distinctive", "usual", "weak", "component"]
"""How much a match says: nobody else's devices write this; nearly nobody's; others' do, too; only a part or a
piece of software in the device is the maker's."""

ANY: Final = "any"
SYS_DESCR: Final = "sys-descr"
ENT_PHYSICAL: Final = "ent-physical"
FIRMWARE: Final = "firmware"

_ALSO: Final = {SYS_DESCR: "snmp"}
"""Protocol under which a banner holds the same text."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One rule.

    Attributes:
        fields: Where the text may be from: ``sys-descr``, ``ent-physical``, ``firmware``, the protocol of a
            banner (``ssh``) or its beginning (``http`` for ``http-title``), or ``any``.
        pattern: Regular expression without look-around, found anywhere in the text.
        words: One of these (in small letters) stands in every text that the pattern matches.
        maker: Register id; None when the text says nothing of the box.
        brand: Name on the box, where it is another.
        product: The product line, or the software that says nothing of the box.
        category: Equipment category that it implies.
        unless: Pattern that must not be found in the same text.
        model, version, serial: Number of the group that holds it.
        case: Whether capitals matter.
        source: Where it was read; None when it is general knowledge.
    """

    id: str
    fields: tuple[str, ...]
    pattern: str
    words: tuple[str, ...]
    strength: Strength
    maker: str | None = None
    brand: str | None = None
    product: str | None = None
    category: str | None = None
    unless: str | None = None
    model: int | None = None
    version: int | None = None
    serial: int | None = None
    case: bool = False
    source: str | None = None
    note: str | None = None

    def reads(self, protocol: str) -> bool:
        """Whether the rule is for texts of a protocol (``http-title``; small letters)."""
        return any(_within(protocol, field) or _within(protocol, _ALSO.get(field)) for field in self.fields)


def _within(protocol: str, field: str | None) -> bool:
    return field is not None and (field in (ANY, protocol) or protocol.startswith(f"{field}-"))
