"""The main job, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import polars as pl
import pytest

from clearband.facts.store import ROOT
from tests.cli.conftest import AGENCY, CARRIER, Clearband, Finished

ON = ("--on", "2026-11-22")
FILES = {
    "equipment.parquet", "findings.parquet", "findings.csv", "deadlines.csv", "summary.json", "report.html",
    "run.json",
}  # fmt: skip


def few(folder: Path) -> Path:
    """An inventory of which some is prohibited, to review, unidentified and not covered."""
    path = folder / "few.csv"
    path.write_text(
        "Asset,Manufacturer,Model,Type\nA1,Huawei,RRU3959,RRU\nA2,Hikvision,DS-2CD2042WD-I,camera\n"
        "A3,Hytera,PD785G,DMR portable\nA4,,,router\nA5,Cisco,WS-C2960X-48TS-L,switch\n"
    )
    return path


def test_an_inventory_is_screened_and_everything_is_written(clearband: Clearband, tmp_path: Path) -> None:
    ended = clearband("screen", few(tmp_path), *ON, "--out", tmp_path / "run")
    assert ended.status == 0, ended.err
    assert {path.name for path in (tmp_path / "run").iterdir()} == FILES
    assert "prohibited" in ended.out
    assert "report.html" in ended.out
    equipment = pl.read_parquet(tmp_path / "run" / "equipment.parquet")
    assert equipment["answer"].null_count() == 0
    findings = pl.read_parquet(tmp_path / "run" / "findings.parquet")
    assert set(findings["record_id"]) == set(equipment["record_id"])


def test_every_prohibition_names_measure_clause_date_actors_and_ground(finished: Finished) -> None:
    run = finished(CARRIER, AGENCY, *ON)
    findings = pl.read_parquet(run / "findings.parquet").filter(pl.col("answer") == "prohibited")
    assert findings.height > 0
    for column in ("directive", "clause", "cite", "event_date", "ground", "maker", "control"):
        assert findings[column].null_count() == 0, column
    assert findings["actors"].list.len().min() >= 1
    assert findings["actions"].list.len().min() >= 1


def test_every_open_record_says_what_would_decide_it(finished: Finished) -> None:
    equipment = pl.read_parquet(finished(CARRIER, AGENCY, *ON) / "equipment.parquet")
    review = equipment.filter(pl.col("answer") == "review")
    unidentified = equipment.filter(pl.col("answer") == "unidentified")
    assert review["answer_question"].null_count() == 0
    assert unidentified.select(pl.coalesce("would_help", "answer_question")).to_series().null_count() == 0


def test_what_nobody_identified_is_never_shown_as_clear(finished: Finished) -> None:
    equipment = pl.read_parquet(finished(CARRIER, AGENCY, *ON) / "equipment.parquet")
    open_makers = equipment.filter(pl.col("maker_status") != "identified")
    assert open_makers.height > 0
    assert "not-covered" not in set(open_makers["answer"])


def test_the_same_inventory_facts_and_settings_give_the_same_bytes(
    clearband: Clearband, finished: Finished, tmp_path: Path
) -> None:
    first, second = finished(CARRIER, AGENCY, *ON), tmp_path / "second"
    assert clearband("screen", CARRIER, AGENCY, *ON, "--out", second).status == 0
    for file in FILES - {"run.json"}:
        assert (first / file).read_bytes() == (second / file).read_bytes(), file
    one, two = (json.loads((run / "run.json").read_text()) for run in (first, second))
    assert {**one, "created": None} == {**two, "created": None}


def test_without_an_actor_the_summary_says_that_every_class_was_asked(
    clearband: Clearband, tmp_path: Path
) -> None:
    words = " ".join(clearband("screen", few(tmp_path)).out.split())
    assert "every class of actor was asked" in words
    assert "were not asked" in words


def test_an_actor_and_a_date_change_the_answer(clearband: Clearband, tmp_path: Path) -> None:
    def prohibited(on: str) -> int:
        ended = clearband(
            "screen", few(tmp_path), "--as", "federal-agency", "--action", "procure", "--on", on, "--json"
        )
        answers = {entry["answer"]: entry["records"] for entry in json.loads(ended.out)["answers"]}
        return answers.get("prohibited", 0)

    assert prohibited("2019-08-12") == 0
    assert prohibited("2019-08-13") > 0


def test_a_profile_says_who_we_are_and_options_go_before_it(clearband: Clearband, tmp_path: Path) -> None:
    profile = tmp_path / "we.yaml"
    profile.write_text("name: Mesa Telephone\nactors: [usf-recipient]\nactions: [fund]\non: 2020-06-29\n")
    inventory = few(tmp_path)
    asked = json.loads(clearband("screen", inventory, "--profile", profile, "--json").out)["asked"]
    assert (asked["profile"], asked["actors"], asked["on"]) == (
        "Mesa Telephone",
        ["usf-recipient"],
        "2020-06-29",
    )
    later = clearband("screen", inventory, "--profile", profile, "--on", "2020-06-30", "--json")
    assert json.loads(later.out)["asked"]["on"] == "2020-06-30"


def test_the_json_summary_is_of_its_published_form(clearband: Clearband) -> None:
    summary = json.loads(clearband("screen", CARRIER, AGENCY, "--json").out)
    schema = json.loads((ROOT / "schemas" / "summary.schema.json").read_text())
    jsonschema_rs.validator_for(schema).validate(summary)


def test_the_record_of_the_run_is_of_its_published_form(finished: Finished) -> None:
    schema = json.loads((ROOT / "schemas" / "run.schema.json").read_text())
    record = json.loads((finished(CARRIER, AGENCY, *ON) / "run.json").read_text())
    jsonschema_rs.validator_for(schema).validate(record)


@pytest.mark.parametrize("answer", ["prohibited", "review", "unidentified"])
def test_fail_on_ends_with_status_1_when_it_is_met(clearband: Clearband, tmp_path: Path, answer: str) -> None:
    assert clearband("screen", few(tmp_path), "--fail-on", answer).status == 1


def test_fail_on_ends_with_status_0_when_it_is_not_met(clearband: Clearband, tmp_path: Path) -> None:
    inventory = tmp_path / "clean.csv"
    inventory.write_text("Asset,Manufacturer,Model,Type\nA1,Cisco,WS-C2960X-48TS-L,switch\n")
    assert clearband("screen", inventory, "--fail-on", "prohibited", "--fail-on", "unidentified").status == 0


def test_an_inventory_comes_from_standard_input(clearband: Clearband, tmp_path: Path) -> None:
    inventory = few(tmp_path)
    ended = clearband("screen", "-", "--json", stdin=inventory.read_bytes())
    named = clearband("screen", inventory, "--json")
    assert json.loads(ended.out)["answers"] == json.loads(named.out)["answers"]


def test_one_record_is_explained_step_by_step(clearband: Clearband, finished: Finished) -> None:
    run = finished(CARRIER, AGENCY, *ON)
    equipment = pl.read_parquet(run / "equipment.parquet")
    record = equipment.filter(pl.col("answer") == "prohibited")["record_id"][0]
    ended = clearband("explain", run, record)
    assert ended.status == 0
    assert record in ended.out
    assert "889" in ended.out


def test_a_record_that_is_not_in_the_run_is_one_line(clearband: Clearband, finished: Finished) -> None:
    ended = clearband("explain", finished(CARRIER, AGENCY, *ON), "no-such-record")
    assert "no-such-record" in ended.one_line
    assert ended.status in (2, 3)
