"""A network as one JSON file: ``{"settings": {...}, "sites": [{...}], ...}``."""

from __future__ import annotations

import json
from typing import Any, Final

import polars as pl

from clearband.errors import InputError
from clearband.planning.network.raw_table import RawTable
from clearband.planning.network.tables import TABLES

_FORM: Final = 'write {"settings": {...}, "sites": [{"site": ...}, ...], ...}'
_SETTINGS: Final = "settings"


def json_network(utf8: bytes, file: str) -> tuple[Any, dict[str, RawTable], tuple[str, ...]]:
    """Settings, tables and what was left aside.

    Raises:
        InputError: It is no JSON, or of another form.
    """
    document = _load(utf8, file)
    if not isinstance(document, dict) or not isinstance(document.get(_SETTINGS), dict):
        raise InputError("has no object settings", where=file, remedy=_FORM)
    tables = {name: _table(document[name], name, file) for name in TABLES if name in document}
    strangers = sorted(set(document) - {_SETTINGS, *TABLES})
    warnings = tuple(f"{file}: {name} is no table of a network; it is not read" for name in strangers)
    return document[_SETTINGS], tables, warnings


def _load(utf8: bytes, file: str) -> Any:
    try:
        # Numbers stay texts, so that they are read as those of a CSV file are.
        return json.loads(utf8, parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise InputError(
            f"is not JSON: {error.msg}", where=f"{file} line {error.lineno}", remedy="correct it there"
        ) from None
    except RecursionError:
        raise InputError("is nested too deeply", where=file, remedy=_FORM) from None
    except ValueError as error:
        raise InputError(str(error), where=file, remedy="correct it") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _table(rows: Any, name: str, file: str) -> RawTable:
    where = f"{file} {name}"
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputError("is no list of objects", where=where, remedy=_FORM)
    names = list(dict.fromkeys(key for row in rows for key in row)) or [
        column.name for column in TABLES[name].columns
    ]
    cells = [
        pl.Series(str(at), [_text(row.get(key), where) for row in rows], dtype=pl.String)
        for at, key in enumerate(names)
    ]
    numbers = pl.int_range(1, len(rows) + 1, dtype=pl.Int64, eager=True)
    return RawTable(where, tuple(names), pl.DataFrame(cells), numbers)


def _text(value: Any, where: str) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ";".join(value)
    raise InputError("an object stands in a cell", where=where, remedy="write a text, a number or null")
