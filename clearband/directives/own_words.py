"""The words that directive files declare for themselves, and what is wrong with them.

They stand beside the vocabulary and never within it: what a text means to the law is read from the vocabulary
alone, so that a file of one's own cannot change what the law makes of an item.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from clearband.directives.attributes import Attributes, words_of_text
from clearband.facts.problems import Found, Path, nearest_or

if TYPE_CHECKING:
    from clearband.directives.directive_files import DirectiveSource

Raw = dict[str, Any]
Declared = tuple["DirectiveSource", Path, Raw]
LISTS: Final = {"actors": "actor", "purposes": "purpose", "approvals": "approval"}
"""The lists of the vocabulary to which a file may add, and what one entry is."""


def own_words(directives: Iterable[Raw], vocabulary: Raw) -> dict[str, list[Raw]]:
    """What measures declare, by list, each entry in the form of the vocabulary's.

    Args:
        directives: As compiled. Of several entries with one id the first counts.
        vocabulary: As compiled; its own ids stay what they are.
    """
    found: dict[str, dict[str, Raw]] = {name: {} for name in LISTS}
    for raw in directives:
        for name, entries in raw.get("words", {}).items():
            for entry in entries:
                found[name].setdefault(entry["id"], {"jurisdiction": raw["jurisdiction"], **entry})
    held = {name: {one["id"] for one in vocabulary.get(name, ())} for name in LISTS}
    return {
        name: [one for key, one in entries.items() if key not in held[name]]
        for name, entries in found.items()
    }


def problems_of_words(
    files: Sequence[DirectiveSource], vocabulary: Raw
) -> Iterator[tuple[DirectiveSource, Found]]:
    """Ids and plain words that stand for two things, and references to words that nobody declares.

    Args:
        files: All files that are read together.
        vocabulary: The packaged one, as compiled.
    """
    for name, kind in LISTS.items():
        declared = [
            (file, ("words", name, number), entry)
            for file in files
            for number, entry in enumerate(file.raw.get("words", {}).get(name, ()))
        ]
        packaged = {entry["id"] for entry in vocabulary[name]}
        for file, place, what, remedy in (
            *_ids_taken(declared, packaged, kind),
            *_ids_with_words_of_the_law(declared, vocabulary[name], kind),
            *_phrases_taken(declared),
            *_references(declared, packaged, kind),
        ):
            yield file, ("error", place, what, remedy)


_Wrong = Iterator[tuple["DirectiveSource", Path, str, str]]


def _ids_taken(declared: Sequence[Declared], packaged: set[str], kind: str) -> _Wrong:
    first: dict[str, str] = {}
    for file, place, entry in declared:
        word = entry["id"]
        here = (*place, "id")
        other = "the vocabulary" if word in packaged else first.setdefault(word, _at(file, here))
        if other != _at(file, here):
            yield (
                file,
                here,
                f'"{word}" is the {kind} of {other} already',
                "use that one, or name this otherwise",
            )


def _ids_with_words_of_the_law(declared: Sequence[Declared], packaged: Sequence[Raw], kind: str) -> _Wrong:
    """An id is written where a word is meant and read as text: within it the law must find none of its own.

    Phrases may hold words of the law: who writes them means these, too.
    """
    if kind == "actor":
        return
    law = Attributes(packaged)
    held = set(law.ids)
    for file, place, entry in declared:
        means = law.read(entry["id"]).stated if entry["id"] not in held else ()
        if means:
            what = f'"{entry["id"]}" means "{means[0]}" to the law, which reads it as words'
            yield file, (*place, "id"), what, "name this otherwise"


def _phrases_taken(declared: Sequence[Declared]) -> _Wrong:
    """A plain word must mean one declared thing; one that the vocabulary has, too, means both."""
    first: dict[tuple[str, ...], tuple[str, str]] = {}
    for file, place, entry in declared:
        texts = [((*place, key), entry[key]) for key in ("id", "title")]
        texts += [((*place, "phrases", number), text) for number, text in enumerate(entry.get("phrases", ()))]
        for here, text in texts:
            words = words_of_text(text)
            if not words:
                yield file, here, f'"{text}" holds no word', "write words"
                continue
            word, other = first.setdefault(words, (entry["id"], _at(file, here)))
            if word != entry["id"]:
                what = f'"{text}" means "{word}" already ({other})'
                yield file, here, what, "take it out of one of them"


def _references(declared: Sequence[Declared], packaged: set[str], kind: str) -> _Wrong:
    ids = [entry["id"] for _, _, entry in declared]
    for file, place, entry in declared:
        for key in ("implies", "rules_out"):
            for number, word in enumerate(entry.get(key, ())):
                here = (*place, key, number)
                if word in packaged:
                    what = (
                        f'"{word}" is a word of the law, which a declared one neither implies nor rules out'
                    )
                    yield file, here, what, "take it out; say both of the item where both hold"
                elif word not in ids:
                    what = f'"{word}" is no {kind} that a file declares'
                    yield file, here, what, nearest_or(word, ids, "declare it, or take it out")


def _at(file: DirectiveSource, place: Path) -> str:
    return f"{file.name} line {file.document.line_of(place)}"
