"""What the columns of a data set mean: decided once, on its first rows, and then for all of it.

A chunk is understood as every other one is, so that an answer does not depend on where chunks end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

import polars as pl

from clearband.sources.column_mapping import ColumnMapping
from clearband.sources.columns import Columns
from clearband.sources.equipment_rows import understood
from clearband.sources.inventory import ColumnFound
from clearband.sources.options import ReadOptions
from clearband.sources.raw_table import RawTable

HEAD_ROWS: Final = 100_000
"""Rows on which the meaning of columns is decided."""


@dataclass(frozen=True)
class Layout:
    """The columns of a data set.

    Attributes:
        header: Names of the columns of text as the input has them, cleaned; may be blank or repeated.
        columns: What each means, by its place in ``header``.
        typed: Fields of the equipment table that the format gives ready.
        says_what: Columns that name makers, models and numbers of equipment.
        varied: Columns of which most cells differ: looking each text up once would not pay.
        has_totals: Totals, repeated headers and blank rows can stand among the rows.
    """

    header: tuple[str, ...]
    columns: Columns
    typed: tuple[str, ...]
    says_what: frozenset[int]
    varied: frozenset[int]
    has_totals: bool

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values, from which `from_json` makes it again."""
        columns = self.columns
        return {
            "header": list(self.header),
            "columns": [asdict(column) for column in columns.found],
            "fields": columns.fields,
            "extras": columns.extras,
            "other_maker": columns.other_maker,
            "second_maker": columns.second_maker,
            "own_ids": columns.own_ids,
            "warnings": list(columns.warnings),
            "typed": list(self.typed),
            "says_what": sorted(self.says_what),
            "varied": sorted(self.varied),
            "has_totals": self.has_totals,
        }

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Layout:
        """What `as_json` gave."""
        columns = Columns(
            tuple(ColumnFound(**column) for column in said["columns"]),
            dict(said["fields"]),
            dict(said["extras"]),
            said["other_maker"],
            said["second_maker"],
            said["own_ids"],
            tuple(said["warnings"]),
        )
        return cls(
            tuple(said["header"]),
            columns,
            tuple(said["typed"]),
            frozenset(said["says_what"]),
            frozenset(said["varied"]),
            said["has_totals"],
        )


_VARIED: Final = 0.95


def layout_of(head: RawTable, mapping: ColumnMapping | None, options: ReadOptions) -> Layout:
    """The layout of a data set, by its first rows.

    Raises:
        InputError: No column is recognised as saying something of equipment.
    """
    found = understood(head, mapping, options)
    return Layout(
        found.header,
        found.columns,
        tuple(head.typed),
        found.says_what,
        _varied(found.cells),
        has_totals=head.has_totals,
    )


def _varied(cells: pl.DataFrame) -> frozenset[int]:
    return frozenset(
        at
        for at, column in enumerate(cells.iter_columns())
        if (known := len(column) - column.null_count()) > 10_000
        and column.drop_nulls().n_unique() > _VARIED * known
    )
