"""Runs are asked for, wait, are executed, and give what the command gives."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import polars as pl
import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from clearband.cli.main import main
from clearband.errors import ExitStatus
from clearband.workspace import inventories, jobs, runs, uploads
from clearband.workspace.asked import Asked
from clearband.workspace.database import reading, writing
from clearband.workspace.errors import InvalidError, RefusedError, StateError
from clearband.workspace.identity import identities
from clearband.workspace.ledger import Actor, Ledger, Row, row_of
from clearband.workspace.place import Workspace
from clearband.workspace.tables import run
from clearband.workspace.verify import verify
from clearband.workspace.worker import Worker
from tests.workspace.people import somebody

EXAMPLES = Path(__file__).parents[2] / "examples"
SMALL = b"Asset,Mfr,Model,Serial No.\n1,Huawei,S5720,21023589A\n2,Nokia,7750 SR,NS2109\n"
_T = TypeVar("_T")


def done(workspace: Workspace, actor: Actor, what: Callable[[Ledger], _T]) -> _T:
    with writing(workspace.engine) as connection:
        return what(Ledger(connection, actor))


def brought(workspace: Workspace, actor: Actor, *files: tuple[str, bytes, dict[str, object]]) -> str:
    """The id of an inventory of some files."""
    of = str(done(workspace, actor, lambda ledger: inventories.make(ledger, "North"))["id"])
    for name, data, said in files or (("a.csv", SMALL, {}),):
        row = uploads.receive(workspace, actor, of, name, [data]).row
        done(workspace, actor, lambda ledger, row=row, said=said: uploads.take(ledger, row["id"], said))
    return of


def row(workspace: Workspace, run_id: str) -> Row:
    with reading(workspace.engine) as connection:
        return row_of(connection, run, run_id)


def executed(workspace: Workspace, actor: Actor, of: str, asked: Asked = Asked()) -> Row:  # noqa: B008
    made = done(workspace, actor, lambda ledger: runs.ask(ledger, of, asked))
    assert Worker(workspace).once()
    return row(workspace, made["id"])


@pytest.fixture
def analyst(workspace: Workspace) -> Actor:
    return somebody(workspace)


def test_a_run_gives_the_bytes_that_the_command_gives(
    workspace: Workspace, analyst: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("rural-carrier.csv", "agency.xlsx")
    said = {"date_order": "month-first"}
    of = brought(workspace, analyst, *((name, (EXAMPLES / name).read_bytes(), said) for name in names))
    profile = (EXAMPLES / "profile.yaml").read_text(encoding="utf-8")
    found = executed(workspace, analyst, of, Asked(profile=profile, on=date(2026, 6, 1)))
    assert (found["state"], found["error"], found["attempt"]) == ("done", None, 1)

    created = datetime.fromisoformat(found["created_at"])
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(created.timestamp())))
    out = tmp_path / "out"
    options = ["--profile", EXAMPLES / "profile.yaml", "--on", "2026-06-01", "--date-order", "month-first"]
    command = ["screen", *(EXAMPLES / name for name in names), *options, "--out", out]
    assert CliRunner().invoke(main, [str(word) for word in command]).exit_code == ExitStatus.DONE
    folder = workspace.run_folder(found["id"])
    assert {path.name for path in folder.iterdir()} == {path.name for path in out.iterdir()}
    for path in out.iterdir():
        assert (folder / path.name).read_bytes() == path.read_bytes(), path.name


def test_what_is_kept_of_a_run(workspace: Workspace, analyst: Actor) -> None:
    found = executed(workspace, analyst, brought(workspace, analyst))
    summary = json.loads((workspace.run_folder(found["id"]) / "summary.json").read_text(encoding="utf-8"))
    assert found["result"]["answers"] == summary["answers"]
    known = pl.read_parquet(workspace.identities_file(found["id"]))
    assert known["identity"].to_list() == ["id:1", "id:2"]
    assert known["fingerprint"].str.len_chars().to_list() == [64, 64]
    assert workspace.view_folder(found["id"]).is_dir()
    equipment = pl.read_parquet(workspace.run_folder(found["id"]) / "equipment.parquet")
    # Of a run's equipment alone what was stated can be told again, and what clauses say of it cannot.
    again = identities(equipment)
    assert again["identity"].equals(known["identity"])
    assert again["fingerprint"].str.head(32).equals(known["fingerprint"].str.head(32))
    assert (found["worker"], found["progress"], found["number"]) == (None, None, 1)
    assert verify(workspace).problems == ()


@pytest.mark.parametrize("database", [None])
def test_files_of_one_name_and_readings_of_their_own(workspace: Workspace, analyst: Actor) -> None:
    other = b"Asset;Maker;Typ\n7;ZTE;ZXR10\n"
    of = brought(
        workspace,
        analyst,
        ("a.csv", SMALL, {}),
        ("a.csv", other, {"columns": {"Typ": "model"}, "delimiter": ";"}),
    )
    found = executed(workspace, analyst, of)
    assert found["state"] == "done"
    equipment = pl.read_parquet(workspace.run_folder(found["id"]) / "equipment.parquet")
    assert equipment["source"].to_list() == ["a.csv:2", "a.csv:3", "a.csv (2):2"]
    assert equipment["model"].to_list()[-1] == "ZXR10"
    said = json.loads((workspace.run_folder(found["id"]) / "run.json").read_text(encoding="utf-8"))
    assert said["settings"]["reading"]["by_file"][0]["delimiter"] == ";"


@pytest.mark.parametrize("database", [None])
def test_a_file_that_cannot_be_read_fails_its_run_with_the_reason(
    workspace: Workspace, analyst: Actor
) -> None:
    found = executed(workspace, analyst, brought(workspace, analyst, ("a.csv", b"foo,bar\n1,2\n", {})))
    assert found["state"] == "failed"
    assert found["error"].startswith("a.csv: no column says anything of equipment")
    assert not workspace.run_folder(found["id"]).exists()
    mapped = brought(workspace, analyst, ("a.csv", SMALL, {"columns": {"Nowhere": "site"}}))
    assert 'no table has a column "Nowhere"' in executed(workspace, analyst, mapped)["error"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (Asked(actors=("federal-agencie",)), "federal-agency"),
        (Asked(actions=("purchaze",)), "purchaze"),
        (Asked(profile="purposes: x"), "profile"),
        (Asked(profile="a: [b"), "profile"),
        (Asked(on=date(2026, 1, 1), found_on=date(2026, 2, 1)), "found on 2026-02-01"),
    ],
)
@pytest.mark.parametrize("database", [None])
def test_what_cannot_be_asked_is_refused_at_once(
    workspace: Workspace, analyst: Actor, asked: Asked, told: str
) -> None:
    of = brought(workspace, analyst)
    with pytest.raises(InvalidError, match=told):
        done(workspace, analyst, lambda ledger: runs.ask(ledger, of, asked))


def test_who_may_ask_for_what(workspace: Workspace, analyst: Actor) -> None:
    empty = done(workspace, analyst, lambda ledger: inventories.make(ledger, "Empty"))["id"]
    with pytest.raises(StateError, match="no file"):
        done(workspace, analyst, lambda ledger: runs.ask(ledger, empty))
    viewer, of = somebody(workspace, "viewer"), brought(workspace, analyst)
    with pytest.raises(RefusedError):
        done(workspace, viewer, lambda ledger: runs.ask(ledger, of))


def test_a_run_that_waits_is_cancelled_at_once(workspace: Workspace, analyst: Actor) -> None:
    of = brought(workspace, analyst)
    made = done(workspace, analyst, lambda ledger: runs.ask(ledger, of))
    assert done(workspace, analyst, lambda ledger: runs.cancel(ledger, made["id"]))["state"] == "cancelled"
    assert not Worker(workspace).once()
    with pytest.raises(StateError, match="cancelled"):
        done(workspace, analyst, lambda ledger: runs.cancel(ledger, made["id"]))
    other = done(workspace, analyst, lambda ledger: runs.ask(ledger, of))
    assert jobs.claim(workspace.engine, "gone", lease=-1) is not None
    assert done(workspace, analyst, lambda ledger: runs.cancel(ledger, other["id"]))["state"] == "cancelled"


def test_runs_are_taken_in_order_and_each_once(workspace: Workspace, analyst: Actor) -> None:
    of = brought(workspace, analyst)
    made = [done(workspace, analyst, lambda ledger: runs.ask(ledger, of))["id"] for _ in range(3)]
    taken = [jobs.claim(workspace.engine, f"worker {number}") for number in range(4)]
    assert [job.id if job else None for job in taken] == [*made, None]
    with reading(workspace.engine) as connection:
        assert [one["number"] for one in runs.listed(connection, of).rows] == [3, 2, 1]
        assert runs.newest_done(connection, of) is None


def test_a_worker_that_is_gone_loses_its_run_and_says_nothing_of_it_any_more(
    workspace: Workspace, analyst: Actor
) -> None:
    of = brought(workspace, analyst)
    made = done(workspace, analyst, lambda ledger: runs.ask(ledger, of))
    gone = jobs.claim(workspace.engine, "gone", lease=-1)
    assert gone is not None
    again = jobs.claim(workspace.engine, "again")
    assert again is not None
    assert (again.id, again.attempt) == (made["id"], 2)
    assert jobs.renew(workspace.engine, gone, None) is None
    assert not jobs.finish(workspace.engine, gone, {}, "0" * 64)
    assert jobs.renew(workspace.engine, again, {"step": "Reading"}) is False
    done(workspace, analyst, lambda ledger: runs.cancel(ledger, made["id"]))
    assert jobs.renew(workspace.engine, again, None) is True
    assert jobs.end_cancelled(workspace.engine, again)
    assert row(workspace, made["id"])["state"] == "cancelled"
    assert verify(workspace).problems == ()


def test_a_worker_that_hears_nothing_of_its_database_lets_go_of_its_run(
    workspace: Workspace, analyst: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = brought(workspace, analyst)
    done(workspace, analyst, lambda ledger: runs.ask(ledger, of))
    job = jobs.claim(workspace.engine, "w")
    assert job is not None

    def away(*_given: object, **_more: object) -> None:
        raise sa.exc.OperationalError("UPDATE", {}, Exception("the server closed the connection"))

    monkeypatch.setattr(jobs, "renew", away)
    monkeypatch.setattr("clearband.workspace.worker._TELL", 0.0)
    command = [sys.executable, "-c", "import time; time.sleep(20)"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        ended = Worker(workspace, lease=0.5)._watch(job, child)
        child.kill()
    assert ended == ("lost", {})


def test_where_all_processes_are_told_to_stop_at_once_the_attempt_does_not_count(
    workspace: Workspace, analyst: Actor
) -> None:
    of = brought(workspace, analyst)
    done(workspace, analyst, lambda ledger: runs.ask(ledger, of))
    job = jobs.claim(workspace.engine, "w")
    assert job is not None
    worker = Worker(workspace)
    worker.stop.set()
    with subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE) as child:
        child.wait()
        assert worker._watch(job, child) == ("stopped", {})


def test_a_run_fails_when_its_workers_ended_three_times(workspace: Workspace, analyst: Actor) -> None:
    of = brought(workspace, analyst)
    made = done(workspace, analyst, lambda ledger: runs.ask(ledger, of))
    for attempt in range(1, 4):
        job = jobs.claim(workspace.engine, "w", lease=-1)
        assert job is not None
        assert job.attempt == attempt
    assert jobs.claim(workspace.engine, "w") is None
    found = row(workspace, made["id"])
    assert (found["state"], "begun 3 times" in found["error"]) == ("failed", True)


def test_a_run_that_was_given_back_is_not_counted(workspace: Workspace, analyst: Actor) -> None:
    of = brought(workspace, analyst)
    made = done(workspace, analyst, lambda ledger: runs.ask(ledger, of))
    job = jobs.claim(workspace.engine, "w")
    assert job is not None
    assert jobs.give_back(workspace.engine, job, counts=False)
    assert not jobs.give_back(workspace.engine, job, counts=False)
    assert (row(workspace, made["id"])["state"], row(workspace, made["id"])["attempt"]) == ("queued", 0)


def test_what_executes_a_run_loads_no_database() -> None:
    told = "import sys, clearband.workspace.execute; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", told], check=False).returncode == 0
