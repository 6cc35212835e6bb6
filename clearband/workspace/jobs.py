"""The queue of runs, which is their rows: taken with a lease, renewed, given back, finished.

A worker that dies leaves a lease that ends, and the run is taken again. What a worker says of a run counts
only while the run is its own: one that was thought dead and comes back finds that it is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from clearband.workspace import clock, trail
from clearband.workspace.database import reading, writing
from clearband.workspace.ledger import PROGRAM, Ledger, Row
from clearband.workspace.tables import run

LEASE: Final = 30.0
"""Seconds that a run is a worker's without word from it."""
ATTEMPTS: Final = 3
"""How often a run is begun before it fails."""


@dataclass(frozen=True)
class Job:
    """A run in the hands of a worker.

    Attributes:
        row: As it was when it was taken.
        worker: Whose it is.
        attempt: Counted from 1.
    """

    row: Row
    worker: str
    attempt: int

    @property
    def id(self) -> str:
        """Of the run."""
        return str(self.row["id"])

    @property
    def own(self) -> sa.ColumnElement[bool]:
        """Rows of this run while it is this worker's, in this attempt."""
        mine = (run.c.id == self.id) & (run.c.worker == self.worker) & (run.c.attempt == self.attempt)
        return mine & (run.c.state == "running")


def claim(engine: Engine, worker: str, *, lease: float = LEASE) -> Job | None:
    """Take the run that has waited longest; None where none waits.

    Runs whose worker is gone are taken again, ended where that was asked for, and failed after `ATTEMPTS`.

    Args:
        worker: A name that no other has.
        lease: Seconds.
    """
    with reading(engine) as connection:
        if connection.execute(sa.select(run.c.id).where(_waits()).limit(1)).first() is None:
            return None
    with writing(engine) as connection:
        # Before the row: whoever changes a row in the trail's order would wait for us, and we for them.
        trail.lock(connection)
        query = sa.select(run).where(_waits()).order_by(run.c.id).with_for_update(skip_locked=True)
        for row in connection.execute(query).mappings().all():
            job = _take(connection, dict(row), worker, lease)
            if job is not None:
                return job
    return None


def renew(engine: Engine, job: Job, progress: dict[str, Any] | None, *, lease: float = LEASE) -> bool | None:
    """Say that a run is being worked on.

    Args:
        progress: How far it is.

    Returns:
        Whether it is to be ended, because somebody cancelled it; None where it is no longer this worker's.
    """
    with writing(engine) as connection:
        values: Row = {"lease_until": _from_now(lease), "progress": progress}
        if connection.execute(sa.update(run).where(job.own).values(**values)).rowcount != 1:
            return None
        return connection.scalar(sa.select(run.c.cancel_asked_at).where(run.c.id == job.id)) is not None


def give_back(engine: Engine, job: Job, *, counts: bool) -> bool:
    """Let another worker take a run.

    Args:
        counts: Whether the attempt counts. One that ended because its worker was told to stop does not.

    Returns:
        Whether it was still this worker's.
    """
    attempt = job.attempt if counts else job.attempt - 1
    values: Row = {
        "state": "queued",
        "worker": None,
        "lease_until": None,
        "attempt": attempt,
        "progress": None,
    }
    return _change(engine, job, values, "give-back")


def finish(engine: Engine, job: Job, result: dict[str, Any], run_sha256: str) -> bool:
    """Note that a run is done: its folder lies in its place.

    Args:
        result: Counts of its summary.
        run_sha256: Of ``run.json``.

    Returns:
        Whether it was still this worker's; another one has it where not.
    """
    return _change(engine, job, _over("done") | {"result": result, "run_sha256": run_sha256}, "finish")


def fail(engine: Engine, job: Job, error: str) -> bool:
    """Note why a run cannot be done. Returns whether it was still this worker's."""
    return _change(engine, job, _over("failed") | {"error": error}, "fail")


def end_cancelled(engine: Engine, job: Job) -> bool:
    """Note that a run was ended as somebody asked. Returns whether it was still this worker's."""
    return _change(engine, job, _over("cancelled"), "end")


def _waits() -> sa.ColumnElement[bool]:
    return (run.c.state == "queued") | ((run.c.state == "running") & (run.c.lease_until < clock.now()))


def _take(connection: Connection, row: Row, worker: str, lease: float) -> Job | None:
    ledger = Ledger(connection, PROGRAM)
    if row["cancel_asked_at"] is not None:
        ledger.update(run, row["id"], _over("cancelled"), action="end")
        return None
    if row["attempt"] >= ATTEMPTS:
        error = (
            f"it was begun {ATTEMPTS} times, and each time its worker ended before it (too little memory?)"
        )
        ledger.update(run, row["id"], _over("failed") | {"error": error}, action="fail")
        return None
    values: Row = {
        "state": "running",
        "started_at": clock.now(),
        "attempt": row["attempt"] + 1,
        "worker": worker,
        "lease_until": _from_now(lease),
        "progress": None,
    }
    taken = ledger.update(run, row["id"], values, action="start")
    return Job(taken, worker, taken["attempt"])


def _change(engine: Engine, job: Job, values: Row, action: str) -> bool:
    with writing(engine) as connection:
        trail.lock(connection)
        if connection.execute(sa.select(run.c.id).where(job.own)).first() is None:
            return False
        Ledger(connection, PROGRAM).update(run, job.id, values, action=action)
    return True


def _over(state: str) -> Row:
    return {"state": state, "ended_at": clock.now(), "worker": None, "lease_until": None, "progress": None}


def _from_now(seconds: float) -> str:
    return clock.written(datetime.now(UTC) + timedelta(seconds=seconds))
