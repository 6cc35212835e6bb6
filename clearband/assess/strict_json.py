"""JSON from others: bounded in size and nesting, no key twice, no floating point, no persons."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from clearband.errors import InputError
from clearband.facts.problems import key_of

MOST_BYTES: Final = 16_000_000
_DEEPEST: Final = 12
_PERSON_KEYS: Final = frozenset(
    {
        *("person", "persons", "contact", "contacts", "email", "e-mail", "mail", "phone", "telephone"),
        *("mobile", "first_name", "last_name", "surname", "given_name", "family_name", "signatory"),
        *("birth_date", "date_of_birth", "passport", "officer"),
    }
)
_MAIL: Final = re.compile(r"[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}\b")
_PURL: Final = "pkg:"

Place = tuple[str | int, ...]


def read_json(path: Path) -> Any:
    """The content of a JSON file of organisations' data.

    Raises:
        InputError: It cannot be read, is too large or too deep, holds a key twice, or names a person.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputError(error.strerror or "cannot be read", where=str(path)) from None
    return parse_json(data, str(path))


def parse_json(data: bytes, where: str) -> Any:
    """The same for the bytes of a file.

    Raises:
        InputError: See `read_json`.
    """
    if len(data) > MOST_BYTES:
        raise InputError(f"larger than {MOST_BYTES // 1_000_000} MB", where=where, remedy="split it")
    try:
        raw = json.loads(data, object_pairs_hook=_once, parse_float=str, parse_constant=_no_number)
    except UnicodeDecodeError:
        raise InputError("is not UTF-8 text", where=where, remedy="save it as UTF-8") from None
    except json.JSONDecodeError as error:
        place = f"{where} line {error.lineno}"
        raise InputError(f"is not JSON: {error.msg}", where=place, remedy="correct it there") from None
    except RecursionError:
        raise _too_deep(where) from None
    except ValueError as error:
        raise InputError(str(error), where=where, remedy="correct it") from None
    for at, what, remedy in _refused(raw, where):
        raise InputError(what, where=f"{where} {key_of(at)}".strip(), remedy=remedy)
    return raw


def _refused(raw: Any, where: str) -> Iterator[tuple[Place, str, str]]:
    waiting: list[tuple[Place, Any]] = [((), raw)]
    while waiting:
        place, value = waiting.pop()
        if len(place) > _DEEPEST:
            raise _too_deep(where)
        if isinstance(value, dict):
            for key, inner in value.items():
                if key.casefold() in _PERSON_KEYS:
                    what = f'"{key}" would name a person; only organisations and roles are kept'
                    yield (*place, key), what, "take it out"
                waiting.append(((*place, key), inner))
        elif isinstance(value, list):
            waiting += [((*place, number), inner) for number, inner in enumerate(value)]
        elif isinstance(value, str) and names_person(value):
            what = "an e-mail address stands here; only organisations and roles are kept"
            yield place, what, "name the organisation instead"


def names_person(text: str) -> bool:
    """Whether a text holds an e-mail address. (A package URL has an @ of its own.)"""
    return "@" in text and not text.startswith(_PURL) and _MAIL.search(text) is not None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f'the key "{key[:60]}" stands twice in one object')
        found[key] = value
    return found


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no number")


def _too_deep(where: str) -> InputError:
    return InputError(f"nested deeper than {_DEEPEST} levels", where=where, remedy="correct the file")
