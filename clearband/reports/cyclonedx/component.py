"""One record as a component of CycloneDX, without its parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from clearband.reports.plain_text import visible

_TYPES: Final = frozenset(
    {"application", "framework", "library", "container", "platform", "operating-system", "device",
     "device-driver", "firmware", "file", "machine-learning-model", "data", "cryptographic-asset"}
)  # fmt: skip
_LONGEST_VERSION: Final = 1024
_OF_DEVICES: Final = {
    "quantity": "cdx:device:quantity",
    "category_stated": "cdx:device:function",
    "serial": "cdx:device:serialNumber",
    "fcc_id": "cdx:device:certifications:US:FCC:id",
    "part_number": "clearband:partNumber",
    "made_in": "clearband:madeIn",
    "site": "clearband:site",
}
"""What the input said, under names that are read back."""
_FOUND: Final = {
    "maker": "clearband:maker",
    "maker_status": "clearband:maker:status",
    "confidence": "clearband:maker:confidence",
    "category": "clearband:category",
    "answer": "clearband:answer",
    "answer_directive": "clearband:answer:directive",
    "answer_clause": "clearband:answer:clause",
    "answer_date": "clearband:answer:date",
    "answer_ground": "clearband:answer:ground",
    "answer_question": "clearband:answer:question",
    "would_help": "clearband:maker:wouldHelp",
    "contains_parts": "clearband:contains:parts",
    "merged_because": "clearband:merged",
}
"""What was found out; the names are part of the published form (docs/bom.md)."""
COLUMNS: Final = (
    "record_id", "manufacturer", "model", "description", "macs", "hw_version", "firmware", "cpe", "purl",
    "maker_name", "contains", *_OF_DEVICES, *_FOUND, "x_supplier", "x_type", "x_version",
)  # fmt: skip


def component(row: Mapping[str, Any], ref: str, part_of: str | None) -> dict[str, Any]:
    """A record as a component.

    Args:
        row: `COLUMNS`, as far as the equipment has them.
        ref: Its ``bom-ref``.
        part_of: What it is a part of, where it cannot be nested in it.

    Returns:
        Plain JSON values. The manufacturer is the one that was found, else the one that was stated; what was
        stated is kept where the two differ.
    """
    name = row["model"] or row["description"] or row["record_id"]
    kind = row.get("x_type")
    found, stated = row["maker_name"], row["manufacturer"]
    version = row["firmware"] if kind == "firmware" else row["hw_version"] or row.get("x_version")
    entry = {
        "type": kind if kind in _TYPES else "device",
        "bom-ref": ref,
        "supplier": _organisation(row.get("x_supplier")),
        "manufacturer": _organisation(found or stated),
        "name": _plain(name),
        "version": _plain(version)[:_LONGEST_VERSION] if version else None,
        "description": _plain(row["description"]) if row["description"] else None,
        "cpe": row["cpe"],
        "purl": row["purl"],
    }
    properties = [*_stated(row), *_found(row)]
    if found and stated and found != stated:
        properties.append(("clearband:maker:stated", stated))
    if part_of is not None:
        properties.append(("clearband:partOf", part_of))
    whole = {key: value for key, value in entry.items() if value is not None}
    return whole | {"properties": [{"name": key, "value": _plain(value)} for key, value in properties]}


def _stated(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    said = [(key, str(row[name])) for name, key in _OF_DEVICES.items() if row.get(name) is not None]
    return said + [("cdx:device:macAddress", address) for address in row["macs"] or ()]


def _found(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    said = [(key, str(row[name])) for name, key in _FOUND.items() if row.get(name) is not None]
    for part in row.get("contains") or ():
        words = " ".join(part[name] for name in ("answer", "directive", "clause", "date") if part[name])
        said.append(("clearband:contains", f"{part['path']} ({part['record_id']}): {words}"))
    return said


def _organisation(name: str | None) -> dict[str, str] | None:
    return {"name": _plain(name)} if name else None


def _plain(text: str) -> str:
    return visible(text, len(text) + 1)
