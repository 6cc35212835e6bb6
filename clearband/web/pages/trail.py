"""``/trail``: who changed what, when; and whether the trail still holds."""

from __future__ import annotations

import json
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from clearband.web.answering import With, page
from clearband.web.asked_text import Word
from clearband.web.here import Here
from clearband.workspace.roles import ADMIN
from clearband.workspace.tables import audit

router = APIRouter(tags=["trail"])

PAGE = 100


class Asked(BaseModel):
    """Which entries: of one thing, or those before a number."""

    kind: Word = None
    object_id: Word = None
    before: Annotated[int, Field(ge=1)] | None = None


class Entry(BaseModel):
    """One change, with the row after it."""

    seq: int
    at: str
    by: str
    action: str
    kind: str
    object_id: str
    state: dict[str, Any]
    hash: str


class Trail(BaseModel):
    """Entries, the latest first. ``head``, noted elsewhere, shows later whether any was cut off."""

    asked: Asked
    entries: list[Entry]
    total: int
    head: str | None
    older: int | None


@page(router, "/trail", "trail.html.j2", role=ADMIN)
def trail(here: Here, asked: Annotated[Asked, Query()]) -> With[Trail]:
    """The audit trail, the latest change first. Needs the role admin."""
    query = sa.select(audit).order_by(audit.c.seq.desc()).limit(PAGE + 1)
    for column, wanted in ((audit.c.kind, asked.kind), (audit.c.object_id, asked.object_id)):
        if wanted is not None:
            query = query.where(column == wanted)
    if asked.before is not None:
        query = query.where(audit.c.seq < min(asked.before, 2**62))
    with here.reading() as connection:
        rows = [dict(row) for row in connection.execute(query).mappings()]
        total = connection.execute(sa.select(sa.func.count()).select_from(audit)).scalar_one()
        head = connection.execute(sa.select(audit.c.hash).order_by(audit.c.seq.desc()).limit(1)).scalar()
    shown = rows[:PAGE]
    found = Trail(
        asked=asked,
        entries=[_entry(row) for row in shown],
        total=total,
        head=head,
        older=shown[-1]["seq"] if len(rows) > PAGE else None,
    )
    return With(found)


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(
        **{name: row[name] for name in Entry.model_fields if name != "state"}, state=json.loads(row["state"])
    )
