"""How much of an inventory is looked at at once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """Sizes of chunks.

    Attributes:
        rows: Rows of a chunk of a Parquet file.
        bytes: Bytes of a chunk of a text file, about.
    """

    rows: int = 500_000
    bytes: int = 64_000_000


def sizes_for(rows: int) -> Sizes:
    """Sizes by rows alone: a row of a text table has some 128 bytes."""
    return Sizes(rows, 128 * rows)
