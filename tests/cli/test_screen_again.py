"""An earlier run screened again: nothing is lost in between, and only what changed is shown."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema_rs
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from clearband.facts.store import ROOT
from clearband.reports.folder import read_run
from clearband.sources import read_inventory
from tests.cli.conftest import AGENCY, CARRIER, Clearband

AGENCY_BUYS = ("--as", "federal-agency", "--action", "procure")
LIST = """\
asset,manufacturer,brand,model,purpose,category,acquired,remark
a1,Huawei,,AR617,moonbase,router,2019-13-45,seen 2020
a1,Hikvision,LTS,DS-2CD2143,public safety,camera,2021-05-01,=1+1
a2,,,,,,,
a3,ZTE,,ZXR10 5960,,switch,2020-01-31,
a4,Cisco,Cisco,C9300,not for anything,switch,,
"""


def screened(clearband: Clearband, out: Path, *words: object) -> pl.DataFrame:
    ended = clearband("screen", *words, "--out", out)
    assert ended.status == 0, ended.err
    return pl.read_parquet(out / "equipment.parquet")


def validated(name: str, text: str) -> dict[str, object]:
    schema = json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text("utf-8"))
    found: dict[str, object] = json.loads(text)
    jsonschema_rs.validator_for(schema).validate(found)
    return found


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_a_run_keeps_all_that_its_inputs_said(clearband: Clearband, tmp_path: Path, listed: Path) -> None:
    profile = tmp_path / "profile.yaml"
    profile.write_text("purposes:\n  - {category: switch, purpose: critical-infrastructure}\n", "utf-8")
    inputs = [listed, CARRIER, AGENCY]
    screened(clearband, tmp_path / "run", *inputs, "--profile", profile)
    assert_frame_equal(
        read_run(tmp_path / "run").inventory().equipment,
        read_inventory([str(path) for path in inputs]).equipment,
    )


def test_with_the_same_facts_and_day_nothing_changes(
    clearband: Clearband, tmp_path: Path, listed: Path
) -> None:
    profile = tmp_path / "profile.yaml"
    profile.write_text(
        "name: Mesa\nactors: [federal-agency]\npurposes:\n  - {category: switch, purpose: public-safety}\n",
        "utf-8",
    )
    before = screened(
        clearband, tmp_path / "run", listed, CARRIER, "--profile", profile, "--on", "2022-01-01"
    )
    ended = clearband("screen", "--again", tmp_path / "run", "--out", tmp_path / "new")
    assert ended.status == 0, ended.err
    assert ended.out.splitlines()[0].endswith("screened again: the same facts, day and settings.")
    assert ended.out.splitlines()[1] == "Nothing changes."
    after = pl.read_parquet(tmp_path / "new" / "equipment.parquet")
    assert_frame_equal(before, after)
    assert (tmp_path / "run" / "findings.csv").read_bytes() == (
        tmp_path / "new" / "findings.csv"
    ).read_bytes()
    assert (tmp_path / "run" / "summary.json").read_text() == (tmp_path / "new" / "summary.json").read_text()
    assert pl.read_parquet(tmp_path / "new" / "changes.parquet").is_empty()
    assert (tmp_path / "new" / "changes.csv").read_text("utf-8-sig").startswith("record_id,")
    record = validated("run", (tmp_path / "new" / "run.json").read_text("utf-8"))
    assert record["inputs"] == json.loads((tmp_path / "run" / "run.json").read_text("utf-8"))["inputs"]
    assert record["again"]["on"] == "2022-01-01"  # type: ignore[index]


@pytest.mark.parametrize(("before", "after"), [("2019-08-12", "2019-08-13"), ("2018-01-01", "2026-11-01")])
def test_on_another_day_exactly_the_records_with_another_answer_are_shown(
    clearband: Clearband, tmp_path: Path, listed: Path, before: str, after: str
) -> None:
    inputs = (listed, CARRIER, AGENCY)
    old = screened(clearband, tmp_path / "old", *inputs, *AGENCY_BUYS, "--on", before)
    new = screened(clearband, tmp_path / "new", *inputs, *AGENCY_BUYS, "--on", after)
    again = screened(clearband, tmp_path / "again", "--again", tmp_path / "old", "--on", after)
    assert_frame_equal(again, new)
    changes = pl.read_parquet(tmp_path / "again" / "changes.parquet")
    differ = old.filter(old["answer"] != new["answer"])
    told = changes.filter(pl.col("changed").list.contains("answer"))
    assert sorted(told["source"]) == sorted(differ["source"])
    assert told.height > 0
    assert (told["why"].list.len() > 0).all()
    moved = changes.filter(pl.col("changed").list.contains("maker"))
    assert sorted(moved["source"]) == sorted(old.filter(old["maker"].ne_missing(new["maker"]))["source"])


def test_what_changed_names_old_and_new_answer_clause_date_and_event(
    clearband: Clearband, tmp_path: Path
) -> None:
    screened(clearband, tmp_path / "run", CARRIER, *AGENCY_BUYS, "--on", "2019-08-12")
    ended = clearband("screen", "--again", tmp_path / "run", "--on", "2019-08-13")
    assert "1001  Huawei RRU3959: not-yet → prohibited" in ended.out
    assert "  clause   us-ndaa-fy2019-889-a1a purchase/huawei-zte-equipment, 2019-08-13" in ended.out
    assert "  why      us-ndaa-fy2019-889-a1a effective 2019-08-13; day 2019-08-12 → 2019-08-13" in ended.out
    printed = clearband("screen", "--again", tmp_path / "run", "--on", "2019-08-13", "--json").out
    found = validated("screen-changes", printed)
    assert found["answers_changed"] == len(found["changes"])  # type: ignore[arg-type]
    assert clearband(
        "screen", "--again", tmp_path / "run", "--on", "2019-08-13", "--fail-on", "prohibited"
    ).status == 1  # fmt: skip


def test_cells_of_the_changes_are_safe_in_a_spreadsheet(clearband: Clearband, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("asset,manufacturer,model\n=1+1,Huawei,=cmd()\n", encoding="utf-8")
    screened(clearband, tmp_path / "run", path, *AGENCY_BUYS, "--on", "2019-08-12")
    screened(clearband, tmp_path / "new", "--again", tmp_path / "run", "--on", "2019-08-13")
    row = (tmp_path / "new" / "changes.csv").read_text("utf-8-sig").splitlines()[1]
    assert row.startswith("'=1+1,")
    assert ",'=cmd()," in row


def test_other_actors_are_said_to_be_asked(clearband: Clearband, tmp_path: Path) -> None:
    screened(clearband, tmp_path / "run", CARRIER, *AGENCY_BUYS, "--on", "2022-01-01")
    ended = clearband("screen", "--again", tmp_path / "run", "--as", "usf-recipient", "--action", "fund")
    assert ended.out.splitlines()[0].endswith("screened again: other actors; other actions.")


@pytest.fixture(scope="module")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from clearband.cli.main import run

    folder = tmp_path_factory.mktemp("earlier") / "run"
    with pytest.raises(SystemExit):
        run(["screen", str(CARRIER), "--on", "2022-01-01", "--out", str(folder)])
    return folder


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "no INPUT; name an inventory, or an earlier run with --again DIR"),
        ((CARRIER, "--again", "RUN"), "name either inputs or an earlier run"),
        (("--again", "RUN", "--encoding", "utf-8"), "name either inputs or an earlier run"),
        (("--again", "RUN", "--out", "RUN"), "it holds the input run.json"),
        (("--again", "."), "holds no run.json"),
    ],
)
def test_what_does_not_go_together_is_refused(
    clearband: Clearband, run_folder: Path, words: tuple[object, ...], said: str
) -> None:
    ended = clearband("screen", *(run_folder if word == "RUN" else word for word in words))
    assert ended.status in (2, 3)
    assert said in ended.one_line


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (
            lambda run: (run / "equipment.parquet").write_bytes(b"PAR1"),
            "equipment.parquet was changed after the run",
        ),
        (lambda run: (run / "findings.csv").unlink(), "findings.csv is missing"),
        (
            lambda run: _in_record(run, "run-1.json", "run-9.json"),
            "not the record of a Clearband run of this form",
        ),
        (lambda run: _in_record(run, '"on": "2022-01-01"', '"on": "soon"'), "cannot be understood"),
        (lambda run: _in_record(run, '"inputs": [', '"inputs": [7, '), "(inputs: "),
    ],
)
def test_a_run_that_was_altered_is_refused(
    clearband: Clearband, run_folder: Path, tmp_path: Path, edit: object, said: str
) -> None:
    shutil.copytree(run_folder, tmp_path / "run")
    edit(tmp_path / "run")  # type: ignore[operator]
    ended = clearband("screen", "--again", tmp_path / "run")
    assert ended.status == 3
    assert said in ended.one_line


def _in_record(run: Path, old: str, new: str) -> None:
    path = run / "run.json"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_run_of_a_version_that_kept_less_is_refused(
    clearband: Clearband, run_folder: Path, tmp_path: Path
) -> None:
    from clearband.reports.folder.run_record import sha256_of

    shutil.copytree(run_folder, tmp_path / "run")
    table = tmp_path / "run" / "equipment.parquet"
    before = sha256_of(table)
    pl.read_parquet(table).drop("purpose_stated").write_parquet(table)
    _in_record(tmp_path / "run", before, sha256_of(table))
    ended = clearband("screen", "--again", tmp_path / "run")
    assert "its equipment does not keep the purpose that the inputs said" in ended.one_line
