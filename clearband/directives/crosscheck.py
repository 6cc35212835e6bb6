"""What a schema cannot see of a directive file: its words, references and dates, against what is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from clearband.directives.category_classes import classes_with
from clearband.directives.crosscheck_dates import crosscheck_dates, never_holding
from clearband.directives.crosscheck_links import crosscheck_links
from clearband.directives.crosscheck_parts import crosscheck_parts
from clearband.directives.definitions import Definitions
from clearband.directives.equipment_classes import EquipmentClasses
from clearband.directives.own_words import LISTS, own_words
from clearband.facts.country_codes import country_codes
from clearband.facts.problems import Found, Path, nearest_or
from clearband.facts.store import CompiledFacts

Raw = dict[str, Any]
_SHOW_WORDS: Final = "clearband directives list --vocabulary shows all"
_COUNTRIES_BEYOND: Final = frozenset({"foreign"})


@dataclass(frozen=True)
class Known:
    """What a directive file may refer to.

    Attributes:
        directives: Every measure by id, the files that are being checked among them, as compiled.
        facts: The packaged facts.
        organisations: Ids of the register.
        lists: Ids of the lists on which the register keeps organisations.
    """

    directives: Mapping[str, Raw]
    facts: CompiledFacts
    organisations: Collection[str]
    lists: Collection[str]

    @cached_property
    def words(self) -> dict[str, list[str]]:
        """The vocabulary with the words that files declare: kind of word to its ids."""
        vocabulary, equipment = self.facts.read("vocabulary"), self.facts.read("equipment")
        own = own_words(self.directives.values(), vocabulary)
        definitions = self.facts.read("control_definitions").get("definitions", ())
        return {
            **{kind: [one["id"] for one in (*vocabulary[key], *own[key])] for key, kind in LISTS.items()},
            "action": [one["id"] for one in vocabulary["actions"]],
            "class of equipment": list(EquipmentClasses.from_facts(equipment).titles),
            "definition": [one["id"] for one in definitions],
        }

    @cached_property
    def definitions(self) -> Definitions:
        """What the laws call a subsidiary or affiliate."""
        return Definitions.from_facts(self.facts.read("control_definitions"))

    @cached_property
    def categories(self) -> frozenset[str]:
        """Ids of the categories of equipment; of some, clauses cannot speak."""
        return frozenset(one["id"] for one in self.facts.read("equipment")["categories"])


def crosscheck(raw: Raw, known_things: Known) -> Iterator[Found]:
    """Everything that does not fit.

    Args:
        raw: The file as compiled; places in it are those of the YAML.
        known_things: What it may refer to.
    """
    found = [
        *_words(raw, known_things),
        *_targets(raw, known_things),
        *crosscheck_links(raw, known_things.directives),
        *crosscheck_parts(raw),
        *_twice(raw),
        *crosscheck_dates(raw),
    ]
    yield from found
    if not any(severity == "error" for severity, *_ in found):
        others = [one for key, one in known_things.directives.items() if key != raw["id"]]
        yield from never_holding(raw, others, known_things.definitions)


def _words(raw: Raw, known_things: Known) -> Iterator[Found]:
    for place, kind, word in _words_used(raw):
        if word in known_things.words[kind]:
            continue
        remedy = nearest_or(word, known_things.words[kind], _SHOW_WORDS)
        if kind in LISTS.values():
            remedy += "; or declare it under `words:`"
        if kind == "class of equipment" and word in known_things.categories:
            classes = classes_with(word, known_things.facts.read("equipment"))
            remedy = f"{word} does not tell the kind; name a class: {', '.join(classes) or _SHOW_WORDS}"
        yield "error", place, f'"{word}" is no {kind} of the vocabulary', remedy


def _words_used(raw: Raw) -> Iterator[tuple[Path, str, str]]:
    for key, kind in (("actors", "actor"), ("actions", "action")):
        # Left out, they are those of the clauses, which are looked at below.
        of_clauses = {word for clause in raw.get("clauses", ()) for word in clause[key]}
        yield from (found for found in _each(raw, (), key, kind) if found[2] not in of_clauses)
    for place, part in parts(raw):
        for key, kind in (
            ("actors", "actor"),
            ("actions", "action"),
            ("new_equipment", "action"),
            ("purposes", "purpose"),
            ("equipment", "class of equipment"),
        ):
            yield from _each(part, place, key, kind)
        if "affiliates_by" in part.get("makers", {}):
            yield (*place, "makers", "affiliates_by"), "definition", part["makers"]["affiliates_by"]
    for place, exception in _exceptions(raw):
        yield from _each(exception, place, "actions", "action")
        for key, kind in (
            ("purposes", "purpose"),
            ("equipment", "class of equipment"),
            ("approvals", "approval"),
        ):
            yield from _each(exception["when"], (*place, "when"), key, kind)
    for number, actor in enumerate(raw.get("words", {}).get("actors", ())):
        yield from _each(actor, ("words", "actors", number), "is", "actor")
    for number, case in enumerate(raw.get("cases", ())):
        for key, kind in (("actor", "actor"), ("action", "action"), ("holding", "approval")):
            if key in case:
                yield ("cases", number, key), kind, case[key]


def _each(part: Raw, place: Path, key: str, kind: str) -> Iterator[tuple[Path, str, str]]:
    for number, word in enumerate(part.get(key, ())):
        yield (*place, key, number), kind, word


def _targets(raw: Raw, known_things: Known) -> Iterator[Found]:
    for number, target in enumerate(raw.get("targets", ())):
        for nth, org in enumerate(target.get("organisations", ())):
            yield from _organisation(org, ("targets", number, "organisations", nth), known_things)
    for place, part in parts(raw):
        makers = part.get("makers", {})
        for number, named in enumerate(makers.get("named", ())):
            yield from _organisation(named["org"], (*place, "makers", "named", number, "org"), known_things)
        listed = makers.get("member_of", {}).get("list")
        if listed is not None and listed not in known_things.lists:
            remedy = nearest_or(listed, known_things.lists, f"lists: {', '.join(sorted(known_things.lists))}")
            yield "error", (*place, "makers", "member_of", "list"), f'"{listed}" is no list', remedy
        yield from _countries(part, place)
    for number, case in enumerate(raw.get("cases", ())):
        yield from _countries(case, ("cases", number))


def _organisation(org: str, place: Path, known_things: Known) -> Iterator[Found]:
    if org not in known_things.organisations:
        what = f'the register has no organisation "{org}": its own name is recognised, no relative is'
        yield "warning", place, what, nearest_or(org, known_things.organisations, _SHOW_MAKERS)


def _countries(part: Raw, place: Path) -> Iterator[Found]:
    countries = part.get("made_in", ())
    for country in [countries] if isinstance(countries, str) else countries:
        if country not in _COUNTRIES_BEYOND and country not in country_codes():
            remedy = 'write two capital letters of ISO 3166-1, or "foreign"'
            yield "error", (*place, "made_in"), f'"{country}" is no country code', remedy


_SHOW_MAKERS: Final = "clearband who NAME finds ids"


def _twice(raw: Raw) -> Iterator[Found]:
    for key in ("entries", "clauses"):
        yield from _ids_twice(raw.get(key, ()), (key,))
        for number, part in enumerate(raw.get(key, ())):
            yield from _ids_twice(part.get("exceptions", ()), (key, number, "exceptions"))


def _ids_twice(items: Collection[Raw], place: Path) -> Iterator[Found]:
    counted = Counter(item["id"] for item in items)
    for number, item in enumerate(items):
        if counted[item["id"]] > 1:
            counted[item["id"]] = 0
            yield "error", (*place, number, "id"), f'the id "{item["id"]}" stands twice', "rename one"


def parts(raw: Raw) -> Iterator[tuple[Path, Raw]]:
    """Entries and clauses with their places."""
    for key in ("entries", "clauses"):
        for number, part in enumerate(raw.get(key, ())):
            yield (key, number), part


def _exceptions(raw: Raw) -> Iterator[tuple[Path, Raw]]:
    for place, part in parts(raw):
        for number, exception in enumerate(part.get("exceptions", ())):
            yield (*place, "exceptions", number), exception
