"""``/runs/{run}``: how far a run is, and what it found."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse

from clearband.web.answering import Made, Version, With, change, page
from clearband.web.bodies import Body
from clearband.web.documented import PAGE_PROBLEMS
from clearband.web.here import Here, here_for
from clearband.web.overview import Overview, overview_of
from clearband.web.pages.inventories import again_at
from clearband.web.pages.of_run import Run, opened, run_of
from clearband.web.signing_in.who import somebody
from clearband.workspace import runs
from clearband.workspace.asked import Asked
from clearband.workspace.database import reading
from clearband.workspace.ledger import Ledger, row_of
from clearband.workspace.roles import VIEWER
from clearband.workspace.tables import run as run_table

router = APIRouter(tags=["runs"])

_EVERY: Final = 0.5
_KEEP_ALIVE: Final = 15.0
_LONGEST: Final = 3_600.0
Words = Annotated[list[Annotated[str, Field(max_length=100)]], Field(max_length=100)]


class NewRun(Body):
    """What the law is asked; what is left out is as ``clearband screen`` has it."""

    actors: Words = Field([])
    actions: Words = Field([])
    on: date | None = None
    known_on: date | None = None
    found_on: date | None = None
    profile: Annotated[str | None, Field(max_length=runs.PROFILE)] = None


class Progress(BaseModel):
    """How far a run is."""

    id: str
    state: str
    step: str | None
    rows: int | None
    error: str | None


class RunPage(BaseModel):
    """A run; ``overview`` once it is done."""

    run: Run
    progress: Progress
    files: list[dict[str, Any]]
    overview: Overview | None
    version: int


@change(
    router,
    "/inventories/{inventory_id}/runs",
    made=True,
    again=again_at("ask", ("profile", "profile"), ("actor", "actors"), ("action", "actions")),
)
def ask(ledger: Ledger, inventory_id: str, body: NewRun) -> Made[Run]:
    """Screen the files that an inventory is made of now."""
    asked = Asked(
        body.profile, tuple(body.actors), tuple(body.actions), body.on, body.known_on, body.found_on
    )
    row = runs.ask(ledger, inventory_id, asked)
    return Made(run_of(ledger.connection, row), f"/runs/{row['id']}", version=row["version"])


@page(router, "/runs/{run_id}", "run.html.j2")
def one(here: Here, run_id: str) -> With[RunPage]:
    """A run: how far it is, and when it is done what it found."""
    with here.reading() as connection:
        row = row_of(connection, run_table, run_id)
        run = run_of(connection, row)
        found = opened(here, connection, run_id) if row["state"] == "done" else None
        overview = overview_of(here, connection, found) if found else None
    shown = RunPage(
        run=run,
        progress=_progress(row),
        files=[{name: one[name] for name in ("file_name", "bytes", "sha256")} for one in row["files"]],
        overview=overview,
        version=row["version"],
    )
    return With(shown, refresh=row["state"] in ("queued", "running"))


@change(router, "/runs/{run_id}/cancel")
def cancel(ledger: Ledger, run_id: str, version: Version) -> Made[Run]:
    """End a run that is not done yet."""
    row = runs.cancel(ledger, run_id, version=version)
    return Made(run_of(ledger.connection, row), f"/runs/{run_id}", version=row["version"])


@router.get(
    "/runs/{run_id}/events",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}}, **PAGE_PROBLEMS},
)
async def events(here: Annotated[Here, Depends(here_for(VIEWER))], run_id: str) -> Response:
    """Server-sent events: ``progress`` whenever something moves, with the same as JSON; the stream ends when
    the run does."""
    # Whether there is such a run is told before the stream begins.
    await run_in_threadpool(_look, here, run_id)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_events(here, run_id), media_type="text/event-stream", headers=headers)


def _look(here: Here, run_id: str) -> Progress:
    with reading(here.workspace.engine) as connection:
        return _progress(row_of(connection, run_table, run_id))


def _still_may(here: Here) -> bool:
    """Whoever was kept out meanwhile is told nothing more."""
    now = somebody(here.request, here.server)
    return now is not None and now.may(VIEWER)


async def _events(here: Here, run_id: str) -> AsyncIterator[bytes]:
    last: Progress | None = None
    quiet = passed = 0.0
    while passed < _LONGEST and not here.server.stopping:
        now = await run_in_threadpool(_look, here, run_id)
        if now != last:
            last, quiet = now, 0.0
            yield f"event: progress\ndata: {json.dumps(now.model_dump())}\n\n".encode()
        elif quiet >= _KEEP_ALIVE:
            quiet = 0.0
            if not await run_in_threadpool(_still_may, here):
                return
            yield b": still here\n\n"
        if now.state not in ("queued", "running"):
            return
        await asyncio.sleep(_EVERY)
        quiet, passed = quiet + _EVERY, passed + _EVERY


def _progress(row: dict[str, Any]) -> Progress:
    told = row["progress"] or {}
    return Progress(
        id=row["id"], state=row["state"], step=told.get("step"), rows=told.get("rows"), error=row["error"]
    )
