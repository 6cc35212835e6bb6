"""What files of prices, programmes and market figures say by the ids of others, and ids that stand twice."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from clearband.facts.document import Document
from clearband.facts.problems import Path, Problem, key_of, nearest_or

_KINDS: Final = ("cost_terms", "costs", "programmes", "market")
_UNIQUE: Final = {
    "cost_terms": ("grades", "roles", "remarks"),
    "costs": ("items",),
    "programmes": (),
    "market": ("regions", "price_gaps", "ban_costs", "capacity"),
}
"""Kind of file to the lists whose entries have ids that may stand once in all files of the kind."""

Wrong = tuple[Path, str, str]


def wrong_figure_references(documents: Mapping[str, Sequence[Document]]) -> list[Problem]:
    """Ids that no file knows, and ids and shares that stand twice.

    Args:
        documents: All fact files by the name of their kind.
    """
    parts = {name: [document.compiled for document in found] for name, found in documents.items()}
    organisations = {one["id"] for file in parts["organisations"] for one in file["organisations"]}
    regions = {one["id"] for file in parts["market"] for one in file["regions"]}
    words: dict[str, tuple[Collection[str], str, str]] = {
        "sources": (
            {name for file in parts["sources"] for name in file["sources"]},
            "no source",
            "see sources.yaml",
        ),
        "items": (
            {one["id"] for file in parts["costs"] for one in file["items"]},
            "no cost item",
            "see costs/*.yaml",
        ),
        "directive": (
            {one["id"] for one in parts["directives"]},
            "no measure",
            "clearband directives list shows all",
        ),
        "region": (regions, "no region", "see market/regions.yaml"),
    }
    for key in ("maker", "makers", "vendor"):
        words[key] = (organisations, "no organisation of the register", "clearband who NAME finds its id")
    unread = {
        name for file in parts["sources"] for name, one in file["sources"].items() if one.get("read") is False
    }
    problems = []
    for kind in _KINDS:
        seen = set[tuple[str, ...]]()
        for document, file in zip(documents[kind], parts[kind], strict=True):
            for place, what, remedy in (
                *_unknown(file, (), words),
                *_unread(file, (), unread),
                *_twice(kind, file, seen),
            ):
                line = document.line_of(place)
                problems.append(Problem("error", document.name, line, key_of(place), what, remedy))
    return problems


def _unknown(
    value: Any, place: Path, words: Mapping[str, tuple[Collection[str], str, str]]
) -> Iterator[Wrong]:
    """Every word below a place, under a key that holds ids, that is none."""
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from _unknown(one, (*place, number), words)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _unknown(one, (*place, key), words)
    elif isinstance(value, str):
        key = next(step for step in reversed(place) if isinstance(step, str))
        if key in words and value not in words[key][0]:
            known, what, otherwise = words[key]
            yield place, f'"{value}" is {what}', nearest_or(value, known, otherwise)


def _unread(value: Any, place: Path, unread: Collection[str]) -> Iterator[Wrong]:
    """Facts said to be verified of which nobody opened a source."""
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from _unread(one, (*place, number), unread)
    elif isinstance(value, dict):
        if value.get("verified") is True and all(one in unread for one in value["sources"]):
            yield (*place, "verified"), "none of its sources was read", "write verified: false"
        for key, one in value.items():
            yield from _unread(one, (*place, key), unread)


def _twice(kind: str, file: dict[str, Any], seen: set[tuple[str, ...]]) -> Iterator[Wrong]:
    """Entries that stand already in this file or one before it."""
    named = [(part, number, one["id"]) for part in _UNIQUE[kind] for number, one in enumerate(file[part])]
    for part, number, name in named:
        if (part, name) in seen:
            yield (part, number, "id"), f'"{name}" stands twice', "give each an id of its own"
        seen.add((part, name))
    if kind == "programmes":
        yield from _twice_in_programme(file)
    for number, one in enumerate(file["shares"] if kind == "market" else ()):
        whose = one.get("maker") or "+".join(one["makers"]) or f"the {one.get('largest')} largest"
        key = ("shares", one["market"], str(one["year"]), one["period"], one["region"], whose)
        if key in seen:
            yield ("shares", number), f"the share of {whose} stands twice", "leave one of them"
        seen.add(key)


def _twice_in_programme(programme: dict[str, Any]) -> Iterator[Wrong]:
    """Rules and events of one programme, and their figures, that code could not tell apart."""
    holders = [(part, at, one) for part in ("rules", "events") for at, one in enumerate(programme[part])]
    named = [((part, at, "id"), one["id"]) for part, at, one in holders]
    figures = [
        ((part, at, "figures", number, "id"), figure["id"])
        for part, at, one in holders
        for number, figure in enumerate(one["figures"])
    ]
    for entries in (named, figures):
        seen = set[str]()
        for place, name in entries:
            if name in seen:
                yield place, f'"{name}" stands twice', "give each an id of its own"
            seen.add(name)
