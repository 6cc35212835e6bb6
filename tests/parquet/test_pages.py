"""Pages that are made here are read as what was written, and as what Polars would have written."""

from __future__ import annotations

import io
import random
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearband.parquet import numbered as numbered_module
from clearband.parquet.footer import footer_of
from clearband.parquet.gapped import gapped
from clearband.parquet.joined import write_joined
from clearband.parquet.numbered import Consecutive, numbered
from clearband.parquet.pages import Paged, encoded


def file_of(columns: list[Any]) -> bytes:
    """A file of columns, made here where they can be."""
    out = io.BytesIO()
    write_joined(out, [[encoded(columns)]])
    return out.getvalue()


def read(*columns: Paged | None) -> pl.DataFrame:
    made = [column for column in columns if column is not None]
    assert len(made) == len(columns)
    return pl.read_parquet(io.BytesIO(file_of(made)))


def categories(cells: list[str | None], before: tuple[str, ...] = ()) -> pl.Series:
    """A column of categories, of which some were met before its cells."""
    kind = pl.Categorical(pl.Categories.random("test", pl.UInt32))
    met = pl.Series(before, dtype=pl.String).cast(kind)
    column = pl.Series("column", cells, dtype=pl.String).cast(kind)
    assert len(met) == len(before)
    return column


CELLS = st.lists(
    st.one_of(st.none(), st.sampled_from(["", "a", "Ωmega", "a,b", "華為"]), st.text(max_size=3)), min_size=1
)


@given(CELLS, st.lists(st.text(max_size=2)))
def test_texts_of_categories(cells: list[str | None], before: list[str]) -> None:
    column = categories(cells, tuple(before))
    found = numbered(column)
    assert found is not None
    assert found.series().to_list() == cells
    assert read(found)["column"].to_list() == cells


@given(st.lists(st.one_of(st.none(), st.integers(-300, 300)), min_size=1))
def test_whole_numbers(cells: list[int | None]) -> None:
    found = numbered(pl.Series("column", cells, dtype=pl.Int64))
    if all(cell is None for cell in cells):
        assert found is None
    else:
        assert read(found)["column"].to_list() == cells


@pytest.mark.parametrize("distinct", [1, 2, 256, 257, 4_000])
@pytest.mark.parametrize("gaps", [False, True])
def test_as_many_values_as_need_one_or_two_bytes(distinct: int, gaps: bool) -> None:
    drawn = random.Random(distinct)
    cells = [
        None if gaps and drawn.random() < 0.1 else f"t{drawn.randrange(distinct)}" for _ in range(30_000)
    ]
    # Some texts are not among the first rows, which are looked at by themselves.
    cells += ["late", "later", "late"]
    column = categories([*cells])
    found = numbered(column)
    assert found is not None
    assert read(found)["column"].to_list() == cells


def test_many_values_are_left_to_others() -> None:
    assert numbered(categories([f"t{row}" for row in range(10_000)])) is None
    assert numbered(pl.Series("column", [0, 1 << 40])) is None
    assert numbered(pl.Series("column", ["a", "b"])) is None


def test_what_else_was_met_leaves_no_trace() -> None:
    cells = ["b", None, "a", "b", "c"]
    first, second = (numbered(categories(cells, before)) for before in ((), ("z", "c", "y", "a")))
    assert file_of([first]) == file_of([second])


def test_several_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbered_module, "_ROWS_OF_A_PAGE", 7)
    cells = ["a", None, "b"] * 10
    assert read(numbered(categories(cells)))["column"].to_list() == cells
    assert read(numbered(categories(["a", "b"] * 10)))["column"].to_list() == ["a", "b"] * 10


@pytest.mark.parametrize("rows", [1, 2, 33, 128, 129, 130, 1_000])
@pytest.mark.parametrize("first", [-5, 0, 2, 10_000_000_000])
def test_consecutive_numbers(rows: int, first: int) -> None:
    column = Consecutive("column", first, rows)
    assert read(column)["column"].to_list() == list(range(first, first + rows)) == column.series().to_list()


GAPS = st.lists(st.one_of(st.none(), st.text(max_size=5)), min_size=2).filter(
    lambda cells: None in cells and any(cell is not None for cell in cells)
)


@given(GAPS)
def test_texts_with_gaps(cells: list[str | None]) -> None:
    found = gapped(pl.Series("column", cells))
    # Polars may have found that they repeat.
    assert found is None or read(found)["column"].to_list() == cells


def test_long_texts_with_gaps_take_several_pages() -> None:
    cells = [None, *(None if row % 3 == 0 else f"{row:>4000}" for row in range(2_000)), None, None]
    found = gapped(pl.Series("column", cells))
    assert found is not None
    assert len(list(found.pages())) > 1
    assert sum(page.rows for page in found.pages()) == len(cells)
    assert read(found)["column"].to_list() == cells


@pytest.mark.parametrize("cells", [["a", "b"], [None, None], [None, *["a", "b"] * 5_000], [1, None]])
def test_other_columns_are_left_to_others(cells: list[Any]) -> None:
    assert gapped(pl.Series("column", cells)) is None


def test_schema_is_that_of_polars() -> None:
    table = pl.DataFrame({"text": ["a", "b"], "whole": [1, 2], "real": [0.5, 1.5]})
    written = io.BytesIO()
    table.write_parquet(written)
    place = pl.Series([0, 1], dtype=pl.UInt8).to_numpy()
    made = [numbered_module.Numbered(column.name, column, place) for column in table.iter_columns()]
    assert encoded(made).footer.columns == footer_of(written).columns
    assert read(*made).equals(table)
