"""Files made of column chunks of others read as what they were copied from, and damage is told."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Literal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearband.parquet.compact import read_struct, write_struct
from clearband.parquet.footer import Footer, footer_of
from clearband.parquet.joined import Columns, write_joined

Compression = Literal["zstd", "snappy", "gzip", "lz4", "brotli", "uncompressed"]

COLUMNS: dict[str, tuple[pl.DataType | type[pl.DataType], list[Any]]] = {
    "text": (pl.String, ["a", "", None, "Ω" * 300, "a"]),
    "whole": (pl.Int64, [1, -5, None, 2**60, 0]),
    "small": (pl.UInt8, [0, 255, None, 7, 7]),
    "real": (pl.Float64, [0.5, None, -1e300, 0.0, 1.0]),
    "flag": (pl.Boolean, [True, None, False, True, True]),
    "day": (pl.Date, [date(1970, 1, 1), None, date(2026, 11, 27), date(1900, 1, 1), None]),
    "moment": (pl.Datetime("us"), [datetime(2026, 1, 1), None, datetime(1999, 1, 1), None, None]),  # noqa: DTZ001
    "clock": (pl.Time, [time(1), None, time(23, 59), None, None]),
    "price": (pl.Decimal(10, 2), [Decimal("1.50"), None, Decimal("-3.25"), None, None]),
    "raw": (pl.Binary, [b"\x00\xff", None, b"", b"x", b"x"]),
    "list": (pl.List(pl.String), [["a", None], None, [], ["b"], []]),
    "struct": (
        pl.Struct({"a": pl.Int64, "b": pl.List(pl.Int8)}),
        [{"a": 1, "b": [2]}, None, {"a": None}, {}, {}],
    ),
}


def written(table: pl.DataFrame, **how: Any) -> tuple[io.BytesIO, Footer]:
    file = io.BytesIO()
    table.write_parquet(file, **how)
    return file, footer_of(file)


def joined(*groups: list[Columns]) -> io.BytesIO:
    out = io.BytesIO()
    write_joined(out, groups)
    out.seek(0)
    return out


def table(rows: list[int]) -> pl.DataFrame:
    """A table whose rows are rows of `COLUMNS`, by number."""
    return pl.DataFrame(
        {
            name: pl.Series([values[row] for row in rows], dtype=kind)
            for name, (kind, values) in COLUMNS.items()
        }
    )


ROWS = st.lists(st.integers(0, 4), min_size=1, max_size=40)
FORMS: st.SearchStrategy[Compression] = st.sampled_from(
    ["zstd", "snappy", "gzip", "lz4", "brotli", "uncompressed"]
)


@given(ROWS, FORMS, st.lists(st.sampled_from(sorted(COLUMNS)), unique=True, min_size=1), st.booleans())
def test_columns_read_as_what_they_were_copied_from(
    rows: list[int], form: Compression, names: list[str], split: bool
) -> None:
    whole = table(rows)
    file, footer = written(whole, compression=form, row_group_size=2 if split else None)
    numbers = [footer.names.index(name) for name in names]
    copy = joined(*([Columns(file, footer, at, numbers)] for at in range(len(footer.groups))))
    assert pl.read_parquet(copy).equals(whole.select(names))


@given(ROWS)
def test_columns_of_two_files_stand_beside_each_other(rows: list[int]) -> None:
    left = table(rows)
    right = pl.DataFrame({"answer": [f"case {row}" for row in rows], "number": rows})
    (one, footer), (other, footer_too) = written(left), written(right, compression="lz4")
    groups = [Columns(other, footer_too, 0, [1]), Columns(one, footer, 0, range(left.width))]
    copy = joined([*groups, Columns(other, footer_too, 0, [0])])
    assert pl.read_parquet(copy).equals(
        pl.concat([right[["number"]], left, right[["answer"]]], how="horizontal")
    )


def test_nothing_is_told_of_the_library_that_wrote_a_column() -> None:
    file, footer = written(pl.DataFrame({"a": ["x", "y"]}).cast(pl.Categorical))
    copy = joined([Columns(file, footer, 0, [0])])
    assert pl.read_parquet_metadata(copy) == {}
    copy.seek(0)
    assert pl.read_parquet(copy).equals(pl.DataFrame({"a": ["x", "y"]}))


def test_columns_of_other_rows_are_refused() -> None:
    (one, footer), (other, footer_too) = written(table([0, 1])), written(table([0]))
    with pytest.raises(ValueError, match="differ in their rows"):
        joined([Columns(one, footer, 0, [0]), Columns(other, footer_too, 0, [1])])
    with pytest.raises(ValueError, match="differ in their schema"):
        joined([Columns(one, footer, 0, [0])], [Columns(one, footer, 0, [1])])


def test_a_file_that_became_shorter_is_told() -> None:
    file, footer = written(table([0, 1, 2]))
    file.truncate(40)
    with pytest.raises(ValueError, match="end early"):
        joined([Columns(file, footer, 0, range(len(COLUMNS)))])


@given(st.data())
def test_a_damaged_footer_is_told_or_read_and_nothing_else(data: st.DataObject) -> None:
    file, _ = written(table([0, 1, 2, 3]), row_group_size=2)
    damaged = bytearray(file.getvalue())
    length = int.from_bytes(damaged[-8:-4], "little")
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(len(damaged) - length - 8, len(damaged) - 1))] = data.draw(
            st.integers(0, 255)
        )
    try:
        footer = footer_of(io.BytesIO(bytes(damaged)))
    except ValueError:
        return
    assert all(chunk.begin < chunk.end <= len(damaged) for group in footer.groups for chunk in group.chunks)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_structure_or_none(data: bytes) -> None:
    try:
        fields = read_struct(data)
    except ValueError:
        return
    assert read_struct(write_struct(fields)) == fields


def test_a_structure_that_never_ends_is_refused() -> None:
    with pytest.raises(ValueError, match="too deeply"):
        read_struct(b"\x1c" * 100)
    with pytest.raises(ValueError, match="too deeply"):
        read_struct(b"\x19" + b"\x19" * 100)
