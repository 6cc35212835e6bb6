"""A bill of materials with its boards and chips, screened from the command line: parts and boxes."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from clearband.cli.main import run
from clearband.register import load_register

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "corpora" / "inventories"
ON = "2026-11-22"

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the labelled inventories are not beside the repository"
)


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    """Every labelled component with its label, its verdict, its answer and what it contains."""
    out = tmp_path_factory.mktemp("run") / "out"
    asked = ["--as", "federal-contractor", "--as", "usf-recipient", "--on", ON]
    with pytest.raises(SystemExit) as stop:
        run(["screen", str(FOLDER / "hbom.cdx.json"), *asked, "--out", str(out)])
    assert stop.value.code == 0
    with (FOLDER / "hbom.truth.csv").open(encoding="utf-8") as lines:
        truth = pl.DataFrame(list(csv.DictReader(lines))).rename({"row_id": "record_id", "maker": "label"})
    joined = truth.join(pl.read_parquet(out / "equipment.parquet"), on="record_id", how="left")
    assert joined["answer"].null_count() == 0, "a labelled component was not read under its id"
    return joined


@pytest.fixture(scope="module")
def covered_ids() -> set[str]:
    """The covered makers and what they control or are affiliated with, by the register's own ownership."""
    register = load_register()
    heads = {"huawei", "zte", "hikvision", "dahua", "hytera"}
    return {
        org_id
        for org_id in register.organisations
        for path in register.relations(org_id, date.fromisoformat(ON))
        if path.target in heads and path.relation in ("self", "controlled", "affiliate")
    }


def test_covered_makers_are_found_and_no_others(records: pl.DataFrame, covered_ids: set[str]) -> None:
    covered = pl.col("covered") == "yes"
    called = pl.col("maker").is_in(list(covered_ids)).fill_null(value=False)
    found = records.filter(covered & called).height
    assert found / records.filter(covered).height >= 0.97, records.filter(covered & ~called).to_dicts()
    assert found / records.filter(called).height >= 0.98, records.filter(called & ~covered).to_dicts()


def test_no_covered_part_is_cleared_and_no_other_is_prohibited(records: pl.DataFrame) -> None:
    cleared = records.filter((pl.col("covered") == "yes") & (pl.col("answer") == "not-covered"))
    wronged = records.filter((pl.col("covered") == "no") & (pl.col("answer") == "prohibited"))
    assert cleared.is_empty()
    assert wronged.is_empty()


def test_exactly_the_boxes_and_boards_with_covered_parts_contain_them(records: pl.DataFrame) -> None:
    parent = dict(records.select("record_id", "parent_id").iter_rows())
    expected: dict[str, set[str]] = {}
    for name in records.filter(pl.col("covered") == "yes")["record_id"]:
        above = parent[name]
        while above in parent:
            expected.setdefault(above, set()).add(name)
            above = parent[above]
    told = {
        name: {one["record_id"] for one in inside}
        for name, inside in records.select("record_id", "contains").drop_nulls().iter_rows()
    }
    assert told == expected
    assert {"hbom-0", "hbom-1", "hbom-2"} < set(told)


def test_boxes_keep_their_own_maker_and_are_never_cleared(records: pl.DataFrame) -> None:
    boxes = records.filter(pl.col("contains").is_not_null())
    assert {"meridian-security", "harborline-wireless"} == set(boxes["maker"])
    assert set(boxes["answer"]) == {"review"}


def test_a_maker_that_a_description_says_it_replaces_is_a_mention(records: pl.DataFrame) -> None:
    camera = records.row(by_predicate=pl.col("record_id") == "hbom-0", named=True)
    assert camera["description"] == "replaces Huawei E-series units"
    assert camera["maker"] == "meridian-security"
    assert {mention["maker"] for mention in camera["mentions"]} == {"huawei"}
