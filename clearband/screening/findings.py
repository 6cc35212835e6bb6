"""The findings of a screening, kept as what they are made of: records, and what the law says of their kind.

Millions of records share a few thousand combinations of maker, kind, purpose and origin. A finding is a
record beside a row about its combination; written out, each is a thousand signs. So the two are kept apart,
counted apart, and joined, a slice at a time, when they are written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import polars as pl

Form = Callable[[pl.DataFrame], pl.DataFrame]
Schema = dict[str, pl.DataType | type[pl.DataType]]

FINDINGS_SCHEMA: Final[Schema] = {
    "record_id": pl.String,
    "source": pl.String,
    "maker": pl.String,
    "maker_name": pl.String,
    "brand": pl.String,
    "model": pl.String,
    "category": pl.String,
    "site": pl.String,
    "quantity": pl.Int64,
    "confidence": pl.Float64,
    "directive": pl.String,
    "directive_title": pl.String,
    "clause": pl.String,
    "cite": pl.String,
    "answer": pl.String,
    "actors": pl.List(pl.String),
    "actions": pl.List(pl.String),
    "event": pl.String,
    "event_date": pl.String,
    "until": pl.String,
    "control": pl.String,
    "ground": pl.String,
    "question": pl.String,
    "would_change": pl.List(pl.String),
    "duties": pl.List(pl.String),
    "verified": pl.Boolean,
    "own": pl.Boolean,
}
"""One row a record and clause that reaches it, for a maker that nobody knows one row a measure; a record that
no clause reaches has one row with a null ``directive`` and the answer ``not-covered`` or ``unidentified``.
Dates are ISO text, as exact as known. ``own`` marks a directive file of the user's own, which is no law."""

RECORD_COLUMNS: Final = tuple(FINDINGS_SCHEMA)[: tuple(FINDINGS_SCHEMA).index("directive")]
LAW_COLUMNS: Final = tuple(name for name in FINDINGS_SCHEMA if name not in RECORD_COLUMNS)
_OWN: Final = {"answer": "record_answer", "ground": "record_ground", "question": "record_question"}
"""What a record that no clause reaches says instead."""


@dataclass(frozen=True)
class Findings:
    """Records, and what the law says of each combination.

    Attributes:
        records: `RECORD_COLUMNS`, ``combo``, and the record's own answer, ground and question as
            ``record_answer`` …; in the order of the input.
        law: ``combo`` and `LAW_COLUMNS`, strictest first; combinations that no clause reaches have no row.
        sizes: ``combo`` and ``records``, where the records themselves are elsewhere: then they can be
            counted, and not listed.
    """

    records: pl.DataFrame
    law: pl.DataFrame
    sizes: pl.DataFrame | None = None

    @classmethod
    def of(cls, rows: Iterable[dict[str, Any]]) -> Findings:
        """Findings that are given whole, one row each of `FINDINGS_SCHEMA`."""
        frame = pl.DataFrame(list(rows), schema=FINDINGS_SCHEMA).with_row_index("combo")
        records = frame.select(
            *RECORD_COLUMNS, "combo", *(pl.col(name).alias(own) for name, own in _OWN.items())
        )
        return cls(records, frame.filter(pl.col("directive").is_not_null()).select("combo", *LAW_COLUMNS))

    def whole(self) -> pl.DataFrame:
        """`FINDINGS_SCHEMA`, sorted by record in input order, strictest answer first."""
        return _joined(self.records.lazy(), self.law.lazy()).collect().rechunk()

    def of_records(self, ids: pl.Series) -> pl.DataFrame:
        """The findings of some records, by their ids."""
        wanted = self.records.lazy().filter(pl.col("record_id").is_in(ids.implode()))
        return _joined(wanted, self.law.lazy()).collect()

    def slices(self, records: int, write_out: Form | None = None) -> Iterator[pl.DataFrame]:
        """The findings of so many records at a time; one empty table when there is none.

        Args:
            write_out: Applied to records and to law before they are joined, so that what many findings share
                is put into its form once.
        """
        form = write_out or _as_it_is
        law = form(self.law)
        for start in range(0, max(self.records.height, 1), records):
            yield _joined(form(self.records.slice(start, records)).lazy(), law.lazy(), typed=False).collect()

    def count(self, law: pl.DataFrame, by: list[str]) -> pl.DataFrame:
        """How many records some rows of ``law`` reach, by columns of theirs: ``by`` and ``records``."""
        distinct = law.select("combo", *by).unique()
        if self.sizes is not None:
            return distinct.join(self.sizes, on="combo").group_by(by).agg(pl.col("records").sum())
        if self._ids_are_distinct:
            return distinct.join(self._sizes, on="combo").group_by(by).agg(pl.col("records").sum())
        found = distinct.join(self.records.select("combo", "record_id"), on="combo")
        return found.group_by(by).agg(pl.col("record_id").n_unique().alias("records"))

    @cached_property
    def _ids_are_distinct(self) -> bool:
        return self.records["record_id"].n_unique() == self.records.height

    @cached_property
    def _sizes(self) -> pl.DataFrame:
        return self.records.group_by("combo").agg(pl.len().alias("records"))


def _joined(records: pl.LazyFrame, law: pl.LazyFrame, *, typed: bool = True) -> pl.LazyFrame:
    joined = records.join(law, on="combo", how="left", maintain_order="left_right")
    none = pl.col("directive").is_null()
    own = (pl.when(none).then(pl.col(own)).otherwise(name).alias(name) for name, own in _OWN.items())
    columns = (pl.col(name).cast(dtype) if typed else pl.col(name) for name, dtype in FINDINGS_SCHEMA.items())
    return joined.with_columns(*own).select(columns)


def _as_it_is(frame: pl.DataFrame) -> pl.DataFrame:
    return frame
