"""What a schema cannot see of a directive file: its words, references and dates, against what is known."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from clearband.directives.clock import known
from clearband.directives.definitions import Definitions
from clearband.directives.limbs import build_limbs
from clearband.errors import FactsError
from clearband.facts.country_codes import country_codes
from clearband.facts.problems import Path, Severity
from clearband.facts.store import CompiledFacts

Raw = dict[str, Any]
Found = tuple[Severity, Path, str, str]
"""Severity, place, what is wrong, what to do."""

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
        """The vocabulary: kind of word to its ids."""
        vocabulary, equipment = self.facts.read("vocabulary"), self.facts.read("equipment")
        definitions = self.facts.read("control_definitions").get("definitions", ())
        return {
            "actor": [one["id"] for one in vocabulary["actors"]],
            "action": [one["id"] for one in vocabulary["actions"]],
            "purpose": [one["id"] for one in vocabulary["purposes"]],
            "approval": [one["id"] for one in vocabulary["approvals"]],
            "class of equipment": [one["id"] for one in equipment["classes"]],
            "definition": [one["id"] for one in definitions],
        }

    @cached_property
    def categories(self) -> frozenset[str]:
        """Ids of the categories of equipment, which are no classes."""
        return frozenset(one["id"] for one in self.facts.read("equipment")["categories"])


def crosscheck(raw: Raw, known_things: Known) -> Iterator[Found]:
    """Everything that does not fit.

    Args:
        raw: The file as compiled; places in it are those of the YAML.
        known_things: What it may refer to.
    """
    yield from _words(raw, known_things)
    yield from _targets(raw, known_things)
    yield from _references(raw, known_things)
    yield from _twice(raw)
    yield from _dates(raw, known_things)


def _words(raw: Raw, known_things: Known) -> Iterator[Found]:
    for place, kind, word in _words_used(raw):
        if word in known_things.words[kind]:
            continue
        remedy = nearest_or(word, known_things.words[kind], _SHOW_WORDS)
        if kind == "class of equipment" and word in known_things.categories:
            remedy = f"{word} is a category, not a class; clauses speak of classes. {_SHOW_WORDS}"
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
    for number, case in enumerate(raw.get("cases", ())):
        for key in ("actor", "action"):
            yield ("cases", number, key), key, case[key]


def _each(part: Raw, place: Path, key: str, kind: str) -> Iterator[tuple[Path, str, str]]:
    for number, word in enumerate(part.get(key, ())):
        yield (*place, key, number), kind, word


def _targets(raw: Raw, known_things: Known) -> Iterator[Found]:
    for place, part in parts(raw):
        makers = part.get("makers", {})
        for number, named in enumerate(makers.get("named", ())):
            org = named["org"]
            if org in known_things.organisations:
                continue
            where = (*place, "makers", "named", number, "org")
            what = f'the register has no organisation "{org}": its own name is recognised, no relative is'
            yield "warning", where, what, nearest_or(org, known_things.organisations, _SHOW_MAKERS)
        listed = makers.get("member_of", {}).get("list")
        if listed is not None and listed not in known_things.lists:
            remedy = nearest_or(listed, known_things.lists, f"lists: {', '.join(sorted(known_things.lists))}")
            yield "error", (*place, "makers", "member_of", "list"), f'"{listed}" is no list', remedy
        countries = part.get("made_in", ())
        countries = [countries] if isinstance(countries, str) else countries
        for country in countries:
            if country not in _COUNTRIES_BEYOND and country not in country_codes():
                remedy = 'write two capital letters of ISO 3166-1, or "foreign"'
                yield "error", (*place, "made_in"), f'"{country}" is no country code', remedy


def _references(raw: Raw, known_things: Known) -> Iterator[Found]:
    ids = known_things.directives
    wanted = [(("relations", n, "id"), one["id"], False) for n, one in enumerate(raw.get("relations", ()))]
    for n, clause in enumerate(raw.get("clauses", ())):
        wanted += [(("clauses", n, key), clause[key], key == "covers") for key in _REFERS & clause.keys()]
    wanted += [
        (("entries", n, "see"), entry["see"], True)
        for n, entry in enumerate(raw.get("entries", ()))
        if "see" in entry
    ]
    for place, wanted_id, entries in wanted:
        if wanted_id not in ids:
            yield "error", place, f'"{wanted_id}" is no measure', nearest_or(wanted_id, ids, _SHOW_MEASURES)
        elif entries and not ids[wanted_id].get("entries"):
            yield "error", place, f'"{wanted_id}" has no entries', "name a measure with entries"


_SHOW_MAKERS: Final = "clearband who NAME finds ids"
_REFERS: Final = frozenset({"covers", "relaxes"})
_SHOW_MEASURES: Final = "clearband directives list shows all"


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


def _dates(raw: Raw, known_things: Known) -> Iterator[Found]:
    """Clauses that end before they begin, and so never hold."""
    if any(True for _ in _references(raw, known_things)):
        return
    others = {key: {**one, "clauses": ()} for key, one in known_things.directives.items() if key != raw["id"]}
    places = {clause["id"]: number for number, clause in enumerate(raw.get("clauses", ()))}
    try:
        definitions = Definitions.from_facts(known_things.facts.read("control_definitions"))
        limbs = build_limbs([*others.values(), raw], definitions=definitions)
    except (FactsError, KeyError):
        return
    never: dict[int, bool] = {}
    for limb in limbs:
        number = places.get(limb.clause.partition("/")[0])
        if limb.directive != raw["id"] or number is None:
            continue
        begins = [moment for clock in limb.starts if (moment := known(clock, None)) is not None]
        ends = [moment for end in limb.ends if (moment := known(end.clock, None)) is not None]
        over = bool(begins and ends) and min(e.latest for e in ends) < max(b.earliest for b in begins)
        # An entry that came after the end of a clause is no mistake; a clause that nothing ever met is.
        never[number] = never.get(number, True) and over
    for number in (number for number, over in never.items() if over):
        what = f'the clause "{raw["clauses"][number]["id"]}" ends before it begins'
        yield "error", ("clauses", number), what, "correct `from`, `until` or `through`"


def parts(raw: Raw) -> Iterator[tuple[Path, Raw]]:
    """Entries and clauses with their places."""
    for key in ("entries", "clauses"):
        for number, part in enumerate(raw.get(key, ())):
            yield (key, number), part


def _exceptions(raw: Raw) -> Iterator[tuple[Path, Raw]]:
    for place, part in parts(raw):
        for number, exception in enumerate(part.get("exceptions", ())):
            yield (*place, "exceptions", number), exception


def nearest_or(word: str, known_words: Collection[str], otherwise: str) -> str:
    """A remedy: the nearest known word, else where to look."""
    near = difflib.get_close_matches(word, list(known_words), n=3, cutoff=0.6)
    return f"nearest: {', '.join(near)}" if near else otherwise
