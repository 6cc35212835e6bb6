"""Lists of structs for every record, put together from numbered pieces.

A record's evidence is spread over a dozen signals. Joining lists of structs once a record copies every
text; the numbers of the pieces are laid out record by record instead, and the structs are looked up once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

_Numbers = npt.NDArray[np.int64]


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
    _parts: list[tuple[_Numbers, _Numbers]] = field(default_factory=list)

    def add(self, pieces_of: Sequence[Sequence[Any]], *ids: pl.Series) -> None:
        """Add a signal.

        Args:
            pieces_of: The pieces of each value, by the value's number.
            ids: For each record the number of its value, shape (rows,); several where records have several.
        """
        if not any(pieces_of):
            return
        counts = np.array([len(pieces) for pieces in pieces_of], dtype=np.int64)
        begins = len(self._pieces) + counts.cumsum() - counts
        for pieces in pieces_of:
            self._pieces.extend(pieces)
        for values in ids:
            value = values.to_numpy()
            self._parts.append((begins[value], counts[value]))

    def column(self) -> pl.Series:
        """The lists of all records, shape (rows,); empty where a record has no piece."""
        if not self._parts:
            return pl.Series(self.name, [[]], dtype=self.dtype).new_from_index(0, self.rows)
        counts = np.sum([counts for _, counts in self._parts], axis=0)
        ends = counts.cumsum()
        numbers, structs = pl.Series(self._numbers(ends - counts)), self._structs()
        look_up = pl.element().map_batches(
            lambda places: structs.gather(numbers.gather(places)),
            return_dtype=structs.dtype,
            is_elementwise=True,
        )
        places = pl.int_ranges(pl.Series(ends - counts), pl.Series(ends), eager=True)
        lists = places.alias(self.name).to_frame()
        return lists.select(pl.col(self.name).list.eval(look_up)).to_series().cast(self.dtype)

    def _numbers(self, place: _Numbers) -> _Numbers:
        """The numbers of all records' pieces, one record after the other.

        Args:
            place: Where the pieces of each record begin, shape (rows,).
        """
        numbers = np.empty(sum(counts.sum() for _, counts in self._parts), dtype=np.int64)
        for begins, counts in self._parts:
            before = counts.cumsum() - counts
            running = np.arange(counts.sum())
            numbers[np.repeat(place - before, counts) + running] = (
                np.repeat(begins - before, counts) + running
            )
            place = place + counts
        return numbers

    def _structs(self) -> pl.Series:
        inner = self.dtype.inner
        assert isinstance(inner, pl.Struct)
        columns = {
            part.name: pl.Series([getattr(piece, part.name) for piece in self._pieces], dtype=part.dtype)
            for part in inner.fields
        }
        return pl.DataFrame(columns).to_struct()
