"""The questionnaire goes out and comes back, as a workbook and as JSON; each error names its cell."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from clearband.assess.answered import taken_in
from clearband.assess.filled_workbook import read_filled
from clearband.assess.questionnaire import DONE, questions
from clearband.assess.score import score, scoring_of
from clearband.errors import InputError
from clearband.model.assessment import Assessment
from clearband.reports.questionnaire import as_json, as_workbook
from tests.assess.made_up import BASE, PROFILE, answer, assessment, item

HELD = assessment([answer("LEG-05", "no", "lab", reason="tested")], [item("lab")])
ASKED = questions(scoring_of(HELD, PROFILE, BASE))
ROW = {one.criterion: number for number, one in enumerate(ASKED, 2)}
COLUMN = {"answer": "E", "up_to": "F", "details": "G", "reason": "H", "evidence": "I"}
DOCUMENT = ["doc-1", "audit-report", "E3", "Audit", "Example Auditor", "2026-05-01", "", "", "", ""]


def fill(sheet: Any, criterion: str, **cells: object) -> None:
    for name, value in cells.items():
        sheet[f"{COLUMN[name]}{ROW[criterion]}"] = value


def returned(path: Path, change: Callable[[Any], None]) -> Assessment:
    """The assessment after a vendor changed the workbook in a spreadsheet program and sent it back."""
    path.write_bytes(as_workbook(HELD, ASKED, BASE))
    book = openpyxl.load_workbook(path)
    book["About"]["B5"] = "Made Up Networks"
    for column, text in enumerate(DOCUMENT, 1):
        book["Evidence"].cell(2, column, text or None)
    change(book)
    book.save(path)
    return taken_in(HELD, read_filled(path, HELD), ASKED, BASE)


def test_what_a_vendor_fills_in_comes_back_as_answers(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["Questions"]
        fill(sheet, "OWN-04", answer="no", evidence="doc-1")
        fill(sheet, "OWN-01", answer=0.97, evidence="doc-1")
        fill(sheet, "OWN-03", answer="0", up_to=0.05, evidence="doc-1; lab")
        fill(sheet, "OWN-09", answer="Yes", details="advisory", evidence="doc-1")
        fill(sheet, "OWN-07", answer="n/a", reason="no state lends to it")
        fill(sheet, "OWN-08", answer=1, details="none", evidence="doc-1")

    held = returned(tmp_path / "q.xlsx", change)
    got = {one.criterion: one for one in held.answers if one.origin == "vendor"}
    assert set(got) == {"OWN-01", "OWN-03", "OWN-04", "OWN-07", "OWN-08", "OWN-09"}
    assert {one.by for one in got.values()} == {"Made Up Networks"}
    assert got["OWN-04"].value.word == "no"
    assert (str(got["OWN-01"].value.low), got["OWN-01"].evidence) == ("0.97", ("doc-1",))
    assert (str(got["OWN-03"].value.low), str(got["OWN-03"].value.high)) == ("0", "0.05")
    assert got["OWN-03"].evidence == ("doc-1", "lab")
    assert (got["OWN-09"].value.word, got["OWN-09"].details) == ("yes", ("advisory",))
    assert (got["OWN-07"].value.word, got["OWN-07"].reason) == ("not-applicable", "no state lends to it")
    assert (got["OWN-08"].details, got["OWN-04"].details) == ((), None)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_changes_no_answer(tmp_path: Path) -> None:
    """Filled in, saved as a workbook of its own, and as one again."""

    def change(book: Any) -> None:
        sheet = book["Questions"]
        book["Evidence"]["F2"] = datetime(2026, 5, 1)  # noqa: DTZ001  a date as spreadsheet programs keep it
        fill(sheet, "OWN-01", answer=0.97, evidence="doc-1")
        fill(sheet, "OWN-03", answer="0", up_to=0.05, evidence="doc-1; lab")
        fill(sheet, "OWN-07", answer="n/a", reason='no state lends to it; 中兴 "x" <b>\n1+1')
        fill(sheet, "OWN-09", answer="Yes", details="advisory", evidence="doc-1")

    path = tmp_path / "q.xlsx"
    sent = returned(path, change)
    for form, folder in (("ods", tmp_path / "own"), ("xlsx", tmp_path / "back")):
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", form, "--outdir", folder, path],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        path = folder / f"q.{form}"
    assert taken_in(HELD, read_filled(path, HELD), ASKED, BASE) == sent


def test_what_valid_evidence_answers_is_filled_in_and_not_asked_again(tmp_path: Path) -> None:
    one = next(question for question in ASKED if question.criterion == "LEG-05")
    assert (one.state, one.answer, one.evidence) == (DONE, "no", "lab")
    assert returned(tmp_path / "q.xlsx", lambda book: None).answers == HELD.answers


def test_a_vendor_who_contradicts_an_answer_is_kept_beside_it(tmp_path: Path) -> None:
    got = returned(
        tmp_path / "q.xlsx", lambda book: fill(book["Questions"], "LEG-05", answer="yes", evidence="doc-1")
    )
    scored = {one.criterion: one for one in score(got, PROFILE, BASE).criteria}["LEG-05"]
    assert scored.disagreement


def test_the_workbook_comes_out_the_same_and_holds_no_formula() -> None:
    assert as_workbook(HELD, ASKED, BASE) == as_workbook(HELD, ASKED, BASE)
    hostile = assessment([answer("LEG-05", "no", "lab", reason='=HYPERLINK("http://x")')], [item("lab")])
    data = as_workbook(hostile, questions(scoring_of(hostile, PROFILE, BASE)), BASE)
    cell = openpyxl.load_workbook(io.BytesIO(data))["Questions"][f"H{ROW['LEG-05']}"]
    assert (cell.data_type, cell.hyperlink) == ("s", None)


@pytest.mark.parametrize(
    ("change", "cell", "said"),
    [
        (
            lambda book: fill(book["Questions"], "OWN-04", answer="perhaps"),
            f"Questions!E{ROW['OWN-04']}",
            "perhaps",
        ),
        (
            lambda book: fill(book["Questions"], "OWN-04", answer=3),
            f"Questions!E{ROW['OWN-04']}",
            "by a word",
        ),
        (
            lambda book: fill(book["Questions"], "OWN-01", answer="yes"),
            f"Questions!E{ROW['OWN-01']}",
            "by a number",
        ),
        (
            lambda book: fill(book["Questions"], "OWN-01", answer="0,5"),
            f"Questions!E{ROW['OWN-01']}",
            "is no answer",
        ),
        (
            lambda book: fill(book["Questions"], "OWN-01", answer=1, up_to="x"),
            f"Questions!F{ROW['OWN-01']}",
            "is no answer",
        ),
        (
            lambda book: fill(book["Questions"], "OWN-09", answer="yes", details="x"),
            f"Questions!G{ROW['OWN-09']}",
            "no detail",
        ),
        (
            lambda book: fill(book["Questions"], "OWN-04", answer="not-applicable"),
            f"Questions!H{ROW['OWN-04']}",
            "needs a reason",
        ),
        (
            lambda book: fill(book["Questions"], "OWN-04", answer="no", evidence="gone"),
            f"Questions!I{ROW['OWN-04']}",
            'no evidence "gone"',
        ),
        (
            lambda book: fill(book["Questions"], "OWN-04", answer="no", reason="ask a.person@example.org"),
            f"Questions!H{ROW['OWN-04']}",
            "e-mail",
        ),
        (
            lambda book: book["Questions"].__setitem__("A3", "XXX-01"),
            "Questions!A3",
            "not among the questions",
        ),
        (lambda book: book["Questions"].__setitem__("E1", "Answer"), "Questions!E1", "must stand here"),
        (
            lambda book: book["Evidence"].__setitem__("C2", "E4"),
            "Evidence!C2",
            "cannot give audit-report more than E3",
        ),
        (lambda book: book["Evidence"].__setitem__("B2", "rumour"), "Evidence!B2", "no type of evidence"),
        (lambda book: book["Evidence"].__setitem__("F2", "spring"), "Evidence!F2", "right form"),
        (lambda book: book["Evidence"].__setitem__("D2", None), "Evidence!D2", "missing"),
        (lambda book: book["Evidence"].__setitem__("I2", "yes"), "Evidence!", "needs a hash and a holder"),
        (lambda book: book["Evidence"].__setitem__("A2", "lab"), "Evidence!A2", "other evidence"),
        (lambda book: book["About"].__setitem__("B5", None), "About!B5", "is missing"),
        (lambda book: book["About"].__setitem__("B5", "ask a.b@made-up.example"), "About!B5", "e-mail"),
        (lambda book: book["About"].__setitem__("B2", "other"), "About!B2", "not the assessment"),
    ],
)
def test_each_error_names_its_cell(
    tmp_path: Path, change: Callable[[Any], None], cell: str, said: str
) -> None:
    path = tmp_path / "q.xlsx"
    with pytest.raises(InputError) as error:
        returned(path, change)
    assert error.value.where.startswith(f"{path} {cell}")
    assert said in error.value.what


def test_json_comes_back_the_same_way(tmp_path: Path) -> None:
    path = tmp_path / "q.json"
    raw = json.loads(as_json(HELD, ASKED))
    raw["organisation"] = "Made Up Networks"
    raw["questions"][ROW["OWN-04"] - 2]["answer"] = "yes"
    path.write_text(json.dumps(raw), encoding="utf-8")
    got = taken_in(HELD, read_filled(path, HELD), ASKED, BASE)
    assert [one.criterion for one in got.answers if one.origin == "vendor"] == ["OWN-04"]
    raw["questions"][ROW["OWN-04"] - 2]["answer"] = "perhaps"
    path.write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(InputError, match=rf"questions\[{ROW['OWN-04'] - 2}\]\.answer"):
        taken_in(HELD, read_filled(path, HELD), ASKED, BASE)
