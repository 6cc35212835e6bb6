"""``/runs/{run}/changes``: what is new, gone or otherwise since an earlier run of the inventory."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

import polars as pl
from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from sqlalchemy.engine import Connection

from clearband.web.answering import With, page
from clearband.web.here import Here
from clearband.web.pages.of_run import Run, opened, run_of
from clearband.web.table_links import TableLinks
from clearband.workspace import runs
from clearband.workspace.carry import CHANGES, STATES, Compared, compared, files_of
from clearband.workspace.errors import StateError
from clearband.workspace.ledger import Row, row_of
from clearband.workspace.tables import run as run_table

router = APIRouter(tags=["runs"])

_SIZE: Final = 100


class Changed(BaseModel):
    """A record that is new, gone or otherwise."""

    identity: str
    state: str
    changed: list[str]
    record_id: str | None
    maker_name: str | None
    model: str | None
    site: str | None
    maker_before: str | None
    maker_after: str | None
    category_before: str | None
    category_after: str | None
    answer_before: str | None
    answer_after: str | None


class Changes(BaseModel):
    """What is otherwise than in an earlier run; ``earlier`` is null for the first. ``asked_otherwise`` names
    what the two were asked differently: of actors, actions, the day and so on."""

    run: Run
    earlier: Run | None
    asked_otherwise: list[str]
    counts: dict[str, int]
    state: str | None
    what: str | None
    total: int
    page: int
    pages: int
    rows: list[Changed]


class Asked(BaseModel):
    """Which earlier run (the one before where none is named), and which of the records."""

    since: Annotated[str | None, Field(max_length=32)] = None
    state: Literal["new", "gone", "changed", "unchanged"] | None = None
    what: Literal["answer", "maker", "category", "clauses", "stated"] | None = None
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1


@page(router, "/runs/{run_id}/changes", "changes.html.j2")
def changes(here: Here, run_id: str, asked: Annotated[Asked, Query()]) -> With[Changes]:
    """What is new, gone or otherwise since an earlier run."""
    with here.reading() as connection:
        found = opened(here, connection, run_id)
        run = run_of(connection, found.run)
        earlier = _earlier(connection, found.run, asked.since)
        before = run_of(connection, earlier) if earlier else None
    if earlier is None:
        nothing = dict.fromkeys(STATES, 0)
        empty = Changes(
            run=run,
            earlier=None,
            asked_otherwise=[],
            counts=nothing,
            state=None,
            what=None,
            total=0,
            page=1,
            pages=1,
            rows=[],
        )
        return With(empty, links=TableLinks(here.request), states=STATES, whats=CHANGES)
    told = here.server.looking.compared.get(
        (earlier["id"], run_id),
        lambda: compared(files_of(here.workspace, earlier["id"]), files_of(here.workspace, run_id)),
    )
    wanted = _wanted(told, asked)
    pages = max(1, -(-wanted.height // _SIZE))
    at = min(asked.page, pages)
    rows = wanted.slice((at - 1) * _SIZE, _SIZE).to_dicts()
    shown = Changes(
        run=run,
        earlier=before,
        asked_otherwise=_otherwise(before.asked, run.asked) if before else [],
        counts=told.counts,
        state=asked.state,
        what=asked.what,
        total=wanted.height,
        page=at,
        pages=pages,
        rows=[Changed(**{name: row[name] for name in Changed.model_fields}) for row in _whole(rows)],
    )
    return With(shown, links=TableLinks(here.request), states=STATES, whats=CHANGES)


_ASKED: Final = {
    "actors": "who asks",
    "actions": "what is done",
    "on": "the day",
    "known_on": "the day of knowledge",
    "profile": "the profile",
}
"""Settings of a run that answers depend on, and their words."""


def _otherwise(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    return [words for name, words in _ASKED.items() if (before.get(name) or None) != (now.get(name) or None)]


def _earlier(connection: Connection, run: Row, since: str | None) -> Row | None:
    if since is None:
        return runs.newest_done(connection, run["inventory_id"], before=run["number"])
    row = row_of(connection, run_table, since)
    if row["inventory_id"] != run["inventory_id"] or row["state"] != "done":
        raise StateError("this is no run of the same inventory that is done", where=since)
    return row


def _wanted(told: Compared, asked: Asked) -> pl.DataFrame:
    table = told.table
    if asked.state is not None:
        table = table.filter(pl.col("state") == asked.state)
    elif asked.what is None:
        table = table.filter(pl.col("state") != "unchanged")
    if asked.what is not None:
        table = table.filter(pl.col("changed").list.contains(asked.what))
    return table


def _whole(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**row, "changed": row["changed"] or []} for row in rows]
