"""``/inventories``: what a team screens, and the files it is made of."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Final

import sqlalchemy as sa
from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from clearband.sources.column_mapping import MAPPABLE
from clearband.web.answering import Made, Version, With, change, page
from clearband.web.bodies import Body, IncomingFile
from clearband.web.here import Here
from clearband.web.pages.of_run import Run, run_of
from clearband.workspace import inventories, people, runs, uploads
from clearband.workspace.ledger import Ledger, Row, row_of
from clearband.workspace.preview import Preview, preview_of
from clearband.workspace.readings import Reading
from clearband.workspace.tables import inventory as inventory_table
from clearband.workspace.tables import upload as upload_table

router = APIRouter(tags=["inventories"])

_CHUNK: Final = 1 << 20
Limit = Annotated[int, Field(ge=1, le=200)]


class Inventory(BaseModel):
    """An inventory."""

    id: str
    name: str
    note: str | None
    created_by: str
    created_at: str
    archived_at: str | None
    version: int


class InInventories(Inventory):
    """An inventory in the list of all."""

    files: int
    latest: Run | None


class Inventories(BaseModel):
    """Inventories, the newest first; ``after`` gives the next page."""

    inventories: list[InInventories]
    archived: bool
    after: str | None


class Upload(BaseModel):
    """A file."""

    id: str
    inventory_id: str
    file_name: str
    sha256: str
    bytes: int
    reading: dict[str, Any]
    state: str
    created_by: str
    created_at: str
    taken_at: str | None
    version: int


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


class NewUpload(Body):
    """A file for an inventory."""

    file: IncomingFile


class Reads(Body):
    """How a file is read: ``columns`` is name in the file to field; blank is found out."""

    columns: dict[Annotated[str, Field(max_length=300)], Annotated[str, Field(max_length=60)]] = Field({})
    encoding: Annotated[str | None, Field(max_length=40)] = None
    delimiter: Annotated[str | None, Field(max_length=1)] = None
    date_order: Annotated[str | None, Field(max_length=20)] = None
    replaces: Annotated[list[Annotated[str, Field(max_length=32)]], Field(max_length=100)] = Field([])

    def said(self) -> dict[str, Any]:
        """As a reading holds it."""
        told = {"columns": self.columns, "encoding": self.encoding}
        return told | {"delimiter": self.delimiter, "date_order": self.date_order}


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
                    **_inventory(row, names).model_dump(),
                    files=files.get(row["id"], 0),
                    latest=run_of(connection, latest) if latest else None,
                )
            )
    return With(Inventories(inventories=shown, archived=asked.archived, after=found.after))


@change(router, "/inventories", made=True)
def add(ledger: Ledger, body: NewInventory) -> Made[Inventory]:
    """Make an inventory."""
    row = inventories.make(ledger, body.name, body.note)
    made = _inventory(row, people.names(ledger.connection))
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
        inventory=_inventory(row, names),
        files=[_upload(one, names) for one in files],
        waiting=[_upload(one, names) for one in waiting],
        runs=done,
    )
    return With(shown, vocabulary=here.facts.read("vocabulary"))


@change(router, "/inventories/{inventory_id}/rename")
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


@change(router, "/inventories/{inventory_id}/uploads", made=True)
def receive(here: Here, inventory_id: str, body: NewUpload) -> Made[Upload]:
    """Upload a file. It becomes part of the inventory once somebody has looked at it and taken it."""
    chunks = iter(lambda: body.file.file.read(_CHUNK), b"")
    received = uploads.receive(
        here.workspace,
        here.actor,
        inventory_id,
        body.file.name,
        chunks,
        at_most=here.server.settings.limits.upload_bytes,
    )
    row = received.row
    shown = _upload(row, {here.actor.person_id or "": here.actor.name})
    return Made(shown, f"/uploads/{row['id']}", version=row["version"])


class Column(BaseModel):
    """A column of a file, and what it was taken for."""

    name: str
    field: str
    found: str
    note: str
    before: str | None


class Table(BaseModel):
    """A table of a file."""

    sheet: str | None
    hidden: bool
    header_row: int | None
    records: int
    passed_over: int
    columns: list[Column]
    columns_not_shown: int
    rows: list[list[str | None]]
    numbers: list[str]
    warnings: list[str]
    skipped: str | None


class Seen(BaseModel):
    """What a file looks like."""

    format: str
    encoding: str | None
    delimiter: str | None
    tables: list[Table]
    part: bool
    problem: str | None
    remedy: str


class LookedAt(BaseModel):
    """An upload, and what it looks like."""

    upload: Upload
    inventory: Inventory
    seen: Seen
    others: list[Upload]


class AskedPreview(BaseModel):
    """How to read it for this look; blank is found out."""

    encoding: Annotated[str | None, Field(max_length=40)] = None
    delimiter: Annotated[str | None, Field(max_length=1)] = None
    date_order: Annotated[str | None, Field(max_length=20)] = None


@page(router, "/uploads/{upload_id}", "upload.html.j2")
def look(here: Here, upload_id: str, asked: Annotated[AskedPreview, Query()]) -> With[LookedAt]:
    """What an uploaded file looks like, and what each of its columns is taken for."""
    columns = {
        name[len("columns[") : -1]: value
        for name, value in here.request.query_params.multi_items()
        if name.startswith("columns[") and name.endswith("]") and value
    }
    with here.reading() as connection:
        row = row_of(connection, upload_table, upload_id)
        of = row_of(connection, inventory_table, row["inventory_id"])
        names = people.names(connection)
        others = [one for one in uploads.taken(connection, row["inventory_id"]) if one["id"] != upload_id]
    said = asked.model_dump(exclude_none=True) | ({"columns": columns} if columns else {})
    seen = preview_of(here.workspace, row, Reading.of(said) if said else None)
    shown = LookedAt(
        upload=_upload(row, names),
        inventory=_inventory(of, names),
        seen=_seen(seen),
        others=[_upload(one, names) for one in others],
    )
    return With(shown, version=row["version"] if not said else None, fields=MAPPABLE)


@change(router, "/uploads/{upload_id}/take")
def take(ledger: Ledger, upload_id: str, body: Reads, version: Version) -> Made[Upload]:
    """Make a file part of its inventory, read as it is said."""
    row = uploads.take(ledger, upload_id, body.said(), instead_of=body.replaces, version=version)
    shown = _upload(row, people.names(ledger.connection))
    return Made(shown, f"/inventories/{row['inventory_id']}", version=row["version"])


@change(router, "/uploads/{upload_id}/withdraw")
def withdraw(ledger: Ledger, upload_id: str, version: Version) -> Made[Upload]:
    """Take a file out of its inventory."""
    row = uploads.withdraw(ledger, upload_id, version=version)
    shown = _upload(row, people.names(ledger.connection))
    return Made(shown, f"/inventories/{row['inventory_id']}", version=row["version"])


def _seen(seen: Preview) -> Seen:
    return Seen(**asdict(seen))


def _changed(ledger: Ledger, row: Row) -> Made[Inventory]:
    made = _inventory(row, people.names(ledger.connection))
    return Made(made, f"/inventories/{row['id']}", version=row["version"])


def _inventory(row: Row, names: dict[str, str]) -> Inventory:
    return Inventory(**{**row, "created_by": names.get(row["created_by"], "")})


def _upload(row: Row, names: dict[str, str]) -> Upload:
    fields = {name: row[name] for name in Upload.model_fields}
    return Upload(**{**fields, "created_by": names.get(row["created_by"], "")})
