"""Write the pages on measures and on the keys of their files from the facts and the schema themselves.

Usage: python scripts/export_directives.py [--check]

Writes ``docs/reference/measures.md`` and ``docs/reference/directive-keys.md``. With ``--check`` nothing is
written, and the exit status is 1 when a page differs.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from clearband.facts.schema.directives import DirectiveFile
from clearband.facts.store import compiled

FOLDER: Final = Path(__file__).resolve().parent.parent / "docs" / "reference"
Node = dict[str, Any]

MEASURES_HEAD: Final = """# The measures

Written from the facts by `make reference`; `clearband directives show ID` shows one of them whole, and
[The law](../directives.md) says how they are asked. Dates are those of the measure's life, as exact as their
sources; *(?)* marks what was not read in a source. Cases are the examples that `clearband directives check`
asks.

| whose | measure | force | dates | actors | verified | clauses | cases |
|---|---|---|---|---|---|---:|---:|
"""
KEYS_HEAD: Final = """# The keys of a directive file

Written from the schema by `make reference`. [Write a directive](../write-a-directive.md) shows how they are
used; an editor shows the same help with `clearband directives schema`. Keys in **bold** must be there.
"""
PARTS: Final = {
    "": "The file",
    "Event": "An event of the timeline",
    "Clause": "A clause",
    "Makers": "makers",
    "NamedMaker": "makers.named",
    "RegisterList": "makers.member_of",
    "Criterion": "makers.criterion",
    "Entry": "An entry",
    "Exemption": "An exception of a clause or entry",
    "Condition": "when, of an exception",
    "Duty": "A duty with a clock",
    "Moment": "A date of `from`, `until` or `through` that is no event",
    "Case": "A case",
    "OwnWords": "words",
    "OwnActor": "words.actors",
    "OwnWord": "words.purposes and words.approvals",
    "Target": "A target",
    "FactScope": "scope",
    "Relation": "A relation",
    "Source": "A source",
    "Edition": "telecom_members",
}
"""Definition of the schema to the heading of its table, in the order of the page."""


def measures() -> str:
    """The table of all measures."""
    ordered = sorted(compiled().read("directives"), key=lambda raw: (raw["jurisdiction"], raw["id"]))
    return MEASURES_HEAD + "".join(f"| {' | '.join(map(_cell, _measure(raw)))} |\n" for raw in ordered)


def _measure(raw: Node) -> list[str]:
    dates = (
        f"{event['date']} {event['event']}{'' if event['verified'] else ' *(?)*'}"
        for event in sorted(raw["timeline"], key=lambda event: str(event["date"]))
    )
    clauses = "pending" if raw["evaluation"] == "pending" else str(len(raw["clauses"]))
    return [
        raw["jurisdiction"],
        f"`{raw['id']}` {raw['title']}",
        raw["force"],
        "; ".join(dict.fromkeys(dates)),
        ", ".join(raw["actors"]),
        "yes" if raw["verified"] else "no",
        clauses,
        str(len(raw.get("cases", ()))),
    ]


def keys() -> str:
    """The tables of all keys."""
    schema = DirectiveFile.model_json_schema(by_alias=True)
    parts = [KEYS_HEAD]
    for name, heading in PARTS.items():
        node = schema["$defs"][name] if name else schema
        parts += [f"\n## {heading}\n\n{' '.join(node['description'].split())}\n"]
        parts += ["\n| key | what stands there | meaning |\n|---|---|---|\n", *_rows(node, schema)]
    return "".join(parts)


def _rows(node: Node, schema: Node) -> Iterator[str]:
    required = node.get("required", ())
    for key, value in sorted(node["properties"].items(), key=lambda item: item[0] not in required):
        shown = f"**`{key}`**" if key in required else f"`{key}`"
        yield f"| {shown} | {_form(value, schema)} | {_cell(value['description'])} |\n"


def _form(node: Node, schema: Node) -> str:
    """What may stand at a key, in words."""
    if "anyOf" in node:
        forms = [_form(one, schema) for one in node["anyOf"] if one != {"type": "null"}]
        return ", or ".join(dict.fromkeys(forms))
    if "$ref" in node:
        heading = PARTS[node["$ref"].rpartition("/")[2]]
        return f"[keys](#{_anchor(heading)})"
    if "x-words" in node:
        return {"country": "country"}.get(node["x-words"], f"id of {_a(node['x-words'])}")
    if "enum" in node:
        return ", ".join(f"`{word}`" for word in node["enum"])
    if node["type"] == "array":
        return f"list: {_form(node['items'], schema)}"
    if node["type"] == "object":
        return "words with texts"
    if node["type"] == "string":
        return _text(node.get("pattern", ""))
    return {"boolean": "`true`, `false`", "integer": "number"}[node["type"]]


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _text(pattern: str) -> str:
    if pattern.startswith(r"^\d{4}"):
        return "date" if pattern.startswith(r"^\d{4}(-") else "whole date"
    if pattern.startswith("^(0"):
        return "MM-DD"
    if pattern.startswith("^("):
        return "NAME DATE"
    return "id" if pattern else "text"


def _anchor(heading: str) -> str:
    kept = (letter for letter in heading.lower() if letter.isalnum() or letter in " -_")
    return "".join(kept).replace(" ", "-")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def pages() -> dict[Path, str]:
    """Every page that is written here, with its text."""
    return {FOLDER / "measures.md": measures(), FOLDER / "directive-keys.md": keys()}


def main(arguments: list[str]) -> int:
    """Write the pages, or with ``--check`` only compare them."""
    status = 0
    for path, text in pages().items():
        if arguments != ["--check"]:
            path.write_text(text, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            print(f"{path.name} is not what the facts and the schema say; run make reference")
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
