"""Which records share a key, and which keys tell nothing because one source has them twice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import polars as pl


class Key(StrEnum):
    """What two records share, the strongest first."""

    SERIAL = "serial-number"
    ADDRESS = "mac-address"
    PLACE = "site-and-name"
    NAME = "name"


@dataclass(frozen=True)
class Links:
    """Records of several sources that share a key of one kind.

    Attributes:
        shared: ``row``, ``key``: each key is in several files, and in none twice.
        twice: The same for keys that a file has twice: nobody knows which of them is meant.
    """

    kind: Key
    shared: pl.DataFrame
    twice: pl.DataFrame

    @classmethod
    def of(cls, kind: Key, keys: pl.DataFrame, rows: pl.DataFrame) -> Links:
        """The links by keys of one kind.

        A part that bears the key of the box it is in speaks of the box, and is passed over.

        Args:
            keys: ``row``, ``key``.
            rows: Of `clearband.screening.merging.keys.rows_of`.
        """
        several = keys.filter(pl.col("key").is_duplicated())
        found = several.with_columns(
            file=rows["file"].gather(several["row"]), box=rows["box"].gather(several["row"])
        )
        if found["box"].null_count() < found.height:
            bearing = found.select(box="row", key="key")
            found = found.join(bearing, on=["box", "key"], how="anti", maintain_order="left")
        counted = found.with_columns(
            files=pl.col("file").n_unique().over("key"), records=pl.len().over("key")
        )
        across = counted.filter(pl.col("files") > 1)
        once = pl.col("files") == pl.col("records")
        return cls(kind, across.filter(once).select("row", "key"), across.filter(~once).select("row", "key"))

    @property
    def edges(self) -> pl.DataFrame:
        """``one``, ``other``: each record with the first of its key."""
        first = pl.col("row").min().over("key")
        return self.shared.select(one=first, other="row").filter(pl.col("one") != pl.col("other"))
