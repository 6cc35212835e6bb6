"""A piece of an inventory: some rows of one file, as they are in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

import polars as pl

from clearband.parquet.footer import Footer


class Categories(Protocol):
    """Gives the categories in which columns of text are wanted; asked anew for each chunk."""

    def __call__(self, most: int | None = None, /) -> Mapping[int, pl.DataType]:
        """They are by the places of columns among those that a layout speaks of; columns may come as texts.

        Args:
            most: Only of columns that have had a text, and at most so many distinct ones; None: of all.
        """


def no_categories(_most: int | None = None, /) -> Mapping[int, pl.DataType]:
    """`Categories` of nothing."""
    return {}


@dataclass(frozen=True)
class Place:
    """A place between two rows of a file.

    Attributes:
        at: The row of a Parquet file, the byte of a text file.
        row: Number of the next row as a person counts them.
    """

    at: int
    row: int

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {"at": self.at, "row": self.row}


@dataclass(frozen=True)
class RowGroups:
    """Whole row groups of a Parquet file.

    Attributes:
        footer: Of the file.
        numbers: Of the row groups.
    """

    path: Path
    footer: Footer
    numbers: range


@dataclass(frozen=True)
class Chunk:
    """Some rows of one file.

    Attributes:
        begin, end: Where it lies.
        frame: All columns, named as in the input, blank and repeated names made different. Texts can be
            categories that were asked for.
        texts: The columns that a layout speaks of, in the order of its ``header``.
        typed: Columns of the equipment table that the format gave ready, by field.
        warnings: What a person should look at.
        rows: Number of each row as a person counts them, shape (n,); None: one after the other.
        groups: Where it lies in a Parquet file whose column chunks can be copied.
    """

    begin: Place
    end: Place
    frame: pl.DataFrame
    texts: pl.DataFrame
    typed: dict[str, pl.Series] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    rows: pl.Series | None = None
    groups: RowGroups | None = None

    def without_cells(self) -> Chunk:
        """The same chunk with one column, which tells how many rows there are; the others are let go."""
        return replace(self, frame=self.frame[:, :1], texts=self.frame[:, :0], typed={})
