"""Is a category of equipment in a class that the law speaks of? Three-valued, from ``equipment.yaml``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from clearband.directives.truth import FALSE, TRUE, UNKNOWN, any_of


@dataclass(frozen=True)
class EquipmentClasses:
    """The classes of equipment, resolved to categories once.

    Attributes:
        categories: Category id to title.
        questions: Class id to the question that decides membership.
    """

    categories: dict[str, str]
    titles: dict[str, str]
    questions: dict[str, str]
    _inside: dict[str, frozenset[str]] = field(repr=False)
    _perhaps: dict[str, frozenset[str]] = field(repr=False)

    @classmethod
    def from_facts(cls, facts: dict[str, Any]) -> EquipmentClasses:
        """Build from the compiled ``equipment`` part."""
        by_domain: dict[str, list[str]] = {}
        for category in facts.get("categories", ()):
            by_domain.setdefault(category["domain"], []).append(category["id"])
        inside, perhaps = {}, {}
        for item in facts.get("classes", ()):
            said_in, said_may = set(item.get("includes", ())), set(item.get("may_include", ()))
            out = set(item.get("excludes", ()))
            wide = {c for domain in item.get("domains", ()) for c in by_domain[domain]}
            may = {c for domain in item.get("may_domains", ()) for c in by_domain[domain]}
            inside[item["id"]] = frozenset(said_in | (wide - said_may - out))
            perhaps[item["id"]] = frozenset((said_may | may) - out - inside[item["id"]])
        return cls(
            {category["id"]: category["title"] for category in facts.get("categories", ())},
            {item["id"]: item["title"] for item in facts.get("classes", ())},
            {item["id"]: item["question"] for item in facts.get("classes", ())},
            inside,
            perhaps,
        )

    def membership(self, category: str | None, class_id: str) -> int:
        """Whether a category is in a class; unknown for no category and for one that is not ours."""
        if category is None or category not in self.categories:
            return UNKNOWN
        if category in self._inside.get(class_id, ()):
            return TRUE
        return UNKNOWN if category in self._perhaps.get(class_id, ()) else FALSE

    def membership_of_any(self, category: str | None, class_ids: Iterable[str]) -> int:
        """Whether a category is in any of the classes."""
        return any_of(self.membership(category, class_id) for class_id in class_ids)
