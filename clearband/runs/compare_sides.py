"""The records of a run in parts, as they are compared with another run's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from clearband.runs.part import CASE, PREFIX


@dataclass(frozen=True)
class Part:
    """A part of a run.

    Attributes:
        label: Name of the file that its records are from.
        records: How many there are.
    """

    path: Path
    label: str
    records: int


@dataclass(frozen=True)
class Side:
    """One of two runs.

    Attributes:
        parts: In their order.
        id_column: The column that names records.
        shown: Columns of the input that tell a person what a record is, by ``manufacturer``, ``model`` and
            ``site``.
    """

    parts: tuple[Part, ...]
    id_column: str | None
    shown: Mapping[str, str]

    @classmethod
    def of(cls, parts: Sequence[Part], record: Mapping[str, Any], id_column: str | None) -> Side:
        """One of which ``run.json`` holds this, or will hold it."""
        fields, texts = record["layout"]["fields"], record["text_columns"]
        shown = {
            name: texts[fields[name]]
            for name in ("manufacturer", "model", "site")
            if name in fields and record["columns"] == "all"
        }
        return cls(tuple(parts), id_column, shown)

    def records(self, part: Part) -> pl.LazyFrame:
        """``record_id``, ``source``, what is shown, ``quantity``, ``case``, ``file`` of each record."""
        place = [pl.col(f"{PREFIX}file").cast(pl.String), pl.col(f"{PREFIX}row")]
        name = pl.format("{}!{}", *place)
        if self.id_column is not None:
            own = pl.col(self.id_column).cast(pl.String).str.strip_chars()
            name = pl.coalesce(pl.when(own != "").then(own), name)
        return pl.scan_parquet(part.path, glob=False).select(
            name.alias("record_id"),
            pl.format("{}:{}", *place).alias("source"),
            *(self._shown(name) for name in ("manufacturer", "model", "site")),
            pl.col(f"{PREFIX}units").alias("quantity"),
            pl.col(f"{PREFIX}{CASE}").alias("case"),
            place[0].alias("file"),
        )

    def _shown(self, name: str) -> pl.Expr:
        if name not in self.shown:
            return pl.lit(None, dtype=pl.String).alias(name)
        return pl.col(self.shown[name]).cast(pl.String).str.strip_chars().alias(name)

    def all_records(self, parts: Sequence[Part], which: pl.Expr) -> pl.DataFrame:
        """Those of some parts, with the number of each among those of its id, and its place among all."""
        found = [
            self.records(part)
            .with_row_index("place")
            .with_columns(pl.col("place").cast(pl.Int64) + (number << 32))
            .filter(which)
            .collect()
            for number, part in enumerate(parts)
        ]
        if not found:
            return self._none()
        return pl.concat(found).with_columns(pl.int_range(pl.len()).over("record_id").alias("nth"))

    def _none(self) -> pl.DataFrame:
        texts = dict.fromkeys(("record_id", "source", "manufacturer", "model", "site", "file"), pl.String)
        numbers = dict.fromkeys(("quantity", "case", "place", "nth"), pl.Int64)
        return pl.DataFrame(schema={**texts, **numbers})
