"""Every change is in the audit trail, and a trail or a row that was changed behind it is found."""

from __future__ import annotations

import threading

import pytest
import sqlalchemy as sa

from clearband.workspace.clock import now
from clearband.workspace.database import reading, writing
from clearband.workspace.errors import ChangedError, NotFoundError
from clearband.workspace.ledger import Actor, Ledger, Row, row_of
from clearband.workspace.place import Workspace
from clearband.workspace.tables import METADATA, audit, inventory, person
from clearband.workspace.verify import verify

WHO = Actor(None, "An analyst")


def someone(workspace: Workspace, name: str = "An analyst") -> Row:
    with writing(workspace.engine) as connection:
        values: Row = {"name": name, "roles": ["analyst"], "created_at": now()}
        return Ledger(connection, WHO).insert(person, values)


def rename(workspace: Workspace, row: Row, name: str, version: int | None = None) -> Row:
    with writing(workspace.engine) as connection:
        return Ledger(connection, WHO).update(
            person, row["id"], {"name": name}, action="rename", version=version
        )


def behind(workspace: Workspace, *statements: str) -> None:
    """Change the database as somebody would who can write to it."""
    off = {
        "sqlite": ["DROP TRIGGER audit_no_UPDATE", "DROP TRIGGER audit_no_DELETE"],
        "postgresql": ["DROP TRIGGER audit_append_only ON audit"],
    }
    with writing(workspace.engine) as connection:
        for statement in (*off[connection.dialect.name], *statements):
            connection.execute(sa.text(statement))


def test_each_change_is_an_entry_and_all_is_as_the_trail_says(workspace: Workspace) -> None:
    row = someone(workspace)
    rename(workspace, row, "Another name")
    seen = verify(workspace)
    assert (seen.entries, seen.rows, seen.problems) == (2, 1, ())
    with reading(workspace.engine) as connection:
        assert row_of(connection, person, row["id"])["version"] == 2
        told = connection.execute(sa.select(audit.c.action, audit.c.by).order_by(audit.c.seq)).all()
    assert [tuple(one) for one in told] == [("create", "An analyst"), ("rename", "An analyst")]


def test_a_change_that_fails_leaves_no_entry(workspace: Workspace) -> None:
    def fail() -> None:
        with writing(workspace.engine) as connection:
            Ledger(connection, WHO).insert(person, {"name": "x", "roles": [], "created_at": now()})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert verify(workspace).entries == 0


def test_who_read_an_older_version_is_refused(workspace: Workspace) -> None:
    row = someone(workspace)
    rename(workspace, row, "First", version=1)
    with pytest.raises(ChangedError, match="was changed since it was read"):
        rename(workspace, row, "Second", version=1)
    with pytest.raises(NotFoundError, match="there is no person"):
        rename(workspace, {"id": "nobody"}, "x")


def test_two_writers_make_one_chain(workspace: Workspace) -> None:
    row = someone(workspace)
    failed: list[Exception] = []

    def write(name: str) -> None:
        try:
            for number in range(10):
                rename(workspace, row, f"{name}{number}")
        except Exception as error:
            failed.append(error)

    writers = [threading.Thread(target=write, args=(name,)) for name in "abc"]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    seen = verify(workspace)
    assert (failed, seen.entries, seen.problems) == ([], 31, ())


def test_entries_are_not_changed_by_mistake(workspace: Workspace) -> None:
    someone(workspace)

    def execute(statement: sa.Update | sa.Delete) -> None:
        with writing(workspace.engine) as connection:
            connection.execute(statement)

    for statement in (audit.update().values(by="x"), audit.delete()):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"):
            execute(statement)


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE audit SET by = 'Somebody else' WHERE seq = 2", "entry 2: its fields do not have its hash"),
        ("DELETE FROM audit WHERE seq = 2", "entry 2: it is missing; the next is 3"),
        ("UPDATE person SET name = 'x' WHERE name = 'Third'", "it is not as its last entry says"),
        ("DELETE FROM person WHERE name = 'Third'", "it is in the trail, and its row is gone"),
        ("DELETE FROM audit WHERE seq = 3", "no entry tells of it"),
    ],
)
def test_what_was_changed_behind_the_trail_is_found(workspace: Workspace, statement: str, found: str) -> None:
    for name in ("First", "Second", "Third"):
        someone(workspace, name)
    assert verify(workspace).problems == ()
    behind(workspace, statement.replace("by =", '"by" ='))
    assert any(found in problem for problem in verify(workspace).problems)


def test_a_trail_cut_at_its_end_shows_beside_a_hash_noted_before(workspace: Workspace) -> None:
    someone(workspace, "First")
    someone(workspace, "Second")
    noted = verify(workspace).head
    behind(workspace, "DELETE FROM audit WHERE seq = 2", "DELETE FROM person WHERE name = 'Second'")
    assert verify(workspace).problems == ()
    assert "entries were cut off" in verify(workspace, expect=noted).problems[0]


def test_a_file_that_changed_is_found(workspace: Workspace) -> None:
    who = someone(workspace)
    stored = workspace.store.put([b"maker,model\n"], at_most=100)
    with writing(workspace.engine) as connection:
        ledger = Ledger(connection, WHO)
        of = ledger.insert(inventory, {"name": "n", "created_by": who["id"], "created_at": now()})
        values = {"inventory_id": of["id"], "created_by": who["id"], "created_at": now(), "state": "taken"}
        file = {"file_name": "a.csv", "sha256": stored.sha256, "bytes": stored.bytes, "reading": {}}
        ledger.insert(METADATA.tables["upload"], values | file)
    assert verify(workspace).problems == ()
    workspace.store.path(stored.sha256).write_bytes(b"maker,model\nx,y\n")
    assert "its bytes were changed" in verify(workspace).problems[0]
