"""Answers to questions: held to the vocabulary, and seen by two people."""

from __future__ import annotations

from datetime import date

import pytest

from clearband.directives.law import load_law
from clearband.facts.equipment_words import category_ids
from clearband.workspace import answers, said
from clearband.workspace.database import reading
from clearband.workspace.errors import InvalidError, RefusedError
from clearband.workspace.ledger import Row
from clearband.workspace.place import Workspace
from clearband.workspace.verify import verify
from tests.workspace.team import Team, team

TODAY = date(2026, 11, 28)


def propose(of: Team, value: str, field: str = "purpose") -> Row:
    with of.by(of.colleague) as ledger:
        return answers.propose(ledger, of.camera, field, value, "Seen at the site", today=TODAY)


def test_every_answer_waits_for_somebody_else(workspace: Workspace) -> None:
    of = team(workspace)
    first = propose(of, "private-property")
    assert first["state"] == "proposed"
    with (
        pytest.raises(RefusedError, match="nobody can approve what they proposed"),
        of.by(of.colleague) as one,
    ):
        answers.approve(one, first["id"])
    with of.by(of.approver) as ledger:
        assert answers.approve(ledger, first["id"])["state"] == "in-force"
    propose(of, "KR", "made_in")
    second = propose(of, "public-safety")
    with of.by(of.approver) as ledger:
        answers.approve(ledger, second["id"])
    with reading(workspace.engine) as connection:
        found = said.answers(connection, of.camera.inventory_id).sort("field", "value")
    assert found.select("field", "value", "state").rows() == [
        ("made_in", "KR", "proposed"),
        ("purpose", "private-property", "withdrawn"),
        ("purpose", "public-safety", "in-force"),
    ]
    assert verify(workspace).problems == ()


def test_an_answer_is_refused_or_taken_back(workspace: Workspace) -> None:
    of = team(workspace)
    row = propose(of, "own-office")
    with of.by(of.approver) as ledger:
        assert answers.refuse(ledger, row["id"], note="No")["state"] == "refused"
    row = propose(of, "own-office")
    with of.by(of.colleague) as ledger:
        assert answers.withdraw(ledger, row["id"])["state"] == "withdrawn"


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("purpose", " Private-Property ", "private-property"),
        ("purpose", "own-money ; private-property;own-money", "own-money; private-property"),
        ("category", "Router", "router"),
        ("made_in", "South Korea", "KR"),
        ("made_in", "cn", "CN"),
        ("acquired_on", "2026-11-28", "2026-11-28"),
        ("manufacturer", "  Hanwha   Vision ", "Hanwha Vision"),
        ("model", "XNV-8080R", "XNV-8080R"),
    ],
)
def test_a_value_is_kept_as_the_equipment_table_has_it(field: str, value: str, kept: str) -> None:
    assert answers.checked(field, value, today=TODAY) == kept


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("purpose", "private-propert", "nearest: private-property"),
        ("purpose", "watching cows", "is no purpose"),
        ("purpose", ";", "the purpose is missing"),
        ("category", "toaster", "is no category"),
        ("made_in", "Atlantis", "not a country"),
        ("made_in", "CN or VN", "more than one country"),
        ("made_in", "n/a", "not a country"),
        ("acquired_on", "2026-11-29", "is no day on which it was acquired"),
        ("acquired_on", "0001-01-01", "is no day on which it was acquired"),
        ("acquired_on", "11/2026", "is no day"),
        ("manufacturer", "", "is missing"),
        ("model", "x" * 201, "longer than 200"),
        ("serial", "1", "a question's field cannot be"),
    ],
)
def test_what_is_no_value_is_refused(field: str, value: str, why: str) -> None:
    with pytest.raises(InvalidError, match=why):
        answers.checked(field, value, today=TODAY)


def test_the_law_reads_each_word_as_itself() -> None:
    purposes = load_law().purposes
    for word in purposes.ids:
        assert answers.checked("purpose", word, today=TODAY) == word
        assert purposes.read(word).stated == (word,)
    for word in category_ids():
        assert answers.checked("category", word, today=TODAY) == word
