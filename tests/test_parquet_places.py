"""A footer that says impossible places of a column's pages is not copied from."""

from __future__ import annotations

import io

import polars as pl
import pytest

from clearband.parquet.compact import I64, read_struct, write_struct
from clearband.parquet.footer import COLUMNS, DATA_PAGE, MAGIC, META_DATA, NAME, ROW_GROUPS, SCHEMA, footer_of


@pytest.mark.parametrize("place", [4, 10_000])
def test_pages_of_a_later_row_group_before_their_dictionary_or_behind_their_end_are_refused(
    place: int,
) -> None:
    written = io.BytesIO()
    pl.DataFrame({"Vendor": ["Huawei", "Nokia"] * 20}).write_parquet(written, row_group_size=20)
    data = written.getvalue()
    length = int.from_bytes(data[-8:-4], "little")
    fields = read_struct(data[-8 - length : -8])
    column = fields[ROW_GROUPS][1].items[1][COLUMNS][1].items[0]
    column[META_DATA][1][DATA_PAGE] = (I64, place)
    footer = write_struct(fields)
    body = data[: -8 - length] + bytes(20_000)
    damaged = io.BytesIO(body + footer + len(footer).to_bytes(4, "little") + MAGIC)
    with pytest.raises(ValueError, match="outside the file"):
        footer_of(damaged)


def test_a_column_without_a_name_is_refused() -> None:
    written = io.BytesIO()
    pl.DataFrame({"Vendor": ["Huawei"]}).write_parquet(written)
    data = written.getvalue()
    fields = read_struct(data[-8 - int.from_bytes(data[-8:-4], "little") : -8])
    del fields[SCHEMA][1].items[1][NAME]
    footer = write_struct(fields)
    with pytest.raises(ValueError, match="missing"):
        footer_of(io.BytesIO(data + footer + len(footer).to_bytes(4, "little") + MAGIC))
