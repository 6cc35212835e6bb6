"""``/sign-in``, its way back, and ``/sign-out``."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import time
from typing import Any, Final

from fastapi import APIRouter, Depends
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from clearband.web.bodies import given
from clearband.web.forms_of_answers import HTML, JSON, wants_html
from clearband.web.here import Server, server_of
from clearband.web.problems import WebError
from clearband.web.signing_in.who import cookie_name, who_asks
from clearband.web.templating import render
from clearband.workspace import people, sessions
from clearband.workspace.database import writing
from clearband.workspace.ledger import PROGRAM, Actor, Ledger
from clearband.workspace.roles import ADMIN, ROLES

router = APIRouter(include_in_schema=False)

_MINUTES: Final = 10
_BACK: Final = "/sign-in/back"


@router.get("/sign-in")
def sign_in(request: Request, next: str = "") -> Response:  # noqa: A002  # the name in the address
    """Go to the provider. What must come back with the browser waits in a sealed cookie."""
    server = server_of(request)
    if server.provider is None:
        return _to(_home(server))
    waiting: dict[str, Any] = {
        "state": secrets.token_urlsafe(32),
        "nonce": secrets.token_urlsafe(32),
        "verifier": secrets.token_urlsafe(48),
        "next": _inside(next) or _home(server),
        "until": int(time.time()) + 60 * _MINUTES,
    }
    answer = _to(server.provider.begin(waiting["state"], waiting["nonce"], waiting["verifier"]))
    answer.set_cookie(
        _waiting_name(server),
        _seal(server, waiting),
        max_age=60 * _MINUTES,
        path="/",
        secure=server.settings.secure,
        httponly=True,
        samesite="lax",
    )
    return answer


@router.get(_BACK)
def back(request: Request, state: str = "", code: str = "", error: str = "") -> Response:
    """The browser comes back: a session begins, a new one each time."""
    server = server_of(request)
    waiting = _opened(server, request.cookies.get(_waiting_name(server), ""))
    if (
        server.provider is None
        or waiting is None
        or not hmac.compare_digest(waiting["state"].encode(), state.encode(errors="replace"))
    ):
        raise WebError(
            403, "sign-in-refused", "The sign-in was refused", "it was not begun here", remedy="sign in again"
        )
    if error or not code:
        raise WebError(
            403, "sign-in-refused", "The sign-in was refused", "by the provider", remedy="sign in again"
        )
    found = server.provider.finish(code, waiting["nonce"], waiting["verifier"])
    subject = people.oidc_subject(server.provider.settings.issuer, found.subject)
    with writing(server.workspace.engine) as connection:
        row = people.arrive(connection, subject, found.name)
        first = server.provider.settings.first_admin
        if first is not None and hmac.compare_digest(first.encode(), found.subject.encode()):
            _make_admin(Ledger(connection, Actor(None, PROGRAM.name, frozenset({ADMIN}))), row)
    name = cookie_name(server)
    secret = sessions.begin(server.workspace, row["id"], instead_of=request.cookies.get(name))
    answer = _to(waiting["next"])
    answer.set_cookie(name, secret, path="/", secure=server.settings.secure, httponly=True, samesite="lax")
    answer.delete_cookie(_waiting_name(server), path="/", secure=server.settings.secure, httponly=True)
    return answer


async def _read_form(request: Request) -> None:
    """The form of the page, with its token."""
    await given(request)


def _who(request: Request) -> None:
    """Somebody must be signed in to sign out."""
    request.state.here = who_asks(request, server_of(request))


@router.post("/sign-out", dependencies=[Depends(_who), Depends(_read_form)])
def sign_out(request: Request) -> Response:
    """End the session here."""
    server = server_of(request)
    name = cookie_name(server)
    sessions.end(server.workspace, request.cookies.get(name, ""))
    answer = _to("/signed-out")
    answer.headers["Clear-Site-Data"] = '"cache"'
    answer.delete_cookie(name, path="/", secure=server.settings.secure, httponly=True)
    return answer


class SignedOut(BaseModel):
    """Nobody is signed in any more. ``provider`` is where to sign out there too, where it can be done."""

    signed_out: bool
    provider: str | None


@router.get("/signed-out")
def signed_out(request: Request) -> Response:
    """What is left to do."""
    provider = server_of(request).provider
    found = SignedOut(signed_out=True, provider=provider.leave() if provider else None)
    headers = {"Cache-Control": "no-store", "Vary": "Accept"}
    if wants_html(request):
        return Response(render(request, "signed_out.html.j2", found), 200, headers, HTML)
    return Response(found.model_dump_json(), 200, headers, JSON)


def _make_admin(ledger: Ledger, row: dict[str, Any]) -> None:
    """The person whom the start of the server names, while there is no admin yet."""
    if not any(ADMIN in one["roles"] for one in people.listed(ledger.connection)):
        people.give_roles(ledger, row["id"], list(ROLES))


def _to(address: str) -> Response:
    return Response(status_code=303, headers={"Location": address, "Cache-Control": "no-store"})


def _inside(address: str) -> str:
    """An address of this server; empty for whatever could lead elsewhere."""
    plain = address.isascii() and address.isprintable() and "\\" not in address and len(address) < 1000
    return address if plain and address.startswith("/") and not address.startswith("//") else ""


def _home(server: Server) -> str:
    return server.navigation[0][1]


def _waiting_name(server: Server) -> str:
    return "__Host-clearband-sign-in" if server.settings.secure else "clearband-sign-in"


def _key(server: Server) -> bytes:
    """Of the seal: that of the client's secret, so that several servers know it; or of this process alone."""
    assert server.settings.provider is not None
    secret = server.settings.provider.client_secret or server.local_token
    return hmac.digest(secret.encode(), b"clearband sign-in cookie", "sha256")


def _seal(server: Server, waiting: dict[str, Any]) -> str:
    text = base64.urlsafe_b64encode(json.dumps(waiting).encode()).decode()
    return f"{text}.{hmac.new(_key(server), text.encode(), hashlib.sha256).hexdigest()}"


def _opened(server: Server, cookie: str) -> dict[str, Any] | None:
    """What waits; None where there is nothing, it was made by somebody else, or too long ago."""
    text, _, seal = cookie.partition(".")
    if server.settings.provider is None or not text:
        return None
    if not hmac.compare_digest(
        hmac.new(_key(server), text.encode(), hashlib.sha256).hexdigest().encode(),
        seal.encode(errors="replace"),
    ):
        return None
    waiting: dict[str, Any] = json.loads(base64.urlsafe_b64decode(text))
    return waiting if waiting["until"] >= time.time() else None
