"""A column is read by its distinct cells, whichever way they come: texts, or numbers of a dictionary."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from clearband.sources.per_distinct import Parsed, no_bad
from clearband.sources.quantities import parse_quantities
from clearband.sources.stream.coded import Coded

CELLS = st.lists(st.sampled_from([None, "1", "2", "many", "3", "-4", "1.000"]), min_size=1, max_size=20)


def column(cells: list[str | None]) -> pl.Series:
    return pl.Series(cells, dtype=pl.String)


def test_texts_of_a_dictionary_that_no_cell_has_move_no_other_text() -> None:
    coded = Coded(lambda cells: Parsed(cells, no_bad()), pl.String)
    kept = column(["unused", "Huawei", "never", "ZTE", "too"]).cast(coded.raw)
    read = coded.column(kept[[3, 1]])
    assert read.values.cast(pl.String).to_list() == ["ZTE", "Huawei"]
    assert coded.column(kept).values.cast(pl.String).to_list() == ["unused", "Huawei", "never", "ZTE", "too"]


@given(st.lists(st.tuples(CELLS, st.sampled_from(["texts", "dictionary", "another"])), max_size=6))
def test_cells_read_the_same_in_each_form(chunks: list[tuple[list[str | None], str]]) -> None:
    coded = Coded(parse_quantities, pl.Int64)
    for cells, form in chunks:
        # A dictionary of the input, met whole before its cells are.
        other = coded.raw if form == "dictionary" else pl.Categorical()
        given_as = column([*cells, "7", "odd"]).cast(other)[: len(cells)]
        read = coded.column(column(cells) if form == "texts" else given_as)
        wanted = parse_quantities(column(cells)).values.to_list()
        told = [cell is not None for cell in cells]
        assert [v for v, t in zip(read.values, told, strict=True) if t] == [
            v for v, t in zip(wanted, told, strict=True) if t
        ]
        assert read.values.null_count() >= told.count(False)
        found = read.problems().select("value", "cells").sort("value").rows()
        wrong = column(cells).gather(parse_quantities(column(cells)).bad["row"]).drop_nulls()
        assert found == sorted((value, wrong.to_list().count(value)) for value in set(wrong))
