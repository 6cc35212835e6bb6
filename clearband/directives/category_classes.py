"""Categories of equipment that a clause may name, each as a class of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

_NOT_THINGS: Final = ("services", "software", "security-software", "semiconductors")
"""Classes of what is no piece of equipment (services, software, parts): "equipment" is none of that."""


@dataclass(frozen=True, slots=True)
class CategoryClass:
    """A category as a class.

    Attributes:
        inside: The category itself.
        perhaps: The categories that say too little to be told from it.
    """

    id: str
    title: str
    question: str
    inside: frozenset[str]
    perhaps: frozenset[str]


def category_classes(
    facts: Mapping[str, Any], inside: Mapping[str, frozenset[str]], perhaps: Mapping[str, frozenset[str]]
) -> Iterator[CategoryClass]:
    """The categories that clauses may name: neither the name of a class nor of a kind that is not told.

    Args:
        facts: The compiled ``equipment`` part.
        inside: Class id to the categories in it.
        perhaps: Class id to the categories that may be in it.
    """
    untold = frozenset(facts.get("untold", ()))
    not_things = frozenset[str]().union(*(inside.get(name, frozenset()) for name in _NOT_THINGS))
    may_be = _may_be(facts)
    for category in facts.get("categories", ()):
        name = category["id"]
        if name in inside or name in untold or name in may_be:
            continue
        # Of a class that is this category and nothing else, the facts say themselves what may be in it.
        alone = (perhaps[one] for one, members in inside.items() if members == {name})
        vague = {one for one, kinds in may_be.items() if name in kinds}
        doubtful = vague if name in not_things else vague | untold
        yield CategoryClass(
            name,
            category["title"],
            f"is it of this kind: {category['title']}?",
            frozenset({name}),
            frozenset(doubtful.union(*alone)),
        )


def classes_with(category: str, facts: Mapping[str, Any]) -> list[str]:
    """The classes that name a category, for a clause that cannot."""
    domains = {one["id"]: one["domain"] for one in facts["categories"]}
    return [
        item["id"]
        for item in facts["classes"]
        if category in item.get("includes", ())
        or (domains[category] in item.get("domains", ()) and category not in item.get("excludes", ()))
    ]


def _may_be(facts: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Categories of a kind that is not told, each with the categories that an item of it can be."""
    return {
        item["category"]: frozenset(
            one["id"]
            for one in facts.get("categories", ())
            if one["id"] in item.get("includes", ()) or one["domain"] in item.get("domains", ())
        )
        for item in facts.get("not_told", ())
    }
