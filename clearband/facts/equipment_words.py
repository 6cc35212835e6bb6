"""From the words people use for equipment to a category: ``Core Switch`` is a switch, ``LTE CPE`` a gateway.

Deterministic and without guessing: what fits nothing, or fits two categories equally, gives nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from clearband.facts.store import compiled


@dataclass(frozen=True, slots=True)
class CategoryMatch:
    """A category found in a text.

    Attributes:
        category: Category id.
        title: Its title.
        words: The words that told it.
        whole: Whether these words are the whole text.
    """

    category: str
    title: str
    words: str
    whole: bool


_TOKEN: Final = re.compile(r"[^\W_]+")
_TAIL: Final = re.compile(
    r"\b(?:containing|contains|with|for|using|including|incl|replacement|without|connected to)\b.*", re.DOTALL
)
"""What follows these words is another thing than the one described."""
_PARTS_OF_TEXT: Final = re.compile(r"[,;/|()+\n]|\b(?:containing|contains|with|including|incl)\b")
_PASSIVE_DOMAIN: Final = "passive"
_ACTIVE_DOMAINS: Final = frozenset(
    {
        "ran",
        "transport",
        "interconnect",
        "fixed-access",
        "cpe",
        "mission-radio",
        "satellite",
        "network",
        "management",
        "end-point",
        "video",
    }
)
_NO_DEVICE: Final = frozenset({"antenna-passive", "fibre", "network-equipment", "managed-service", "uicc"})
"""Kinds of these domains that say of no device what it is: a "network cable" is a cable."""
_SHORT: Final = 3
"""A single alias this short (AF, LI, DU) means something only when it is the whole text."""
_VAGUE: Final = frozenset(
    {
        "hub",
        "leaf",
        "spine",
        "probe",
        "billing",
        "teleport",
        "blade",
        "dispatch",
        "visibility",
        "dns",
        "dhcp",
        "radio",
        "radios",
    }
)


class EquipmentWords:
    """Categories by their words.

    Args:
        categories: The compiled categories: id, title, aliases, words.
    """

    def __init__(self, categories: list[dict[str, Any]]) -> None:
        self._titles = {category["id"]: str(category["title"]) for category in categories}
        self._domains = {category["id"]: str(category.get("domain", "")) for category in categories}
        plain: dict[tuple[str, ...], set[str]] = defaultdict(set)
        taken: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for category in categories:
            for text in category.get("words", ()):
                plain[_tokens(text)].add(category["id"])
            for text in (category["id"], category["title"], *category.get("aliases", ())):
                taken[_tokens(text)].add(category["id"])
        # The plain words come first: "module" is a card there, whatever has that id.
        self._phrases = {
            words: next(iter(ids)) for words, ids in {**taken, **plain}.items() if len(ids) == 1 and words
        }
        self._inside = {
            words
            for words in self._phrases
            if words in plain or len(words) > 1 or (len(words[0]) > _SHORT and words[0] not in _VAGUE)
        }
        self._longest = max((len(words) for words in self._phrases), default=0)

    def find(self, text: str | None) -> CategoryMatch | None:
        """The category a text speaks of: the whole text, else the longest and last words of its head.

        An active device goes before a passive part that stands in another part of the text, or before it:
        "router, cable included", "cabinet, with BBU inside". A "camera mount" is a mount.
        """
        if text is None:
            return None
        folded = unicodedata.normalize("NFKC", text).casefold()
        whole = _tokens(folded)
        if whole in self._phrases:
            return self._match(whole, whole=True)
        match = self._inside_of(_tokens(_TAIL.sub("", folded)))
        if match is None or self._domains[match.category] != _PASSIVE_DOMAIN:
            return match
        return self._device_beside(folded) or match

    def _device_beside(self, folded: str) -> CategoryMatch | None:
        """The active device that a text names beside a passive part."""
        for part in _PARTS_OF_TEXT.split(folded):
            words = _tokens(_TAIL.sub("", part))
            match = self._inside_of(words)
            if match is not None and self._domains[match.category] == _PASSIVE_DOMAIN:
                passive = tuple(match.words.split())
                ends = [at for at in range(len(words)) if words[: at + 1][-len(passive) :] == passive]
                match = self._inside_of(words[ends[-1] + 1 :])
            if match is not None and self._is_device(match.category):
                return match
        return None

    def _is_device(self, category: str) -> bool:
        return self._domains[category] in _ACTIVE_DOMAINS and category not in _NO_DEVICE

    def _inside_of(self, head: tuple[str, ...]) -> CategoryMatch | None:
        """The longest and last words that mean a category."""
        for length in range(min(self._longest, len(head)), 0, -1):
            for start in range(len(head) - length, -1, -1):
                words = head[start : start + length]
                if words in self._inside:
                    return self._match(words, whole=False)
        return None

    def _match(self, words: tuple[str, ...], *, whole: bool) -> CategoryMatch:
        category = self._phrases[words]
        return CategoryMatch(category, self._titles[category], " ".join(words), whole)


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(_singular(token) for token in _TOKEN.findall(text.casefold()))


def _singular(token: str) -> str:
    if len(token) > 4 and token.endswith("ies"):
        return token[:-3] + "y"
    if len(token) > 4 and token.endswith(("ches", "sses", "xes")):
        return token[:-2]
    return token[:-1] if len(token) > 3 and token.endswith("s") and not token.endswith("ss") else token


@lru_cache(maxsize=1)
def equipment_words() -> EquipmentWords:
    """The words of this process's facts."""
    return EquipmentWords(compiled().read("equipment").get("categories", []))


def category_of(text: str | None) -> CategoryMatch | None:
    """The equipment category that a stated type or plain words mean; None when they do not tell."""
    return equipment_words().find(text)


def category_ids() -> frozenset[str]:
    """Every category id."""
    return frozenset(category["id"] for category in compiled().read("equipment").get("categories", []))
