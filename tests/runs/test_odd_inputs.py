"""Inputs at the edge: nothing in them, too much in a cell, types that others write."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from clearband.errors import InputError, UsageError
from clearband.sources.column_mapping import ColumnMapping
from clearband.sources.options import ReadOptions
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


def test_files_of_json_lines_have_the_keys_of_all_of_them(tmp_path: Path) -> None:
    banners = '"banners": [{"protocol": "ssh", "text": "HUAWEI VRP"}]'
    lines = {
        "a": '{"id": "a", "manufacturer": "Nokia"}',
        "b": '{"model": "S5720", "id": "b", "manufacturer": "Huawei"}',
        "c": '{"id": "c", "signals": {' + banners + "}}",
    }
    inventory = tmp_path / "inventory"
    inventory.mkdir()
    for name, line in lines.items():
        (inventory / f"{name}.jsonl").write_text(line + "\n")
    run([inventory], tmp_path / "out")
    rows = rows_of(tmp_path / "out")
    assert rows["clearband_maker"].to_list() == ["nokia", "huawei", "huawei"]
    whole = tmp_path / "whole.jsonl"
    whole.write_text("\n".join(lines.values()) + "\n")
    assert answers_of(tmp_path / "out").equals(in_memory([whole])[0])


def test_files_of_json_lines_with_a_key_in_two_forms_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"manufacturer": "Nokia", "banners": "HUAWEI VRP"}\n')
    (tmp_path / "b.jsonl").write_text(
        '{"manufacturer": "Nokia", "banners": [{"protocol": "ssh", "text": "x"}]}\n'
    )
    with pytest.raises(InputError, match=r'a\.jsonl: the key "banners" is text in some records'):
        open_dataset([tmp_path])


def test_files_with_a_column_in_another_form_are_refused(tmp_path: Path) -> None:
    banner = [[{"protocol": "ssh", "text": "HUAWEI VRP"}]]
    pl.DataFrame({"banners": banner, "manufacturer": ["Nokia"]}).write_parquet(tmp_path / "a.parquet")
    (tmp_path / "b.jsonl").write_text('{"banners": "HUAWEI VRP", "manufacturer": "Nokia"}\n')
    with pytest.raises(InputError, match=r"b\.jsonl: has banners in another form than a\.parquet"):
        open_dataset([tmp_path])


def test_a_number_in_one_file_and_a_text_in_the_next(tmp_path: Path) -> None:
    inventory = tmp_path / "inventory"
    inventory.mkdir()
    columns = {"manufacturer": ["Huawei"], "model": ["S5720"]}
    pl.DataFrame({"quantity": [2], **columns}).write_parquet(inventory / "a.parquet")
    pl.DataFrame({"quantity": ["3"], **columns}).write_parquet(inventory / "b.parquet")
    found = run([inventory], tmp_path / "out")
    assert found.concluded.summary["units"] == 5
    parts = [pl.read_parquet(path) for path in sorted((tmp_path / "out" / "parts").iterdir())]
    assert [part["clearband_maker"].to_list() for part in parts] == [["huawei"], ["huawei"]]


@pytest.mark.parametrize("first", ["Vendor,Seen at\n", "Vendor,Seen at\nNokia,\n"])
def test_a_first_file_that_says_little_does_not_decide_what_columns_mean(first: str, tmp_path: Path) -> None:
    inventory = tmp_path / "inventory"
    inventory.mkdir()
    (inventory / "a.csv").write_text(first)
    row = "Nokia,48:cd:d3:00:00:0{}\n"
    rest = "".join(row.format(at) for at in range(9))
    (inventory / "b.csv").write_text("Vendor,Seen at\n" + rest)
    run([inventory], tmp_path / "out")
    whole = tmp_path / "whole.csv"
    whole.write_text(first + rest)
    assert answers_of(tmp_path / "out").equals(in_memory([whole])[0])
    assert in_memory([whole])[1]["contradictions"] == 9


def test_numbers_and_days_that_cannot_be_right(tmp_path: Path) -> None:
    days = [date(9999, 12, 31), date(1900, 1, 1), None, date(2021, 1, 1), date(2019, 1, 1)]
    makers = ["Honor", "Honor", "Honor", "Honor", "Honor"]
    same(tmp_path, pl.DataFrame({"manufacturer": makers, "installed_on": days, "quantity": [1, -2, 0, 3, 1]}))
    assert rows_of(tmp_path / "out")["clearband_unreadable"].to_list() == [1, 2, 0, 0, 0]


@pytest.mark.parametrize("form", ["categories", "lists", "structs"])
def test_a_maker_that_only_a_column_of_another_type_names(form: str, tmp_path: Path) -> None:
    texts = pl.Series(["next to a Huawei box", None, "ok", "ZTE rack", "ok"])
    forms = {
        "categories": texts.cast(pl.Categorical),
        "lists": pl.Series([[text] for text in texts]),
        "structs": pl.Series([{"said": text} for text in texts]),
    }
    same(tmp_path, pl.DataFrame({"manufacturer": [None] * 5, "model": ["a"] * 5, "zzz": forms[form]}))


def test_lists_of_another_form_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.parquet"
    banners = [[{"protocol": "ssh", "text": "VRP", "port": 22}]]
    pl.DataFrame({"manufacturer": ["Nokia"], "banners": banners}).write_parquet(path)
    with pytest.raises(InputError, match=r'the column "banners" is not a list of \(protocol, text\)'):
        run([path], tmp_path / "out")


def test_a_text_under_the_name_of_a_list_is_a_column_of_the_inventory_s_own(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Maker,Model,neighbors\nNokia,AirScale,Huawei S5720\nNokia,AirScale,\n")
    found = run([path], tmp_path / "out")
    answers, summary = in_memory([path])
    assert answers_of(tmp_path / "out").equals(answers)
    assert found.concluded.summary == summary
    assert summary["mentions"] == 1


def test_columns_that_no_answer_depends_on_alone(tmp_path: Path) -> None:
    same(
        tmp_path,
        pl.DataFrame({"serial": ["a", " ", None, "b", "c"], "hw_version": ["1", None, None, "", "2"]}),
    )


def test_nothing_but_blank_rows_in_the_first_chunk(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Maker,Model\n" + ",\n" * 20 + "Huawei,S5720\n")
    found = run([path], tmp_path / "out", Sizes(bytes=10))
    assert answers_of(tmp_path / "out").equals(in_memory([path])[0])
    assert found.passed_over == {"blank": 20}


def test_a_header_that_only_the_mapping_tells(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Foo,Bar\nHuawei,S5720\n")
    mapping = ColumnMapping.from_options(["Foo=manufacturer"])
    assert open_dataset([path], mapping).layout.columns.fields == {"manufacturer": 0}
    wrong = open_dataset([path], ColumnMapping.from_options(["Foo=manufacturer", "Baz=model"]))
    with pytest.raises(UsageError, match='no table has a column "Baz"'):
        _ = wrong.layout


def test_json_lines_with_a_mark_and_in_other_encodings(tmp_path: Path) -> None:
    path = tmp_path / "list.jsonl"
    lines = '{"id": "a", "vendor": "Huawei"}\n{"id": "b", "vendor": "Français"}\n'
    path.write_bytes(lines.encode("utf-8-sig"))
    run([path], tmp_path / "out", Sizes(bytes=5))
    assert answers_of(tmp_path / "out").equals(in_memory([path])[0])
    path.write_bytes(lines.encode("cp1252"))
    with pytest.raises(InputError, match=r"list\.jsonl line 2: not valid UTF-8 text"):
        open_dataset([path])
    with pytest.raises(InputError, match="JSON Lines in cp1252 are not read in chunks"):
        open_dataset([path], options=ReadOptions(encoding="cp1252"))


def test_a_key_that_is_text_first_and_a_list_later_is_refused_and_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    first = '{"id": "a", "vendor": "Nokia", "banners": "none"}\n'
    later = '{"id": "b", "banners": [{"protocol": "ssh", "text": "HUAWEI VRP"}]}\n'
    path.write_text(first)
    dataset = open_dataset([path])
    path.write_text(first + later)
    with pytest.raises(InputError, match='the key "banners" is text in some records and a list'):
        list(dataset.chunks(Sizes(bytes=10)))


def test_parts_of_an_earlier_run_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Maker,Model\nHuawei,S5720\n")
    run([path], tmp_path / "out")
    with pytest.raises(InputError, match="seems to be a part of an earlier run"):
        run([tmp_path / "out" / "parts"], tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_a_folder_whose_name_is_a_pattern(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Maker,Model\nHuawei,S5720\n")
    assert run([path], tmp_path / "run[1]*").rows == 1
