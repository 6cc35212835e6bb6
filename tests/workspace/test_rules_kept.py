"""A decision that came about against the rules is found, though every hash is right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from clearband.workspace import answers, clock, decisions, settings
from clearband.workspace.ledger import Ledger, Row
from clearband.workspace.place import Workspace
from clearband.workspace.tables import answer, decision
from clearband.workspace.verify import verify
from tests.workspace.team import Team, team
from tests.workspace.test_trail import behind

Forge = Callable[[Ledger, Team, Row], object]


def decided(of: Team, state: str = "in-force", **changed: Any) -> Row:
    who = changed.pop("by", of.approver).person_id
    return {"state": state, "decided_by": who, "decided_at": clock.now(), **changed}


def forged(of: Team, **changed: Any) -> Row:
    camera = of.camera
    said = {"fingerprint": camera.fingerprint, "run_id": camera.run_id, "proposed_by": of.colleague.person_id}
    whole = {"answer": camera.answer, "reason": "x", "proposed_at": clock.now(), "kind": "false-alarm"}
    return camera.of_record() | said | whole | changed


FORGED: dict[str, Forge] = {
    "somebody could approve what they proposed": lambda ledger, of, row: ledger.update(
        decision, row["id"], decided(of, by=of.colleague), action="approve"
    ),
    "what was decided is not what was proposed": lambda ledger, of, row: ledger.update(
        decision, row["id"], decided(of, by=of.colleague, answer="not-covered"), action="approve"
    ),
    "edit cannot make it in-force": lambda ledger, of, row: ledger.update(
        decision, row["id"], decided(of), action="edit"
    ),
    "who decided is not who did it": lambda ledger, of, row: ledger.update(
        decision, row["id"], decided(of), action="approve"
    ),
    "it came into force by one person alone": lambda ledger, of, _row: ledger.insert(
        decision, forged(of, **decided(of, by=of.colleague)), action="decide-alone"
    ),
    "it cannot begin with create": lambda ledger, of, _row: ledger.insert(
        decision, forged(of, state="proposed"), action="create"
    ),
    "who proposed it is not who did it": lambda ledger, of, _row: ledger.insert(
        decision, forged(of, state="proposed", proposed_by=of.analyst.person_id), action="propose"
    ),
}


@pytest.mark.parametrize("what", FORGED)
def test_what_no_rule_allows_is_found(workspace: Workspace, what: str) -> None:
    of = team(workspace)
    with of.by(of.colleague) as ledger:
        row = decisions.propose(ledger, of.camera, "false-alarm", "x")
    assert verify(workspace).problems == ()
    with of.by(of.colleague) as ledger:
        FORGED[what](ledger, of, row)
    (problem,) = verify(workspace).problems
    assert what in problem


@pytest.mark.parametrize("state", ["", "{", "[]", "{}", "1", "[" * 100_000])
def test_an_entry_that_holds_no_row_is_told_and_the_rest_is_looked_at(
    workspace: Workspace, state: str
) -> None:
    of = team(workspace)
    with of.by(of.colleague) as ledger:
        row = decisions.propose(ledger, of.camera, "false-alarm", "x")
    behind(workspace, f"UPDATE audit SET state = '{state}' WHERE object_id = '{row['id']}'")
    problems = verify(workspace).problems
    for what in ("its state is no row", "its fields do not have its hash", "not as its last entry says"):
        assert any(what in problem for problem in problems), what


def test_an_answer_by_one_alone_is_found_unless_four_eyes_are_off(workspace: Workspace) -> None:
    of = team(workspace)
    with of.by(of.admin) as ledger:
        settings.change(ledger, "four_eyes", False)
    with of.by(of.colleague) as ledger:
        row = answers.propose(ledger, of.camera, "made_in", "KR", "Seen on the label")
    assert (row["state"], verify(workspace).problems) == ("in-force", ())
    with of.by(of.admin) as ledger:
        settings.change(ledger, "four_eyes", True)
    same = {name: value for name, value in row.items() if name not in ("id", "version")}
    with of.by(of.colleague) as ledger:
        ledger.insert(answer, same, action="decide-alone")
    (problem,) = verify(workspace).problems
    assert "it came into force by one person alone" in problem
