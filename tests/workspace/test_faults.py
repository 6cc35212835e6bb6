"""Whatever ends a process, nothing acknowledged is lost and nothing is doubled: real processes, killed."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from clearband.workspace import runs, uploads
from clearband.workspace.database import reading
from clearband.workspace.ledger import Actor
from clearband.workspace.place import Workspace
from clearband.workspace.tables import audit, upload
from clearband.workspace.verify import verify
from clearband.workspace.worker import DATABASE, Worker
from tests.workspace.people import somebody
from tests.workspace.test_runs import EXAMPLES, brought, done, row

LEASE = "1.5"
EPOCH = {"SOURCE_DATE_EPOCH": "1780000000"}
UPLOADING = """
import os, sys
from pathlib import Path
from clearband.workspace.ledger import Actor
from clearband.workspace.place import open_workspace
from clearband.workspace.uploads import receive
workspace = open_workspace(Path(sys.argv[1]), os.environ.get("CLEARBAND_DATABASE"))
number = 0
while True:
    number += 1
    pieces = [b"Mfr,Model\\n", *[b"Huawei,%d\\n" % (number + at) for at in range(20_000)]]
    actor = Actor(sys.argv[2], "x", frozenset({"analyst"}))
    print(receive(workspace, actor, sys.argv[3], "a.csv", pieces).row["id"], flush=True)
"""


@pytest.fixture
def analyst(workspace: Workspace) -> Actor:
    return somebody(workspace)


@pytest.fixture
def worker(workspace: Workspace, database: str | None) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts a worker at each call; those that still run are killed at the end."""
    started: list[subprocess.Popen[bytes]] = []

    def start(lease: str = LEASE) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "clearband.workspace.worker", "--workspace", workspace.folder]
        environment = {**os.environ, **EPOCH, **({DATABASE: database} if database else {})}
        started.append(
            subprocess.Popen([*command, "--lease", lease], env=environment, stderr=subprocess.DEVNULL)
        )
        return started[-1]

    yield start
    for one in started:
        if one.poll() is None:
            one.kill()
        one.wait()


def until(what: Callable[[], bool], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.05)


def asked(workspace: Workspace, analyst: Actor, of: str) -> str:
    return str(done(workspace, analyst, lambda ledger: runs.ask(ledger, of))["id"])


def is_in(workspace: Workspace, run_id: str, *states: str) -> Callable[[], bool]:
    return lambda: row(workspace, run_id)["state"] in states


def child_of(one: subprocess.Popen[bytes]) -> int | None:
    told = Path(f"/proc/{one.pid}/task/{one.pid}/children").read_text().split()
    return int(told[0]) if told else None


def begun(one: subprocess.Popen[bytes]) -> int:
    """The process that executes a run, once it is a program of its own.

    Before that it shares the worker's memory, and a worker whose child is held then is held with it.
    """
    until(lambda: (child := child_of(one)) is not None and b"execute" in _command(child))
    found = child_of(one)
    assert found is not None
    return found


def _command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def ended(process: int) -> bool:
    """Whether a process is over, waited for or not."""
    try:
        return ") Z " in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return True


def starts(workspace: Workspace) -> list[str]:
    with reading(workspace.engine) as connection:
        told = sa.select(audit.c.object_id).where(audit.c.action == "start").order_by(audit.c.seq)
        return list(connection.scalars(told))


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_run_whose_workers_are_killed_ends_as_an_undisturbed_one(
    workspace: Workspace, analyst: Actor, worker: Callable[..., subprocess.Popen[bytes]]
) -> None:
    of = brought(workspace, analyst)
    run_id = asked(workspace, analyst, of)
    # While it reads; then while it works or writes, its child with it.
    first = worker()
    orphan = begun(first)
    first.kill()
    until(lambda: ended(orphan))
    second = worker()
    child = begun(second)
    writes = ("runs/.*", "identities/*")
    until(lambda: any(any(workspace.folder.glob(one)) for one in writes))
    second.kill()
    os.kill(child, signal.SIGKILL)
    worker()
    until(is_in(workspace, run_id, "done", "failed"))
    found = row(workspace, run_id)
    assert (found["state"], found["attempt"], starts(workspace)) == ("done", 3, [run_id] * 3)
    undisturbed = asked(workspace, analyst, of)
    until(is_in(workspace, undisturbed, "done", "failed"))
    assert files(workspace.run_folder(run_id)) == files(workspace.run_folder(undisturbed))
    assert row(workspace, undisturbed)["run_sha256"] == found["run_sha256"]
    names = {path.name for path in (workspace.folder / "runs").iterdir()}
    assert names == {run_id, undisturbed}
    assert verify(workspace).problems == ()


def test_two_workers_execute_each_run_once(
    workspace: Workspace, analyst: Actor, worker: Callable[..., subprocess.Popen[bytes]]
) -> None:
    of = brought(workspace, analyst)
    asked_for = [asked(workspace, analyst, of) for _ in range(3)]
    # A machine that stands still for a moment must not look like a dead worker here.
    both = [worker("60"), worker("60")]
    for run_id in asked_for:
        until(is_in(workspace, run_id, "done", "failed"))
    assert sorted(starts(workspace)) == sorted(asked_for)
    for one in both:
        one.send_signal(signal.SIGTERM)
    assert [one.wait(90) for one in both] == [0, 0]
    assert verify(workspace).problems == ()


def test_a_worker_that_is_told_to_stop_gives_its_run_back_and_a_cancelled_run_ends(
    workspace: Workspace, analyst: Actor, worker: Callable[..., subprocess.Popen[bytes]]
) -> None:
    run_id = asked(workspace, analyst, brought(workspace, analyst))
    first = worker()
    child = begun(first)
    first.send_signal(signal.SIGTERM)
    assert first.wait(90) == 0
    assert ended(child)
    assert (row(workspace, run_id)["state"], row(workspace, run_id)["attempt"]) == ("queued", 0)
    child = begun(worker())
    # The process is held, so that only cancelling can end the run.
    os.kill(child, signal.SIGSTOP)
    done(workspace, analyst, lambda ledger: runs.cancel(ledger, run_id))
    until(is_in(workspace, run_id, "cancelled"))
    until(lambda: not left_of_runs(workspace))
    assert verify(workspace).problems == ()


@pytest.mark.parametrize("database", [None])
def test_a_child_that_is_killed_is_begun_again(
    workspace: Workspace, analyst: Actor, worker: Callable[..., subprocess.Popen[bytes]]
) -> None:
    run_id = asked(workspace, analyst, brought(workspace, analyst))
    os.kill(begun(worker()), signal.SIGKILL)
    until(is_in(workspace, run_id, "done", "failed"))
    assert (row(workspace, run_id)["state"], row(workspace, run_id)["attempt"]) == ("done", 2)


def test_an_upload_that_is_killed_loses_nothing_acknowledged(
    workspace: Workspace, analyst: Actor, database: str | None
) -> None:
    of = brought(workspace, analyst)
    environment = {**os.environ, **({DATABASE: database} if database else {})}
    command = [sys.executable, "-c", UPLOADING, str(workspace.folder), str(analyst.person_id), of]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as sender:
        assert sender.stdout is not None
        acknowledged = [sender.stdout.readline().decode().strip() for _ in range(5)]
        sender.kill()
        acknowledged += sender.stdout.read().decode().split()
    with reading(workspace.engine) as connection:
        known = dict(connection.execute(sa.select(upload.c.id, upload.c.sha256)).all())
    assert set(acknowledged) <= set(known)
    assert all(workspace.store.intact(digest) for digest in known.values())
    uploads.sweep(workspace, older_than=-1)
    left = {path.name for path in workspace.store.folder.rglob("*") if path.is_file()}
    assert left == set(known.values())
    assert verify(workspace).problems == ()


def left_of_runs(workspace: Workspace) -> list[Path]:
    return [path for one in ("runs", "identities", "views") for path in (workspace.folder / one).iterdir()]


@contextmanager
def little_room(size: int) -> Iterator[None]:
    """Files that are written here, and by processes begun here, cannot grow beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("database", [None])
def test_a_full_disk_is_told_on_the_run(workspace: Workspace, analyst: Actor) -> None:
    of = brought(workspace, analyst, ("a.csv", (EXAMPLES / "rural-carrier.csv").read_bytes(), {}))
    run_id = asked(workspace, analyst, of)
    with little_room(1_000_000):
        assert Worker(workspace).once()
    found = row(workspace, run_id)
    assert (found["state"], "the disk is full" in found["error"]) == ("failed", True)
    assert left_of_runs(workspace) == []
    again = asked(workspace, analyst, of)
    assert Worker(workspace).once()
    assert row(workspace, again)["state"] == "done"
    assert verify(workspace).problems == ()
