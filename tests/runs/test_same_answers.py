"""A run in parts says of each record, and of all, what a screening in memory says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearband.runs.kernel import Kernel
from clearband.screening.screen import screen
from clearband.sources import read_inventory
from clearband.sources.stream.sizes import Sizes, sizes_for
from tests.laws import examples
from tests.runs.made_runs import CARRIER, answers_of, files_of, in_memory, job, rows_of, rules, run


def parquet_of(csv: Path, path: Path) -> Path:
    pl.read_csv(csv, infer_schema=False).write_parquet(path)
    return path


@pytest.mark.parametrize("rows", [7, 40, 1_000_000])
def test_a_text_table_in_chunks_of_any_size(rows: int, tmp_path: Path) -> None:
    found = run([CARRIER], tmp_path / "out", sizes_for(rows))
    answers, summary = in_memory([CARRIER])
    assert answers_of(tmp_path / "out").equals(answers)
    assert found.concluded.summary == summary


@pytest.fixture(scope="module")
def carrier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return parquet_of(CARRIER, tmp_path_factory.mktemp("inventory") / "inventory.parquet")


@pytest.fixture(scope="module")
def expected(carrier: Path) -> tuple[pl.DataFrame, dict[str, Any]]:
    return in_memory([carrier])


@settings(max_examples=examples(3, 20))
@given(rows=st.integers(10, 60))
def test_parquet_in_chunks_of_any_size(
    rows: int,
    carrier: Path,
    expected: tuple[pl.DataFrame, dict[str, Any]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    out = tmp_path_factory.mktemp("run") / "out"
    found = run([carrier], out, Sizes(rows=rows))
    answers, summary = expected
    assert answers_of(out).equals(answers)
    assert found.concluded.summary == summary


def test_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "inventory.jsonl"
    path.write_text(
        '{"id": "a", "signals": {"vendor": "Huawei", "model": "S5720"}}\n\n'
        '{"id": "b", "signals": {"mac": "00:1b:21:00:00:01", "sys_descr": "Cisco IOS Software"}}\n'
        '{"id": "c", "signals": {"banners": [{"protocol": "http", "text": "ZTE web server"}]}}\n'
    )
    found = run([path], tmp_path / "out", Sizes(bytes=80))
    answers, summary = in_memory([path])
    assert answers_of(tmp_path / "out").equals(answers)
    assert found.concluded.summary == summary
    assert rows_of(tmp_path / "out")["clearband_row"].to_list() == [1, 3, 4]


def test_a_maker_that_only_a_column_of_notes_names_is_a_mention(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "Maker,Model,Remark of the crew\nNokia,AirScale,next to a Huawei box\nNokia,AirScale,ok\n"
    )
    found = run([path], tmp_path / "out")
    assert found.concluded.summary == in_memory([path])[1]
    assert found.concluded.summary["mentions"] == 1


def test_a_directory_is_one_inventory(tmp_path: Path) -> None:
    table = pl.read_csv(CARRIER, infer_schema=False)
    folder = tmp_path / "inventory"
    (folder / "region=west").mkdir(parents=True)
    table[:50].write_parquet(folder / "a.parquet")
    table[50:].write_parquet(folder / "region=west" / "b.parquet")
    (folder / "_SUCCESS").write_text("")
    (folder / "readme.md").write_text("not a table")
    run([folder], tmp_path / "out")
    whole = parquet_of(CARRIER, tmp_path / "whole.parquet")
    assert answers_of(tmp_path / "out").equals(in_memory([whole])[0])
    assert rows_of(tmp_path / "out")["clearband_file"].unique(maintain_order=True).to_list() == [
        "a.parquet",
        "b.parquet",
    ]


def test_findings_of_a_records_combination_are_those_of_the_record(tmp_path: Path) -> None:
    run([CARRIER], tmp_path / "out", sizes_for(30))
    columns = ["source", "directive", "clause", "answer", "ground", "event_date"]
    expected = screen(read_inventory([CARRIER]), *rules()).findings.whole()
    cases = pl.read_parquet(tmp_path / "out" / "cases.parquet").select("case", "combination")
    findings = pl.read_parquet(tmp_path / "out" / "findings.parquet")
    found = (
        rows_of(tmp_path / "out")
        .select(source=pl.format("{}:{}", "clearband_file", "clearband_row"), case="clearband_case")
        .join(cases, on="case")
        .join(findings, on="combination")
    )
    reached = expected.filter(pl.col("directive").is_not_null()).select(columns)
    assert reached.height > 100
    assert found.select(columns).sort(columns).equals(reached.sort(columns))


def test_a_kernel_that_forgets_says_the_same() -> None:
    wanted = job([CARRIER], sizes_for(9))
    once = Kernel(wanted.dataset.layout, wanted.dataset.options, *rules())
    often = Kernel(wanted.dataset.layout, wanted.dataset.options, *rules(), remembered=20)
    for _, chunk in wanted.dataset.chunks(wanted.sizes):
        one, other = once.screen(chunk), often.screen(chunk)
        assert one.cases["case"].gather(one.numbers).equals(other.cases["case"].gather(other.numbers))


def test_the_same_bytes_each_time_and_beside_other_runs(tmp_path: Path) -> None:
    run([CARRIER], tmp_path / "one", sizes_for(30))
    other = tmp_path / "list.csv"
    other.write_text("Maker,Model\nHuawei,S5720\nZTE,ZXR10\n")
    run([other], tmp_path / "other")
    run([CARRIER], tmp_path / "two", sizes_for(30))
    assert files_of(tmp_path / "one") == files_of(tmp_path / "two")


def test_ids_alone(tmp_path: Path) -> None:
    run([CARRIER], tmp_path / "ids", columns="ids")
    run([CARRIER], tmp_path / "all")
    ids, whole = rows_of(tmp_path / "ids"), rows_of(tmp_path / "all")
    assert [name for name in ids.columns if not name.startswith("clearband_")] == ["Asset #"]
    assert ids.equals(whole.select(ids.columns))
    assert whole.columns[2:-11] == pl.read_csv(CARRIER, infer_schema=False).columns
