"""One bad row far down: the line in the file is told, and quotes are read as in a run in memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearband.errors import InputError
from clearband.sources import read_inventory
from clearband.sources.stream import open_dataset
from clearband.sources.stream.chunk import Place
from clearband.sources.stream.sizes import Sizes
from tests.runs.made_runs import answers_of, in_memory, run

GOOD = "Nokia,AirScale,\n"
HEADER = "Maker,Model,Note\n"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (b"Nokia,Air\xe9Scale,\n", r"list 2\.csv line 42: not valid utf-8 text"),
        (b"Nokia,AirScale,,,more\n", r"list 2\.csv row 42: a row has more cells than the header"),
        (b'Nokia,AirScale,"\n', r"list 2\.csv line 42: the quotation mark that opens a cell in line 42"),
    ],
)
def test_the_line_of_a_bad_row_is_told(row: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "list 2.csv"
    path.write_text(HEADER + GOOD * 40)
    dataset = open_dataset([path])
    path.write_bytes((HEADER + GOOD * 40).encode() + row)
    with pytest.raises(InputError, match=said):
        list(dataset.chunks(Sizes(bytes=200)))


def test_cells_beyond_the_header_that_hold_nothing_are_no_matter(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(HEADER + GOOD * 40 + "Huawei,S5720,,,\n")
    assert run([path], tmp_path / "out", Sizes(bytes=200)).rows == 41


def test_the_line_of_json_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "list.jsonl"
    good = b'{"vendor": "Nokia"}\n'
    path.write_bytes(good * 40)
    dataset = open_dataset([path])
    path.write_bytes(good * 40 + b'{"vendor": "Nok\xe9"}\n' + good)
    with pytest.raises(InputError, match=r"list\.jsonl line 41: not valid UTF-8 text"):
        list(dataset.chunks(Sizes(bytes=200)))


@pytest.mark.parametrize("size", [20, 33, 50, 77, 120, 1_000])
def test_a_stray_quote_beside_cells_of_several_lines(size: int, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    stray = 'Nokia,19" rack,\n'
    several = 'Huawei,S5720,"two\nlines"\n'
    path.write_text(HEADER + (GOOD + stray + several + GOOD + several) * 3)
    run([path], tmp_path / "out", Sizes(bytes=size))
    assert answers_of(tmp_path / "out").equals(in_memory([path])[0])


@pytest.mark.parametrize("size", [60, 200, 64_000_000])
def test_a_cell_over_many_lines_is_told_by_the_lines_of_the_file(size: int, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(HEADER + GOOD * 40 + 'Nokia,AirScale,"' + "note\n" * 30 + '"\n' + GOOD)
    found = [
        chunk.warnings
        for chunk in open_dataset([path]).files[0].chunks(Place(len(HEADER), 2), Sizes(bytes=size))
    ]
    (warning,) = [line for warnings in found for line in warnings]
    assert warning.startswith("lines 42 to 72 were read as one cell")
    assert warning in read_inventory([path]).warnings[0]
