"""The law of all engines: a record's answer is its own, however the inventory is handed over.

Form of the files, their number, order of the records, rows of a chunk, memory or parts: the answer to each
record is that of a screening in memory. `tests/spark/test_same_any_way.py` says the same of clusters and of
Arrow's types.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearband.runs.frames import screen_table
from clearband.screening.screen import screen
from clearband.sources import read_inventory
from clearband.sources.stream.sizes import Sizes
from tests.laws import examples
from tests.runs.made_inventories import ID, WRITERS, handed_over, tables, written
from tests.runs.made_runs import COMPARED, EXAMPLES, rows_of, rules, run

IN_PARTS = [f"clearband_{name}" for name in COMPARED]
ON = date(2026, 11, 26)


def said(rows: pl.DataFrame, key: str, columns: list[str]) -> dict[Any, tuple[Any, ...]]:
    """What columns say of each record, by its id."""
    texts = rows.with_columns(pl.col(pl.Categorical).cast(pl.String))
    return {row[0]: row[1:] for row in texts.select(key, *columns).rows()}


@settings(max_examples=examples(12, 150), suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), tables(), st.sampled_from(sorted(WRITERS)))
def test_in_parts_as_in_memory(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, table: pl.DataFrame, form: str
) -> None:
    folder = tmp_path_factory.mktemp("any")
    (whole,) = written([table], form, folder / "whole")
    equipment = screen(read_inventory([whole]), *rules()).equipment
    expected = said(equipment, "record_id", list(COMPARED.values()))
    pieces = written(data.draw(handed_over(table)), form, folder / "pieces")
    sizes = Sizes(rows=data.draw(st.integers(1, 40)), bytes=data.draw(st.sampled_from([1, 200, 64_000_000])))
    run(pieces, folder / "out", sizes)
    assert said(rows_of(folder / "out"), ID, IN_PARTS) == expected
    assert len(expected) == equipment.height


@settings(max_examples=examples(6, 60), suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), tables(), st.booleans())
def test_a_table_as_in_memory(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, table: pl.DataFrame, coded: bool
) -> None:
    (whole,) = written([table], "parquet", tmp_path_factory.mktemp("any") / "whole")
    equipment = screen(read_inventory([whole]), *rules()).equipment
    shuffled = pl.concat(data.draw(handed_over(table)))
    given_as = shuffled.cast({pl.String: pl.Categorical}) if coded else shuffled  # type: ignore[dict-item]
    found = screen_table(given_as, profile=EXAMPLES / "profile.yaml", on=ON)
    assert said(found, ID, IN_PARTS) == said(equipment, "record_id", list(COMPARED.values()))
