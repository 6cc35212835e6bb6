"""Who may decide what, and what takes the place of what."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from clearband.workspace import decisions, people, settings, tokens
from clearband.workspace.database import reading
from clearband.workspace.errors import (
    ChangedError,
    InvalidError,
    NotFoundError,
    RefusedError,
    StateError,
    WorkspaceError,
)
from clearband.workspace.ledger import Actor, Row
from clearband.workspace.place import Workspace
from clearband.workspace.tables import audit, decision, inventory
from clearband.workspace.verify import verify
from tests.workspace.team import Team, team

TODAY = date(2026, 11, 28)


def propose(of: Team, actor: Actor, kind: str, **options: Any) -> Row:
    subject = options.pop("subject", of.camera)
    if kind == "accepted-risk":
        options.setdefault("until", "2027-03-31")
    with of.by(actor) as ledger:
        return decisions.propose(ledger, subject, kind, "We looked", today=TODAY, **options)


def approve(of: Team, actor: Actor, row: Row, **options: Any) -> Row:
    with of.by(actor) as ledger:
        return decisions.approve(ledger, row["id"], today=TODAY, **options)


def states(of: Team) -> list[tuple[str, str]]:
    with reading(of.workspace.engine) as connection:
        found = connection.execute(
            sa.select(decision.c.kind, decision.c.state).order_by(decision.c.proposed_at)
        )
        return [tuple(row) for row in found]


def actions(of: Team, row: Row) -> list[tuple[str, str]]:
    with reading(of.workspace.engine) as connection:
        query = sa.select(audit.c.action, audit.c.by).where(audit.c.object_id == row["id"])
        return [tuple(one) for one in connection.execute(query.order_by(audit.c.seq))]


@pytest.mark.parametrize("kind", ["false-alarm", "accepted-risk"])
def test_what_is_milder_waits_for_somebody_else(workspace: Workspace, kind: str) -> None:
    of = team(workspace)
    row = propose(of, of.colleague, kind)
    assert (row["state"], row["decided_by"]) == ("proposed", None)
    for actor, why in (
        (of.colleague, "nobody can approve what they proposed"),
        (of.analyst, "role approver"),
    ):
        with pytest.raises(RefusedError, match=why):
            approve(of, actor, row)
    for actor in (of.admin, people.OPERATOR):
        with pytest.raises(RefusedError):
            approve(of, actor, row)
    made = approve(of, of.approver, row, note="The serial number is another maker's")
    assert (made["state"], made["decided_by"], made["version"]) == ("in-force", of.approver.person_id, 2)
    assert actions(of, row) == [("propose", "A colleague"), ("approve", "An approver")]
    with pytest.raises(StateError, match="this decision is in-force"):
        approve(of, of.approver, row)
    assert verify(workspace).problems == ()


@pytest.mark.parametrize("kind", ["confirmed", "replaced"])
def test_what_is_not_milder_is_in_force_at_once(workspace: Workspace, kind: str) -> None:
    of = team(workspace)
    row = propose(of, of.analyst, kind)
    assert (row["state"], row["decided_by"]) == ("in-force", of.analyst.person_id)
    assert actions(of, row) == [("decide", "An analyst")]


def test_no_token_of_the_proposer_approves(workspace: Workspace) -> None:
    of = team(workspace)
    with of.by(of.colleague) as ledger:
        own = [tokens.issue(ledger, str(of.colleague.person_id), n, roles=r, days=1)[0] for n, r in
               (("analyst's", ["analyst"]), ("approver's", ["approver"]))]  # fmt: skip
    by_token = [tokens.actor_of(workspace, secret) for secret in own]
    assert all(by_token)
    first, second = (actor for actor in by_token if actor)
    for proposer, approver in ((first, second), (of.colleague, second), (first, of.colleague)):
        row = propose(of, proposer, "false-alarm")
        with pytest.raises(RefusedError, match="nobody can approve what they proposed"):
            approve(of, approver, row)
    with pytest.raises(RefusedError, match="needs the role analyst"):
        propose(of, second, "confirmed")
    other = propose(of, of.analyst, "false-alarm")
    assert approve(of, second, other)["state"] == "in-force"
    assert actions(of, other)[-1] == ("approve", "A colleague (token approver's)")


def test_without_four_eyes_the_trail_says_who_decided_alone(workspace: Workspace) -> None:
    of = team(workspace)
    waiting = propose(of, of.colleague, "false-alarm")
    with of.by(of.admin) as ledger:
        settings.change(ledger, "four_eyes", False)
    with pytest.raises(RefusedError, match="nobody can approve what they proposed"):
        approve(of, of.colleague, waiting)
    row = propose(of, of.analyst, "accepted-risk")
    assert (row["state"], row["decided_by"]) == ("in-force", of.analyst.person_id)
    assert actions(of, row) == [("decide-alone", "An analyst")]


def test_a_later_decision_takes_the_place_of_the_earlier(workspace: Workspace) -> None:
    of = team(workspace)
    first = propose(of, of.analyst, "accepted-risk")
    approve(of, of.approver, first)
    second = propose(of, of.analyst, "false-alarm")
    assert states(of) == [("accepted-risk", "in-force"), ("false-alarm", "proposed")]
    propose(of, of.colleague, "accepted-risk", until="2027-01-01")
    assert [state for _, state in states(of)] == ["in-force", "withdrawn", "proposed"]
    with pytest.raises(StateError, match="this decision is withdrawn"):
        approve(of, of.approver, second)
    last = propose(of, of.analyst, "confirmed")
    assert [state for _, state in states(of)] == ["withdrawn", "withdrawn", "withdrawn", "in-force"]
    assert actions(of, first) == [
        ("propose", "An analyst"),
        ("approve", "An approver"),
        ("supersede", "An analyst"),
    ]
    with reading(workspace.engine) as connection:
        notes = connection.scalars(sa.select(decision.c.decided_note).where(decision.c.id == first["id"]))
        assert notes.one() == f"superseded by {last['id']}"
    assert verify(workspace).problems == ()


def test_decisions_on_other_clauses_records_and_inventories_stand(workspace: Workspace) -> None:
    of = team(workspace)
    with of.by(of.analyst) as ledger:
        at = {"created_by": of.analyst.person_id, "created_at": "2026"}
        ledger.insert(inventory, {"name": "Another", **at})
    propose(of, of.analyst, "confirmed")
    propose(of, of.analyst, "confirmed", directive="us-section-889", clause="a-1-a")
    propose(of, of.analyst, "confirmed", directive="us-section-889", clause="a-1-b")
    propose(of, of.analyst, "confirmed", subject=of.other(identity="serial:2"))
    assert {state for _, state in states(of)} == {"in-force"}


def test_who_refuses_says_why_and_who_proposed_takes_back(workspace: Workspace) -> None:
    of = team(workspace)
    row = propose(of, of.analyst, "false-alarm")
    with pytest.raises(InvalidError, match="the reason is missing"), of.by(of.approver) as ledger:
        decisions.refuse(ledger, row["id"], note=" ")
    for actor in (of.colleague, of.approver):
        with pytest.raises(RefusedError, match="somebody else proposed it"), of.by(actor) as ledger:
            decisions.withdraw(ledger, row["id"])
    with of.by(of.colleague) as ledger:
        assert decisions.refuse(ledger, row["id"], note="It is a Dahua")["state"] == "refused"
    own = propose(of, of.colleague, "false-alarm")
    with pytest.raises(RefusedError, match="nobody can refuse"), of.by(of.colleague) as ledger:
        decisions.refuse(ledger, own["id"], note="x")
    with of.by(of.colleague) as ledger:
        assert decisions.withdraw(ledger, own["id"])["state"] == "withdrawn"
    with pytest.raises(StateError), of.by(of.colleague) as ledger:
        decisions.withdraw(ledger, own["id"])


def test_what_is_in_force_is_ended_by_any_analyst_or_approver(workspace: Workspace) -> None:
    of = team(workspace)
    for actor in (of.analyst, of.approver):
        row = propose(of, of.colleague, "confirmed")
        with pytest.raises(RefusedError), of.by(of.admin) as ledger:
            decisions.withdraw(ledger, row["id"])
        with of.by(actor) as ledger:
            assert decisions.withdraw(ledger, row["id"], note="New facts")["decided_by"] == actor.person_id


@pytest.mark.parametrize(
    ("until", "why"),
    [
        (None, "needs its last day"),
        ("2026-11-28", "1 to 366 days after"),
        ("2020-01-01", "1 to 366 days after"),
        ("2027-11-30", "1 to 366 days after"),
        ("9999-12-31", "1 to 366 days after"),
        ("31.12.2026", "is no day"),
        ("20261231", "is no day"),
        ("2026-02-30", "is no day"),
    ],
)
def test_a_risk_is_accepted_until_a_day_that_comes_soon(workspace: Workspace, until: Any, why: str) -> None:
    of = team(workspace)
    with pytest.raises(InvalidError, match=why):
        propose(of, of.analyst, "accepted-risk", until=until)


def test_a_risk_whose_day_is_over_is_not_approved(workspace: Workspace) -> None:
    of = team(workspace)
    row = propose(of, of.analyst, "accepted-risk", until="2026-11-29")
    with pytest.raises(StateError, match="last day is over"), of.by(of.approver) as ledger:
        decisions.approve(ledger, row["id"], today=date(2026, 11, 30))
    with of.by(of.approver) as ledger:
        decisions.approve(ledger, row["id"], today=date(2026, 11, 29))
    with pytest.raises(InvalidError, match="only an accepted risk"):
        propose(of, of.analyst, "false-alarm", until="2027-01-01")


@pytest.mark.parametrize(
    "changed",
    [
        {"inventory_id": "0" * 32},
        {"run_id": "0" * 32},
        {"fingerprint": "short"},
        {"fingerprint": "Z" * 64},
        {"answer": "fine"},
        {"identity": "x" * 81},
        {"identity": ""},
        {"identity": "id:\x00"},
    ],
)
def test_what_is_no_record_is_not_spoken_of(workspace: Workspace, changed: dict[str, str]) -> None:
    of = team(workspace)
    with pytest.raises(WorkspaceError):
        propose(of, of.analyst, "confirmed", subject=of.other(**changed))
    assert states(of) == []


def test_a_record_of_odd_letters_can_be_decided_on(workspace: Workspace) -> None:
    of = team(workspace)
    for identity in ("id:\ue000 vendor's own letter", "id:\u202etrap", "id:\U0001fae9"):
        assert (
            propose(of, of.analyst, "confirmed", subject=of.other(identity=identity))["identity"] == identity
        )


def test_odd_fields_are_refused(workspace: Workspace) -> None:
    of = team(workspace)
    for options in ({"directive": "d"}, {"clause": "c"}, {"directive": "d" * 101, "clause": "c"}):
        with pytest.raises(InvalidError):
            propose(of, of.analyst, "confirmed", **options)
    with pytest.raises(InvalidError):
        propose(of, of.analyst, "harmless")
    for reason in ("", "x" * 10_001, "nul \x00"):
        with pytest.raises(InvalidError), of.by(of.analyst) as ledger:
            decisions.propose(ledger, of.camera, "confirmed", reason)
    called = propose(of, of.analyst, "confirmed", subject=of.other(record_id="a\x00\ud800" + "b" * 9999))
    assert called["record_id"][:4] == "a��b"


def test_who_read_an_older_version_decides_nothing(workspace: Workspace) -> None:
    of = team(workspace)
    row = propose(of, of.analyst, "false-alarm")
    with pytest.raises(ChangedError):
        approve(of, of.approver, row, version=7)
    with pytest.raises(NotFoundError):
        approve(of, of.approver, {"id": "0" * 32})
    assert approve(of, of.approver, row, version=1)["state"] == "in-force"


def test_nothing_is_said_of_an_archived_inventory(workspace: Workspace) -> None:
    of = team(workspace)
    with of.by(of.analyst) as ledger:
        ledger.update(inventory, of.camera.inventory_id, {"archived_at": "2026"}, action="archive")
    with pytest.raises(StateError, match="is archived"):
        propose(of, of.analyst, "confirmed")
