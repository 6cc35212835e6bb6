"""``/inventories``: what a team screens."""

from __future__ import annotations

from typing import Annotated, Final

import sqlalchemy as sa
from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from clearband.reports.vocabulary import plain_id
from clearband.web.again import Again
from clearband.web.answering import Made, Version, With, change, page
from clearband.web.bodies import Body
from clearband.web.here import Here
from clearband.web.pages.of_inventory import Inventory, Upload, inventory_of, upload_of
from clearband.web.pages.of_run import Run, run_of
from clearband.workspace import inventories, people, runs, uploads
from clearband.workspace.ledger import Ledger, Row, row_of
from clearband.workspace.tables import inventory as inventory_table
from clearband.workspace.tables import upload as upload_table

router = APIRouter(tags=["inventories"])

Limit = Annotated[int, Field(ge=1, le=200)]


class InInventories(Inventory):
    """An inventory in the list of all."""

    files: int
    latest: Run | None


class Inventories(BaseModel):
    """Inventories, the newest first; ``after`` gives the next page."""

    inventories: list[InInventories]
    archived: bool
    after: str | None


class WholeInventory(BaseModel):
    """An inventory with its files and runs."""

    inventory: Inventory
    files: list[Upload]
    waiting: list[Upload]
    runs: list[Run]


class AskedList(BaseModel):
    """Which page of a list."""

    archived: bool = False
    after: Annotated[str | None, Field(max_length=32)] = None
    limit: Limit = 50


class NewInventory(Body):
    """A new inventory."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    note: Annotated[str | None, Field(max_length=20_000)] = None


@page(router, "/inventories", "inventories.html.j2")
def listed(here: Here, asked: Annotated[AskedList, Query()]) -> With[Inventories]:
    """The inventories of the team."""
    with here.reading() as connection:
        found = inventories.listed(connection, archived=asked.archived, after=asked.after, limit=asked.limit)
        names = people.names(connection)
        counted = (
            sa.select(upload_table.c.inventory_id, sa.func.count())
            .where(upload_table.c.state == "taken")
            .group_by(upload_table.c.inventory_id)
        )
        files: dict[str, int] = {of: count for of, count in connection.execute(counted)}  # noqa: C416
        shown = []
        for row in found.rows:
            latest = runs.newest_done(connection, row["id"])
            shown.append(
                InInventories(
                    **inventory_of(row, names).model_dump(),
                    files=files.get(row["id"], 0),
                    latest=run_of(connection, latest) if latest else None,
                )
            )
    return With(Inventories(inventories=shown, archived=asked.archived, after=found.after))


_BLAMES: Final = (("the name", "name"), ("the note", "note"))


@change(
    router,
    "/inventories",
    made=True,
    again=Again(
        "new", "/inventories", "inventories.html.j2", lambda here: listed(here, AskedList()), _BLAMES
    ),
)
def add(ledger: Ledger, body: NewInventory) -> Made[Inventory]:
    """Make an inventory."""
    row = inventories.make(ledger, body.name, body.note)
    made = inventory_of(row, people.names(ledger.connection))
    return Made(made, f"/inventories/{row['id']}", version=row["version"])


@page(router, "/inventories/{inventory_id}", "inventory.html.j2")
def one(here: Here, inventory_id: str) -> With[WholeInventory]:
    """An inventory, its files and its runs."""
    with here.reading() as connection:
        row = row_of(connection, inventory_table, inventory_id)
        names = people.names(connection)
        files = uploads.taken(connection, inventory_id)
        waiting = [one for one in uploads.listed(connection, inventory_id).rows if one["state"] == "received"]
        done = [run_of(connection, one) for one in runs.listed(connection, inventory_id, limit=50).rows]
    shown = WholeInventory(
        inventory=inventory_of(row, names),
        files=[upload_of(one, names) for one in files],
        waiting=[upload_of(one, names) for one in waiting],
        runs=done,
    )
    known = here.facts.read("vocabulary")
    words = {
        name: [(one["id"], plain_id(one["id"])) for one in known[name]] for name in ("actors", "actions")
    }
    return With(shown, words=words, most_profile=runs.PROFILE)


def again_at(form: str, *blames: tuple[str, str]) -> Again:
    """The page of an inventory, with one of its forms."""
    return Again(form, "/inventories/{inventory_id}", "inventory.html.j2", one, blames)


@change(router, "/inventories/{inventory_id}/rename", again=again_at("rename", *_BLAMES))
def rename(ledger: Ledger, inventory_id: str, body: NewInventory, version: Version) -> Made[Inventory]:
    """Give an inventory another name."""
    row = inventories.rename(ledger, inventory_id, body.name, body.note, version=version)
    return _changed(ledger, row)


@change(router, "/inventories/{inventory_id}/archive")
def archive(ledger: Ledger, inventory_id: str, version: Version) -> Made[Inventory]:
    """Put an inventory away; nothing of it is lost."""
    return _changed(ledger, inventories.archive(ledger, inventory_id, version=version))


@change(router, "/inventories/{inventory_id}/bring-back")
def bring_back(ledger: Ledger, inventory_id: str, version: Version) -> Made[Inventory]:
    """Take up an inventory that was put away."""
    return _changed(ledger, inventories.bring_back(ledger, inventory_id, version=version))


def _changed(ledger: Ledger, row: Row) -> Made[Inventory]:
    made = inventory_of(row, people.names(ledger.connection))
    return Made(made, f"/inventories/{row['id']}", version=row["version"])
