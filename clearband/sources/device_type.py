"""Device types as NetBox's library of them writes: one YAML document a type, which is read as one record.

A document of a module type is read, too. What it lists of ports, bays and inventory items is what a device of
the type would have, and is kept as numbers; inventory items name makers of their own and are parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from clearband.errors import FactsError, InputError
from clearband.facts import yaml_text
from clearband.sources.json_records import records_table
from clearband.sources.options import ReadOptions
from clearband.sources.raw_table import RawTable

DEVICE_TYPE_FORMATS: Final = {"device-type": {".yaml", ".yml"}}
_BEGIN: Final = re.compile(rb"\A(?:(?:---[^\n]*|[ \t]*(?:#[^\n]*)?)\r?\n)*")
_KEY: Final = re.compile(rb"^(manufacturer|model):[ \t]+\S", re.MULTILINE)
_FIELDS: Final = {"manufacturer", "model", "part_number", "description"}


def is_device_type(utf8: bytes) -> bool:
    """Whether a text begins as such a document does: with keys, manufacturer and model among them."""
    begin = _BEGIN.match(utf8)
    head = utf8[begin.end() if begin else 0 :][:4096]
    if not re.match(rb"[a-z_]+:", head):
        return False
    return {found[1] for found in _KEY.finditer(head)} == {b"manufacturer", b"model"}


def read_device_type(utf8: bytes, file: str, options: ReadOptions) -> RawTable:
    """Read one document.

    Raises:
        InputError: It is no YAML, has aliases, is too large or nested too deeply, or says no model.
    """
    if len(utf8) > yaml_text.MAX_BYTES:
        raise InputError(f"larger than {yaml_text.MAX_BYTES} bytes", where=file, remedy="split the file")
    try:
        document = yaml_text.parse(utf8.decode("utf-8"), where=file)
    except FactsError as error:
        raise InputError(error.what, where=error.where, remedy=error.remedy) from None
    if not isinstance(document, dict) or not all(
        isinstance(document.get(key), str) for key in ("manufacturer", "model")
    ):
        raise InputError(
            "no device type: manufacturer and model are not both there as texts",
            where=file,
            remedy="give one type a file, in the form of NetBox's library",
        )
    return records_table(enumerate(_records(document), start=1), file, "device-type", options)


def _records(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The type, then its inventory items."""
    record: dict[str, Any] = {key: value for key, value in document.items() if key in _FIELDS}
    slug = document.get("slug")
    name = slug if isinstance(slug, str) else f"{document['manufacturer']} {document['model']}"
    record["record_id"] = name
    for key, value in document.items():
        if isinstance(value, str) and key == "comments":
            record["notes"] = value
        elif isinstance(value, str) and key not in _FIELDS and key != "slug":
            record[f"x_{key}"] = value
        elif isinstance(value, list):
            record[f"x_number_of_{key}"] = str(len(value))
    yield record
    items = document.get("inventory-items")
    for number, item in enumerate(items if isinstance(items, list) else [], start=1):
        if isinstance(item, dict):
            yield {
                "record_id": f"{name}/{number}",
                "parent_id": name,
                "manufacturer": item.get("manufacturer"),
                "part_number": item.get("part_id"),
                "description": item.get("name"),
            }
