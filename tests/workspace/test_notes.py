"""Comments, assignments and attachments: each is its own person's."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest

from clearband.workspace import assignments, attachments, comments, decisions, people, said
from clearband.workspace.database import reading
from clearband.workspace.errors import InvalidError, NotFoundError, RefusedError, StateError
from clearband.workspace.place import Workspace
from clearband.workspace.verify import verify
from tests.workspace.team import Team, member, team

TODAY = date(2026, 11, 28)


def everything(of: Team) -> said.Said:
    with reading(of.workspace.engine) as connection:
        return said.of_record(connection, of.camera.inventory_id, of.camera.identity)


def test_a_comment_is_changed_and_removed_by_who_wrote_it(workspace: Workspace) -> None:
    of = team(workspace)
    with of.by(of.analyst) as ledger:
        row = comments.add(ledger, of.camera, " Asked the site.\r\nThey look. ")
    assert row["text"] == "Asked the site.\nThey look."
    for actor in (of.colleague, of.admin, of.approver):
        for change in (
            lambda one: comments.edit(one, row["id"], "x"),
            lambda one: comments.remove(one, row["id"]),
        ):
            with pytest.raises(RefusedError), of.by(actor) as ledger:
                change(ledger)
    with of.by(of.analyst) as ledger:
        assert comments.edit(ledger, row["id"], "It is a Hanwha.", version=1)["edited_at"]
        comments.remove(ledger, row["id"])
    with pytest.raises(StateError, match="was removed"), of.by(of.analyst) as ledger:
        comments.edit(ledger, row["id"], "x")
    found = everything(of)
    assert [one["text"] for one in found.comments] == [None]
    assert [one["action"] for one in found.timeline] == ["create", "edit", "remove"]
    assert found.people[str(of.analyst.person_id)] == "An analyst"
    with pytest.raises(RefusedError), of.by(of.approver) as ledger:
        comments.add(ledger, of.camera, "x")


def test_who_is_asked_to_look_says_when_they_have(workspace: Workspace) -> None:
    of = team(workspace)
    who = str(of.colleague.person_id)
    with of.by(of.analyst) as ledger:
        row = assignments.assign(ledger, of.camera, who, note="Please", due="2026-12-01", today=TODAY)
        other = assignments.assign(ledger, of.other(identity="serial:2"), who, today=TODAY)
        with pytest.raises(StateError, match="asked already"):
            assignments.assign(ledger, of.camera, who, today=TODAY)
        for due in ("2026-11-27", "2099-01-01", "soon"):
            with pytest.raises(InvalidError):
                assignments.assign(ledger, of.camera, str(of.analyst.person_id), due=due, today=TODAY)
        assert [one["id"] for one in assignments.open_of(ledger.connection, who)] == [row["id"], other["id"]]
    for actor in (of.analyst, of.admin):
        with pytest.raises(RefusedError, match="somebody else was asked"), of.by(actor) as ledger:
            assignments.done(ledger, row["id"])
    with of.by(of.colleague) as ledger:
        assert assignments.done(ledger, row["id"])["state"] == "done"
        with pytest.raises(RefusedError):
            assignments.withdraw(ledger, other["id"])
    with of.by(of.admin) as ledger:
        assert assignments.withdraw(ledger, other["id"])["state"] == "withdrawn"
    with pytest.raises(StateError), of.by(of.colleague) as ledger:
        assignments.done(ledger, other["id"])


def test_nobody_is_asked_who_cannot_come_in(workspace: Workspace) -> None:
    of = team(workspace)
    without = member(workspace)
    with of.by(of.admin) as ledger:
        people.disable(ledger, str(of.colleague.person_id))
    for who in (without, of.colleague):
        with pytest.raises(StateError, match="cannot come in"), of.by(of.analyst) as ledger:
            assignments.assign(ledger, of.camera, str(who.person_id), today=TODAY)


def test_evidence_lies_under_its_hash_and_stays(workspace: Workspace) -> None:
    of = team(workspace)
    letter = b"%PDF-1.7 the maker's letter"
    kept = attachments.receive(workspace, of.analyst, [letter[:3], letter[3:]])
    digest = hashlib.sha256(letter).hexdigest()
    place = workspace.store.path(digest)
    assert kept == attachments.Evidence(digest, len(letter), "application/pdf", place)
    with of.by(of.analyst) as ledger:
        row = attachments.attach(ledger, of.camera, kept, "../../etc/letter\x00.pdf")
    assert row["file_name"] == "letter.pdf"
    for actor in (of.colleague, of.admin):
        with pytest.raises(RefusedError), of.by(actor) as ledger:
            attachments.remove(ledger, row["id"])
    with of.by(of.analyst) as ledger:
        attachments.remove(ledger, row["id"])
        with pytest.raises(StateError):
            attachments.remove(ledger, row["id"])
    assert workspace.store.intact(kept.sha256)
    seen = verify(workspace)
    assert (seen.files, seen.problems) == (1, ())


def test_evidence_that_was_swept_away_meanwhile_is_not_attached(workspace: Workspace) -> None:
    of = team(workspace)
    kept = attachments.receive(workspace, of.analyst, [b"plain"])
    kept.path.unlink()
    with pytest.raises(NotFoundError, match="attach it again"), of.by(of.analyst) as ledger:
        attachments.attach(ledger, of.camera, kept, "a")


def test_evidence_hangs_on_what_is_said_of_the_same_record(workspace: Workspace) -> None:
    of = team(workspace)
    kept = attachments.receive(workspace, of.analyst, [b"plain"])
    with of.by(of.analyst) as ledger:
        here = decisions.propose(ledger, of.camera, "confirmed", "x", today=TODAY)["id"]
        there = decisions.propose(ledger, of.other(identity="serial:2"), "confirmed", "x", today=TODAY)["id"]
        made = attachments.attach(ledger, of.camera, kept, "a", attached_to="decision", target_id=here)
    assert (made["target_id"], made["media_type"]) == (here, "application/octet-stream")
    for target, to, error in (
        (there, "decision", NotFoundError),
        (here, "comment", NotFoundError),
        (here, "record", InvalidError),
        (None, "decision", InvalidError),
        (here, "person", InvalidError),
    ):
        with pytest.raises(error), of.by(of.analyst) as ledger:
            attachments.attach(ledger, of.camera, kept, "a", attached_to=to, target_id=target)


def test_who_may_not_attach_stores_nothing(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    of = team(workspace)
    with pytest.raises(RefusedError):
        attachments.receive(workspace, of.approver, [b"x"])
    monkeypatch.setattr(attachments, "LARGEST", 4)
    for chunks in ([], [b""], [b"123", b"45"]):
        with pytest.raises(InvalidError):
            attachments.receive(workspace, of.analyst, chunks)
    assert [one for one in workspace.store.folder.rglob("*") if one.is_file() and one.stat().st_size] == []
