"""A backup holds everything, goes back into either database, and is believed as far as it can be checked."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from clearband.errors import ClearbandError, InputError, OutputError
from clearband.workspace import attachments, decisions, sessions, tokens
from clearband.workspace.backup import backup
from clearband.workspace.database import open_database, reading
from clearband.workspace.errors import StateError
from clearband.workspace.place import Workspace, open_workspace
from clearband.workspace.restore import restore
from clearband.workspace.tables import METADATA, audit, decision, web_session
from clearband.workspace.verify import verify
from tests.workspace.team import Team, team


def worked_in(workspace: Workspace) -> Team:
    """A workspace with something of everything."""
    of = team(workspace)
    evidence = attachments.receive(workspace, of.analyst, [b"%PDF-1.7 letter"])
    with of.by(of.analyst) as ledger:
        row = decisions.propose(ledger, of.camera, "false-alarm", 'An "odd"\nreason, 華為')
        attachments.attach(
            ledger, of.camera, evidence, "letter.pdf", attached_to="decision", target_id=row["id"]
        )
        tokens.issue(ledger, str(of.analyst.person_id), "nightly", roles=["analyst"], days=9)
    with of.by(of.approver) as ledger:
        decisions.approve(ledger, row["id"])
    sessions.begin(workspace, str(of.analyst.person_id))
    for name in ("runs/{}/run.json", "runs/{}/sheets/a b.csv", "views/{}/x.arrow", "identities/{}.parquet"):
        path = workspace.folder / name.format(of.camera.run_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode() * 100)
    return of


def rows(workspace: Workspace) -> dict[str, list[Any]]:
    with reading(workspace.engine) as connection:
        return {
            table.name: [
                tuple(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key))
            ]
            for table in METADATA.sorted_tables
        }


def files(folder: Path) -> dict[str, bytes]:
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {
        name: path.read_bytes() for name, path in found.items() if not name.startswith("workspace.sqlite")
    }


@pytest.mark.parametrize("into", ["sqlite", "postgresql"])
def test_a_backup_of_one_database_becomes_the_same_workspace_in_either(
    workspace: Workspace, tmp_path: Path, into: str, request: pytest.FixtureRequest
) -> None:
    worked_in(workspace)
    made = backup(workspace, tmp_path / "one.tar")
    assert made.problems == ()
    assert made.sha256 == hashlib.sha256((tmp_path / "one.tar").read_bytes()).hexdigest()
    assert (tmp_path / "one.tar").stat().st_mode & 0o777 == 0o600
    url = empty(request) if into == "postgresql" else None
    seen = restore(tmp_path / "one.tar", tmp_path / "again", url, expect=made.head, keep_tokens=True)
    assert (seen.problems, seen.entries, seen.head, seen.files) == ((), made.entries, made.head, 1)
    again = open_workspace(tmp_path / "again", url)
    kept = {name: found for name, found in rows(workspace).items() if name != web_session.name}
    assert rows(again) == {**kept, web_session.name: []}
    assert files(again.folder) == files(workspace.folder)
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), again.engine.begin() as connection:
        connection.execute(audit.delete())
    again.engine.dispose()


def empty(request: pytest.FixtureRequest) -> str:
    """The URL of a database without tables."""
    url = str(request.getfixturevalue("postgres")())
    engine = open_database(url)
    with engine.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    engine.dispose()
    return url


def test_backups_of_the_same_are_the_same_but_for_their_time(workspace: Workspace, tmp_path: Path) -> None:
    worked_in(workspace)
    for name in ("a.tar", "b.tar"):
        backup(workspace, tmp_path / name)
    first, second = (members(tmp_path / name) for name in ("a.tar", "b.tar"))
    one, other = (json.loads(found.pop("manifest.json")) for found in (first, second))
    assert first == second
    assert {**one, "made_at": ""} == {**other, "made_at": ""}


def members(file: Path) -> dict[str, bytes]:
    with tarfile.open(file) as tar:
        return {one.name: read.read() for one in tar if (read := tar.extractfile(one))}


def test_what_others_do_meanwhile_is_in_it_whole_or_not_at_all(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = worked_in(workspace)
    from clearband.workspace import backup as room

    write_rows = room.write_rows

    def slowly(*given: Any) -> int:
        with of.by(of.analyst) as ledger:
            decisions.propose(ledger, of.camera, "confirmed", "meanwhile")
        return write_rows(*given)

    monkeypatch.setattr(room, "write_rows", slowly)
    made = backup(workspace, tmp_path / "one.tar")
    seen = restore(tmp_path / "one.tar", tmp_path / "again")
    assert (seen.problems, seen.entries) == ((), made.entries + 1)
    assert verify(workspace).entries > made.entries


def test_what_is_damaged_is_told_and_kept_as_it_is(workspace: Workspace, tmp_path: Path) -> None:
    of = worked_in(workspace)
    gone = attachments.receive(workspace, of.analyst, [b"another"])
    with of.by(of.analyst) as ledger:
        attachments.attach(ledger, of.camera, gone, "b")
    workspace.store.path(gone.sha256).unlink()
    letter = hashlib.sha256(b"%PDF-1.7 letter").hexdigest()
    workspace.store.path(letter).write_bytes(b"another letter")
    made = backup(workspace, tmp_path / "one.tar")
    assert sorted(made.problems) == sorted(
        [
            f"files/{letter[:2]}/{letter}: its bytes were changed",
            f"files/{gone.sha256[:2]}/{gone.sha256}: no such file or directory",
        ]
    )
    seen = restore(tmp_path / "one.tar", tmp_path / "again")
    assert seen.problems == verify(workspace).problems != ()


def test_nothing_is_written_over(
    workspace: Workspace, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    worked_in(workspace)
    file = tmp_path / "one.tar"
    backup(workspace, file)
    with pytest.raises(OutputError, match="there is a file already"):
        backup(workspace, file)
    with pytest.raises(OutputError, match="is not empty"):
        restore(file, workspace.folder)
    (tmp_path / "empty").mkdir()
    with pytest.raises(StateError, match="has tables already"):
        restore(file, tmp_path / "empty", str(request.getfixturevalue("postgres")()))
    assert list((tmp_path / "empty").iterdir()) == []
    assert restore(file, tmp_path / "empty").problems == ()


@pytest.fixture
def taken(tmp_path: Path) -> Path:
    """A backup of a SQLite workspace."""
    workspace = open_workspace(tmp_path / "workspace", make=True)
    worked_in(workspace)
    backup(workspace, tmp_path / "one.tar")
    workspace.engine.dispose()
    return tmp_path / "one.tar"


Change = Callable[[dict[str, bytes]], object]


def changed(file: Path, change: Change, *, manifest_too: bool = False) -> Path:
    """A backup as somebody makes it who can write to it."""
    found = members(file)
    change(found)
    if manifest_too:
        told = json.loads(found.pop("manifest.json"))
        told["members"] = {
            name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
            for name, data in found.items()
        }
        found["manifest.json"] = json.dumps(told).encode()
    with tarfile.open(file.with_name("changed.tar"), "w") as tar:
        for name, data in found.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return file.with_name("changed.tar")


def edit(name: str, old: bytes, new: bytes) -> Change:
    def change(found: dict[str, bytes]) -> None:
        assert old in found[name]
        found[name] = found[name].replace(old, new)

    return change


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (edit("database/decision.jsonl", b"false-alarm", b"confirmed"), "not as the manifest says"),
        (lambda found: found.pop("database/audit.jsonl"), "not as the manifest says: database/audit.jsonl"),
        (lambda found: found.pop("manifest.json"), "was cut short"),
        (lambda found: found.update({"manifest.json": b"[" * 100_000}), "no manifest"),
        (lambda found: found.update({"manifest.json": b"{}"}), "no manifest"),
        (edit("manifest.json", b"workspace-backup-1", b"workspace-backup-9"), "that this version reads"),
        (edit("manifest.json", b'"tables": "0001"', b'"tables": "9999"'), "later version of clearband"),
    ],
)
def test_a_backup_that_was_changed_is_refused(taken: Path, change: Change, why: str) -> None:
    file = changed(taken, change)
    with pytest.raises(ClearbandError, match=why):
        restore(file, taken.parent / "again")
    assert not (taken.parent / "again").exists()
    assert not list(taken.parent.glob(".again*"))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (edit("database/decision.jsonl", b'"state":"in-force"', b'"state":"fine"'), "cannot be restored"),
        (edit("database/decision.jsonl", b'"version"', b'"versions"'), "no row of the table"),
        (edit("database/decision.jsonl", b"\n", b""), "no row of the table"),
        (edit("database/decision.jsonl", b"{", b"[" * 100_000), "no row of the table"),
        (lambda found: found.update({"database/setting.jsonl": b"1\n"}), "no row of the table"),
        (lambda found: found.update({"database/person.jsonl": b""}), "cannot be restored"),
    ],
)
def test_rows_that_do_not_fit_are_refused(taken: Path, change: Change, why: str) -> None:
    file = changed(taken, change, manifest_too=True)
    with pytest.raises(InputError, match=why):
        restore(file, taken.parent / "again")
    assert not (taken.parent / "again").exists()


def test_a_row_that_was_changed_with_its_manifest_shows_against_the_trail(taken: Path) -> None:
    change = edit("database/decision.jsonl", b"false-alarm", b"confirmed")
    seen = restore(changed(taken, change, manifest_too=True), taken.parent / "again")
    assert [one.split(": ")[1] for one in seen.problems] == ["it is not as its last entry says"]


def test_a_trail_cut_with_its_rows_shows_beside_the_hash_that_was_noted(taken: Path) -> None:
    noted = json.loads(members(taken)["manifest.json"])["trail"]["head"]

    def cut(found: dict[str, bytes]) -> None:
        last = found["database/audit.jsonl"].splitlines(keepends=True)[-1]
        assert json.loads(last)["action"] == "approve"
        found["database/audit.jsonl"] = found["database/audit.jsonl"].removesuffix(last)
        row = json.loads(found["database/decision.jsonl"])
        row |= {
            "state": "proposed",
            "decided_by": None,
            "decided_at": None,
            "decided_note": None,
            "version": 1,
        }
        found["database/decision.jsonl"] = json.dumps(row).encode() + b"\n"

    file = changed(taken, cut, manifest_too=True)
    assert restore(file, taken.parent / "again").problems == ()
    assert "entries were cut off" in restore(file, taken.parent / "third", expect=noted).problems[0]


@pytest.mark.parametrize(
    "name",
    [
        "../escaped",
        "/escaped",
        "files/../../escaped",
        "runs/x/../../../escaped",
        "runs/..",
        "runs//x",
        "files/aa/" + "b" * 64,
        "workspace.sqlite",
        "database/../x.jsonl",
        "runs/" + "a/" * 40 + "b",
        "manifest.json/x",
    ],
)
def test_members_that_lead_elsewhere_are_refused(taken: Path, name: str) -> None:
    def add(found: dict[str, bytes]) -> None:
        told = found.pop("manifest.json")
        found.update({name: b"x", "manifest.json": told})

    with pytest.raises(InputError, match="a member of a name that no backup has"):
        restore(changed(taken, add, manifest_too=True), taken.parent / "again")
    assert not (taken.parent / "escaped").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE])
def test_members_that_are_no_files_are_refused(taken: Path, kind: bytes) -> None:
    info = tarfile.TarInfo("runs/x/link")
    info.type, info.linkname = kind, "/etc/passwd"
    with tarfile.open(taken.with_name("first.tar"), "w") as tar:
        tar.addfile(info)
    with pytest.raises(InputError, match="no plain file"):
        restore(taken.with_name("first.tar"), taken.parent / "again")


def test_a_file_with_holes_larger_than_the_backup_is_refused(taken: Path) -> None:
    info = tarfile.TarInfo("runs/x/huge")
    info.size = 0
    info.pax_headers = {
        "GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.name": "runs/x/huge",
        "GNU.sparse.realsize": str(10**15),
    }  # fmt: skip
    data = b"0\n".ljust(512, b"\0")
    info.size = len(data)
    with tarfile.open(taken.with_name("holes.tar"), "w", format=tarfile.PAX_FORMAT) as tar:
        tar.addfile(info, io.BytesIO(data))
    with pytest.raises(InputError, match="no plain file"):
        restore(taken.with_name("holes.tar"), taken.parent / "again")


def test_a_member_that_stands_twice_is_refused(taken: Path) -> None:
    with tarfile.open(taken, "a") as tar:
        tar.addfile(tarfile.TarInfo("runs/x/late"))
    with pytest.raises(InputError, match="should not be there"):
        restore(taken, taken.parent / "again")


@pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_part_of_a_backup_is_refused(taken: Path, part: float) -> None:
    # Zeros behind the last member belong to none.
    data = taken.read_bytes().rstrip(b"\0")
    taken.write_bytes(data[: int(len(data) * part)])
    with pytest.raises(InputError, match=r"a part of one|cut short|as the manifest says"):
        restore(taken, taken.parent / "again")
    with pytest.raises(ClearbandError):
        restore(taken.with_name("none.tar"), taken.parent / "again")


def test_no_token_of_a_backup_is_valid_after_it(workspace: Workspace, tmp_path: Path) -> None:
    of = worked_in(workspace)
    with of.by(of.analyst) as ledger:
        secret, row = tokens.issue(ledger, str(of.analyst.person_id), "x", roles=["analyst"], days=9)
    made = backup(workspace, tmp_path / "one.tar")
    with of.by(of.analyst) as ledger:
        tokens.revoke(ledger, row["id"])
    seen = restore(tmp_path / "one.tar", tmp_path / "again", expect=made.head)
    again = open_workspace(tmp_path / "again")
    assert (seen.problems, seen.entries, tokens.actor_of(again, secret)) == ((), made.entries + 2, None)
    again.engine.dispose()


@pytest.mark.parametrize("told", [{}, {"tables": 1}, {"tables": "9999"}])
def test_a_manifest_that_tells_no_version_is_refused(taken: Path, told: dict[str, Any]) -> None:
    def change(found: dict[str, bytes]) -> None:
        manifest = json.loads(found["manifest.json"])
        manifest.pop("tables")
        found["manifest.json"] = json.dumps(manifest | told).encode()

    with pytest.raises(ClearbandError):
        restore(changed(taken, change), taken.parent / "again")


def test_decisions_go_on_after_a_restore(taken: Path) -> None:
    restore(taken, taken.parent / "again")
    again = open_workspace(taken.parent / "again")
    with reading(again.engine) as connection:
        assert connection.scalars(sa.select(decision.c.state)).all() == ["in-force"]
    team(again)
    assert verify(again).problems == ()
    again.engine.dispose()
