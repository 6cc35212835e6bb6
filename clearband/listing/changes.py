"""What changed between two lists: entries that came, went, or stand differently, and what answers changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from clearband.model.listing import Listing, Use


@dataclass(frozen=True, slots=True)
class Change:
    """An entry that stands differently; one side is None where it was not on the list.

    Attributes:
        uses: Questions with another answer.
        parts: Names of what else changed: ``until``, ``conditions``, ``flags`` …
    """

    entry: str
    before: Listing | None
    after: Listing | None
    uses: tuple[Use, ...]
    parts: tuple[str, ...]


_PARTS = ("subject", "until", "evidence_until", "conditions", "open_conditions", "flags", "depends", "case")


def changes(before: Iterable[Listing], after: Iterable[Listing]) -> list[Change]:
    """The entries that differ, by id."""
    first, second = ({one.entry: one for one in side} for side in (before, after))
    found = []
    for entry in sorted(first.keys() | second.keys()):
        a, b = first.get(entry), second.get(entry)
        uses = tuple(use for use in Use if (a and a.uses[use]) != (b and b.uses[use]))
        parts = tuple(part for part in _PARTS if a and b and getattr(a, part) != getattr(b, part))
        if a is None or b is None or a.state != b.state or uses or parts:
            found.append(Change(entry, a, b, uses, parts))
    return found
