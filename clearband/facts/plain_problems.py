"""From the errors of a schema to problems in plain words.

The validation library reports paths with its own names of alternatives in them, and one error an alternative.
Here each place of the document has one problem, that of the alternative which the writer meant.
"""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from pydantic import BaseModel

from clearband.facts.problems import Path, Problem, key_of

Raw = dict[str, Any]
_FOUND: Final = re.compile(r"'([^']*)'")
_LONG: Final = 60
MOST: Final = 100
"""Problems of one file that are told."""
_MANY: Final = 8


def plain_problems(
    errors: Sequence[Any],
    raw: Any,
    model: type[BaseModel],
    file: str,
    line_of: Callable[[Path], int | None],
) -> list[Problem]:
    """One problem a place, at most `MOST` and one that says that there are more.

    Args:
        errors: As ``ValidationError.errors()`` gives them.
        raw: The document as read.
        model: What it should have been.
        file: Its name.
        line_of: Finds the line of a path.
    """
    schema = model.model_json_schema(by_alias=True)
    found: dict[tuple[str, str], Problem] = {}
    for error in errors:
        if len(found) == MOST:
            what, remedy = f"and more; {MOST} are told", "mend these first"
            found[what, ""] = Problem("error", file, None, "", what, remedy)
            break
        path, meant = _real_path(error, raw)
        if not meant or (error["type"] == "too_short" and error["input"]):
            continue  # entries that are wrong are not counted, and told apart
        what, remedy = _words(error, path, schema)
        place = path[:-1] if error["type"] == "missing" else path or _place_of(what, raw)
        problem = Problem("error", file, line_of(place), key_of(place), what, remedy)
        found.setdefault((problem.key, what if error["type"] == "missing" else ""), problem)
    if not found:
        path, _ = _real_path(errors[0], raw)
        what = "cannot be read in any of the forms allowed here"
        found["", ""] = Problem("error", file, line_of(path), key_of(path), what, _SCHEMA)
    misspelt = {(one.key.rpartition(".")[0], one.remedy) for one in found.values()}
    problems = [
        replace(one, remedy=_SHOWN_BY.get(model.__name__, _SCHEMA)) if one.remedy == _SCHEMA else one
        for one in found.values()
        if (one.key, _meant(one.what)) not in misspelt
    ]
    return sorted(problems, key=lambda problem: problem.line or sys.maxsize)


def _meant(what: str) -> str:
    """The remedy of a misspelt key, of which a missing key is the other half."""
    return f"did you mean {what.removeprefix('the key ').removesuffix(' is missing')}?"


def _place_of(what: str, raw: Any) -> Path:
    """Where the text that a message begins with, in quotation marks, stands in the document."""
    if not what.startswith('"'):
        return ()
    wanted = what[1:].partition('"')[0]
    places: list[tuple[Path, Any]] = [((), raw)]
    while places:
        place, value = places.pop()
        if value == wanted:
            return place
        items = (
            value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        )
        places += [((*place, key), inner) for key, inner in items]
    return ()


_SCHEMA: Final = "the schema shows the form"
_SHOWN_BY: Final = {
    "DirectiveFile": "clearband directives schema and docs/write-a-directive.md show the form",
    "AuthorityFile": "authority.schema.json and docs/approved-list.md show the form",
    "RecognitionFile": "recognition.schema.json and docs/approved-list.md show the form",
    "ProfileFile": "profiles.schema.json and docs/criteria.md show the form",
    "NetworkSettings": "network.schema.json and docs/plan.md show the form",
    "AssessmentForm": "assessment.schema.json and docs/assess.md show the form",
}
"""Where the form of a file is shown to who writes one, by its model."""


def _real_path(error: Any, raw: Any) -> tuple[Path, bool]:
    """The path without names of alternatives, and whether it is of the alternative that was meant."""
    path: list[str | int] = []
    here, meant = raw, True
    steps = error["loc"]
    for number, step in enumerate(steps):
        last = number == len(steps) - 1
        in_list = isinstance(here, list) and isinstance(step, int) and step < len(here)
        if in_list or (isinstance(here, dict) and step in here):
            path.append(step)
            here = here[step]
        elif last and error["type"] == "missing":
            path.append(step)
        else:
            meant = meant and _fits(str(step), here)
    return tuple(path), meant


def _fits(alternative: str, value: Any) -> bool:
    """Whether a value is of the kind that an alternative is for."""
    if isinstance(value, str):
        return alternative.startswith(("str", "constrained-str", "literal", "function"))
    if isinstance(value, list):
        return alternative.startswith(("tuple", "list"))
    return isinstance(value, dict) and not alternative.startswith(("str", "tuple", "list", "constrained"))


def _words(error: Any, path: Path, schema: Raw) -> tuple[str, str]:
    """What is wrong, and what to do."""
    kind, value = error["type"], error.get("input")
    shown = f'"{_short(value)}"' if isinstance(value, str) else "what stands here"
    if kind == "missing":
        return f'the key "{path[-1]}" is missing', "add it"
    if kind == "extra_forbidden":
        known = _keys(schema, path[:-1])
        return f'"{path[-1]}" is no key here', _nearest(str(path[-1]), known)
    if kind in ("literal_error", "enum"):
        allowed = _FOUND.findall(error["ctx"]["expected"])
        return f"{shown} is not allowed here", _nearest(str(value), allowed)
    if kind == "string_pattern_mismatch":
        return f"{shown} does not have the right form", _form(error["ctx"]["pattern"])
    if kind == "value_error":
        # Validators of the models say what is wrong and, behind a semicolon, what to do.
        what, _, remedy = str(error["msg"]).removeprefix("Value error, ").partition("; ")
        return what, remedy
    if kind in ("bool_parsing", "bool_type"):
        return f"{shown} is neither true nor false", "write true or false"
    if kind.startswith("float") or kind == "finite_number":
        return f"{shown} is no number", "write a plain number"
    if kind.startswith("int"):
        return f"{shown} is no whole number", "write digits"
    if kind.startswith("decimal"):
        return f"{shown} is no number", "write digits, such as 1500 or 0.395"
    if kind == "too_short":
        return "the list is empty", "write at least one"
    if kind == "greater_than_equal":
        return f"{shown} is less than {error['ctx']['ge']}", "correct it"
    if kind == "greater_than":
        return f"{shown} is not more than {error['ctx']['gt']:g}", "correct it"
    if kind == "less_than_equal":
        return f"{shown} is more than {error['ctx']['le']:g}", "correct it"
    if kind == "too_long":
        return f"more than {error['ctx']['max_length']} entries", "take some out"
    if kind == "string_too_short":
        return "nothing stands here", "write it, or leave the key out"
    if kind == "string_too_long":
        return f"longer than {error['ctx']['max_length']} signs", "shorten it"
    if value is None and not path:
        return "the file is empty", _SCHEMA
    if value is None:
        return "nothing stands here", "write it, or take the key out"
    if kind in ("tuple_type", "list_type"):
        listed = f"write [{_short(value)}]" if isinstance(value, str) else "write [one, two]"
        return f"{shown} must be a list", f"{listed}, or one entry a line behind a hyphen"
    if kind == "string_type":
        return "one text is wanted here, no list and no keys", "write one text"
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return f"{shown} must be keys with values", "write {key: value}, or one key a line, indented"
    return "does not fit the form of the file", _SCHEMA


def _form(pattern: str) -> str:
    if pattern.startswith("^\\d{4}-(0"):
        return "write a full date, YYYY-MM-DD"
    if pattern.endswith("-Q[1-4]$"):
        return "write a quarter, like 2027-Q1"
    if pattern.startswith("^[a-z0-9]"):
        return "write an id: small letters, digits, hyphens"
    return f"it must match {pattern}"


def _nearest(word: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return f'did you mean "{near[0]}"?'
    if len(known) > _MANY:
        return f"allowed are {', '.join(known[:_MANY])} and {len(known) - _MANY} more"
    return f"allowed are {', '.join(known)}" if known else "take it out"


def _short(text: str) -> str:
    return text if len(text) <= _LONG else text[: _LONG - 1] + "…"


def _keys(schema: Raw, path: Path) -> list[str]:
    """The keys that may stand at a place, from the schema."""
    nodes = [schema]
    for step in path:
        nodes = [inner for node in nodes for inner in _below(node, step, schema)]
    return list(dict.fromkeys(key for node in nodes for key in _resolved(node, schema, "properties")))


def _below(node: Raw, step: str | int, schema: Raw) -> Iterator[Raw]:
    for one in _alternatives(node, schema):
        if isinstance(step, int):
            if isinstance(one.get("items"), dict):
                yield one["items"]
        elif step in one.get("properties", {}):
            yield one["properties"][step]


def _resolved(node: Raw, schema: Raw, part: str) -> Iterator[str]:
    for one in _alternatives(node, schema):
        yield from one.get(part, ())


def _alternatives(node: Raw, schema: Raw) -> Iterator[Raw]:
    if "$ref" in node:
        yield from _alternatives(schema["$defs"][node["$ref"].rpartition("/")[2]], schema)
        return
    if "anyOf" in node:
        for one in node["anyOf"]:
            yield from _alternatives(one, schema)
        return
    yield node
