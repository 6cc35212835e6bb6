"""From chunks of an inventory to batches of equipment, as far as screening looks at them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from operator import and_
from typing import Final

import polars as pl

from clearband.model.equipment import EQUIPMENT_SCHEMA
from clearband.sources.countries import parse_countries
from clearband.sources.dates import parse_dates
from clearband.sources.mac_numbers import mac_numbers
from clearband.sources.macs import parse_macs
from clearband.sources.money import parse_currencies, parse_money
from clearband.sources.object_ids import parse_object_ids
from clearband.sources.options import ReadOptions
from clearband.sources.parquet_file import as_text
from clearband.sources.per_distinct import Parsed, no_bad
from clearband.sources.quantities import parse_quantities
from clearband.sources.real_makers import makers_and_brands, makers_or_others
from clearband.sources.rows_to_look_at import may_be_no_equipment
from clearband.sources.rows_to_skip import RowsToSkip, rows_to_skip
from clearband.sources.stream.bad_cells import counted, unreadable_cells
from clearband.sources.stream.chunk import Chunk
from clearband.sources.stream.coded import Coded, CodedColumn
from clearband.sources.stream.layout import Layout
from clearband.sources.text_cells import clean_cells

MAC: Final = "mac"
"""Column of batches with the one address of a record as a number; ``macs`` has those of the others."""

_NOT_LOOKED_AT: Final = frozenset(
    {"record_id", "source", "parent_id", "serial", "purl", "hw_version", "region", "status", "invalid"}
)
"""Fields on which no verdict and no answer depends. ``invalid`` of an earlier run stays in its column."""
_MOST: Final = 3_000_000
"""Distinct cells of a column that are remembered at the most."""
_NO_ROWS: Final = pl.Series("row", [], dtype=pl.UInt32)
_CELLS: Final[dict[str, type[pl.DataType]]] = {
    "column": pl.String,
    "value": pl.String,
    "problem": pl.String,
    "cells": pl.UInt32,
}


@dataclass(frozen=True)
class EquipmentBatch:
    """A chunk, understood.

    Attributes:
        equipment: Columns of `clearband.model.equipment.EQUIPMENT_SCHEMA` that screening looks at, and `MAC`;
            texts come as categories. One row a record.
        keep: Which rows of the chunk are records; None for all.
        skipped: How many rows are not, by reason.
        invalid: Columns ``column``, ``value``, ``problem``, ``cells``: what could not be read.
        unreadable: How many cells of each record could not be read, Int64, shape (n,).
        coded: Columns of the input whose texts repeat, as categories, by their names.
    """

    equipment: pl.DataFrame
    keep: pl.Series | None
    skipped: Mapping[str, int]
    invalid: pl.DataFrame
    unreadable: pl.Series
    coded: Mapping[str, pl.Series]


class EquipmentReader:
    """Understands chunk after chunk of one data set; each distinct cell is read once."""

    def __init__(self, layout: Layout, options: ReadOptions) -> None:
        self._layout = layout
        self._limit = options.max_cell_characters
        parsers: dict[str, Callable[[pl.Series], Parsed]] = {
            "quantity": parse_quantities,
            "made_in": parse_countries,
            "sys_object_id": parse_object_ids,
            "acquired_on": lambda cells: parse_dates(cells, options.date_order),
            "installed_on": lambda cells: parse_dates(cells, options.date_order),
            "unit_cost": lambda cells: parse_money(cells)[0],
            "currency": parse_currencies,
        }
        self._coded: dict[str, Coded] = {}
        fields = layout.columns.fields
        for name, at in fields.items():
            if name in _NOT_LOOKED_AT or name == "macs" or (at in layout.varied and name not in parsers):
                continue
            self._coded[name] = Coded(self._reading(parsers.get(name)), EQUIPMENT_SCHEMA[name])
        for name, at in layout.columns.extras.items():
            if at not in layout.varied:
                self._coded[name] = Coded(self._reading(None), pl.String)

    def __len__(self) -> int:
        """How many distinct cells are remembered."""
        return sum(map(len, self._coded.values()))

    def categories(self, most: int | None = None, /) -> Mapping[int, pl.DataType]:
        """See `clearband.sources.stream.chunk.Categories`."""
        columns = self._layout.columns
        coded = dict(self._coded)  # another thread may ask while a column is given up
        return {
            at: coded[name].raw
            for name, at in (columns.fields | columns.extras).items()
            if name in coded and (most is None or 0 < len(coded[name]) <= most)
        }

    def batch(self, chunk: Chunk) -> EquipmentBatch:
        """Understand a chunk."""
        batch = self._all_rows(chunk)
        skip = self._rows_to_skip(chunk, batch.equipment)
        if skip is None:
            return batch
        # Rare, and so read again without them: nothing of such a row must count.
        counts = {
            "blank": skip.blank,
            "totals": skip.totals,
            "repeated headers": skip.headers,
            "page lines": skip.page_lines,
        }
        return replace(self._all_rows(_only(chunk, skip.keep)), keep=skip.keep, skipped=counts)

    def _all_rows(self, chunk: Chunk) -> EquipmentBatch:
        texts = self._texts(chunk)
        read: dict[str, CodedColumn] = {
            name: coded.column(texts[name]) for name, coded in self._coded.items() if name in texts
        }
        self._forget_varied()
        values = {name: column.values for name, column in read.items()}
        bad = [
            column.problems().with_columns(column=pl.lit(self._header_of(name)))
            for name, column in read.items()
        ]
        flags = [flagged for column in read.values() if (flagged := column.bad_cells()) is not None]
        wrong_rows = []
        for name, cells in texts.items():
            if name not in values and name != "macs":
                values[name], cut = self._plain(cells)
                bad.append(counted(self._header_of(name), cut))
                wrong_rows.append(cut["row"])
        if "macs" in texts:
            values["macs"], values[MAC], wrong = self._macs(texts["macs"])
            bad.append(counted(self._header_of("macs"), wrong))
            wrong_rows.append(wrong["row"])
        values |= chunk.typed
        self._other_makers(chunk, values)
        equipment = _frame(values, chunk.frame.height)
        coded = {
            chunk.texts.columns[at]: read[name].cells
            for name, at in (self._layout.columns.fields | self._layout.columns.extras).items()
            if name in read and chunk.texts.dtypes[at] in (pl.String, read[name].cells.dtype)
        }
        invalid = pl.concat(
            [
                pl.DataFrame(schema=_CELLS),
                *(one.select(pl.col(name).cast(kind) for name, kind in _CELLS.items()) for one in bad),
            ]
        )
        unreadable = unreadable_cells(chunk.frame.height, flags, pl.concat([_NO_ROWS, *wrong_rows]))
        return EquipmentBatch(equipment, None, {}, invalid, unreadable, coded)

    def _forget_varied(self) -> None:
        """Look no longer once at each text of a column that turns out to have ever new ones."""
        for name in [name for name, coded in self._coded.items() if len(coded) > _MOST]:
            if name in self._layout.columns.extras or self._coded[name].is_text:
                del self._coded[name]

    def _header_of(self, name: str) -> str:
        columns = self._layout.columns
        at = columns.fields.get(name, columns.extras.get(name, -1))
        return self._layout.header[at] if at >= 0 else name

    def _texts(self, chunk: Chunk) -> dict[str, pl.Series]:
        """The columns of text that are looked at, by field."""
        columns = self._layout.columns
        wanted = {name: at for name, at in columns.fields.items() if name not in _NOT_LOOKED_AT}
        kinds = chunk.texts.dtypes
        wanted |= {name: at for name, at in columns.extras.items() if _may_name_a_maker(kinds[at])}
        return {name: self._as_wanted(name, chunk.texts.to_series(at)) for name, at in wanted.items()}

    def _as_wanted(self, name: str, column: pl.Series) -> pl.Series:
        coded = self._coded.get(name)
        return column if coded is not None and column.dtype == coded.raw else as_text(column)

    def _reading(self, parse: Callable[[pl.Series], Parsed] | None) -> Callable[[pl.Series], Parsed]:
        """Clean some distinct cells, then read them."""

        def read(cells: pl.Series) -> Parsed:
            cleaned, cut = self._plain(cells)
            if parse is None:
                return Parsed(cleaned, cut)
            parsed = parse(cleaned)
            return Parsed(parsed.values, pl.concat([cut, parsed.bad]))

        return read

    def _plain(self, cells: pl.Series) -> tuple[pl.Series, pl.DataFrame]:
        cleaned, cut = clean_cells(cells.to_frame("0"), self._limit)
        return cleaned["0"], cut.get("0", no_bad())

    def _macs(self, cells: pl.Series) -> tuple[pl.Series, pl.Series, pl.DataFrame]:
        """Lists of addresses where a cell is not one address in a usual notation; numbers; bad cells."""
        numbers, others = mac_numbers(cells)
        none = pl.Series("macs", [None], dtype=EQUIPMENT_SCHEMA["macs"]).new_from_index(0, len(cells))
        if not others.any():
            return none, numbers, no_bad()
        cleaned, cut = self._plain(cells.filter(others))
        parsed = parse_macs(cleaned)
        places = others.arg_true()
        rest = pl.DataFrame({"row": places.cast(pl.UInt32), "macs": parsed.values})
        rows = pl.DataFrame({"row": pl.int_range(len(cells), dtype=pl.UInt32, eager=True)})
        lists = rows.join(rest, on="row", how="left", maintain_order="left")["macs"]
        wrong = pl.concat([cut, parsed.bad])
        return lists, numbers, wrong.with_columns(row=places.cast(pl.UInt32).gather(wrong["row"]))

    def _other_makers(self, chunk: Chunk, values: dict[str, pl.Series]) -> None:
        """Who made the hardware, where a second column has a say in it."""
        columns = self._layout.columns
        for at in (columns.other_maker, columns.second_maker):
            if at is None:
                continue
            other = self._plain(as_text(chunk.texts.to_series(at)))[0]
            makers = values["manufacturer"].cast(pl.String)
            if at == columns.second_maker:
                values["manufacturer"] = makers_or_others(makers, other)
            else:
                same = columns.fields["brand"] == at
                brands = None if same else values["brand"].cast(pl.String)
                values["manufacturer"], values["brand"] = makers_and_brands(makers, other, brands)

    def _rows_to_skip(self, chunk: Chunk, equipment: pl.DataFrame) -> RowsToSkip | None:
        """Rows that are no equipment; None when all are."""
        silent = self._silent(chunk, equipment)
        if self._layout.has_totals:
            silent |= may_be_no_equipment(chunk.texts, self._layout.header)
        if not silent.any():
            return None
        rows = chunk.texts.filter(silent)
        cells, _ = clean_cells(
            pl.DataFrame([as_text(column).alias(str(at)) for at, column in enumerate(rows.iter_columns())]),
            self._limit,
        )
        typed = {name: series.filter(silent) for name, series in chunk.typed.items()}
        found = rows_to_skip(
            cells, self._layout.header, typed, look_for_totals=self._layout.has_totals,
            says_what=self._layout.says_what, some_rows=True,
        )  # fmt: skip
        if found.keep.all():
            return None
        keep = pl.Series([True]).new_from_index(0, equipment.height).scatter(silent.arg_true(), found.keep)
        return RowsToSkip(keep, found.blank, found.totals, found.headers, found.page_lines)

    def _silent(self, chunk: Chunk, equipment: pl.DataFrame) -> pl.Series:
        """Rows in which nothing says what the thing is, shape (n,)."""
        columns = self._layout.columns
        says = [name for name, at in columns.fields.items() if at in self._layout.says_what]
        said = [name for name in (*says, MAC) if name in equipment.columns]
        if not said:
            said = [name for name in equipment.columns if name != "quantity"]
        every = pl.Series([True]).new_from_index(0, equipment.height)
        silent = reduce(and_, (equipment[name].is_null() for name in said), every)
        for name in sorted(set(says) & _NOT_LOOKED_AT):
            cells = as_text(chunk.texts.to_series(columns.fields[name]).filter(silent))
            silent = silent.scatter(silent.arg_true(), self._plain(cells)[0].is_null())
        return silent


def _may_name_a_maker(kind: pl.DataType) -> bool:
    """Whether cells of this type can hold a name: numbers, days and raw bytes cannot."""
    return not (kind.is_numeric() or kind.is_temporal() or kind in (pl.Boolean, pl.Binary, pl.Null))


def _only(chunk: Chunk, keep: pl.Series) -> Chunk:
    return replace(
        chunk,
        frame=chunk.frame.filter(keep),
        texts=chunk.texts.filter(keep),
        typed={name: series.filter(keep) for name, series in chunk.typed.items()},
    )


def _frame(values: Mapping[str, pl.Series], height: int) -> pl.DataFrame:
    known = [series.alias(name) for name, series in values.items() if name not in ("unit_cost", "currency")]
    if "quantity" not in values:
        known.append(pl.Series("quantity", [1], dtype=pl.Int64).new_from_index(0, height))
    order = {name: at for at, name in enumerate(EQUIPMENT_SCHEMA)}
    return pl.DataFrame(sorted(known, key=lambda series: (order.get(series.name, len(order)), series.name)))
