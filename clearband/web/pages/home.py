"""``/``: where a team stands."""

from __future__ import annotations

from typing import Annotated, Final

import sqlalchemy as sa
from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from sqlalchemy.engine import Connection

from clearband.web.answering import With, page
from clearband.web.here import Here
from clearband.web.overview import Overview, overview_of
from clearband.web.pages.of_run import Run, latest_run, opened, run_of
from clearband.workspace import assignments, inventories
from clearband.workspace.errors import NotFoundError
from clearband.workspace.tables import answer, decision
from clearband.workspace.tables import run as run_table

router = APIRouter(tags=["overview"])

_UNDER_WAY: Final = 5


class Choice(BaseModel):
    """An inventory to look at."""

    id: str
    name: str


class Task(BaseModel):
    """What whoever asks was asked to look at."""

    id: str
    record_id: str
    inventory_id: str
    identity: str
    note: str | None
    due: str | None


class Home(BaseModel):
    """Where a team stands: the latest run of an inventory that is done, those under way, and what waits."""

    inventories: list[Choice]
    chosen: str | None
    run: Run | None
    under_way: list[Run]
    overview: Overview | None
    proposals: int
    tasks: list[Task]


class Asked(BaseModel):
    """Which inventory."""

    inventory: Annotated[str | None, Field(max_length=32)] = None


@page(router, "/", "home.html.j2")
def home(here: Here, asked: Annotated[Asked, Query()]) -> With[Home]:
    """Where the team stands."""
    with here.reading() as connection:
        found = inventories.listed(connection, limit=200)
        choices = [Choice(id=row["id"], name=row["name"]) for row in found.rows]
        run = overview = None
        try:
            opened_run = opened(here, connection, latest_run(connection, asked.inventory))
        except NotFoundError:
            if asked.inventory is not None and asked.inventory not in {one.id for one in choices}:
                raise
        else:
            run, overview = run_of(connection, opened_run.run), overview_of(here, connection, opened_run)
        proposals = sum(
            connection.scalar(sa.select(sa.func.count()).where(table.c.state == "proposed")) or 0
            for table in (decision, answer)
        )
        under_way = _under_way(connection, asked.inventory)
        mine = assignments.open_of(connection, here.actor.person_id) if here.actor.person_id else []
    tasks = [Task(**{name: row[name] for name in Task.model_fields}) for row in mine[:20]]
    return With(
        Home(
            inventories=choices,
            chosen=run.inventory_id if run else asked.inventory,
            run=run,
            under_way=under_way,
            overview=overview,
            proposals=proposals,
            tasks=tasks,
        )
    )


def _under_way(connection: Connection, inventory_id: str | None) -> list[Run]:
    query = sa.select(run_table).where(run_table.c.state.in_(("queued", "running")))
    if inventory_id is not None:
        query = query.where(run_table.c.inventory_id == inventory_id)
    rows = connection.execute(query.order_by(run_table.c.id.desc()).limit(_UNDER_WAY)).mappings()
    return [run_of(connection, dict(row)) for row in rows]
