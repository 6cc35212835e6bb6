"""Addresses of a column are numbers as each would be by itself, however many are read at once."""

from __future__ import annotations

from unittest.mock import patch

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearband.sources import mac_numbers as module
from clearband.sources.mac_numbers import mac_numbers

_JOINTS = [(2, ":"), (2, "-"), (4, "."), (4, ":"), (12, "")]


def _written(number: int, form: tuple[int, str], capitals: bool) -> str:
    digits = f"{number:012X}" if capitals else f"{number:012x}"
    size, sign = form
    return sign.join(digits[at : at + size] for at in range(0, 12, size))


_ODD = ["00:11:22:33:44:5g", "0011-2233:4455", "00:00:00:00:00:00", "ffffffffffff", "n/a", ""]
_ADDRESSES = st.builds(_written, st.integers(0, 2**48 - 1), st.sampled_from(_JOINTS), st.booleans())
_CELLS = st.none() | _ADDRESSES | st.sampled_from(_ODD)


@pytest.mark.parametrize("at_once", [1, 1 << 14])
@given(st.lists(_CELLS, max_size=12))
def test_numbers_of_a_column(at_once: int, cells: list[str | None]) -> None:
    with patch.object(module, "_AT_ONCE", at_once):
        numbers, others = mac_numbers(pl.Series(cells, dtype=pl.String))
    wanted = [_number(cell) for cell in cells]
    assert numbers.to_list() == wanted
    assert others.to_list() == [
        cell is not None and number is None for cell, number in zip(cells, wanted, strict=True)
    ]


def _number(cell: str | None) -> int | None:
    """The address of a cell that is one in a usual notation throughout, but for those that are nobody's."""
    try:
        number = int((cell or "").translate(str.maketrans("", "", ":-.")), 16)
    except ValueError:
        return None
    forms = {_written(number, form, capitals) for form in _JOINTS for capitals in (False, True)}
    return number if cell in forms and 0 < number < 2**48 - 1 else None
