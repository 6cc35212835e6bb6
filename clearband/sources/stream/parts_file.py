"""A part of an earlier run, read as what the inventory was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import polars as pl

from clearband.errors import InputError
from clearband.model.equipment import EQUIPMENT_SCHEMA
from clearband.sources.raw_table import RawTable
from clearband.sources.stream.chunk import Chunk, Place
from clearband.sources.stream.parquet_chunks import head_of_frame
from clearband.sources.stream.sizes import Sizes

_ADDED: Final = "clearband_"
_ROW: Final = "clearband_row"


class PartsFile:
    """One part: the rows of an inventory that are records, with the numbers that they have in its file."""

    format = "parquet"
    warnings: tuple[str, ...] = ()

    def __init__(
        self,
        path: Path,
        label: str,
        begin: Place,
        end: Place,
        text_columns: Sequence[str],
        typed: Sequence[str],
    ) -> None:
        """Read nothing yet.

        Args:
            label: Name of the file that the part is from.
            begin, end: Where in that file it lay.
            text_columns, typed: As the run that wrote it understood its inventory.
        """
        self.path, self.label = path, label
        self.start, self._end = begin, end
        self.text_columns = tuple(text_columns)
        self._typed = tuple(typed)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of all columns of the inventory."""
        names = pl.scan_parquet(self.path, glob=False).collect_schema().names()
        return tuple(name for name in names if not name.startswith(_ADDED))

    @property
    def rows(self) -> int:
        """How many records it holds."""
        found: int = pl.scan_parquet(self.path, glob=False).select(pl.len()).collect().item()
        return found

    def head(self, rows: int) -> RawTable:
        """The first rows."""
        return head_of_frame(self._chunk().frame.head(rows), self.label)

    def chunks(self, begin: Place, sizes: Sizes) -> Iterator[Chunk]:
        """The part as it is, whatever sizes are asked for.

        Raises:
            InputError: It cannot be read.
        """
        del sizes
        if begin != self._end:
            yield self._chunk()

    def _chunk(self) -> Chunk:
        try:
            part = pl.read_parquet(self.path, glob=False)
            numbers = part[_ROW].cast(pl.Int64)
            frame = part.select(name for name in part.columns if not name.startswith(_ADDED))
            # Texts that repeated were written as categories; read they are texts.
            frame = frame.with_columns(pl.col(pl.Categorical).cast(pl.String))
            typed = {name: frame[name].cast(EQUIPMENT_SCHEMA[name]) for name in self._typed}
            texts = frame.select(self.text_columns)
        except (OSError, KeyError, pl.exceptions.PolarsError) as error:
            raise InputError(
                f"cannot be read: {' '.join(str(error).split())[:200]}", where=str(self.path),
                remedy="name the inventories beside --again",
            ) from None  # fmt: skip
        return Chunk(self.start, self._end, frame, texts, typed, rows=numbers)
