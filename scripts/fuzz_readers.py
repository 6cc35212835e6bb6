"""The readers of inventories that `fuzz_sources` tries, and what must hold of what they read."""

from __future__ import annotations

import json
import random
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, Final, cast

import polars as pl
from fuzz_seeds import (
    BOM_WORDS,
    DEVICE_TYPE,
    NMAP_WORDS,
    OUTPUT_WORDS,
    SNMP_WORDS,
    YAML_WORDS,
    bom_seeds,
    examples,
    netbox_seeds,
    output_seeds,
)

from clearband.discover.address import address_of
from clearband.discover.device_output.devices import Device
from clearband.discover.device_output.file_names import read_file_name
from clearband.discover.device_output.limits import Limits
from clearband.discover.device_output.outputs import FileReader, Notes
from clearband.discover.device_output.recording import read_recording as read_output
from clearband.discover.netbox.filters import Filters
from clearband.discover.netbox.read import Reading
from clearband.discover.netbox.records import all_records
from clearband.discover.netbox.work_file import WorkFile
from clearband.discover.web import Query, Web
from clearband.errors import InputError
from clearband.sources.bom import BOM_FORMATS, read_bom
from clearband.sources.detect_encoding import decode_text
from clearband.sources.detect_format import text_format
from clearband.sources.device_type import DEVICE_TYPE_FORMATS, read_device_type
from clearband.sources.equipment_rows import equipment_rows
from clearband.sources.json_records import read_json_lines
from clearband.sources.nmap import read_nmap
from clearband.sources.options import ReadOptions
from clearband.sources.snmp import SNMP_FORMATS, read_recording

OPTIONS: Final = ReadOptions(
    max_cell_characters=20_000, max_xml_tag_bytes=30_000, max_hosts=200, max_xml_depth=20
)
"""Small limits, so that small files reach them."""


@dataclass(frozen=True)
class Parser:
    """A reader and what it is fed.

    Attributes:
        read: Reads bytes, and gives what is told of them (warnings); raises `InputError` to refuse.
        seeds: Files to damage.
        words: Pieces that mean something to the reader.
    """

    read: Callable[[bytes], Iterable[str]]
    seeds: tuple[bytes, ...]
    words: tuple[bytes, ...] = ()
    reshape: Callable[[bytes, random.Random], bytes] | None = None
    """Changes what a file says and leaves its form whole, for readers that refuse a broken form at once."""


def nmap(data: bytes) -> Iterable[str]:
    """As ``read_inventory`` reads a scan."""
    text = decode_text(data, "f", None)
    if text_format(text.utf8, "f") != "nmap":
        return ("another format",)
    table = read_nmap(text.utf8, "f", OPTIONS)
    frame, report = equipment_rows(table, None, OPTIONS)
    assert frame["record_id"].n_unique() == frame.height
    assert frame["record_id"].null_count() == 0
    whole = re.search(rb"</nmaprun\s*>\s*(<!--.*-->|<\?.*\?>|\s)*$", text.utf8, re.DOTALL)
    if whole is None and not text.utf8.rstrip().endswith(b"/>"):
        assert any("breaks off" in told for told in report.warnings), "a scan that is cut says so"
    return report.warnings


def recordings(data: bytes) -> Iterable[str]:
    """As ``read_inventory`` reads a recording of SNMP."""
    text = decode_text(data, "f.txt", None)
    kind = text_format(text.utf8, "f.txt")
    if kind not in SNMP_FORMATS:
        return ("another format",)
    frame, report = equipment_rows(read_recording(kind, text.utf8, "f.txt", OPTIONS), None, OPTIONS)
    assert frame["record_id"].n_unique() == frame.height
    assert frame["record_id"][0] == "f"
    parents = frame["parent_id"].drop_nulls()
    assert parents.is_in(frame["record_id"].implode()).all(), "a part sits in a record of the file"
    return report.warnings


def boms(data: bytes) -> Iterable[str]:
    """As ``read_inventory`` reads a bill of materials."""
    text = decode_text(data, "f", None)
    kind = text_format(text.utf8, "f")
    if kind not in BOM_FORMATS:
        return ("another format",)
    frame, report = equipment_rows(read_bom(kind, text.utf8, "f", OPTIONS), None, OPTIONS)
    _is_sound(frame)
    return (kind, *report.warnings)


def device_types(data: bytes) -> Iterable[str]:
    """As ``read_inventory`` reads a device type."""
    text = decode_text(data, "f.yaml", None)
    if text_format(text.utf8, "f.yaml") not in DEVICE_TYPE_FORMATS:
        return ("another format",)
    frame, report = equipment_rows(read_device_type(text.utf8, "f.yaml", OPTIONS), None, OPTIONS)
    _is_sound(frame)
    return report.warnings


def device_output(data: bytes) -> Iterable[str]:
    """As ``discover device-output`` reads one file, whose name is the first line here."""
    name, _, content = data.partition(b"\n")
    shown = re.sub(r"[^ -~]|/", "_", name.decode("latin-1"))[:200] or "f"
    bounds = Limits(
        max_lines=2_000, max_line_characters=500, template_seconds=2.0, max_banner_characters=2_000
    )
    recording = read_output(content, shown, bounds)
    notes = Notes([], Counter(), Counter(), Counter())
    devices: dict[str, Device] = {}
    FileReader(shown, read_file_name(PurePath(shown), None), None, bounds, notes).read(
        recording.lines, devices
    )
    records = [record for device in devices.values() for record in device.records()]
    return (*notes.warnings, *notes.parsed, *_screened(records))


class _Told:
    """A NetBox whose answers are one document: its lists, by their paths."""

    def __init__(self, lists: Any) -> None:
        self._lists = lists if isinstance(lists, dict) else {}
        self.address = address_of("http://127.0.0.1")

    def get(self, path: str, query: Query = ()) -> Any:
        if any(name == "id__gt" for name, _ in query):
            return {"count": 0, "results": []}
        return self._lists.get(path, {"count": 0, "results": []})


def netbox(data: bytes) -> Iterable[str]:
    """As ``discover netbox`` reads what a server answers."""
    try:
        told = json.loads(data.decode("utf-8"), parse_constant=str)
    except (ValueError, RecursionError):
        raise InputError("malformed", where="f") from None  # as `Web` refuses it
    with tempfile.TemporaryDirectory() as folder:
        work = WorkFile(Path(folder) / "reading", {}, resume=False)
        try:
            reading = Reading(cast("Web", _Told(told)), (4, 7), Filters(), 1_000, work)
            records = all_records(reading.snapshot())
        finally:
            work.close()
    return _screened(records)


def _screened(records: list[dict[str, Any]]) -> Iterable[str]:
    """As ``screen`` reads records that were written as JSON Lines."""
    if not records:
        return ("nothing",)
    lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    frame, report = equipment_rows(
        read_json_lines(lines.encode("utf-8", "replace"), "f", OPTIONS), None, OPTIONS
    )
    _is_sound(frame)
    return report.warnings


def _is_sound(frame: pl.DataFrame) -> None:
    assert frame["record_id"].null_count() == 0
    assert frame["record_id"].n_unique() == frame.height, "each record has an id of its own"


def reshaped(data: bytes, chance: random.Random) -> bytes:
    """A JSON document with one to four values changed, moved or taken away."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return data
    for _ in range(chance.choice((1, 1, 2, 4))):
        holders = list(_holders(document))
        if not holders:
            break
        holder = chance.choice(holders)
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        key, other = chance.choice(keys), chance.choice(holders)
        kind = chance.randrange(5)
        if kind == 0:
            del holder[key]
        elif kind == 1 and isinstance(holder, dict):
            holder[chance.choice((*filter(_is_key, other), "id", "name", "x"))] = holder.pop(key)
        elif kind == 2:
            holder[key] = json.loads(json.dumps(chance.choice(holders)))
        else:
            holder[key] = deepcopy(chance.choice(_VALUES))
    return json.dumps(document).encode()


_VALUES: Final[tuple[Any, ...]] = (
    None, True, False, 0, -1, 1.5, 10**30, "", " ", "a", "\ud800", "\0", "\u202e", "A" * 3_000, [], {}, [[]],
    [None], [0], ["a", {}], {"id": None}, {"id": 7}, {"name": 3}, {"name": "x", "id": "7"}, "=1+1",
    "00:11:22:33:44:55",
)  # fmt: skip


def _is_key(value: Any) -> bool:
    return isinstance(value, str)


def _holders(value: Any, depth: int = 0) -> Iterator[Any]:
    """All objects and lists of a document that hold something, itself among them."""
    if depth > 60 or not isinstance(value, dict | list) or not value:
        return
    yield value
    for one in value.values() if isinstance(value, dict) else value:
        yield from _holders(one, depth + 1)


PARSERS: Final[dict[str, Callable[[], Parser]]] = {
    "nmap": lambda: Parser(nmap, examples("scan.xml"), NMAP_WORDS),
    "snmp": lambda: Parser(recordings, examples("walks/edge-1.snmprec", "walks/core-1.txt"), SNMP_WORDS),
    "bom": lambda: Parser(boms, bom_seeds(), BOM_WORDS, reshaped),
    "device-type": lambda: Parser(device_types, (DEVICE_TYPE,), YAML_WORDS),
    "device-output": lambda: Parser(device_output, output_seeds(), OUTPUT_WORDS),
    "netbox": lambda: Parser(netbox, netbox_seeds(), (), reshaped),
}
