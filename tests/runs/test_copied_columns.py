"""Columns that are copied as bytes: the same parts to a reader as columns that are written anew."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from clearband.runs import write_chunk as runs
from clearband.sources.stream.sizes import Sizes
from tests.runs.made_runs import rows_of, run

MAKERS = ["Huawei", None, "Nokia", " ZTE Corporation ", "Huawei"] * 8
TABLE = pl.DataFrame(
    {
        "id": [f"A-{number}" for number in range(40)],
        "manufacturer": MAKERS,
        "model": ["S5720", "unknown", "AirScale", "ZXR10", "S5720"] * 8,
        "tags": [["a", None], [], None, ["b"], ["c", "d"]] * 8,
        "quantity": list(range(1, 41)),
    }
)


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The parts that were copied."""
    told: list[Any] = []
    copy = runs.write_part_of

    def noted(groups: Any, *rest: Any) -> None:
        told.append(groups.numbers)
        copy(groups, *rest)

    monkeypatch.setattr(runs, "write_part_of", noted)
    return told


def written(path: Path, table: pl.DataFrame, rows: int) -> Path:
    """A file with row groups of so many rows."""
    table.write_parquet(path, row_group_size=rows)
    return path


@pytest.mark.parametrize("columns", ["all", "ids"])
def test_parts_hold_the_same_whether_columns_are_copied_or_not(
    columns: Any, tmp_path: Path, copied: list[Any]
) -> None:
    path = written(tmp_path / "list.parquet", TABLE, 10)
    run([path], tmp_path / "copied", Sizes(rows=10), columns)
    assert copied == [range(at, at + 1) for at in range(4)]
    run([path], tmp_path / "anew", Sizes(rows=7), columns)
    assert len(copied) == 4
    assert_frame_equal(rows_of(tmp_path / "copied"), rows_of(tmp_path / "anew"))
    for name in ("cases", "findings", "invalid"):
        one, other = (pl.read_parquet(tmp_path / run / f"{name}.parquet") for run in ("copied", "anew"))
        assert_frame_equal(one, other)


def test_chunks_end_where_row_groups_end(tmp_path: Path, copied: list[Any]) -> None:
    run([written(tmp_path / "list.parquet", TABLE, 10)], tmp_path / "out", Sizes(rows=15))
    assert [pl.read_parquet(part).height for part in sorted((tmp_path / "out/parts").iterdir())] == [10] * 4
    assert len(copied) == 4


def test_many_small_row_groups_are_written_as_one(tmp_path: Path, copied: list[Any]) -> None:
    run([written(tmp_path / "list.parquet", TABLE, 5)], tmp_path / "out", Sizes(rows=40))
    assert copied == []
    assert rows_of(tmp_path / "out").select(TABLE.columns).equals(TABLE)


def test_a_chunk_with_rows_that_are_no_equipment_is_written_anew(tmp_path: Path, copied: list[Any]) -> None:
    blank = pl.DataFrame([[None] * TABLE.width], schema=TABLE.schema, orient="row")
    table = pl.concat([TABLE[:10], TABLE[:9], blank, TABLE[:10]])
    found = run([written(tmp_path / "list.parquet", table, 10)], tmp_path / "out", Sizes(rows=10))
    assert found.passed_over == {"blank": 1}
    assert copied == [range(1), range(2, 3)]
    assert rows_of(tmp_path / "out").select(TABLE.columns).equals(table.drop_nulls("quantity"))


@pytest.mark.parametrize("kind", ["category", "length", "zone"])
def test_types_that_parquet_does_not_have_are_kept_as_far_as_they_can_be(
    kind: str, tmp_path: Path, copied: list[Any]
) -> None:
    columns = {
        "category": TABLE["model"].cast(pl.Categorical),
        "length": pl.Series([timedelta(seconds=1), None, timedelta(0), None, None] * 8),
        "zone": pl.Series([datetime(2026, 1, 1, tzinfo=UTC)] * 40).dt.convert_time_zone("Europe/Berlin"),
    }
    table = TABLE.with_columns(columns[kind].alias("other"))
    run([written(tmp_path / "list.parquet", table, 10)], tmp_path / "out", Sizes(rows=10))
    assert copied == []
    expected = table["other"].cast(pl.String) if kind == "category" else table["other"]
    assert rows_of(tmp_path / "out")["other"].equals(expected)
