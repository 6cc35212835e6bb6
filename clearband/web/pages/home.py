"""``/``: where a team stands."""

from __future__ import annotations

from typing import Annotated

import sqlalchemy as sa
from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from clearband.web.answering import With, page
from clearband.web.here import Here
from clearband.web.overview import Overview, overview_of
from clearband.web.pages.of_run import Run, latest_run, opened, run_of
from clearband.workspace import assignments, inventories
from clearband.workspace.errors import NotFoundError
from clearband.workspace.tables import answer, decision

router = APIRouter(tags=["overview"])


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
    """Where a team stands: the latest run of an inventory, and what waits."""

    inventories: list[Choice]
    run: Run | None
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
        mine = assignments.open_of(connection, here.actor.person_id) if here.actor.person_id else []
    tasks = [Task(**{name: row[name] for name in Task.model_fields}) for row in mine[:20]]
    return With(Home(inventories=choices, run=run, overview=overview, proposals=proposals, tasks=tasks))
