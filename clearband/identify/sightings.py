"""Records that several sources saw: what each of them said is heard, as if it stood in the record."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from clearband.model.equipment import EXTRA_PREFIX

_MERGED = "merged_from"


@dataclass(frozen=True)
class Sightings:
    """Where what sources said of the records of a batch stands in a table that has a row for each of them.

    Attributes:
        rows: Records of the batch.
        said: What sources said, one row each: ``row`` (the record), ``nth`` from 0 on, and the columns of
            `clearband.model.equipment.MERGED_FROM`; None where no record was merged.
    """

    rows: int
    said: pl.DataFrame | None = None

    @classmethod
    def of(cls, equipment: pl.DataFrame) -> Sightings:
        """The sightings of an equipment table, with or without the column ``merged_from``."""
        rows = equipment.height
        if _MERGED not in equipment.columns or equipment[_MERGED].null_count() == rows:
            return cls(rows)
        merged = equipment.select(_MERGED).with_row_index("row").drop_nulls(_MERGED)
        said = merged.explode(_MERGED).with_columns(nth=pl.int_range(pl.len()).over("row"))
        return cls(rows, said.unnest(_MERGED).sort("nth", "row"))

    def table(self, equipment: pl.DataFrame) -> pl.DataFrame:
        """The batch with what the first source said in the place of each merged record, the rest below.

        Args:
            equipment: All columns of `EQUIPMENT_SCHEMA`. What ``x_`` columns say stays where it is.
        """
        equipment = equipment.select(pl.exclude(_MERGED))
        if self.said is None:
            return equipment
        equipment = equipment.with_columns(pl.col(pl.Categorical).cast(pl.String))
        first = self.said["nth"] == 0
        beside = [name for name in equipment.columns if name not in self.said.columns]
        record = equipment.select("record_id", *beside)[self.said["row"]].with_columns(first.alias("nth"))
        kept = [pl.when(pl.col("nth") & pl.lit(name.startswith(EXTRA_PREFIX))).then(name) for name in beside]
        said = self.said.with_columns(record.select(kept).get_columns())
        both = pl.concat([equipment, said.select(equipment.columns)])
        place = pl.int_range(self.rows, dtype=pl.UInt32, eager=True)
        count = int(first.sum())
        place = place.scatter(self.said["row"].head(count), _from(self.rows, count))
        return both[pl.concat([place, _from(self.rows + count, self.said.height - count)])]

    def levels(self, numbers: pl.Series) -> list[pl.Series]:
        """What the first, the second … source said of each record, by number.

        Args:
            numbers: For each row of `table` a number, 0 for nothing.

        Returns:
            Series of shape (rows,); 0 where fewer sources saw a record.
        """
        if self.said is None:
            return [numbers]
        return [numbers.head(self.rows), *self._later(self._numbered(numbers).filter(pl.col("nth") > 0))]

    def distinct_levels(self, numbers: pl.Series) -> list[pl.Series]:
        """The same, and what several sources said of a record only once."""
        if self.said is None:
            return [numbers]
        distinct = self._numbered(numbers).unique(["row", "number"], keep="first", maintain_order=True)
        return [numbers.head(self.rows), *self._later(distinct.filter(pl.col("nth") > 0))]

    def _numbered(self, numbers: pl.Series) -> pl.DataFrame:
        """``row``, ``nth`` and ``number`` of what each source said, the first sources first."""
        assert self.said is not None
        said = self.said.select("row", "nth")
        first = said.filter(pl.col("nth") == 0)["row"]
        both = pl.concat([numbers.gather(first), numbers.slice(self.rows)])
        return said.with_columns(both.alias("number"))

    def _later(self, said: pl.DataFrame) -> list[pl.Series]:
        levels = []
        for level in said.partition_by("nth", maintain_order=True):
            none = pl.Series("number", [0], dtype=pl.UInt32).new_from_index(0, self.rows)
            levels.append(none.scatter(level["row"], level["number"]))
        return levels


def _from(start: int, count: int) -> pl.Series:
    return pl.int_range(start, start + count, dtype=pl.UInt32, eager=True)
