"""Assessments on the command line, from beginning to end."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

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
