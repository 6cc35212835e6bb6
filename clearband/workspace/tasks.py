"""What a worker's child is given to do: all that a run needs of the database."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from clearband.workspace import runs
from clearband.workspace.answered import SCHEMA
from clearband.workspace.carry import files_of
from clearband.workspace.database import reading
from clearband.workspace.execute import Task
from clearband.workspace.jobs import Job
from clearband.workspace.ledger import Row
from clearband.workspace.place import Workspace
from clearband.workspace.tables import answer


def task_of(workspace: Workspace, job: Job) -> Task:
    """The task of a run."""
    row = job.row
    with reading(workspace.engine) as connection:
        answers = _answers(connection, row["inventory_id"])
        earlier = runs.newest_done(connection, row["inventory_id"], before=row["number"])
    return Task(
        files=str(workspace.store.folder.resolve()),
        run_folder=str(workspace.run_folder(job.id).resolve()),
        identities=str(workspace.identities_file(job.id).resolve()),
        view=str(workspace.view_folder(job.id).resolve()),
        asked=row["asked"],
        inputs=row["files"],
        created=row["created_at"],
        answers=answers,
        before=_before(workspace, earlier) if earlier else None,
    )


def _answers(connection: Connection, inventory_id: str) -> list[Row]:
    """The answers in force on records of an inventory, those decided last at the end."""
    wanted = (answer.c.inventory_id == inventory_id) & (answer.c.state == "in-force")
    query = sa.select(*(answer.c[name] for name in SCHEMA)).where(wanted)
    ordered = query.order_by(answer.c.decided_at, answer.c.id)
    return [dict(row) for row in connection.execute(ordered).mappings()]


def _before(workspace: Workspace, row: Row) -> dict[str, Any]:
    files = files_of(workspace, row["id"])
    places = {"folder": str(files.folder.resolve()), "identities": str(files.identities.resolve())}
    return {"run_id": row["id"], "number": row["number"]} | places
