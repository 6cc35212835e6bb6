"""run.json and summary.json: their published forms, and the check of a run by its hashes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

import clearband.facts
from clearband.errors import InputError
from clearband.reports.folder import read_record, verify_run, write_run
from clearband.reports.folder.read_back import no_such_record
from clearband.reports.terminal import summary_json
from clearband.screening.result import Screening
from tests.reports.made_screenings import HOSTILE, SOURCES, screening_of

SCHEMAS = Path(clearband.facts.__file__).parent / "schemas"


def validator(name: str) -> Any:
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema_rs.meta.validate(schema)
    return jsonschema_rs.validator_for(schema)


@pytest.fixture
def run(small: Screening, tmp_path: Path) -> Path:
    return write_run(small, tmp_path / "run", sources=SOURCES).folder


@pytest.mark.parametrize("name", ["summary", "run"])
def test_what_is_written_has_the_published_form(name: str, run: Path) -> None:
    validator(name).validate(json.loads((run / f"{name}.json").read_text(encoding="utf-8")))


def test_the_summary_of_a_harmful_and_of_an_empty_inventory_has_the_published_form(
    harmful: Screening,
) -> None:
    validator("summary").validate(harmful.summary)
    validator("summary").validate(screening_of([]).summary)


def test_the_form_is_no_rubber_stamp(small: Screening) -> None:
    summary = validator("summary")
    assert not summary.is_valid({**small.summary, "records": -1})
    assert not summary.is_valid({**small.summary, "answers": [{"answer": "clear", "records": 1, "units": 1}]})
    assert not summary.is_valid({**small.summary, "by_site": [{"answers": {}, "records": 0}]})


def test_json_on_the_terminal_is_summary_json(small: Screening, run: Path) -> None:
    assert summary_json(small) == (run / "summary.json").read_text(encoding="utf-8")


def test_an_untouched_run_is_intact(run: Path) -> None:
    check = verify_run(run)
    assert check.intact
    assert check.sentences() == ("all 6 files of the run are as they were written",)


def test_a_changed_a_missing_and_an_added_file_are_named(run: Path) -> None:
    with (run / "findings.csv").open("a") as file:
        file.write("one more row\r\n")
    (run / "report.html").unlink()
    (run / "note.txt").write_text("mine")
    check = verify_run(run)
    assert not check.intact
    assert check.sentences() == (
        "findings.csv was changed after the run",
        "report.html is missing",
        "note.txt is not part of the run",
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "holds no run.json"),
        ("{", "is not JSON"),
        ('{"schema": "other"}', "is not the record of a Clearband run"),
        ('{"schema": "https://clearband.dev/schema/run-1.json"}', "outputs: is not a list of files"),
        (
            '{"schema": "https://clearband.dev/schema/run-1.json", "outputs": {"../../etc/passwd": "0"}}',
            "outputs: is not a list of files",
        ),
    ],
)
def test_what_is_no_run_is_told(tmp_path: Path, content: str | None, message: str) -> None:
    if content is not None:
        (tmp_path / "run.json").write_text(content)
    with pytest.raises(InputError, match=message):
        verify_run(tmp_path)


def test_a_record_is_read_back_with_its_findings(run: Path) -> None:
    equipment, findings, drafts = read_record(run, "A-002")
    assert equipment["site"] == "Pine Ridge"
    assert [row["answer"] for row in findings] == ["prohibited", "prohibited", "not-yet"]
    assert drafts == []


def test_an_unknown_record_names_the_nearest(run: Path) -> None:
    with pytest.raises(InputError, match="no record A-02; nearest: A-00"):
        read_record(run, "A-02")
    with pytest.raises(InputError, match=r"no record \[U\+001B\]\[31m"):
        read_record(run, "\x1b[31m")


def test_an_id_that_lost_its_leading_zeros_is_found_before_one_that_is_only_like_it() -> None:
    assert no_such_record(Path("run"), "12", ["0132", "0012"]).remedy == "nearest: 0012"


def test_a_damaged_run_is_told(run: Path) -> None:
    (run / "equipment.parquet").write_bytes(b"PAR1 no longer")
    with pytest.raises(InputError, match="the run is damaged"):
        read_record(run, HOSTILE)
