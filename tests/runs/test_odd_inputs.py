"""Inputs at the edge: nothing in them, too much in a cell, types that others write."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from clearband.errors import InputError, UsageError
from clearband.sources.stream import open_dataset
from clearband.sources.stream.sizes import Sizes
from tests.runs.made_runs import answers_of, in_memory, rows_of, run

MAKERS = ["Huawei", None, "Nokia", " ZTE Corporation ", "Huawei"]


def same(tmp_path: Path, table: pl.DataFrame) -> None:
    path = tmp_path / "inventory.parquet"
    table.write_parquet(path)
    found = run([path], tmp_path / "out", Sizes(rows=2))
    answers, summary = in_memory([path])
    assert answers_of(tmp_path / "out").equals(answers)
    assert found.concluded.summary == summary


def test_a_column_without_any_value(tmp_path: Path) -> None:
    none = pl.Series([None] * 5, dtype=pl.String)
    same(tmp_path, pl.DataFrame({"manufacturer": MAKERS, "model": none, "mac": none}))


def test_a_cell_of_ten_megabytes(tmp_path: Path) -> None:
    texts = ["x" * 10_000_000, "a Huawei box", None, "", "Cisco IOS"]
    same(tmp_path, pl.DataFrame({"manufacturer": MAKERS, "description": texts}))


def test_columns_that_come_as_categories(tmp_path: Path) -> None:
    models = ["S5720", "unknown", "AirScale", "ZXR10", "S5720"]
    same(tmp_path, pl.DataFrame({"manufacturer": MAKERS, "model": models}).cast(pl.Categorical))
    rows = rows_of(tmp_path / "out")
    assert rows["manufacturer"].cast(pl.String).to_list() == MAKERS


def test_numbers_dates_and_lists_as_others_write_them(tmp_path: Path) -> None:
    macs = [["48:cd:d3:00:00:01", "48:cd:d3:00:00:02"], None, [], ["00:1b:21:00:00:01"], ["nonsense"]]
    same(
        tmp_path,
        pl.DataFrame(
            {
                "id": [1, 2, 3, 4, 5],
                "manufacturer": MAKERS,
                "macs": macs,
                "quantity": [3, None, 1, 0, 2],
                "installed_on": [date(2019, 1, 2), None, None, date(2024, 5, 6), None],
            }
        ),
    )


def test_several_addresses_in_a_cell_and_none_that_can_be_used(tmp_path: Path) -> None:
    cells = [
        "48:cd:d3:00:00:01; 48-CD-D3-00-00-02",
        "00:00:00:00:00:00",
        "48cd.d300.0003",
        "48CDD3000004",
        "n/a",
    ]
    same(tmp_path, pl.DataFrame({"MAC": cells, "manufacturer": [None, None, "Nokia", None, None]}))


def test_rows_that_are_no_equipment(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Maker,Model,Qty\nHuawei,S5720,2\n,,\nMaker,Model,Qty\nNokia,AirScale,x\nTotal,,4\n")
    found = run([path], tmp_path / "out", Sizes(bytes=30))
    answers, summary = in_memory([path])
    assert answers_of(tmp_path / "out").equals(answers)
    assert found.concluded.summary == summary
    assert sum(found.passed_over.values()) == 3
    # The quantity "x" of Nokia's row is no number.
    assert rows_of(tmp_path / "out")["clearband_unreadable"].sum() == summary["invalid_cells"] == 1


def test_a_quoted_cell_of_several_lines(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text('Maker,Description\nHuawei,"one\ntwo, ""three""\nfour"\nNokia,plain\n' * 1)
    run([path], tmp_path / "out", Sizes(bytes=40))
    assert answers_of(tmp_path / "out").equals(in_memory([path])[0])


def test_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "list.parquet"
    pl.DataFrame(schema={"manufacturer": pl.String, "model": pl.String}).write_parquet(path)
    with pytest.raises(InputError, match=r"list\.parquet: there are no rows"):
        run([path], tmp_path / "out")


def test_files_of_other_columns_are_refused(tmp_path: Path) -> None:
    pl.DataFrame({"manufacturer": ["a"]}).write_parquet(tmp_path / "a.parquet")
    pl.DataFrame({"maker": ["a"]}).write_parquet(tmp_path / "b.parquet")
    with pytest.raises(InputError, match=r"b\.parquet: differs from a\.parquet in columns"):
        open_dataset([tmp_path])


def test_what_is_not_read_in_chunks_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="standard input cannot be read twice"):
        open_dataset(["-"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no file in it ends in"):
        open_dataset([tmp_path / "empty"])
    path = tmp_path / "a.csv"
    path.write_text("Maker,Model\nHuawei,S5720\n")
    with pytest.raises(UsageError, match="named twice"):
        open_dataset([path, path])
    path.write_text('{"inventory": [{"manufacturer": "Huawei"}]}')
    with pytest.raises(InputError, match="json is not read in chunks"):
        open_dataset([path])


def test_a_key_that_comes_late_is_refused_and_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    first = '{"id": "a", "signals": {"vendor": "Nokia"}}\n'
    path.write_text(first)
    dataset = open_dataset([path])
    path.write_text(first + '{"id": "b", "signals": {"model": "S5720"}}\n')
    with pytest.raises(InputError, match=r'the key "model" is in none of the first records'):
        list(dataset.chunks(Sizes()))
