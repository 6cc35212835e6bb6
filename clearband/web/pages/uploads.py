"""``/uploads``: files of an inventory, from their receipt to a part of it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from clearband.errors import ClearbandError
from clearband.sources.column_mapping import MAPPABLE
from clearband.web.again import Again
from clearband.web.answering import Made, Version, With, change, page
from clearband.web.bodies import Body, IncomingFile
from clearband.web.here import Here
from clearband.web.pages.inventories import again_at
from clearband.web.pages.of_inventory import Inventory, Upload, inventory_of, upload_of
from clearband.web.words import MAPPED_WORDS
from clearband.workspace import people, uploads
from clearband.workspace.ledger import Ledger, row_of
from clearband.workspace.preview import Preview
from clearband.workspace.read_like import read_like
from clearband.workspace.readings import Reading
from clearband.workspace.tables import inventory as inventory_table
from clearband.workspace.tables import upload as upload_table

router = APIRouter(tags=["inventories"])

_CHUNK: Final = 1 << 20


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


@change(router, "/inventories/{inventory_id}/uploads", made=True, again=again_at("upload"))
def receive(here: Here, inventory_id: str, body: NewUpload) -> Made[Upload]:
    """Upload a file. It becomes part of the inventory once somebody has looked at it and taken it."""
    here.server.previews.ready()
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
    shown = upload_of(row, {here.actor.person_id or "": here.actor.name})
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
    """An upload, and what it looks like; ``fields`` are what a column can be taken for. ``read_like`` names
    the file of the inventory whose columns say how it is read here, while nobody said it of this one."""

    upload: Upload
    inventory: Inventory
    seen: Seen
    others: list[Upload]
    fields: list[str]
    read_like: str | None


class Looks(BaseModel):
    """The address that shows it."""

    see: str


class AskedPreview(BaseModel):
    """How to read it for this look; blank is found out."""

    encoding: Annotated[str | None, Field(max_length=40)] = None
    delimiter: Annotated[str | None, Field(max_length=1)] = None
    date_order: Annotated[str | None, Field(max_length=20)] = None
    replaces: Annotated[list[Annotated[str, Field(max_length=32)]], Field(max_length=100)] = []


@page(router, "/uploads/{upload_id}", "upload.html.j2")
def look(here: Here, upload_id: str, asked: Annotated[AskedPreview, Query()]) -> With[LookedAt]:
    """What an uploaded file looks like, and what each of its columns is taken for."""
    columns = {
        name[len("columns[") : -1]: value
        for name, value in here.request.query_params.multi_items()
        if name.startswith("columns[") and name.endswith("]") and value
    }
    said = asked.model_dump(exclude_none=True, exclude={"replaces"})
    return _looked_at(here, upload_id, said | ({"columns": columns} if columns else {}), asked.replaces)


def _look_again(here: Here, upload_id: str) -> With[LookedAt]:
    """With what was typed where it can be read so, else as it was."""
    typed = here.request.state.given.values
    said = {name: typed[name] for name in Reads.model_fields if name != "replaces" and typed.get(name)}
    try:
        Reading.of(said)
    except ClearbandError:
        said = {}
    shown = _looked_at(here, upload_id, said, typed.get("replaces", []))
    columns = typed.get("columns")
    shown.extra["columns"] = columns if isinstance(columns, dict) else {}
    return shown


def _looked_at(here: Here, upload_id: str, said: dict[str, Any], replaces: list[str]) -> With[LookedAt]:
    with here.reading() as connection:
        row = row_of(connection, upload_table, upload_id)
        of = row_of(connection, inventory_table, row["inventory_id"])
        names = people.names(connection)
        others = [one for one in uploads.taken(connection, row["inventory_id"]) if one["id"] != upload_id]
    previews = here.server.previews
    seen = previews.of(row, Reading.of(said) if said else None)
    like = None if said or row["reading"] or row["state"] != "received" else read_like(seen, others)
    if like is not None:
        said = like[1].said()
        seen = previews.of(row, like[1])
    shown = LookedAt(
        upload=upload_of(row, names),
        inventory=inventory_of(of, names),
        seen=_seen(seen),
        others=[upload_of(one, names) for one in others],
        fields=list(MAPPABLE),
        read_like=like[0]["file_name"] if like else None,
    )
    version = row["version"] if not said else None
    read = said or row["reading"]
    return With(
        shown,
        version=version,
        said=read,
        columns=read.get("columns", {}),
        replaces=replaces,
        mapped_words=MAPPED_WORDS,
    )


_AT_THE_UPLOAD: Final = Again(
    "take",
    "/uploads/{upload_id}",
    "upload.html.j2",
    _look_again,
    (("separator", "delimiter"), ("encoding", "encoding"), ("order of dates", "date_order")),
)


@change(router, "/uploads/{upload_id}/look", kept=False, again=_AT_THE_UPLOAD)
def look_so(here: Here, upload_id: str, body: Reads) -> Made[Looks]:
    """Where to see what a file looks like when it is read as it is said; nothing is changed."""
    with here.reading() as connection:
        row_of(connection, upload_table, upload_id)
    said = {name: value for name, value in Reading.of(body.said()).said().items() if name != "columns"}
    pairs = [*said.items(), *((f"columns[{name}]", field) for name, field in body.columns.items() if field)]
    see = f"/uploads/{upload_id}?{urlencode([*pairs, *(('replaces', one) for one in body.replaces)])}"
    return Made(Looks(see=see), see)


@change(router, "/uploads/{upload_id}/take", again=_AT_THE_UPLOAD)
def take(ledger: Ledger, upload_id: str, body: Reads, version: Version) -> Made[Upload]:
    """Make a file part of its inventory, read as it is said."""
    row = uploads.take(ledger, upload_id, body.said(), instead_of=body.replaces, version=version)
    shown = upload_of(row, people.names(ledger.connection))
    return Made(shown, f"/inventories/{row['inventory_id']}", version=row["version"])


@change(router, "/uploads/{upload_id}/withdraw")
def withdraw(ledger: Ledger, upload_id: str, version: Version) -> Made[Upload]:
    """Take a file out of its inventory."""
    row = uploads.withdraw(ledger, upload_id, version=version)
    shown = upload_of(row, people.names(ledger.connection))
    return Made(shown, f"/inventories/{row['inventory_id']}", version=row["version"])


def _seen(seen: Preview) -> Seen:
    return Seen(**asdict(seen))
