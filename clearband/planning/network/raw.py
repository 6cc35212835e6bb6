"""The tables of a network as they lie: a folder of CSV or Parquet files, one workbook, or one JSON file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import polars as pl

from clearband.errors import InputError
from clearband.planning.network.raw_json import json_network
from clearband.planning.network.raw_table import RawTable, settings_of_rows, text_table
from clearband.planning.network.settings import FILE
from clearband.planning.network.tables import TABLES
from clearband.sources.detect_encoding import decode_text
from clearband.sources.detect_format import binary_format, text_format
from clearband.sources.excel import sheets
from clearband.sources.input_bytes import input_bytes
from clearband.sources.options import ReadOptions
from clearband.sources.parquet_file import load_parquet

LIMITS: Final = ReadOptions(max_bytes=2_000_000_000, max_columns=500, max_cells=100_000_000)
_SETTINGS: Final = "settings"
_ENDINGS: Final = (".csv", ".parquet")
_LOOKS_LIKE_TABLE: Final = (".csv", ".tsv", ".txt", ".parquet", ".xlsx", ".json")


@dataclass(frozen=True)
class RawNetwork:
    """A network as its format gave it.

    Attributes:
        settings: Keys to texts, or None where they lie in the file ``network.yaml`` of a folder.
        where: The folder, or the file with its sheet, for messages on settings.
        tables: By name; those that are missing are missing here.
        warnings: What was left aside.
    """

    settings: Any | None
    where: str
    tables: dict[str, RawTable]
    warnings: tuple[str, ...] = field(default=())


def raw_network(path: Path) -> RawNetwork:
    """A network in whatever format.

    Raises:
        InputError: There is none, or it cannot be read.
    """
    if path.is_dir():
        return _folder(path)
    data = input_bytes(str(path), LIMITS)
    kind = binary_format(data, path.name)
    if kind == "parquet":
        raise InputError(
            "one table alone is no network", where=str(path), remedy="name the folder that holds the tables"
        )
    if kind is not None:
        return _workbook(data, path.name, kind)
    text = decode_text(data, path.name)
    if text_format(text.utf8, path.name) == "csv":
        raise InputError(
            "one table alone is no network",
            where=str(path),
            remedy=f"name the folder that holds {FILE} and the tables, a workbook or a JSON file",
        )
    settings, tables, warnings = json_network(text.utf8, path.name)
    return RawNetwork(settings, f"{path.name} settings", tables, warnings)


def _folder(folder: Path) -> RawNetwork:
    if not (folder / FILE).is_file():
        raise InputError(
            f"holds no {FILE}",
            where=str(folder),
            remedy="name the folder of a network; plan generate and plan new write one",
        )
    tables: dict[str, RawTable] = {}
    for name in TABLES:
        paths = [folder / f"{name}{ending}" for ending in _ENDINGS if (folder / f"{name}{ending}").exists()]
        if len(paths) > 1:
            raise InputError(
                f"{paths[0].name} and {paths[1].name} are both here",
                where=str(folder),
                remedy="keep the one that holds",
            )
        if paths:
            tables[name] = _table_file(paths[0])
    return RawNetwork(None, str(folder), tables, tuple(_strangers(folder)))


def _strangers(folder: Path) -> Iterator[str]:
    for path in sorted(folder.iterdir()):
        known = path.stem in TABLES and path.suffix in _ENDINGS
        if path.suffix.lower() in _LOOKS_LIKE_TABLE and not known and not path.name.startswith("."):
            yield f"{path.name}: is no table of a network; it is not read"


def _table_file(path: Path) -> RawTable:
    data = input_bytes(str(path), LIMITS)
    if path.suffix == ".parquet":
        if binary_format(data, path.name) != "parquet":
            raise InputError("is no Parquet file", where=path.name, remedy="export it again, or save CSV")
        frame = load_parquet(data, path.name, LIMITS)
        rows = pl.int_range(1, frame.height + 1, dtype=pl.Int64, eager=True)
        return RawTable(path.name, tuple(frame.columns), frame, rows)
    if binary_format(data, path.name) is not None:
        raise InputError("is no CSV file", where=path.name, remedy="save it as CSV with UTF-8")
    return text_table(decode_text(data, path.name), path.name, path.stem, LIMITS)


def _workbook(data: bytes, file: str, kind: str) -> RawNetwork:
    settings: Any = None
    tables: dict[str, RawTable] = {}
    warnings = []
    for about, cells in sheets(data, file, kind, LIMITS):
        sheet = str(about["sheet"])
        name, where = sheet.strip().lower(), f"{file} sheet {sheet}"
        if name in tables or (name == _SETTINGS and settings is not None):
            raise InputError(f"two sheets are called {name}", where=file, remedy="keep the one that holds")
        if name == _SETTINGS:
            settings = settings_of_rows(cells, where)
        elif name in TABLES:
            tables[name] = _of_sheet(cells, where, int(about.get("top", 0)))
        else:
            warnings.append(f"{where}: is no table of a network; it is not read")
    if settings is None:
        raise InputError(
            "has no sheet settings",
            where=file,
            remedy=f"add one with the columns key and value and the keys of {FILE}",
        )
    return RawNetwork(settings, f"{file} sheet {_SETTINGS}", tables, tuple(warnings))


def _of_sheet(cells: list[list[str | None]], where: str, top: int) -> RawTable:
    header = tuple((column[0] or "") if column else "" for column in cells)
    frame = pl.DataFrame([pl.Series(str(at), column[1:], dtype=pl.String) for at, column in enumerate(cells)])
    rows = pl.int_range(top + 2, top + 2 + frame.height, dtype=pl.Int64, eager=True)
    return RawTable(where, header, frame, rows)
