"""Files are brought to an inventory, looked at, taken and withdrawn."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
import sqlalchemy as sa

from clearband.errors import OutputError
from clearband.workspace import inventories, uploads
from clearband.workspace.database import reading, writing
from clearband.workspace.errors import ChangedError, InvalidError, NotFoundError, RefusedError, StateError
from clearband.workspace.ledger import Actor, Ledger, Row
from clearband.workspace.place import Workspace
from clearband.workspace.tables import upload
from clearband.workspace.verify import verify
from tests.workspace.people import somebody

CSV = b"Asset,Mfr,Model\n1,Huawei,S5720\n"
_T = TypeVar("_T")


def done(workspace: Workspace, actor: Actor, what: Callable[[Ledger], _T]) -> _T:
    with writing(workspace.engine) as connection:
        return what(Ledger(connection, actor))


@pytest.fixture
def analyst(workspace: Workspace) -> Actor:
    return somebody(workspace)


@pytest.fixture
def of(workspace: Workspace, analyst: Actor) -> str:
    """The id of an empty inventory."""
    return str(done(workspace, analyst, lambda ledger: inventories.make(ledger, "North"))["id"])


def received(workspace: Workspace, actor: Actor, of: str, data: bytes = CSV, name: str = "a.csv") -> Row:
    return uploads.receive(workspace, actor, of, name, [data]).row


def test_an_inventory_is_made_renamed_archived_and_brought_back(workspace: Workspace, analyst: Actor) -> None:
    made = [
        done(workspace, analyst, lambda ledger, n=n: inventories.make(ledger, f" No  {n} ")) for n in range(3)
    ]
    assert made[0]["name"] == "No 0"
    with reading(workspace.engine) as connection:
        first = inventories.listed(connection, limit=2)
        second = inventories.listed(connection, limit=2, after=first.after)
    assert [row["name"] for row in (*first.rows, *second.rows)] == ["No 2", "No 1", "No 0"]
    assert second.after is None
    one = made[0]["id"]
    done(
        workspace, analyst, lambda ledger: inventories.rename(ledger, one, "South", "of the river", version=1)
    )
    with pytest.raises(ChangedError):
        done(workspace, analyst, lambda ledger: inventories.rename(ledger, one, "West", version=1))
    done(workspace, analyst, lambda ledger: inventories.archive(ledger, one))
    with reading(workspace.engine) as connection:
        assert one not in {row["id"] for row in inventories.listed(connection).rows}
        assert inventories.listed(connection, archived=True).rows[0]["name"] == "South"
    with pytest.raises(StateError, match="archived"):
        received(workspace, analyst, one)
    done(workspace, analyst, lambda ledger: inventories.bring_back(ledger, one))
    assert received(workspace, analyst, one)["state"] == "received"
    assert verify(workspace).problems == ()


def test_who_is_no_analyst_brings_nothing(workspace: Workspace, of: str) -> None:
    viewer = somebody(workspace, "viewer", "approver", "admin")

    def never() -> Iterator[bytes]:
        raise AssertionError("was read")
        yield b""

    with pytest.raises(RefusedError):
        uploads.receive(workspace, viewer, of, "a.csv", never())
    with pytest.raises(RefusedError):
        done(workspace, viewer, lambda ledger: inventories.make(ledger, "x"))


def test_a_file_that_is_too_large_leaves_nothing(workspace: Workspace, analyst: Actor, of: str) -> None:
    with pytest.raises(InvalidError, match="larger than 10 bytes"):
        uploads.receive(workspace, analyst, of, "a.csv", [b"12345", b"678901"], at_most=10)
    assert [path for path in workspace.store.folder.rglob("*") if path.is_file()] == []
    with pytest.raises(NotFoundError):
        received(workspace, analyst, "nobody")


def test_a_file_is_taken_once(workspace: Workspace, analyst: Actor, of: str) -> None:
    one = received(workspace, analyst, of)
    again = uploads.receive(workspace, analyst, of, "copy.csv", [CSV])
    assert [same["id"] for same in again.same] == [one["id"]]
    said = {"columns": {"Mfr": "manufacturer"}, "date_order": "day-first", "encoding": ""}
    row = done(workspace, analyst, lambda ledger: uploads.take(ledger, one["id"], said))
    assert (row["state"], row["reading"]) == (
        "taken", {"columns": {"Mfr": "manufacturer"}, "date_order": "day-first"}
    )  # fmt: skip
    with pytest.raises(StateError, match=r"part of the inventory already, as a\.csv"):
        done(workspace, analyst, lambda ledger: uploads.take(ledger, again.row["id"], {}))
    instead = done(
        workspace, analyst, lambda ledger: uploads.take(ledger, again.row["id"], {}, instead_of=[one["id"]])
    )
    with reading(workspace.engine) as connection:
        assert [row["id"] for row in uploads.taken(connection, of)] == [instead["id"]]
        states = [row["state"] for row in uploads.listed(connection, of).rows]
    assert states == ["taken", "withdrawn"]
    with pytest.raises(StateError, match="withdrawn"):
        done(workspace, analyst, lambda ledger: uploads.take(ledger, one["id"], {}))
    assert verify(workspace).problems == ()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"columns": {"Mfr": "maker"}}, "did you mean manufacturer"),
        ({"columns": ["Mfr"]}, "each with its field"),
        ({"delimiter": ";;"}, "one character"),
        ({"date_order": "year-first"}, "order of dates"),
        ({"path": "/etc/passwd"}, "says nothing of reading"),
    ],
)
def test_what_cannot_be_said_of_reading_is_refused(
    workspace: Workspace, analyst: Actor, of: str, said: dict[str, object], told: str
) -> None:
    one = received(workspace, analyst, of)
    with pytest.raises(InvalidError, match=told):
        done(workspace, analyst, lambda ledger: uploads.take(ledger, one["id"], said))


def test_what_uploads_that_were_cut_short_left_is_swept(
    workspace: Workspace, analyst: Actor, of: str
) -> None:
    kept = received(workspace, analyst, of)
    lost = workspace.store.put([b"no row tells of it"], at_most=100)
    part = workspace.store.folder / "incoming" / "piece"
    part.write_bytes(b"a piece")
    assert uploads.sweep(workspace) == []
    for path in (part, workspace.store.path(lost.sha256), workspace.store.path(kept["sha256"])):
        os.utime(path, (time.time() - 100_000,) * 2)
    assert len(uploads.sweep(workspace)) == 2
    assert workspace.store.intact(kept["sha256"])
    assert not part.exists()


def test_a_file_swept_before_its_row_is_told_is_no_upload(
    workspace: Workspace, analyst: Actor, of: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = type(workspace.store).put

    def swept(store: object, chunks: object, *, at_most: int) -> object:
        stored = put(store, chunks, at_most=at_most)  # type: ignore[arg-type]
        workspace.store.path(stored.sha256).unlink()
        return stored

    monkeypatch.setattr(type(workspace.store), "put", swept)
    with pytest.raises(NotFoundError):
        received(workspace, analyst, of)
    with reading(workspace.engine) as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(upload)) == 0


def test_a_full_disk_is_told(workspace: Workspace, analyst: Actor, of: str) -> None:
    def full() -> Iterator[bytes]:
        yield b"a"
        raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match="the disk is full"):
        uploads.receive(workspace, analyst, of, "a.csv", full())
    with reading(workspace.engine) as connection:
        assert uploads.listed(connection, of).rows == ()
