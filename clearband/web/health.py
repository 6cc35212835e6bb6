"""Whether the server lives, whether it can work, and what it counts."""

from __future__ import annotations

import os
import shutil
from typing import Final

from fastapi import APIRouter, Depends
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response

from clearband import __version__
from clearband.web.documented import problems_of
from clearband.web.here import Server, server_of
from clearband.web.problems import WebError
from clearband.web.security import names_this_machine
from clearband.web.settings import LOOPBACK
from clearband.web.signing_in.who import not_signed_in, somebody
from clearband.workspace import roles
from clearband.workspace.schema import newest, version

ROOM_BYTES: Final = 200_000_000
"""With less room on the disk the server is not ready: uploads and runs would fail."""
_FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-real-ip")

router = APIRouter(tags=["operations"])


class Live(BaseModel):
    """The program answers."""

    live: bool
    version: str


class Check(BaseModel):
    """One thing that must be as it should."""

    name: str
    good: bool
    said: str


class Ready(BaseModel):
    """Whether work can be taken."""

    ready: bool
    checks: list[Check]


@router.get("/health/live")
def live() -> Live:
    """Whether the program answers. Needs no sign-in."""
    return Live(live=True, version=__version__)


@router.get("/health/ready", responses={503: {"model": Ready, "description": "Not ready"}})
def ready(request: Request, response: Response) -> Ready:
    """Whether database, tables and disk are as they should be. Needs no sign-in; tells no path or name."""
    server = server_of(request)
    checks = [_database(server), _disk(server)]
    good = all(one.good for one in checks)
    response.status_code = 200 if good else 503
    return Ready(ready=good, checks=checks)


def _database(server: Server) -> Check:
    try:
        found, wanted = version(server.workspace.engine), newest()
    except SQLAlchemyError:
        return Check(name="database", good=False, said="cannot be reached")
    good = found == wanted
    return Check(
        name="database", good=good, said=f"tables of version {found}" + ("" if good else f", not {wanted}")
    )


def _disk(server: Server) -> Check:
    try:
        free = shutil.disk_usage(server.workspace.folder).free
    except OSError:
        return Check(name="disk", good=False, said="the folder is away")
    if not os.access(server.workspace.folder, os.W_OK):
        return Check(name="disk", good=False, said="it can only be read")
    return Check(name="disk", good=free >= ROOM_BYTES, said=f"{free // 1_000_000:,} MB free")


def _may_measure(request: Request) -> None:
    """Whoever asks on this machine itself, or an admin. A proxy on this machine asks for others: it is known
    by the name that it passes on, or by what it adds.

    Raises:
        WebError: Neither.
    """
    client = request.client.host if request.client else ""
    forwarded = any(name in request.headers for name in _FORWARDED)
    if client in LOOPBACK and names_this_machine(request) and not forwarded:
        return
    here = somebody(request, server_of(request))
    if here is None:
        raise not_signed_in()
    if not here.may(roles.ADMIN):
        raise WebError(403, "refused", "Not allowed", "this needs the role admin")


@router.get(
    "/metrics",
    response_class=Response,
    dependencies=[Depends(_may_measure)],
    responses={**problems_of(changes=False), 200: {"content": {"text/plain": {}}}},
)
def metrics(request: Request) -> Response:
    """Counts and times in the text format of Prometheus: for this machine, or the role admin."""
    return Response(request.app.state.measured.text(), media_type="text/plain; version=0.0.4; charset=utf-8")
