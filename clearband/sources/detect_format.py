"""The format of an input, by its content; the extension only confirms."""

from __future__ import annotations

import json
from pathlib import PurePath

from clearband.errors import InputError
from clearband.sources.bom import BOM_FORMATS, bom_in_json, bom_in_text
from clearband.sources.device_type import DEVICE_TYPE_FORMATS, is_device_type
from clearband.sources.nmap import FORMAT as NMAP
from clearband.sources.nmap import is_nmap
from clearband.sources.snmp import SNMP_FORMATS, recording_format
from clearband.sources.workbook_safety import OLE, encrypted, ole_kind, zip_kind

_EXTENSIONS = {
    "csv": {".csv", ".tsv", ".tab", ".txt", ".psv", ".dat", ""},
    "json": {".json"},
    "jsonl": {".jsonl", ".ndjson", ".json", ".jsonlines"},
    "parquet": {".parquet", ".pq"},
    "xlsx": {".xlsx", ".xlsm"},
    "xlsb": {".xlsb"},
    "xls": {".xls"},
    "ods": {".ods"},
    **BOM_FORMATS,
    **DEVICE_TYPE_FORMATS,
    NMAP: {".xml", ".nmap"},
    **SNMP_FORMATS,
}
_BLANK = b" \t\r\n\xef\xbb\xbf\xff\xfe\0"
_REFUSED = (
    (b"%PDF", "a PDF document", "export the table as CSV or XLSX"),
    (b"\x1f\x8b", "compressed with gzip", "unpack it first"),
    (b"BZh", "compressed with bzip2", "unpack it first"),
    (b"\xfd7zXZ\0", "compressed with xz", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd", "unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it first"),
    (b"SQLite format 3\0", "an SQLite database", "export the table as CSV"),
    (b"\x89PNG", "an image", "a table of text is needed: CSV or XLSX"),
    (b"\xff\xd8\xff", "an image", "a table of text is needed: CSV or XLSX"),
    (b"{\\rtf", "an RTF document", "export the table as CSV or XLSX"),
)


def binary_format(data: bytes, where: str) -> str | None:
    """Format by magic numbers: parquet, xlsx, xlsb, ods, xls; None for text.

    Raises:
        InputError: The content is known and is no inventory, or is empty, truncated or encrypted.
    """
    if not data[:65_536].strip(_BLANK) and not data.strip(_BLANK):
        raise InputError("the file is empty", where=where, remedy="check that the export is complete")
    if data.startswith(b"PAR1"):
        return "parquet"
    if data.startswith(OLE):
        return _ole(data, where)
    if data.startswith(b"PK\x03\x04"):
        kind = zip_kind(data, where)
        if kind == "other":
            raise InputError(
                "a ZIP archive that is no workbook", where=where, remedy="unpack it and give the tables"
            )
        return kind
    for magic, what, remedy in _REFUSED:
        if data.startswith(magic):
            raise InputError(f"not a table but {what}", where=where, remedy=remedy)
    return None


def _ole(data: bytes, where: str) -> str:
    kind = ole_kind(data)
    if kind == "encrypted":
        raise encrypted(where)
    if kind == "other":
        raise InputError(
            "a document of an old Office program that is no workbook, or a damaged one",
            where=where,
            remedy="export the table as CSV or XLSX",
        )
    return kind


def text_format(utf8: bytes, where: str) -> str:
    """Format of a text: json, jsonl, csv, device-type, nmap, a recording of SNMP, or a bill of materials.

    Raises:
        InputError: The text is other markup (HTML, XML), or a bill of materials in a form that is not read.
    """
    if is_nmap(utf8):
        return NMAP
    head = utf8[:4096].lstrip()
    if head.startswith((b"{", b"[")):
        return bom_in_json(utf8) or _json_format(utf8) or "csv"
    if (bom := bom_in_text(utf8, where)) is not None:
        return bom
    if is_device_type(utf8):
        return "device-type"
    if (recording := recording_format(utf8)) is not None:
        return recording
    lower = head[:200].lower()
    if lower.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<head")):
        raise InputError(
            "an HTML page, not a table", where=where, remedy="open it in a spreadsheet, save it as XLSX"
        )
    if lower.startswith((b"<?xml", b"<!doctype", b"<!--")) or (lower.startswith(b"<") and b">" in lower):
        raise InputError(
            "an XML document, not a table", where=where, remedy="export the table as CSV or XLSX"
        )
    return "csv"


def _json_format(utf8: bytes) -> str | None:
    text = utf8.lstrip()
    first, _, rest = text.partition(b"\n")
    first, rest = first.strip(), rest[:4096].lstrip()
    if text.startswith(b"[") and not text[1:4096].lstrip().startswith((b"{", b"]", b"[")):
        return None
    if first.startswith(b"{") and rest.startswith(b"{"):
        return "jsonl"
    if first.startswith(b"{") and first.endswith(b"}") and not rest:
        return "jsonl" if _is_object(first) else "json"
    if first.startswith(b"{") and first.endswith(b"}") and not rest.startswith((b"]", b",")):
        return "jsonl"
    return "json"


def _is_object(line: bytes) -> bool:
    """One line alone: a record of its own unless it wraps a list of records."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and (
        "signals" in record
        or not any(isinstance(v, list) and v and isinstance(v[0], dict) for v in record.values())
    )


def extension_warning(name: str, found: str) -> str | None:
    """What to say when the file's name promises another format."""
    suffix = PurePath(name).suffix.lower()
    if name == "stdin" or suffix in _EXTENSIONS[found]:
        return None
    promised = {end for ends in _EXTENSIONS.values() for end in ends}
    if suffix in promised or suffix in (".xml", ".pdf", ".doc", ".docx", ".zip"):
        return f"the name ends in {suffix} but the content is {found}; it is read as {found}"
    return None
