"""One bad row far down: the line in the file is told, and quotes are read as in a run in memory."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from clearband.errors import InputError
from clearband.sources import read_inventory
from clearband.sources.rows_to_look_at import may_be_no_equipment
from clearband.sources.stream import csv_chunks, open_dataset
from clearband.sources.stream.chunk import Place
from clearband.sources.stream.csv_chunks import CsvFile
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


@pytest.mark.parametrize(
    "odd",
    [
        b" Maker ,Model,Note\n",  # a header that is repeated
        b"Total,,12\n",
        b'" Nokia",AirScale,"two\nlines"\n',
        b'Nokia,Air"Scale,\n',  # an odd quote
        "中兴,ZXR10,\n".encode("gb18030"),
        b",,\n",
    ],
)
def test_cells_looked_up_while_they_are_read_are_the_same(odd: bytes, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(HEADER.encode() + GOOD.encode() * 20 + odd + GOOD.encode() * 20)
    file = open_dataset([path]).files[0]
    assert isinstance(file, CsvFile)
    kinds = {at: pl.Categorical(pl.Categories.random("test", pl.UInt32)) for at in (0, 2)}
    try:
        plain = list(file.chunks(file.start, Sizes(bytes=100)))
    except InputError as error:
        with pytest.raises(InputError, match=re.escape(str(error))):
            list(file.chunks(file.start, Sizes(bytes=100), lambda _: kinds))
        return
    asked = list(file.chunks(file.start, Sizes(bytes=100), lambda _: kinds))
    assert asked[0].frame.dtypes == [kinds[0], pl.String, kinds[2]]
    assert [chunk.end for chunk in asked] == [chunk.end for chunk in plain]
    for one, other in zip(asked, plain, strict=True):
        assert one.frame.cast(pl.String).equals(other.frame)
        header = file.columns
        assert may_be_no_equipment(one.texts, header).equals(may_be_no_equipment(other.texts, header))


def test_columns_of_few_texts_are_looked_up_while_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(HEADER + GOOD * 20)
    read, kinds = csv_chunks.read_records, []

    def noted(*given: Any) -> Any:
        kinds.append(set(given[-1]))
        return read(*given)

    monkeypatch.setattr(csv_chunks, "read_records", noted)
    run([path], tmp_path / "out", Sizes(bytes=100))
    assert kinds[0] == set()  # nothing is known of them yet
    assert kinds[-1] == {0, 1}
