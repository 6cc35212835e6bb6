"""A network as a folder, written whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import polars as pl
import yaml

from clearband.errors import OutputError
from clearband.folders import FolderKind, check_place, whole_folder
from clearband.planning.network.settings import FILE, SCHEMA
from clearband.planning.network.tables import TABLES

Format = Literal["csv", "parquet"]
_OURS: Final = frozenset({FILE, *(f"{name}{ending}" for name in TABLES for ending in (".csv", ".parquet"))})


@dataclass(frozen=True)
class Written:
    """A network as it is written: limits by quarter as a person gives them.

    Attributes:
        settings: Of ``network.yaml``.
        tables: By name, columns in the order of the contract; quarters are texts.
        notes: Comment lines at the head of ``network.yaml``.
    """

    settings: Mapping[str, Any]
    tables: Mapping[str, pl.DataFrame]
    notes: tuple[str, ...] = ()


def write_network(network: Written, out: Path, form: Format = "csv") -> None:
    """Write a network; an earlier network in its place is replaced.

    Raises:
        OutputError: It cannot be written, or something else is in its place.
    """
    with whole_folder(out, _kind()) as folder:
        for name, table in network.tables.items():
            if form == "parquet":
                table.write_parquet(folder / f"{name}.parquet", compression="zstd", statistics=False)
            else:
                table.write_csv(folder / f"{name}.csv")
        notes = "".join(f"# {line}\n" for line in network.notes)
        text = yaml.safe_dump(dict(network.settings), sort_keys=False, allow_unicode=True)
        (folder / FILE).write_text(notes + text, encoding="utf-8")


def check_out(out: Path) -> None:
    """Check that a network may be written to a folder, before any work is done.

    Raises:
        OutputError: It may not.
    """
    check_place(out, _kind())


def refuse_earlier(out: Path) -> None:
    """Keep a network that stands in the place of a new one: people fill its tables in by hand.

    Raises:
        OutputError: There is one.
    """
    if is_network(out):
        raise OutputError(
            "holds a network already, which may have been filled in by hand",
            where=str(out),
            remedy="name another folder with --out, or take it away first",
        )


def _kind() -> FolderKind:
    return FolderKind("network", _OURS, is_network)


def is_network(folder: Path) -> bool:
    """Whether a folder holds a network of this form."""
    try:
        return SCHEMA in (folder / FILE).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return False
