"""A run in parts is screened again: what holds is taken over, what is otherwise is told record by record."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearband.errors import InputError
from clearband.runs.again import read_earlier
from clearband.runs.finish import Finished
from clearband.runs.job import Job
from clearband.runs.progress import Meter
from clearband.runs.run import run_in_parts
from clearband.screening.settings import settings_for
from clearband.sources.stream import open_dataset
from clearband.sources.stream.partitions import with_columns_of_paths
from clearband.sources.stream.sizes import Sizes
from tests.laws import examples
from tests.runs.made_runs import files_of, rows_of, rules

SIZES = Sizes(bytes=60)
HEADER = "Asset,Maker,Model\n"


def table(*rows: str) -> str:
    return HEADER + "".join(f"{row}\n" for row in rows)


def screened(
    inputs: Path | None, out: Path, again: Path | None = None, on: date = date(2026, 11, 26),
    sizes: Sizes = SIZES,
) -> Finished:  # fmt: skip
    _, register, law = rules()
    earlier = read_earlier(again) if again is not None else None
    if inputs is not None:
        dataset = with_columns_of_paths(open_dataset([inputs]), [str(inputs)])
    else:
        assert earlier is not None
        dataset = earlier.dataset()
    asked = settings_for(law, actors=("federal-agency",), on=on, today=on)
    job = Job(dataset, asked, register, law, "all", sizes, earlier)
    return run_in_parts(job, out, Meter(lambda _: None, None))


def changes_of(out: Path) -> list[tuple[Any, ...]]:
    found = pl.read_parquet(out / "changes.parquet")
    return found.select("record_id", "changed", "answer_before", "answer_after").rows()


def same_findings(one: Path, other: Path) -> None:
    """All but the record of the run, and what it tells of the earlier one."""
    files = [
        {
            name: content
            for name, content in files_of(out).items()
            if name not in ("run.json", "changes.parquet")
        }
        for out in (one, other)
    ]
    assert files[0] == files[1]


@pytest.fixture
def inventory(tmp_path: Path) -> Path:
    folder = tmp_path / "inventory"
    folder.mkdir()
    (folder / "a.csv").write_text(
        table("1,Huawei,S5720", "2,Nokia,AirScale", "3,ZTE,ZXR10", "4,Nokia,AirScale", "5,Huawei,S6730")
    )
    (folder / "b.csv").write_text(table("6,Nokia,AirScale", "7,Hikvision,DS-2CD", "8,Huawei,S5720"))
    return folder


def test_only_the_file_that_was_changed_is_read_again(inventory: Path, tmp_path: Path) -> None:
    screened(inventory, tmp_path / "first")
    (inventory / "b.csv").write_text(table("6,Huawei,S5720", "8,Huawei,S5720", "9,ZTE,ZXR10"))
    found = screened(inventory, tmp_path / "again", tmp_path / "first").compared
    screened(inventory, tmp_path / "alone")
    same_findings(tmp_path / "again", tmp_path / "alone")
    assert found is not None
    assert 0 < found.taken_over < found.parts
    assert changes_of(tmp_path / "again") == [
        ("6", ["answer", "maker"], "not-covered", "prohibited"),
        ("7", ["gone"], "review", None),
        ("9", ["new"], None, "prohibited"),
    ]
    why = pl.read_parquet(tmp_path / "again" / "changes.parquet")["why"].to_list()
    assert why == [
        ["another maker: nokia → huawei", "another kind: ran → switch", "other content of b.csv"],
        ["other content of b.csv"],
        ["other content of b.csv"],
    ]


def test_nothing_is_read_again_where_nothing_changed(inventory: Path, tmp_path: Path) -> None:
    screened(inventory, tmp_path / "first")
    for inputs in (inventory, None):
        out = tmp_path / f"again-{inputs is None}"
        found = screened(inputs, out, tmp_path / "first").compared
        assert found is not None
        assert found.taken_over == found.parts
        assert found.counts.is_empty()
        same_findings(out, tmp_path / "first")
        assert changes_of(out) == []
    record = json.loads((out / "run.json").read_text())
    assert record["inputs"] == json.loads((tmp_path / "first" / "run.json").read_text())["inputs"]


def test_another_content_of_the_same_size_and_time_is_read(inventory: Path, tmp_path: Path) -> None:
    screened(inventory, tmp_path / "first")
    path = inventory / "b.csv"
    before = path.stat()
    path.write_text(path.read_text().replace("6,Nokia,", "6,Huawe,").replace("AirScale", "S5720...", 1))
    path.write_text(path.read_text().replace("Huawe,", "ZTE  ,"))
    assert path.stat().st_size == before.st_size
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    screened(inventory, tmp_path / "again", tmp_path / "first")
    assert changes_of(tmp_path / "again") == [("6", ["answer", "maker"], "not-covered", "review")]


def test_a_file_that_moved_to_a_folder_that_says_something_else_is_read(tmp_path: Path) -> None:
    inventory = tmp_path / "inventory"
    before, after = inventory / "vendor=Nokia", inventory / "vendor=Huawei"
    before.mkdir(parents=True)
    pl.DataFrame({"id": ["a"], "model": ["x"]}).write_parquet(before / "0.parquet")
    screened(inventory, tmp_path / "first")
    before.rename(after)
    screened(inventory, tmp_path / "again", tmp_path / "first")
    assert [row[:2] for row in changes_of(tmp_path / "again")] == [("a", ["maker"])]


def test_another_day_is_asked_of_the_parts_alone(inventory: Path, tmp_path: Path) -> None:
    """Section 889 of the John S. McCain Act bound agencies from 13 August 2019."""
    screened(inventory, tmp_path / "first", on=date(2019, 8, 12))
    screened(inventory, tmp_path / "alone", on=date(2019, 8, 13))
    for inputs in (None, inventory):
        out = tmp_path / f"again-{inputs is None}"
        found = screened(inputs, out, tmp_path / "first", on=date(2019, 8, 13)).compared
        assert found is not None
        assert found.taken_over == 0
        assert found.reasons == ("day 2019-08-12 → 2019-08-13",)
        same_findings(out, tmp_path / "alone")
        changed = {row[0] for row in changes_of(out)}
        assert changed == {"1", "3", "5", "7", "8"}
        why = pl.read_parquet(out / "changes.parquet")["why"].explode()
        assert "day 2019-08-12 → 2019-08-13" in set(why)
        assert any("889" in text or "effective" in text for text in why)


def test_other_sizes_of_chunks_change_no_answer(inventory: Path, tmp_path: Path) -> None:
    screened(inventory, tmp_path / "first")
    found = screened(inventory, tmp_path / "again", tmp_path / "first", sizes=Sizes(bytes=90)).compared
    assert found is not None
    assert found.taken_over == 0
    assert changes_of(tmp_path / "again") == []


def test_a_part_that_was_changed_is_refused(inventory: Path, tmp_path: Path) -> None:
    screened(inventory, tmp_path / "first")
    part = tmp_path / "first" / "parts" / "part-000000.parquet"
    part.write_bytes(part.read_bytes()[:-1] + b"?")
    with pytest.raises(InputError, match=r"the run was altered: part-000000\.parquet is not as it was"):
        screened(inventory, tmp_path / "again", tmp_path / "first")
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", r"run\.json: is no JSON"),
        ("[]", "is not the record of a run in parts"),
        ('{"schema": "https://clearband.dev/schema/run-in-parts-1.json"}', "clearband: is missing"),
        (None, "cannot be read"),
    ],
)
def test_what_is_no_run_in_parts_is_refused(content: str | None, said: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "run.json").write_text(content)
    with pytest.raises(InputError, match=said):
        read_earlier(tmp_path)


def test_parts_of_ids_alone_need_the_inventory(inventory: Path, tmp_path: Path) -> None:
    _, register, law = rules()
    asked = settings_for(law, actors=("federal-agency",), today=date(2026, 11, 26))
    job = Job(open_dataset([inventory]), asked, register, law, "ids", SIZES)
    run_in_parts(job, tmp_path / "first", Meter(lambda _: None, None))
    earlier = read_earlier(tmp_path / "first")
    with pytest.raises(InputError, match="its parts hold ids only"):
        earlier.dataset()
    (inventory / "b.csv").write_text(table("6,Huawei,AirScale"))
    again = replace(job, dataset=open_dataset([inventory]), again=earlier)
    found = run_in_parts(again, tmp_path / "again", Meter(lambda _: None, None)).compared
    assert found is not None
    assert found.taken_over > 0
    assert [row[:2] for row in changes_of(tmp_path / "again")] == [
        ("6", ["answer", "maker"]), ("7", ["gone"]), ("8", ["gone"]),
    ]  # fmt: skip


MAKERS = st.sampled_from(["Huawei,S5720", "Nokia,AirScale", "ZTE,", ",", "Nokia,Huawei S5720", "Total,"])
ROWS = st.lists(st.tuples(st.sampled_from(["1", "2", "3", ""]), MAKERS), min_size=1, max_size=6)


@settings(max_examples=examples(5, 60))
@given(first=st.tuples(ROWS, ROWS), then=st.tuples(ROWS, ROWS), same=st.booleans(), size=st.integers(20, 90))
def test_a_run_again_says_what_a_fresh_run_says(
    first: tuple[Any, Any], then: tuple[Any, Any], same: bool, size: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:  # fmt: skip
    folder = tmp_path_factory.mktemp("again")
    inventory = folder / "inventory"
    inventory.mkdir()

    def write(name: str, rows: list[tuple[str, str]]) -> None:
        (inventory / name).write_text(table("0,Nokia,AirScale", *(f"{id_},{rest}" for id_, rest in rows)))

    for name, rows in zip("ab", first, strict=True):
        write(f"{name}.csv", rows)
    screened(inventory, folder / "first", sizes=Sizes(bytes=size))
    for name, rows in zip("ab", (first[0] if same else then[0], then[1]), strict=True):
        write(f"{name}.csv", rows)
    screened(inventory, folder / "again", folder / "first", sizes=Sizes(bytes=size))
    screened(inventory, folder / "alone", sizes=Sizes(bytes=size))
    same_findings(folder / "again", folder / "alone")
    assert_changes_lead_from_one_to_the_other(*(folder / name for name in ("first", "again")))


def assert_changes_lead_from_one_to_the_other(first: Path, again: Path) -> None:
    """The answers of the first run, less those gone, with those new and changed: those of the second."""

    named = any(json.loads((out / "run.json").read_text())["id_column"] for out in (first, again))
    place = pl.format("{}!{}", pl.col("clearband_file"), "clearband_row")
    ids = pl.coalesce("Asset", place) if named else place

    def answers(out: Path) -> list[tuple[str, str, str | None]]:
        told = rows_of(out).with_columns(pl.col(pl.Categorical).cast(pl.String))
        return sorted(told.select(ids, "clearband_answer", "clearband_maker").rows(), key=str)

    found = answers(first)
    for row in pl.read_parquet(again / "changes.parquet").iter_rows(named=True):
        if row["changed"] != ["new"]:
            found.remove((row["record_id"], row["answer_before"], row["maker_before"]))
        if row["changed"] != ["gone"]:
            found.append((row["record_id"], row["answer_after"], row["maker_after"]))
    assert sorted(found, key=str) == answers(again)
