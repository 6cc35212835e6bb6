"""Answered questions laid into an inventory where it says nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from clearband.model.equipment import EXTRA_PREFIX, MERGED_FROM
from clearband.workspace.identity import HALF

COLUMN: Final = f"{EXTRA_PREFIX}answered"
"""Column of a run's equipment that tells which of a record's values are answered questions."""
SOURCE: Final = "answered question"
"""Stands for the source of what is laid into a record that several sources told of."""
SCHEMA: Final = dict.fromkeys(("id", "identity", "field", "value", "fingerprint", "decided_at"), pl.String)
"""Answers in force on records of an inventory."""


@dataclass(frozen=True)
class Laid:
    """An inventory with its answered questions.

    Attributes:
        equipment: With the values.
        told: `COLUMN` of each record: field and id of each answer that was laid in; null for most.
        answers: The answers that were laid in, each with its ``id``, ``field`` and ``value``.
    """

    equipment: pl.DataFrame
    told: pl.Series
    answers: tuple[dict[str, Any], ...]


def laid_in(equipment: pl.DataFrame, known: pl.DataFrame, answers: Sequence[Mapping[str, Any]]) -> Laid:
    """Lay answers into the fields that an inventory leaves empty, never over one that is stated.

    An answer counts only while the same is stated of its record as when it was given.

    Args:
        equipment: As it was read.
        known: `clearband.workspace.identity.read_identities` of the same.
        answers: `SCHEMA`, those decided last at the end.
    """
    told = pl.Series(COLUMN, [None], dtype=pl.String).new_from_index(0, equipment.height)
    if not answers:
        return Laid(equipment, told, ())
    given = pl.DataFrame(list(answers), schema=SCHEMA).with_columns(pl.col("fingerprint").str.head(HALF))
    given = given.rename({"fingerprint": "stated"})
    used: list[dict[str, Any]] = []
    for field in given["field"].unique().sort():
        wanted = given.filter(pl.col("field") == field).unique(["identity", "stated"], keep="last")
        found = known.join(wanted, on=["identity", "stated"], how="left", maintain_order="left")
        values = _typed(found["value"], equipment.schema[field])
        empty = equipment[field].is_null() & values.is_not_null()
        if not empty.any():
            continue
        equipment = equipment.with_columns(
            pl.Series(field, values).zip_with(empty, equipment[field]).alias(field)
        )
        equipment = _heard(equipment, field, empty)
        one = found.select(pl.format("{} ({})", "field", "id")).to_series()
        both = pl.DataFrame({"before": told, "one": one.set(~empty, None)})
        told = both.select(pl.concat_str("before", "one", separator="; ", ignore_nulls=True).alias(COLUMN))[
            COLUMN
        ]
        used += found.filter(empty).select("id", "identity", "field", "value").sort("id").to_dicts()
    return Laid(equipment, told.set(told == "", None), tuple(used))


def _heard(equipment: pl.DataFrame, field: str, laid: pl.Series) -> pl.DataFrame:
    """Of records that were merged, makers are identified by what each source said: an answer is one more."""
    if "merged_from" not in equipment.columns:
        return equipment
    own: dict[str, pl.Expr] = {name: pl.col(name) for name in ("record_id", field)}
    own["source"] = pl.lit(SOURCE)
    fields: list[pl.Field] = MERGED_FROM.inner.fields  # type: ignore[union-attr]
    said = pl.struct(own.get(one.name, pl.lit(None)).cast(one.dtype).alias(one.name) for one in fields)
    merged = pl.col("merged_from")
    both = pl.when(laid & merged.is_not_null()).then(pl.concat_list(merged, said)).otherwise(merged)
    return equipment.with_columns(both.alias("merged_from"))


def _typed(values: pl.Series, kind: pl.DataType) -> pl.Series:
    if isinstance(kind, pl.Date):
        return values.str.to_date("%Y-%m-%d", strict=False)
    return values.cast(kind)
