"""Comments, assignments and files of evidence, each at its own address."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field
from starlette.responses import Response, StreamingResponse

from clearband.web.answering import Made, Version, change, page, sent_on
from clearband.web.bodies import Body
from clearband.web.documented import PAGE_PROBLEMS
from clearband.web.here import Here, here_for
from clearband.web.pages.of_run import latest_run, opened
from clearband.workspace import assignments, attachments, comments, texts
from clearband.workspace.errors import NotFoundError
from clearband.workspace.ledger import Ledger, Row, row_of
from clearband.workspace.roles import VIEWER
from clearband.workspace.tables import attachment

router = APIRouter(tags=["records"])

_CHUNK: Final = 1 << 18


class Said(BaseModel):
    """What was said: its key and version."""

    id: str
    version: int


class NewText(Body):
    """What a comment says now."""

    text: Annotated[str, Field(min_length=1, max_length=texts.TEXT)]


@change(router, "/comments/{comment_id}/edit")
def edit(ledger: Ledger, comment_id: str, body: NewText, version: Version) -> Made[Said]:
    """Change a comment of one's own."""
    return _said(ledger, comments.edit(ledger, comment_id, body.text, version=version), "comments")


@change(router, "/comments/{comment_id}/remove")
def remove(ledger: Ledger, comment_id: str, version: Version) -> Made[Said]:
    """Take back a comment of one's own."""
    return _said(ledger, comments.remove(ledger, comment_id, version=version), "comments")


@change(router, "/assignments/{assignment_id}/done", role=VIEWER)
def done(ledger: Ledger, assignment_id: str, version: Version) -> Made[Said]:
    """Say that one has looked at what one was asked to."""
    return _said(ledger, assignments.done(ledger, assignment_id, version=version), "assignments")


@change(router, "/assignments/{assignment_id}/withdraw", role=VIEWER)
def ask_no_longer(ledger: Ledger, assignment_id: str, version: Version) -> Made[Said]:
    """Ask somebody no longer."""
    return _said(ledger, assignments.withdraw(ledger, assignment_id, version=version), "assignments")


@change(router, "/attachments/{attachment_id}/remove")
def take_from_view(ledger: Ledger, attachment_id: str, version: Version) -> Made[Said]:
    """Take a file that one attached from view."""
    return _said(ledger, attachments.remove(ledger, attachment_id, version=version), "attachments")


@router.get(
    "/attachments/{attachment_id}/file",
    response_class=StreamingResponse,
    responses={200: {"content": {"application/octet-stream": {}}}, **PAGE_PROBLEMS},
)
def file(here: Annotated[Here, Depends(here_for(VIEWER))], attachment_id: str) -> Response:
    """A file of evidence. It is always a download, never shown: its bytes come from anywhere."""
    with here.reading() as connection:
        row = row_of(connection, attachment, attachment_id)
    if row["removed_at"] is not None:
        raise NotFoundError("the file was taken from view", where=attachment_id)
    path = here.workspace.store.path(row["sha256"])
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(row['file_name'], safe='')}",
        "Content-Length": str(row["bytes"]),
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return StreamingResponse(_pieces(path), media_type="application/octet-stream", headers=headers)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as held:
        yield from iter(lambda: held.read(_CHUNK), b"")


class Which(BaseModel):
    """A record by what it is known by."""

    identity: Annotated[str, Field(min_length=1, max_length=80)]


@page(router, "/inventories/{inventory_id}/record", "record.html.j2")
def of_latest_run(here: Here, inventory_id: str, asked: Annotated[Which, Query()]) -> Response:
    """A record in the latest run of its inventory."""
    with here.reading() as connection:
        run_id = latest_run(connection, inventory_id)
        found = opened(here, connection, run_id)
    number = (found.view.texts["identity"] == asked.identity).arg_true()
    if not len(number):
        raise NotFoundError("the latest run has no such record", remedy="it may be gone; see earlier runs")
    return sent_on(here, f"/runs/{run_id}/records/{number[0]}")


def _said(ledger: Ledger, row: Row, anchor: str) -> Made[Said]:
    see = f"/inventories/{row['inventory_id']}/record?identity={quote(row['identity'], safe='')}#{anchor}"
    return Made(Said(id=row["id"], version=row["version"]), see, version=row["version"])
