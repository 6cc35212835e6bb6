"""Find out who asks: by a token, by the cookie of a session, or because there is only one in local mode."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request

from clearband.web.here import Here, Server
from clearband.web.problems import WebError
from clearband.workspace.database import reading, writing
from clearband.workspace.ledger import Actor
from clearband.workspace.people import LOCAL, actor_of, by_subject, local_person
from clearband.workspace.sessions import session_of
from clearband.workspace.tokens import actor_of as actor_of_token

_SECRET_LENGTH: Final = 200


def cookie_name(server: Server) -> str:
    """The session's cookie: by TLS with the prefix that binds it to this host, path and TLS (RFC 6265bis)."""
    return "__Host-clearband" if server.settings.secure else "clearband"


def who_asks(request: Request, server: Server) -> Here:
    """Who asks.

    A token counts before a cookie: a request that brings one is a program's.

    Raises:
        WebError: Nobody that is known (401).
    """
    header = request.headers.get("authorization")
    if header is not None:
        return _by_token(request, server, header)
    if server.settings.local:
        return Here(server, request, local_actor(server), "local", server.local_token)
    cookie = request.cookies.get(cookie_name(server), "")
    session = session_of(server.workspace, cookie) if 0 < len(cookie) <= _SECRET_LENGTH else None
    if session is None:
        raise not_signed_in()
    return Here(server, request, session.actor, "session", session.form_token)


def somebody(request: Request, server: Server) -> Here | None:
    """The same for a page that everybody may see; None for a stranger."""
    try:
        return who_asks(request, server)
    except WebError:
        return None


def _by_token(request: Request, server: Server, header: str) -> Here:
    scheme, _, secret = header.partition(" ")
    secret = secret.strip()
    actor = None
    if scheme.lower() == "bearer" and 0 < len(secret) <= _SECRET_LENGTH:
        actor = actor_of_token(server.workspace, secret)
    if actor is None:
        raise WebError(
            401,
            "token",
            "The token is not valid",
            "it is unknown, over, or was revoked",
            remedy="make a new one",
            headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
        )
    return Here(server, request, actor, "token", "")


def not_signed_in() -> WebError:
    """Nobody is signed in."""
    return WebError(
        401,
        "sign-in",
        "Not signed in",
        "this needs somebody who is signed in, or a token of the API",
        remedy="sign in at /sign-in, or send Authorization: Bearer TOKEN",
        headers={"WWW-Authenticate": "Bearer"},
    )


def local_actor(server: Server) -> Actor:
    """The one person of local mode.

    Raises:
        StateError: They were disabled.
    """
    with reading(server.workspace.engine) as connection:
        row = by_subject(connection, LOCAL)
    if row is None or row["disabled_at"]:
        with writing(server.workspace.engine) as connection:
            row = local_person(connection)
    actor = actor_of(row)
    assert actor is not None
    return actor
