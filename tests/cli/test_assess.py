"""Assessments on the command line, from beginning to end."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import jsonschema_rs
import openpyxl
import pytest

from clearband.facts.store import ROOT
from clearband.reports.oscal.results import LOST
from tests.cli.conftest import Clearband


def begun(clearband: Clearband, folder: Path, name: str = "Quux Radio", tier: str = "T3") -> Path:
    path = folder / "a.json"
    ended = clearband("assess", "new", name, "--tier", tier, "--on", "2026-11-22", "--out", path)
    assert ended.status == 0, ended.err
    return path


@pytest.mark.parametrize(("name", "criterion"), [("Huawei", "LEG-01"), ("ZTE", "OWN-09")])
def test_the_explanation_names_criterion_evidence_level_and_source(
    clearband: Clearband, tmp_path: Path, name: str, criterion: str
) -> None:
    path = begun(clearband, tmp_path, name)
    lines = clearband("assess", "explain", path).out.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"{criterion} "))
    part = "\n".join(lines[start : start + 12])
    assert f"auto:{criterion}" in part
    assert "evidence  E3" in part
    assert "source: osanc-" in part
    assert "gate      met, refuse" in part
    assert any(line.startswith("OWN-01 ") and line.endswith(": unknown") for line in lines)


def test_of_a_maker_whose_owners_nobody_knows_it_says_unknown(clearband: Clearband, tmp_path: Path) -> None:
    path = begun(clearband, tmp_path)
    out = clearband("assess", "explain", path).out
    assert "undetermined: refused, incomplete, listed-conditional, listed" in out
    owned = [line for line in out.splitlines() if line.startswith("OWN-")]
    assert owned
    assert all(line.endswith(": unknown") for line in owned)


def test_the_same_inputs_give_the_same_bytes(clearband: Clearband, tmp_path: Path) -> None:
    path = begun(clearband, tmp_path, "ZTE")
    other = tmp_path / "other"
    other.mkdir()
    again = begun(clearband, other, "ZTE")
    assert path.read_bytes() == again.read_bytes()
    first = clearband("assess", "score", path, "--json").out
    assert first == clearband("assess", "score", again, "--json").out
    assert json.loads(first)["schema"] == "https://clearband.dev/schema/assessment-score-1.json"


def test_an_answer_with_evidence_narrows_the_score(clearband: Clearband, tmp_path: Path) -> None:
    path = begun(clearband, tmp_path)
    before = path.read_bytes()
    given = ("--by", "Example Laboratory", "--declared", "2026-10-01", "--type", "test-report")
    ended = clearband(
        "assess", "answer", path, "LEG-05", "no", *given, "--title", "Report 17", "--source", "Archive"
    )
    assert ended.out == f"{path}: LEG-05 no, 1 answer in all\n"
    (tmp_path / "before.json").write_bytes(before)
    changes = clearband("assess", "diff", tmp_path / "before.json", path).out
    assert "score     0 to 1 -> 0.0" in changes
    assert "gate      LEG-05 refuse: open -> not-met" in changes
    assert clearband("assess", "diff", path, path).out == "nothing differs\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("answer", "FILE", "LEG-05", "perhaps", "--by", "X"), '"perhaps" is no answer'),
        (("answer", "FILE", "LEG-99", "no", "--by", "X"), '"LEG-99" is no criterion'),
        (("answer", "FILE", "LEG-05", "not-applicable", "--by", "X"), "needs a reason"),
        (("answer", "FILE", "LEG-05", "no", "--by", "a.person@example.org"), "e-mail address"),
        (("answer", "FILE", "LEG-05", "no", "--by", "X", "--title", "T"), "add --type, --source"),
        (("answer", "FILE", "LEG-05", "no", "--by", "X", "--tie", "T"), "add --declared"),
        (("explain", "FILE", "OWN-10"), "OWN-10 does not apply to this subject"),
        (("explain", "FILE", "XXX-01"), "XXX-01 is no criterion"),
        (("questionnaire", "FILE", "--out", "q.doc"), '".doc" is no form of a questionnaire'),
        (("import", "FILE"), "there is nothing to take in"),
        (("score", "nothere.json"), "nothere.json: No such file"),
        (("export", "nothere.json"), "nothere.json: No such file"),
        (("export", "FILE", "--out", "no/o.json"), "no/o.json: No such file"),
        (("new", "X", "--tier", "T1", "--out", "FILE"), "is there already"),
        (
            ("new", "X", "--tier", "T1", "--profile", "none", "--out", "b.json"),
            "neither a profile nor a file",
        ),
    ],
)
def test_bad_input_is_one_line_and_changes_nothing(
    clearband: Clearband, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    path = begun(clearband, tmp_path)
    before = path.read_bytes()
    ended = clearband("assess", *(path if one == "FILE" else one for one in arguments))
    assert ended.status in (2, 3)
    assert said in ended.one_line
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("LEG-05", "no", "--by", "Quux Radio", "--vendor"), "no evidence"),
        (("LEG-05", "no", "--by", "A Laboratory", "--title", "T", "--type", "test-report", "--source", "S"),
         "declared no interests"),
        (("ENG-01", "3", "--by", "Quux Radio", "--vendor"), "it is not asked of a manufacturer"),
    ],
)  # fmt: skip
def test_an_answer_that_does_not_count_is_kept_and_told(
    clearband: Clearband, tmp_path: Path, words: tuple[str, ...], why: str
) -> None:
    ended = clearband("assess", "answer", begun(clearband, tmp_path), *words)
    assert (ended.status, "1 answer in all" in ended.out) == (0, True)
    assert f"{words[0]}: the answer does not count: " in ended.err
    assert why in ended.err


def test_another_catalogue_is_not_scored_and_its_answers_can_be_taken_over(
    clearband: Clearband, tmp_path: Path
) -> None:
    path = begun(clearband, tmp_path)
    clearband("assess", "answer", path, "LEG-05", "unknown", "--by", "Quux Radio", "--vendor")
    old = tmp_path / "old.json"
    raw = json.loads(path.read_bytes())
    old.write_text(json.dumps(raw | {"catalogue_sha256": "0" * 64}), encoding="utf-8")
    assert "made with another catalogue" in clearband("assess", "score", old).one_line
    path.unlink()
    begun(clearband, tmp_path)
    assert "1 answer new or changed" in clearband("assess", "import", path, old).out


def test_a_questionnaire_goes_out_and_comes_back(clearband: Clearband, tmp_path: Path) -> None:
    path, book_path = begun(clearband, tmp_path), tmp_path / "q.xlsx"
    clearband("assess", "questionnaire", path, "--out", book_path)
    assert "About!B5" in clearband("assess", "import", path, book_path).one_line
    book = openpyxl.load_workbook(book_path)
    book["About"]["B5"] = "Quux Radio"
    rows = book["Questions"].iter_rows(min_row=2)
    row = next(cells for cells in rows if cells[0].value == "OWN-01")
    row[4].value = 0.8
    book.save(book_path)
    assert "1 answer new or changed" in clearband("assess", "import", path, book_path).out
    said = clearband("assess", "explain", path, "OWN-01").out
    assert "0.8, vendor by Quux Radio; does not count: no evidence" in said


def answered(clearband: Clearband, path: Path, value: str, by: str, *more: str) -> None:
    given = ("--title", f"Report of {by}", "--type", "test-report", "--source", "Archive", *more)
    ended = clearband("assess", "answer", path, "OWN-03", value, "--by", by, *given)
    assert ended.status == 0, ended.err


@pytest.mark.parametrize("name", ["Huawei", "Quux Radio"])
def test_the_export_keeps_to_the_published_schema_of_oscal(
    clearband: Clearband, tmp_path: Path, name: str
) -> None:
    path, out = begun(clearband, tmp_path, name), tmp_path / "oscal.json"
    answered(clearband, path, "0..0.05", "Quux Radio", "--vendor")
    answered(clearband, path, "0.2..", "Example Laboratory", "--declared", "2026-10-01")
    told = clearband("assess", "export", path, "--out", out)
    assert told.status == 0, told.err
    assert told.out.startswith(f"{out}: valid OSCAL\n")
    schema = json.loads((ROOT.parent / "reports" / "oscal" / "oscal_complete_schema.json").read_text())
    document = json.loads(out.read_text(encoding="utf-8"))
    jsonschema_rs.validator_for(schema).validate(document)
    (result,) = document["assessment-results"]["results"]
    (found,) = (one for one in result["findings"] if one["title"] == "OWN-03")
    assert {one["name"] for one in found["props"]} >= {"score-low", "score-high", "disagreement"}
    said = [one["description"] for one in result["observations"] if one["title"] == "OWN-03"]
    assert any("at least 0.2, by Example Laboratory" in one for one in said)
    assert any("0 to 0.05, by Quux Radio" in one for one in said)
    props = {one["name"] for one in result["props"]}
    assert {"outcome", "open-gate"} <= props
    assert ("would-change" in props) == (name == "Quux Radio")  # one answer more does not clear the other


def test_an_export_says_what_oscal_does_not_carry(clearband: Clearband, tmp_path: Path) -> None:
    path = begun(clearband, tmp_path)
    printed = clearband("assess", "export", path)
    remarks = json.loads(printed.out)["assessment-results"]["metadata"]["remarks"]
    assert remarks.splitlines() == [f"Not carried by OSCAL: {one}." for one in LOST]
    assert printed.err.splitlines() == [f"not carried by OSCAL: {one}" for one in LOST]
    assert clearband("assess", "export", path, "--out", tmp_path / "o.json").err == ""
    assert (tmp_path / "o.json").read_text(encoding="utf-8") == printed.out


def test_an_export_has_other_ids_once_the_content_is_another(clearband: Clearband, tmp_path: Path) -> None:
    path = begun(clearband, tmp_path)

    def ids() -> tuple[str, str]:
        content = json.loads(clearband("assess", "export", path).out)["assessment-results"]
        return content["uuid"], content["results"][0]["uuid"]

    first = ids()
    assert ids() == first
    answered(clearband, path, "0", "Quux Radio", "--vendor")
    assert not set(ids()) & set(first)


def test_without_its_library_nothing_is_exported(
    clearband: Clearband, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clearband.reports.oscal import check

    path = begun(clearband, tmp_path)
    check._validator.cache_clear()
    monkeypatch.setitem(sys.modules, "jsonschema_rs", None)
    assert (
        "pip install '.[oscal]'" in clearband("assess", "export", path, "--out", tmp_path / "o.json").one_line
    )
    assert not (tmp_path / "o.json").exists()
