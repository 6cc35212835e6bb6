"""Columns of cells, each distinct cell read once for the whole of a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from clearband.sources.per_distinct import Parsed

Read = Callable[[pl.Series], Parsed]


@dataclass(frozen=True)
class CodedColumn:
    """A column that was read.

    Attributes:
        cells: The cells as they are, as categories, shape (n,).
        values: What the cells hold, shape (n,); null where nothing is held or it cannot be read.
        codes: Number of each cell's text, shape (n,), null where the cell is.
        bad: By number, what is wrong with a text; null where nothing is.
        texts: By number, the text as the input has it.
    """

    cells: pl.Series
    values: pl.Series
    codes: pl.Series
    bad: pl.Series
    texts: pl.Series

    def bad_cells(self) -> pl.Series | None:
        """Whether each cell is bad, shape (n,); None where none is."""
        if self.bad.null_count() == len(self.bad):
            return None
        return self.bad.is_not_null().gather(self.codes).fill_null(value=False)

    def problems(self) -> pl.DataFrame:
        """Each bad text of the column: ``value``, ``problem``, and how many ``cells`` it is."""
        schema = {"value": pl.String, "problem": pl.String, "cells": pl.UInt32}
        bad = self.bad_cells()
        if bad is None:
            return pl.DataFrame(schema=schema)
        counts = self.codes.filter(bad).value_counts(name="cells")
        code = counts.to_series(0)
        return pl.DataFrame(
            {"value": self.texts.gather(code), "problem": self.bad.gather(code), "cells": counts["cells"]},
            schema=schema,
        )


class Coded:
    """Reads a column of text, chunk after chunk."""

    def __init__(self, read: Read, kind: pl.DataType | type[pl.DataType]) -> None:
        """Nothing read yet.

        Args:
            read: Gives the values of some distinct cells, and what is wrong with them; null cells are among
                them.
            kind: Type of the values. Texts come as categories.
        """
        self._read = read
        self.raw = pl.Categorical(pl.Categories.random("clearband", pl.UInt32))
        """Type of cells as categories."""
        # What was seen is kept as long as a column of the kind lives.
        self._kept = pl.Series([], dtype=self.raw)
        self.is_text = kind == pl.String
        categories = pl.Categories.random("clearband", pl.UInt32)
        self._kind = pl.Categorical(categories) if self.is_text else kind
        self._values = pl.Series("value", [], dtype=self._kind)
        self._bad = pl.Series("problem", [], dtype=pl.String)
        self.texts = pl.Series("text", [], dtype=pl.String)
        self._as_they_are = self.is_text
        """Whether each text so far holds itself, so that the cells are the values."""

    def __len__(self) -> int:
        return len(self.texts)

    def column(self, cells: pl.Series) -> CodedColumn:
        """Read the cells of a chunk.

        Args:
            cells: Text, or categories of the type ``raw``, shape (n,).
        """
        raw = cells.cast(self.raw)
        codes = raw.to_physical()
        known = len(self.texts)
        most: int | None = codes.max()  # type: ignore[assignment]
        if most is not None and most >= known:
            # Not those of the cells alone: a dictionary of the input can hold texts that no cell has.
            new = pl.Series(range(known, most + 1), dtype=pl.UInt32)
            self._read_new(new.cat.to(self.raw).cast(pl.String))
        values = raw if self._as_they_are else self._values.gather(codes)
        return CodedColumn(raw, values, codes, self._bad, self.texts)

    def _read_new(self, new: pl.Series) -> None:
        parsed = self._read(new)
        bad = pl.Series([None], dtype=pl.String).new_from_index(0, len(new))
        if parsed.bad.height:
            first = parsed.bad.unique("row", keep="first", maintain_order=True)
            bad = bad.scatter(first["row"], first["problem"])
        self._as_they_are = self._as_they_are and parsed.values.equals(new, null_equal=False)
        self.texts = pl.concat([self.texts, new.alias("text")], rechunk=True)
        self._values = pl.concat(
            [self._values, parsed.values.cast(self._kind).alias(self._values.name)], rechunk=True
        )
        self._bad = pl.concat([self._bad, bad.alias("problem")], rechunk=True)
