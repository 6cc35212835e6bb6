"""Is a category of equipment in a class that the law speaks of? Three-valued, from ``equipment.yaml``.

A clause may also name a category (``camera``). It is then a class of that category alone, in which everything
may be that says too little to be ruled out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from clearband.directives.category_classes import category_classes
from clearband.directives.truth import FALSE, TRUE, UNKNOWN, any_of

UNSPECIFIED: Final = "unspecified-equipment"
"""The category of a piece of equipment whose kind is not stated: no service and no software."""


@dataclass(frozen=True)
class EquipmentClasses:
    """The classes of equipment, resolved to categories once, and the categories that clauses may name.

    Attributes:
        categories: Category id to title.
        titles: Class id to title.
        questions: Class id to the question that decides membership.
        products: Kind of product, as the register says what an organisation makes, to its categories.
        untold: Categories that may be of any maker's kind.
        doubts: Words that, of makers of some kind of product, can mean two things.
    """

    categories: dict[str, str]
    titles: dict[str, str]
    questions: dict[str, str]
    products: dict[str, frozenset[str]]
    untold: frozenset[str]
    doubts: tuple[dict[str, str], ...]
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
        titles = {item["id"]: item["title"] for item in facts.get("classes", ())}
        questions = {item["id"]: item["question"] for item in facts.get("classes", ())}
        for item in list(category_classes(facts, inside, perhaps)):
            inside[item.id], perhaps[item.id] = item.inside, item.perhaps
            titles[item.id], questions[item.id] = item.title, item.question
        return cls(
            {category["id"]: category["title"] for category in facts.get("categories", ())},
            titles,
            questions,
            {
                item["kind"]: frozenset(item.get("includes", ())).union(
                    *(by_domain[domain] for domain in item.get("domains", ()))
                )
                for item in facts.get("products", ())
            },
            frozenset(facts.get("untold", ())),
            tuple(facts.get("doubts", ())),
            inside,
            perhaps,
        )

    def may_be_made_by(self, category: str | None, makes: Iterable[str]) -> bool:
        """Whether a maker of these kinds of products can have made an item; no only where that is clear."""
        if category is None or category not in self.categories or category in self.untold:
            return True
        return any(kind not in self.products or category in self.products[kind] for kind in makes)

    def in_doubt(self, category: str, words: str, makes: Collection[str]) -> str:
        """The category of a plain word that, of a maker of some kind of product, can mean two things.

        Args:
            category: What the word means otherwise.
            words: The word, where it is the whole text.
            makes: Kinds of products of the maker.
        """
        for doubt in self.doubts:
            if doubt["word"] == words and doubt["makes"] in makes:
                return str(doubt["category"])
        return category

    def widest(self, class_ids: Iterable[str]) -> tuple[str, ...]:
        """The classes without those that lie wholly within another of them, in the order of the facts."""
        wanted = set(class_ids)
        order = [name for name in self.titles if name in wanted]
        return tuple(
            name
            for name in order
            if not any(self._inside[name] < self._inside[other] for other in order if other != name)
        )

    def what_kind(self, class_ids: Iterable[str], *, service: bool) -> str:
        """The question about an item whose kind is not stated: what it is, and which kinds matter.

        Args:
            class_ids: The classes that matter.
            service: Whether it may be a service, too.
        """
        thing = "equipment or service" if service else "equipment"
        caught = "; ".join(_in_a_sentence(self.titles[name]) for name in self.widest(class_ids))
        return f"what kind of {thing} is it? Caught is: {caught}"

    def one_of(self, class_ids: Iterable[str]) -> str:
        """The question about an item of a stated kind that may be in some of the classes."""
        names = self.widest(class_ids)
        if len(names) == 1:
            return self.questions[names[0]]
        return f"is it one of these: {'; '.join(_in_a_sentence(self.titles[name]) for name in names)}?"

    def membership(self, category: str | None, class_id: str) -> int:
        """Whether a category is in a class; unknown for no category and for one that is not ours."""
        if category is None or category not in self.categories:
            return UNKNOWN
        if category in self._inside.get(class_id, ()):
            return TRUE
        return UNKNOWN if category in self._perhaps.get(class_id, ()) else FALSE

    def akin(self, category: str | None, class_ids: Iterable[str]) -> bool:
        """Whether a category is a product of the same kind as something in the classes (routers, say)."""
        inside = frozenset[str]().union(*(self._inside.get(name, frozenset()) for name in class_ids))
        return any(category in kind and kind & inside for kind in self.products.values())

    def membership_of_any(self, category: str | None, class_ids: Iterable[str]) -> int:
        """Whether a category is in any of the classes."""
        return any_of(self.membership(category, class_id) for class_id in class_ids)


def _in_a_sentence(title: str) -> str:
    """A title without its capital, unless that is part of a name (5G)."""
    return title[:1].lower() + title[1:]
