"""Phrases in which a name is no sign of the maker: "non-Huawei", "replacement for ZTE", "Dahua Road"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from clearband.identify.folding import fold_words
from clearband.register import Register

_BEFORE = {
    "non": "negation",
    "not": "negation",
    "not a": "negation",
    "no": "negation",
    "never": "negation",
    "without": "negation",
    "no longer": "negation",
    "ex": "history",
    "former": "history",
    "formerly": "history",
    "previously": "history",
    "was": "history",
    "old": "history",
    "from old": "history",
    "replaced": "history",
    "replaces": "history",
    "replacing": "history",
    "removed": "history",
    "migrated from": "history",
    "moved from": "history",
    "converted from": "history",
    "upgraded from": "history",
    "replacement for": "replacement of another maker's device",
    "replacement of": "replacement of another maker's device",
    "instead of": "replacement of another maker's device",
    "spare for": "accessory of another maker's device",
    "for": "accessory of another maker's device",
    "for use with": "accessory of another maker's device",
    "fits": "accessory of another maker's device",
    "compatible": "compatibility claim",
    "compatible with": "compatibility claim",
    "compatible to": "compatibility claim",
    "works with": "compatibility claim",
    "tested with": "compatibility claim",
    "interop with": "compatibility claim",
    "supports": "compatibility claim",
    "equivalent to": "compatibility claim",
    "similar to": "comparison",
    "like": "comparison",
    "vs": "comparison",
    "versus": "comparison",
    "next to": "a neighbour",
    "uplink to": "a neighbour",
    "connected to": "a neighbour",
    "connects to": "a neighbour",
    "link to": "a neighbour",
    "behind": "a neighbour",
    "to be replaced by": "plan",
    "replaced by": "plan",
    "swap to": "plan",
    "quote from": "trade, not manufacture",
    "bought from": "trade, not manufacture",
    "leased from": "trade, not manufacture",
    "installed by": "a person or a contractor",
    "serviced by": "a person or a contractor",
    "managed by": "a person or a contractor",
}
_AFTER = {
    "compatible": "compatibility claim",
    "equivalent": "compatibility claim",
    "type": "compatibility claim",
    "clone": "comparison",
    "copy": "comparison",
    "lookalike": "comparison",
    "chip": "a component",
    "chipset": "a component",
    "style": "compatibility claim",
    "free": "negation",
    "removed": "history",
    "replaced": "history",
    "swapped": "history",
    "decommissioned": "history",
    "rejected": "trade, not manufacture",
    "swap": "plan",
    "swap pending": "plan",
    "replacement": "replacement of another maker's device",
    "restaurant": "a place",
    "road": "a place",
    "rd": "a place",
    "street": "a place",
    "avenue": "a place",
    "ave": "a place",
    "site": "a place",
    "rack": "a neighbour",
}
_CHINESE_PLACE_SIGNS = frozenset("路街道区區县縣镇鎮村")
"""A Chinese name followed by one of these names a place: 大华路."""


@dataclass(frozen=True)
class TrapPhrases:
    """Word sequences right before or right after a name, and what they mean.

    Attributes:
        longest: Words of the longest sequence.
    """

    before: dict[tuple[str, ...], str]
    after: dict[tuple[str, ...], str]
    longest: int

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of a phrase."""
        return frozenset(word for phrase in (*self.before, *self.after) for word in phrase)

    def around(self, words: tuple[str, ...], start: int, end: int) -> str:
        """What the phrase around ``words[start:end]`` makes of the name; empty when it is no trap."""
        for length in range(min(self.longest, start), 0, -1):
            reason = self.before.get(words[start - length : start])
            if reason:
                return reason
        for length in range(min(self.longest, len(words) - end), 0, -1):
            reason = self.after.get(words[end : end + length])
            if reason:
                return reason
        return ""


def is_chinese_place(text: str, end: int) -> bool:
    """Whether the Chinese name that ends at ``end`` is part of a place's name."""
    return text[end : end + 1] in _CHINESE_PLACE_SIGNS and end < len(text)


@lru_cache(maxsize=4)
def trap_phrases(register: Register) -> TrapPhrases:
    """The phrases of the facts, generalised to any maker's name, and our own."""
    before = {fold_words(phrase): reason for phrase, reason in _BEFORE.items()}
    after = {fold_words(phrase): reason for phrase, reason in _AFTER.items()}
    names = {
        org_id: {fold_words(entry.text) for entry in register.names if entry.org_id == org_id}
        | {(part,) for part in org_id.split("-")[:1]}
        for trap in register.text_traps
        for org_id in trap.resembles
    }
    for trap in register.text_traps:
        words = fold_words(trap.phrase)
        for org_id in trap.resembles:
            for name in names[org_id]:
                if words[-len(name) :] == name and len(words) > len(name):
                    before.setdefault(words[: -len(name)], trap.why_different)
                elif words[: len(name)] == name and len(words) > len(name):
                    after.setdefault(words[len(name) :], trap.why_different)
    longest = max(len(phrase) for phrase in (*before, *after))
    return TrapPhrases(before, after, longest)
