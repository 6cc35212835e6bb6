"""JSON and JSON Lines: flat objects, or records ``{"id", "signals": {...}}``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import polars as pl

from clearband.errors import InputError
from clearband.model.equipment import BANNERS, ENT_PHYSICAL, INVALID, NEIGHBORS
from clearband.sources.options import ReadOptions
from clearband.sources.raw_table import RawTable
from clearband.sources.text_cells import clean_text

_SIGNAL_FIELDS = {
    "mac": "macs",
    "macs": "macs",
    "sysObjectID": "sys_object_id",
    "sysDescr": "sys_descr",
    "sysName": "sys_name",
    "hwVersion": "hw_version",
    "madeIn": "made_in",
    "partNumber": "part_number",
    "fccId": "fcc_id",
}
"""Names of signals that differ from the equipment table's."""

_RECORD_KEYS: dict[str, str] = {"id": "record_id", "source": "x_source"}
"""Keys beside ``signals``."""

_STRUCTURED = {
    "entPhysical": "ent_physical",
    "ent_physical": "ent_physical",
    "banner": "banners",
    "banners": "banners",
    "lldpNeighbors": "neighbors",
    "neighbors": "neighbors",
}
_TYPES = {"ent_physical": ENT_PHYSICAL, "banners": BANNERS, "neighbors": NEIGHBORS, "invalid": INVALID}
_FIELD_NAMES = {name: [field.name for field in dtype.inner.fields] for name, dtype in _TYPES.items()}  # type: ignore[union-attr]
_NOT_INPUT = frozenset({"truth"})
"""Labels of test records: never part of an inventory."""
_BOMS = ("bomFormat", "spdxVersion", "@context")


def read_json(utf8: bytes, file: str, options: ReadOptions) -> RawTable:
    """Read an array of objects, or an object that holds one such array.

    Raises:
        InputError: The text is malformed, nested too deeply, or holds no list of records.
    """
    return records_table(json_objects(utf8, file, options), file, "json", options)


def json_objects(utf8: bytes, file: str, options: ReadOptions) -> Iterator[tuple[int, Any]]:
    """The objects of a JSON text that is a list of them or holds one, with their number.

    Raises:
        InputError: The text is malformed, nested too deeply, or holds no list of records.
    """
    try:
        document = _load(utf8.decode("utf-8"))
    except json.JSONDecodeError as error:
        raise InputError(
            f"malformed JSON ({error.msg})",
            where=f"{file} line {error.lineno} column {error.colno}",
            remedy="correct the file or export it again",
        ) from None
    except RecursionError:
        raise _too_deep(file, options) from None
    records = _records_of(document, file)
    return iter(enumerate(records, start=1))


def read_json_lines(utf8: bytes, file: str, options: ReadOptions, first: int = 1) -> RawTable:
    """Read one object per line; blank lines are passed over.

    Args:
        first: Number of the first line.

    Raises:
        InputError: A line is malformed, too long or nested too deeply; the message names the line.
    """
    return records_table(json_lines(utf8, file, options, first), file, "jsonl", options)


def _load(text: str) -> Any:
    """Numbers stay as written: 1.10 is not 1.1, and long serial numbers keep all digits."""
    return json.loads(text, parse_float=str, parse_int=str, parse_constant=str)


def _too_deep(where: str, options: ReadOptions) -> InputError:
    return InputError(
        f"nested more than {options.max_json_depth} levels deep", where=where, remedy="flatten the records"
    )


def json_lines(utf8: bytes, file: str, options: ReadOptions, first: int = 1) -> Iterator[tuple[int, Any]]:
    """The objects of a JSON Lines text, with the number of their line; numbers stay as written.

    Raises:
        InputError: A line is malformed, too long or nested too deeply.
    """
    for number, line in enumerate(utf8.split(b"\n"), start=first):
        if not line.strip():
            continue
        where = f"{file} line {number}"
        if len(line) > options.max_line_bytes:
            raise InputError(
                f"the line is longer than {options.max_line_bytes} bytes",
                where=where,
                remedy="one record a line",
            )
        try:
            record = _load(line.decode("utf-8"))
        except json.JSONDecodeError as error:
            raise InputError(
                f"malformed JSON ({error.msg} at column {error.colno})",
                where=where,
                remedy="correct or remove the line",
            ) from None
        except RecursionError:
            raise _too_deep(where, options) from None
        if not isinstance(record, dict):
            raise InputError("not a JSON object", where=where, remedy="write one {...} record a line")
        yield number, record


def _records_of(document: Any, file: str) -> list[dict[str, Any]]:
    if isinstance(document, dict):
        if kind := next((key for key in _BOMS if key in document), None):
            raise InputError(
                f"a bill of materials or linked-data document ({kind}), not a table",
                where=file,
                remedy="give a list of equipment records",
            )
        lists = {key: value for key, value in document.items() if _is_records(value)}
        if "signals" in document or (not lists and document and not any(map(_is_nested, document.values()))):
            return [document]
        if len(lists) != 1:
            names = ", ".join(lists) or "none"
            raise InputError(
                f"not one list of records but {len(lists)} ({names})",
                where=file,
                remedy='write [{...}, ...] or {"devices": [{...}, ...]}',
            )
        document = next(iter(lists.values()))
    if not isinstance(document, list):
        raise InputError("not a list of JSON objects", where=file, remedy="write [{...}, ...]")
    for number, record in enumerate(document, start=1):
        if not isinstance(record, dict):
            raise InputError(
                "not a JSON object", where=f"{file} record {number}", remedy="write [{...}, ...]"
            )
    return document


def _is_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _is_nested(value: Any) -> bool:
    return isinstance(value, dict)


def records_table(records: Iterable[tuple[int, Any]], file: str, kind: str, options: ReadOptions) -> RawTable:
    """The table of records (dictionaries) with their numbers; nested ones become columns with a dot.

    Raises:
        InputError: There is none, or one has too many keys, cells or levels.
    """
    columns = _ColumnStore(options, file)
    rows: list[int] = []
    for number, record in records:
        columns.start(len(rows))
        rows.append(number)
        columns.add_record(record, f"{file} {'line' if kind == 'jsonl' else 'record'} {number}")
    if not rows:
        raise InputError("there are no records", where=file, remedy="check that the export is complete")
    return RawTable(
        file=file,
        sheet=None,
        format=kind,
        header=tuple(columns.texts),
        cells=columns.cells(len(rows)),
        rows=pl.Series(rows, dtype=pl.Int64),
        encoding="utf-8",
        typed=columns.typed(len(rows)),
        typed_names={},
        has_totals=False,
    )


class _ColumnStore:
    """Records turned into columns of text, and of lists where the equipment table has lists."""

    def __init__(self, options: ReadOptions, file: str) -> None:
        self.texts: dict[str, dict[int, str]] = {}
        self._lists: dict[str, list[tuple[int, dict[str, str | None]]]] = {}
        self._options = options
        self._file = file
        self._row = 0
        self._where = file

    def start(self, row: int) -> None:
        """Begin the record of index ``row``."""
        self._row = row

    def add_record(self, record: dict[str, Any], where: str) -> None:
        """Take one record in."""
        self._where = where
        signals = record.get("signals")
        if not isinstance(signals, dict):
            self._add_items(record, "", 1)
            return
        for key, value in record.items():
            if key not in ("signals", *_NOT_INPUT):
                self._add(_RECORD_KEYS.get(key, key), value, 1)
        for name, value in signals.items():
            self._add(_SIGNAL_FIELDS.get(str(name), str(name)), value, 2)

    def _add_items(self, record: dict[str, Any], prefix: str, depth: int) -> None:
        for key, value in record.items():
            if key in _NOT_INPUT:
                continue
            name = prefix + key
            self._add(_SIGNAL_FIELDS.get(name, name), value, depth)

    def _add(self, name: str, value: Any, depth: int) -> None:
        if depth > self._options.max_json_depth:
            raise _too_deep(self._where, self._options)
        if value is None:
            return
        structured = _STRUCTURED.get(name) or ("invalid" if name == "invalid" else None)
        if structured and isinstance(value, (dict, list)):
            items = value if isinstance(value, list) else [value]
            if all(isinstance(item, dict) for item in items):
                found = self._lists.setdefault(structured, [])
                found.extend((self._row, self._struct(structured, item)) for item in items)
                return
        if isinstance(value, dict):
            self._add_items(value, f"{name}.", depth + 1)
            return
        text = self._text(value, depth)
        if text is not None:
            self._put(name, text)

    def _put(self, name: str, text: str) -> None:
        column = self.texts.get(name)
        if column is None:
            if len(self.texts) >= self._options.max_columns:
                raise InputError(
                    f"the records have more than {self._options.max_columns} different keys",
                    where=self._where,
                )
            column = self.texts[name] = {}
        earlier = column.get(self._row)
        column[self._row] = text if earlier is None else f"{earlier}\n{text}"

    def _struct(self, field: str, item: dict[str, Any]) -> dict[str, str | None]:
        return {name: self._clean(item.get(name)) for name in _FIELD_NAMES[field]}

    def _clean(self, value: Any) -> str | None:
        text = None if value is None else self._text(value, 3)
        cleaned = None if text is None else clean_text(text)
        return cleaned[: self._options.max_cell_characters] if cleaned else None

    def _text(self, value: Any, depth: int) -> str | None:
        if isinstance(value, str):
            return value.encode("utf-8", "replace").decode("utf-8") if not value.isascii() else value
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, list):
            if not any(isinstance(item, (dict, list)) for item in value):
                return "\n".join(text for item in value if (text := self._text(item, depth + 1))) or None
            self._refuse_deep(value, depth)
        return None if value is None else json.dumps(value, ensure_ascii=True, sort_keys=True)

    def _refuse_deep(self, value: Any, depth: int) -> None:
        if depth > self._options.max_json_depth:
            raise _too_deep(self._where, self._options)
        inner = value.values() if isinstance(value, dict) else value
        for item in inner:
            if isinstance(item, (dict, list)):
                self._refuse_deep(item, depth + 1)

    def cells(self, height: int) -> pl.DataFrame:
        """The columns of text, named "0", "1", ..."""
        if height * len(self.texts) > self._options.max_cells:
            raise InputError(f"more than {self._options.max_cells} cells", where=self._file)
        return pl.DataFrame(
            [
                pl.Series(str(index), [column.get(row) for row in range(height)], dtype=pl.String)
                for index, column in enumerate(self.texts.values())
            ]
        )

    def typed(self, height: int) -> dict[str, pl.Series]:
        """The columns of lists, by field."""
        return {name: _list_column(name, items, height) for name, items in self._lists.items()}


def _list_column(name: str, items: list[tuple[int, dict[str, str | None]]], height: int) -> pl.Series:
    """Items with their row, gathered into one list a row; null for rows without any."""
    fields = _FIELD_NAMES[name]
    flat = pl.DataFrame(
        {
            "row": pl.Series([row for row, _ in items], dtype=pl.UInt32),
            **{field: pl.Series([item[field] for _, item in items], dtype=pl.String) for field in fields},
        }
    )
    lists = flat.group_by("row", maintain_order=True).agg(pl.struct(fields).alias(name))
    rows = pl.DataFrame({"row": pl.int_range(height, dtype=pl.UInt32, eager=True)})
    return rows.join(lists, on="row", how="left", maintain_order="left")[name].cast(_TYPES[name])
