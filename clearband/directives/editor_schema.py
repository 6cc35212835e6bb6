"""The JSON Schema of a directive file for an editor: the words of the vocabulary in it, with their titles.

The published schema says that an actor is an id. Here it says which ids there are, so an editor completes
them, shows what each means, and underlines the others. Words that files of one's own may add (measures) and
organisations that the register may lack are proposed, not demanded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from clearband.directives.equipment_classes import EquipmentClasses
from clearband.directives.own_words import LISTS, own_words
from clearband.facts.country_codes import countries
from clearband.facts.schema.directives import DirectiveFile
from clearband.facts.store import CompiledFacts
from clearband.model.days import FIRST_YEAR, LAST_YEAR
from clearband.register.register import Register

Node = dict[str, Any]
Words = Mapping[str, Mapping[str, str]]
"""Kind of word to its ids, each with its title."""

ID: Final = "https://clearband.dev/schema/directive.schema.json"
_OPEN: Final = frozenset({"measure", "organisation"})
_YEAR: Final = {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}
"""A bare year is a number to an editor; Clearband reads every value as text."""


def editor_schema(facts: CompiledFacts, register: Register, own: Sequence[Node] = ()) -> Node:
    """The schema of one directive file with the words of these facts.

    It is of draft 7, because language servers for YAML know no later one.

    Args:
        facts: The compiled facts.
        register: The organisations.
        own: Directive files of one's own, as compiled, whose words are known, too.
    """
    words = words_of(facts, register, own)
    model = _enriched(DirectiveFile.model_json_schema(by_alias=True), words)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": ID,
        **model,
        "title": "Clearband directive",
    }


def words_of(facts: CompiledFacts, register: Register, own: Sequence[Node] = ()) -> Words:
    """All words that a directive file may use, by kind as the schema marks them (``x-words``)."""
    vocabulary, equipment = facts.read("vocabulary"), facts.read("equipment")
    names = countries()["names"]
    lists = {one.list_id for org in register.organisations.values() for one in org.designations}
    declared = own_words(own, vocabulary)
    titled = {
        **{kind: [*vocabulary[name], *declared[name]] for name, kind in LISTS.items()},
        "action": vocabulary["actions"],
        "measure": [*facts.read("directives"), *own],
    }
    return {
        **{kind: {one["id"]: one["title"] for one in found} for kind, found in titled.items()},
        "class of equipment": EquipmentClasses.from_facts(equipment).titles,
        "definition": {
            one["id"]: one["says"] for one in facts.read("control_definitions").get("definitions", ())
        },
        "list": {one: f"the list {one} as the register keeps it" for one in sorted(lists)},
        "organisation": {key: org.name for key, org in sorted(register.organisations.items())},
        "country": {
            "foreign": "any country but that of the jurisdiction",
            **{code: names.get(code, code).partition("|")[0] for code in countries()["codes"].split()},
        },
    }


def _enriched(node: Any, words: Words) -> Any:
    """The node with words in the place of marks, without the titles that only repeat the key."""
    if isinstance(node, list):
        return [_enriched(one, words) for one in node]
    if not isinstance(node, dict):
        return node
    if "x-words" in node:
        return _word(node, words[node["x-words"]])
    given = [one for one in node.get("anyOf", ()) if one != {"type": "null"}]
    if len(given) == 1:
        # May be left out; an editor need not propose to write nothing.
        rest = {key: value for key, value in node.items() if key not in ("anyOf", "default", "title")}
        return {**_enriched(given[0], words), **rest}
    enriched = {
        key: {name: _enriched(one, words) for name, one in value.items()}
        if key in ("properties", "$defs")
        else _enriched(value, words)
        for key, value in node.items()
        if not ((key == "default" and value is None) or (key == "title" and isinstance(value, str)))
    }
    if given:
        enriched["anyOf"] = [_enriched(one, words) for one in given]
    return _as_written(enriched)


def _word(node: Node, known: Mapping[str, str]) -> Node:
    rest = {key: value for key, value in node.items() if key in ("type", "description")}
    closed = {**rest, "enum": list(known), "enumDescriptions": list(known.values())}
    if node["x-words"] not in _OPEN:
        return closed
    free = {key: node[key] for key in ("type", "pattern", "maxLength") if key in node}
    said = {key: rest[key] for key in ("description",) if key in rest}
    return {**said, "anyOf": [{key: value for key, value in closed.items() if key not in said}, free]}


def _as_written(node: Node) -> Node:
    """Allow for what an editor takes for a number and Clearband for text."""
    if node.get("type") != "string" or "enum" in node:
        return node
    pattern = node.get("pattern")
    if pattern is None:
        return {**node, "type": ["string", "number", "boolean"]}
    if pattern.startswith(r"^\d{4}(-"):
        said = {key: node[key] for key in ("description",) if key in node}
        text = {key: value for key, value in node.items() if key not in said}
        return {**said, "anyOf": [text, _YEAR]}
    return node
