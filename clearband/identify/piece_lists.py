"""Lists of structs for every record, put together from numbered pieces.

A record's evidence is spread over a dozen signals. Joining lists of structs once a record copies every
text; lists of piece numbers are joined instead, and the structs are looked up once, on the flat numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl


@dataclass
class PieceLists:
    """Collects the pieces of all signals.

    Attributes:
        name: Name of the resulting column.
        dtype: Its type, a list of structs; the pieces have attributes of the structs' field names.
        rows: Number of records.
    """

    name: str
    dtype: pl.List
    rows: int
    _pieces: list[Any] = field(default_factory=list)
    _parts: list[pl.Series] = field(default_factory=list)

    def add(self, pieces_of: Sequence[Sequence[Any]], ids: pl.Series) -> None:
        """Add a signal.

        Args:
            pieces_of: The pieces of each value, by the value's number.
            ids: For each record the number of its value, shape (rows,).
        """
        if not any(pieces_of):
            return
        before = len(self._pieces)
        for pieces in pieces_of:
            self._pieces.extend(pieces)
        counts = pl.Series("count", [len(pieces) for pieces in pieces_of], dtype=pl.UInt32)
        ranges = pl.DataFrame({"end": counts.cum_sum() + before, "count": counts})[ids]
        end = pl.col("end").cast(pl.Int64)
        numbers = ranges.select(pl.int_ranges(end - pl.col("count"), end, dtype=pl.UInt32)).to_series()
        self._parts.append(numbers)

    def column(self) -> pl.Series:
        """The lists of all records, shape (rows,); empty where a record has no piece."""
        if not self._parts:
            return pl.Series(self.name, [[]], dtype=self.dtype).new_from_index(0, self.rows)
        joined = pl.DataFrame({str(at): part for at, part in enumerate(self._parts)}).select(
            pl.concat_list(pl.all()).alias(self.name)
        )
        structs = self._structs()
        look_up = pl.element().map_batches(structs.gather, return_dtype=structs.dtype, is_elementwise=True)
        return joined.select(pl.col(self.name).list.eval(look_up)).to_series().cast(self.dtype)

    def _structs(self) -> pl.Series:
        inner = self.dtype.inner
        assert isinstance(inner, pl.Struct)
        columns = {
            part.name: pl.Series([getattr(piece, part.name) for piece in self._pieces], dtype=part.dtype)
            for part in inner.fields
        }
        return pl.DataFrame(columns).to_struct()
