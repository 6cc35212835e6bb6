"""Findings are kept as records and law apart: joined, sliced and counted they are the same."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from clearband.screening.combos import LAW_INPUTS, sorted_combos
from clearband.screening.findings import FINDINGS_SCHEMA, RECORD_COLUMNS, Findings


def findings(ids: list[str]) -> Findings:
    """Records of three combinations in turn: two clauses, one clause, none."""
    records = pl.DataFrame(
        [
            {
                "record_id": name,
                "combo": at % 3,
                "record_answer": "not-covered",
                "record_ground": "none reaches",
            }
            for at, name in enumerate(ids)
        ]
    )
    columns = {name: kind for name, kind in FINDINGS_SCHEMA.items() if name in RECORD_COLUMNS}
    records = (
        pl.DataFrame(schema=columns)
        .join(records, on="record_id", how="right")
        .with_columns(pl.lit(None, pl.String).alias("record_question"))
    )
    law: list[dict[str, Any]] = [
        {"combo": 0, "directive": "a", "clause": "1", "answer": "prohibited"},
        {"combo": 0, "directive": "a", "clause": "2", "answer": "prohibited"},
        {"combo": 1, "directive": "a", "clause": "1", "answer": "review"},
    ]
    kinds = {
        "combo": pl.Int64,
        **{name: kind for name, kind in FINDINGS_SCHEMA.items() if name not in columns},
    }
    return Findings(records, pl.DataFrame(law, schema=kinds))


def test_a_record_that_no_clause_reaches_has_one_row_with_its_own_answer() -> None:
    rows = findings(["r1", "r2", "r3"]).whole().select("record_id", "clause", "answer", "ground").rows()
    assert rows == [
        ("r1", "1", "prohibited", None),
        ("r1", "2", "prohibited", None),
        ("r2", "1", "review", None),
        ("r3", None, "not-covered", "none reaches"),
    ]


@pytest.mark.parametrize("size", [1, 2, 5, 100])
def test_slices_are_the_whole_whatever_their_size(size: int) -> None:
    several = findings([f"r{number}" for number in range(11)])
    assert pl.concat(several.slices(size)).equals(several.whole())


@pytest.mark.parametrize("ids", [["r1", "r2", "r3", "r4", "r5"], ["r1", "r2", "r3", "r1", "r1"]])
def test_records_are_counted_as_they_would_be_in_the_joined_table(ids: list[str]) -> None:
    several = findings(ids)
    joined = several.whole().drop_nulls("directive")
    for by in (["directive"], ["directive", "answer"], ["clause"]):
        plain = joined.group_by(by).agg(pl.col("record_id").n_unique().alias("records"))
        assert several.count(several.law, by).sort(by).equals(plain.sort(by))


def test_combinations_are_numbered_in_their_order_whatever_order_they_came_in() -> None:
    came = [("y", "CN"), (None, "CN"), ("x", None), ("x", "US")]
    combos = pl.DataFrame(
        [{"maker": maker, "made_in": country} for maker, country in came], schema_overrides=LAW_INPUTS
    )
    absent = [pl.lit(None, kind).alias(name) for name, kind in LAW_INPUTS.items() if name not in combos]
    places, numbered = sorted_combos(combos.with_columns(absent).select(*LAW_INPUTS))
    assert numbered.select("maker", "made_in").rows() == [("x", "US"), ("x", None), ("y", "CN"), (None, "CN")]
    assert numbered["combo"].to_list() == [0, 1, 2, 3]
    assert places.to_list() == [2, 3, 1, 0]
