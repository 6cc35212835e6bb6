"""What fact files say by the ids of others: organisations, categories, kinds of products and sources."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from clearband.facts.document import Document
from clearband.facts.problems import Path, Problem, key_of, nearest_or
from clearband.model.product_kinds import CATEGORY_OF_KIND, SEVERAL_CATEGORIES

_SOURCE_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""A source in one such word is an id; others say in words where a fact is from."""

_ORGANISATIONS: Final = {
    "fingerprints": ("maker",),
    "identifier_traps": ("looks_like", "speaks_for", "seldom", "cases.maker"),
    "lookalikes": ("resembles",),
    "text_traps": ("resembles",),
    "organisations": ("ownership.owner", "white_label.brand_id", "sells_for.maker"),
}
"""Kind of file to the keys of its entries that hold organisations."""
_CATEGORIES: Final = {"fingerprints": ("category",), "organisations": ("model_families.category",)}
_PRODUCT_KINDS: Final = {"organisations": ("model_families.kind",)}

Word = tuple[Path, str]
"""A word and its place."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The words that may stand under some keys."""

    keys: Mapping[str, tuple[str, ...]]
    known: Collection[str]
    what: str
    otherwise: str


def wrong_references(documents: Mapping[str, Sequence[Document]]) -> list[Problem]:
    """Ids that no file knows, and rules whose id stands twice.

    Args:
        documents: All fact files by the name of their kind.
    """
    parts = {name: [document.compiled for document in found] for name, found in documents.items()}
    organisations = {one["id"] for file in parts["organisations"] for one in file["organisations"]}
    categories = {one["id"] for file in parts["equipment"] for one in file["categories"]}
    sources = {name for file in parts["sources"] for name in file["sources"]}
    kinds = categories | CATEGORY_OF_KIND.keys() | SEVERAL_CATEGORIES.keys()
    lists = (
        _Words(
            _ORGANISATIONS,
            organisations,
            "no organisation of the register",
            "clearband who NAME finds its id",
        ),
        _Words(_CATEGORIES, categories, "no category", "see equipment.yaml"),
        _Words(_PRODUCT_KINDS, kinds, "no kind of product", "several holds many kinds; see equipment.yaml"),
    )
    problems, seen = [], set[str]()
    for kind in _ORGANISATIONS:
        for document, file in zip(documents[kind], parts[kind], strict=True):
            for number, entry in enumerate(file[kind]):
                wrong = [
                    (place, f'"{word}" is {words.what}', nearest_or(word, words.known, words.otherwise))
                    for words in lists
                    for key in words.keys.get(kind, ())
                    for place, word in _at(entry, key.split("."), ())
                    if word not in words.known
                ]
                wrong += [
                    (place, f'"{word}" is no source', nearest_or(word, sources, "see sources.yaml"))
                    for place, word in _sources(entry, ())
                    if _SOURCE_ID.fullmatch(word) and word not in sources
                ]
                if kind == "fingerprints":
                    if entry["id"] in seen:
                        what = f'"{entry["id"]}" stands twice'
                        wrong.append((("id",), what, "give each rule an id of its own"))
                    seen.add(entry["id"])
                for place, what, remedy in wrong:
                    path = (kind, number, *place)
                    line = document.line_of(path)
                    problems.append(Problem("error", document.name, line, key_of(path), what, remedy))
    return problems


def _at(value: Any, keys: Sequence[str], place: Path) -> Iterator[Word]:
    """The words under a key of keys, through every list on the way."""
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from _at(one, keys, (*place, number))
    elif keys and isinstance(value, dict):
        yield from _at(value.get(keys[0]), keys[1:], (*place, keys[0]))
    elif not keys and isinstance(value, str):
        yield place, value


def _sources(value: Any, place: Path) -> Iterator[Word]:
    """Every ``source`` below a place."""
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from _sources(one, (*place, number))
    elif isinstance(value, dict):
        for key, one in value.items():
            if key == "source" and isinstance(one, str):
                yield (*place, key), one
            else:
                yield from _sources(one, (*place, key))
