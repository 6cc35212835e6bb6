"""Reads the inventories of a run: files and standard input in, one equipment table out."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path

import polars as pl

from clearband.errors import InputError, UsageError
from clearband.model.equipment import EQUIPMENT_SCHEMA, empty_equipment
from clearband.sources.bom import BOM_FORMATS, read_bom
from clearband.sources.column_mapping import ColumnMapping
from clearband.sources.csv_file import read_csv
from clearband.sources.detect_encoding import decode_text
from clearband.sources.detect_format import binary_format, extension_warning, text_format
from clearband.sources.device_type import DEVICE_TYPE_FORMATS, read_device_type
from clearband.sources.equipment_rows import equipment_rows
from clearband.sources.excel import read_workbook
from clearband.sources.input_bytes import STDIN, input_bytes, readable
from clearband.sources.inventory import InputFile, Inventory, TableReport
from clearband.sources.json_records import read_json, read_json_lines
from clearband.sources.nmap import FORMAT as NMAP
from clearband.sources.nmap import read_nmap
from clearband.sources.options import ReadOptions
from clearband.sources.parquet_file import read_parquet
from clearband.sources.raw_table import RawTable, SkippedTable
from clearband.sources.record_ids import apart_from, make_unique, renamed
from clearband.sources.snmp import SNMP_FORMATS
from clearband.sources.snmp import read_recording as read_snmp


@dataclass(frozen=True)
class NamedInput:
    """An input that is called otherwise than its file, or read otherwise than the others.

    Attributes:
        path: Of the file.
        label: What it is called in ids of records and in messages; one that is taken gets a number.
        mapping: What the user says of its columns.
        options: How it is read.
    """

    path: str
    label: str
    mapping: ColumnMapping | None = None
    options: ReadOptions | None = None


def read_inventory(
    inputs: Sequence[Path | str | NamedInput],
    *,
    mapping: ColumnMapping | None = None,
    options: ReadOptions = ReadOptions(),  # noqa: B008
) -> Inventory:
    """Read one or more inventories: tables, workbooks, Parquet, JSON, bills of materials, scans, walks.

    Args:
        inputs: Files; "-" is standard input. A directory is refused.
        mapping: What the user says of columns; the rest is found by headers and cells.
        options: Encoding, delimiter, date order and limits; inputs may have their own of both.

    Returns:
        The equipment table with an account of every file and sheet.

    Raises:
        InputError: An input cannot be read or holds no equipment table; the message says what, where and what
            to do.
        UsageError: No input is named, one is named twice, or a mapped column exists in no table.
    """
    named = _named(inputs)
    frames: list[pl.DataFrame] = []
    reports: list[TableReport] = []
    files: list[InputFile] = []
    headers: list[tuple[str, ...]] = []
    with ThreadPoolExecutor(max_workers=1) as hashing:
        for name in named:
            own = name.options or options
            data = input_bytes(name.path, own)
            digest = hashing.submit(lambda content: hashlib.sha256(content).hexdigest(), data)
            kind, tables = _tables(data, name.label, name.mapping or mapping, own)
            for frame, report, header in tables:
                reports.append(report)
                if frame is not None:
                    frames.append(frame)
                    headers.append(header)
            if name.mapping is not None:
                name.mapping.refuse_unused(header for _, _, header in tables)
            files.append(InputFile(readable(name.path), name.label, kind, digest.result(), len(data)))
    if mapping is not None:
        mapping.refuse_unused(headers)
    return Inventory(_together(frames, reports), tuple(reports), tuple(files))


def _named(inputs: Sequence[Path | str | NamedInput]) -> list[NamedInput]:
    """Inputs with the names used in record ids: file names, with folders only where two are equal."""
    if not inputs:
        raise UsageError("no inventory is named", remedy="name a file, or - for standard input")
    found: list[NamedInput] = []
    seen: set[str] = set()
    for item in inputs:
        path = item.path if isinstance(item, NamedInput) else str(item)
        real = path if path == STDIN else str(Path(path).resolve())
        if real in seen:
            raise UsageError("named twice as an input", where=readable(path), remedy="name each input once")
        seen.add(real)
        taken = [name.label for name in found]
        if isinstance(item, NamedInput):
            found.append(replace(item, label=_free(item.label, taken)))
        else:
            found.append(NamedInput(path, _label(path, taken)))
    return found


def _free(label: str, taken: Sequence[str]) -> str:
    numbered = (f"{label} ({number})" for number in count(2))
    return next(one for one in chain([label], numbered) if one not in taken)


def _label(path: str, taken: Sequence[str]) -> str:
    if path == STDIN:
        return "stdin"
    parts = [readable(part) for part in Path(os.path.abspath(path)).parts]  # noqa: PTH100 - links keep their names
    for depth in range(1, len(parts) + 1):
        label = "/".join(parts[-depth:])
        if label not in taken:
            return label
    return f"{parts[-1]} ({len(taken) + 1})"


_Read = tuple[pl.DataFrame | None, TableReport, tuple[str, ...]]


def _tables(
    data: bytes, file: str, mapping: ColumnMapping | None, options: ReadOptions
) -> tuple[str, list[_Read]]:
    """Format of one input, and its tables understood."""
    kind, raw = raw_tables(data, file, mapping, options)
    tables = list(_understood(raw, mapping, options))
    if all(frame is None for frame, _, _ in tables):
        reasons = "; ".join(f"{report.sheet}: {report.skipped}" for _, report, _ in tables)
        raise InputError(
            f"no sheet holds an equipment table ({reasons or 'there are no sheets'})",
            where=file,
            remedy='say what the columns are, e.g. --map "COLUMN=manufacturer"',
        )
    if warning := extension_warning(file, kind):
        frame, report, header = tables[0]
        tables[0] = (frame, replace(report, warnings=(warning, *report.warnings)), header)
    return kind, tables


def raw_tables(
    data: bytes, file: str, mapping: ColumnMapping | None, options: ReadOptions
) -> tuple[str, Iterable[RawTable | SkippedTable]]:
    """Format of one input, and its tables before anything in them is understood.

    Args:
        data: The input.
        file: Its name.
        mapping: What the user says of columns, which helps to find the header.

    Raises:
        InputError: It cannot be read.
    """
    given = mapping.names() if mapping else frozenset()
    kind = binary_format(data, file)
    raw: Iterable[RawTable | SkippedTable]
    if kind == "parquet":
        raw = [read_parquet(data, file, options)]
    elif kind is not None:
        raw = read_workbook(data, file, kind, options, given)
    else:
        text = decode_text(data, file, options.encoding)
        kind = text_format(text.utf8, file)
        if kind == "csv":
            raw = [read_csv(text, file, options, given)]
        elif kind in BOM_FORMATS:
            bom = read_bom(kind, text.utf8, file, options)
            raw = [replace(bom, encoding=text.encoding, warnings=(*text.warnings, *bom.warnings))]
        elif kind in DEVICE_TYPE_FORMATS:
            raw = [replace(read_device_type(text.utf8, file, options), encoding=text.encoding)]
        elif kind == NMAP:
            scan = read_nmap(text.utf8, file, options)
            raw = [replace(scan, encoding=text.encoding, warnings=(*text.warnings, *scan.warnings))]
        elif kind in SNMP_FORMATS:
            walk = read_snmp(kind, text.utf8, file, options)
            raw = [replace(walk, encoding=text.encoding, warnings=(*text.warnings, *walk.warnings))]
        else:
            table = (read_json if kind == "json" else read_json_lines)(text.utf8, file, options)
            raw = [replace(table, encoding=text.encoding, warnings=text.warnings)]
    return kind, raw


def _understood(
    raw: Iterable[RawTable | SkippedTable], mapping: ColumnMapping | None, options: ReadOptions
) -> Iterator[_Read]:
    for table in raw:
        if isinstance(table, SkippedTable):
            report = TableReport(
                table.file,
                table.sheet,
                table.format,
                hidden=table.hidden,
                skipped=table.reason,
                warnings=(f"the sheet is not read: {table.reason}",),
            )
            yield None, report, ()
            continue
        frame, report = equipment_rows(table, mapping, options)
        yield frame, report, table.header


def _together(frames: Sequence[pl.DataFrame], reports: list[TableReport]) -> pl.DataFrame:
    """All tables below each other, with ids that differ across files."""
    if not frames:
        return empty_equipment()
    read = [index for index, report in enumerate(reports) if report.skipped is None]
    apart: list[pl.DataFrame] = []
    for frame, at in zip(frames, read, strict=True):
        report = reports[at]
        files = pl.Series([report.file], dtype=pl.String).new_from_index(0, frame.height)
        ids, changed = apart_from(frame["record_id"], files, [earlier["record_id"] for earlier in apart])
        if changed:
            note = f"{changed} ids also stand in an earlier table; here they begin with {report.file}!"
            reports[at] = replace(report, warnings=(*report.warnings, note))
            frame = frame.with_columns(
                record_id=ids, parent_id=renamed(frame["parent_id"], frame["record_id"], ids)
            )
        apart.append(frame)
    equipment = pl.concat(apart, how="diagonal") if len(apart) > 1 else apart[0]
    if len(apart) > 1:
        equipment = equipment.with_columns(record_id=make_unique(equipment["record_id"])[0])
    extras = [name for name in equipment.columns if name not in EQUIPMENT_SCHEMA]
    return equipment.select([*EQUIPMENT_SCHEMA, *extras])
