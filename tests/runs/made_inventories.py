"""Inventories for laws that hold for any: a table of odd records, and ways to hand it over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

import polars as pl
from hypothesis import strategies as st

ID: Final = "Asset #"
HUGE: Final = "Huawei S5720 " * 800_000
"""A cell of ten megabytes."""

_CELLS: Final[dict[str, list[str | None]]] = {
    "Mfr": [
        None, "Huawei", "HUAWEI TECHNOLOGIES CO., LTD.", "华为", "Huawai", "ZTE", "Cisco", "Nokia", "n/a",
        "?", "Hikvision", "Dahua / Lorex", "Acme Radios", "Total", "=cmd()", "  ", "Palo Alto Netwokrs",
    ],
    "Model": [None, "S5720-28X", "AR617", "ZXHN F660", "C9300-24T", "AirScale", "7750 SR", "x", "12"],
    "MAC": [None, "00:1b:21:00:00:01", "00-E0-FC-00-00-02", "00e0.fc00.0003", "4C:09:B4:00:00:04", "none",
            "00:1b:21:00:00:01; 00e0.fc00.0003", "FF:FF:FF:FF:FF:FF"],
    "Description": [
        None, "", "Huawei Versatile Routing Platform Software", "patch panel", "Cisco IOS Software",
        'a "quoted" word, and\na line break', "compatible with Dahua", "Grüße", "\u202eewauH",
    ],
    "Qty": [None, "1", "3", "many", "-2", "1.000"],
    "Made in": [None, "China", "FI", "abroad", "Atlantis"],
    "Installed": [None, "2019-08-13", "13/08/2019", "soon"],
    "Notes": [None, "replaces Huawei", "ok", "x" * 300],
    "Spare": [None],
}  # fmt: skip
"""The columns of a record, and what their cells may be."""


@st.composite
def tables(draw: st.DrawFn) -> pl.DataFrame:
    """Some records with ids of their own, every column as text."""
    count = draw(st.integers(1, 30))
    columns = {
        name: pl.Series(
            draw(st.lists(st.sampled_from(range(len(cells))), min_size=count, max_size=count)), dtype=pl.UInt8
        )
        for name, cells in _CELLS.items()
    }
    table = pl.DataFrame(
        {
            ID: [f"A{row:03d}" for row in range(count)],
            **{
                # The first record says something: a table that says nothing of equipment is refused.
                name: pl.Series(_CELLS[name], dtype=pl.String).gather(
                    numbers.scatter(0, len(_CELLS[name]) > 1)
                )
                for name, numbers in columns.items()
            },
        }
    )
    if not draw(st.integers(0, 5)):
        here = pl.int_range(pl.len()) == draw(st.integers(0, count - 1))
        huge = pl.when(here).then(pl.lit(HUGE)).otherwise("Description")
        table = table.with_columns(huge.alias("Description"))
    return table


def _csv(table: pl.DataFrame, path: Path) -> None:
    table.write_csv(path)


def _jsonl(table: pl.DataFrame, path: Path) -> None:
    # Every record has every key: in a file of its own none would be missing. A line has a limit.
    table.with_columns(pl.col("Description").str.slice(0, 7_000_000)).write_ndjson(path)


def _parquet(table: pl.DataFrame, path: Path) -> None:
    table.write_parquet(path)


def _row_groups(table: pl.DataFrame, path: Path) -> None:
    table.write_parquet(path, row_group_size=3)


def _dictionaries(table: pl.DataFrame, path: Path) -> None:
    table.cast({pl.String: pl.Categorical}).write_parquet(path)  # type: ignore[dict-item]


WRITERS: Final[dict[str, tuple[str, Callable[[pl.DataFrame, Path], None]]]] = {
    "csv": ("csv", _csv),
    "jsonl": ("jsonl", _jsonl),
    "parquet": ("parquet", _parquet),
    "row groups": ("parquet", _row_groups),
    "dictionaries": ("parquet", _dictionaries),
}
"""Forms of inventories: how a file's name ends, and what writes it."""


@st.composite
def handed_over(draw: st.DrawFn, table: pl.DataFrame) -> list[pl.DataFrame]:
    """The same records in another order, in several pieces, of which some may be empty."""
    order = draw(st.permutations(range(table.height)))
    cuts = sorted(draw(st.lists(st.integers(0, table.height), max_size=3)))
    shuffled = table[order]
    ends = [0, *cuts, table.height]
    return [shuffled[begin:end] for begin, end in pairwise(ends)]


def written(pieces: Sequence[pl.DataFrame], form: str, folder: Path) -> list[Path]:
    """A file for each piece; an empty file of JSON lines is refused."""
    ending, write = WRITERS[form]
    pieces = [piece for piece in pieces if piece.height or form != "jsonl"]
    folder.mkdir()
    paths = [folder / f"{number}.{ending}" for number in range(len(pieces))]
    for piece, path in zip(pieces, paths, strict=True):
        write(piece, path)
    return paths
