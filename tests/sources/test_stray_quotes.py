"""Quotation marks that swallow rows are refused or said, never silent."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from clearband.errors import InputError
from clearband.sources import csv_file
from tests.sources.conftest import Read

HEADER = "Asset Tag,Manufacturer,Model,Serial\nA1,Huawei,S5720,001\n"


def rows(count: int) -> str:
    return "".join(f"B{number},Nokia,7750,{number}\n" for number in range(count))


@pytest.mark.parametrize("count", [0, 1, 2, 50, 3_000, 100_000])
@pytest.mark.parametrize("end", ["", 'A9,"Axis, Inc",P1,9\n', 'A9,"Axis, Inc",P1,9'])
def test_a_quote_that_swallows_rows_is_refused_or_said(read: Read, count: int, end: str) -> None:
    text = HEADER + 'A2,"ZTE,C300,2\n' + rows(count) + end
    if not end or count >= 3:
        with pytest.raises(InputError, match=r"inventory.csv line 3: .*close or double the quotation mark"):
            read(text)
    else:
        assert f"lines 3 to {4 + count} were read as one cell" in " ".join(read(text).warnings)


@pytest.mark.parametrize("count", [0, 1, 2, 50, 3_000])
def test_a_pair_of_well_placed_quotes_is_judged_by_the_fast_reader_too(read: Read, count: int) -> None:
    text = HEADER + 'A2,"ZTE,C300,2\n' + rows(count) + 'A9,Axis,P1",9,,\n' + rows(5)
    for careful in (False, True):
        with (
            patch.object(csv_file, "_is_regular", return_value=False)
            if careful
            else patch.object(csv_file, "_slow", side_effect=AssertionError)
        ):
            if count >= 3:
                with pytest.raises(InputError, match=f"lines 3 to {4 + count} would be read as one cell"):
                    read(text)
            else:
                assert f"lines 3 to {4 + count} were read as one cell" in " ".join(read(text).warnings)


def test_an_opened_quote_in_the_last_cell_is_refused(read: Read) -> None:
    with pytest.raises(InputError, match="line 3 never closes"):
        read(HEADER + 'A2,ZTE,C300,"2')


def test_the_line_named_is_the_one_of_the_quote(read: Read) -> None:
    with pytest.raises(InputError, match="line 4 never closes"):
        read(HEADER + 'A2,"Z\nTE","C300,2\n' + rows(20))


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_every_line_end_and_a_quote_in_the_header(read: Read, ends: str) -> None:
    text = 'Asset Tag,"Manufacturer,Model,Serial\n' + rows(50)
    with pytest.raises(InputError, match="line 1 never closes"):
        read(text.replace("\n", ends))


@pytest.mark.parametrize("careful", [False, True])
@pytest.mark.parametrize("line", ["Copyright Cisco Systems", "Copyright (c) 2010 by Cisco Systems, Inc."])
def test_a_description_over_ten_lines_is_read_without_a_word(read: Read, line: str, careful: bool) -> None:
    text = "Model,sysDescr,Serial,Site\n" + f'C2960,"{chr(10).join([line] * 10)}",1,North\n' * 3
    with patch.object(csv_file, "_is_regular", return_value=not careful):
        inventory = read(text)
    assert inventory.equipment["sys_descr"][0] == "\n".join([line] * 10)
    assert inventory.warnings == ()


def test_a_very_long_note_is_read_with_a_warning(read: Read) -> None:
    inventory = read("Model,Notes,Site\n" + ('C300,"' + "a line\n" * 30 + '",North\n') * 2)
    assert inventory.equipment.height == 2
    assert "lines 2 to 32 were read as one cell (and 1 more such cell)" in inventory.warnings[0]


def test_a_cell_too_large_is_not_blamed_on_quotes(read: Read) -> None:
    with pytest.raises(InputError, match="longer than 1000000 characters"):
        read("Model,Site\r\nC300,North\r" + "x" * 1_100_000)
