"""Sessions of browsers: a cookie of random bits, of which the hash is stored."""

from __future__ import annotations

import hmac
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from clearband.workspace import clock
from clearband.workspace.database import reading, writing
from clearband.workspace.errors import StateError
from clearband.workspace.ids import new_id
from clearband.workspace.ledger import Actor, row_of
from clearband.workspace.place import Workspace
from clearband.workspace.secret import hash_of, new_secret
from clearband.workspace.tables import person, web_session

IDLE: Final = timedelta(hours=2)
"""A session that nobody used so long is over."""
LONGEST: Final = timedelta(hours=12)
"""A session is over after so long, used or not."""
_NOTED_AFTER: Final = timedelta(minutes=1)
_KEPT: Final = timedelta(days=30)


@dataclass(frozen=True)
class Session:
    """A session that goes on.

    Attributes:
        id: Of its row; no secret.
        actor: Whose it is, with the roles that they have now.
        form_token: Stands in each form of its pages.
    """

    id: str
    actor: Actor
    form_token: str = field(repr=False)

    def is_form(self, token: str) -> bool:
        """Whether a form that brings this token is one of the session's."""
        return hmac.compare_digest(token.encode(errors="replace"), self.form_token.encode())


def begin(workspace: Workspace, person_id: str, *, instead_of: str | None = None) -> str:
    """Begin a session, at each sign-in a new one: a cookie that somebody planted before is worth nothing.

    Args:
        person_id: Who signed in.
        instead_of: The cookie that the browser came with; its session ends.

    Returns:
        The cookie's value, which is stored nowhere.

    Raises:
        NotFoundError: There is no such person.
        StateError: The person is disabled.
    """
    secret, moment = new_secret(), datetime.now(UTC)
    with writing(workspace.engine) as connection:
        if row_of(connection, person, person_id)["disabled_at"] is not None:
            raise StateError("the person is disabled", remedy="ask somebody with the role admin")
        if instead_of is not None:
            _end(connection, web_session.c.hash == hash_of(instead_of))
        old = clock.written(moment - _KEPT)
        connection.execute(web_session.delete().where(web_session.c.expires_at < old))
        connection.execute(
            web_session.insert().values(
                id=new_id(),
                hash=hash_of(secret),
                person_id=person_id,
                form_token=new_secret(),
                created_at=clock.written(moment),
                seen_at=clock.written(moment),
                expires_at=clock.written(moment + LONGEST),
            )
        )
    return secret


def session_of(workspace: Workspace, secret: str) -> Session | None:
    """The session of a cookie; None where there is none, it is over, or its person is disabled."""
    moment = datetime.now(UTC)
    query = (
        sa.select(web_session, person.c.name, person.c.roles, person.c.disabled_at)
        .join(person, person.c.id == web_session.c.person_id)
        .where(web_session.c.hash == hash_of(secret))
    )
    with reading(workspace.engine) as connection:
        row = connection.execute(query).mappings().first()
    if row is None or row["ended_at"] or row["disabled_at"] or row["expires_at"] <= clock.written(moment):
        return None
    if row["seen_at"] <= clock.written(moment - IDLE):
        return None
    _note_seen(workspace, row, moment)
    actor = Actor(row["person_id"], row["name"], frozenset(row["roles"]))
    return Session(row["id"], actor, row["form_token"])


def end(workspace: Workspace, secret: str) -> None:
    """End the session of a cookie; nothing where there is none."""
    with writing(workspace.engine) as connection:
        _end(connection, web_session.c.hash == hash_of(secret))


def end_all(connection: Connection, person_id: str) -> None:
    """End all sessions of a person."""
    _end(connection, web_session.c.person_id == person_id)


def _end(connection: Connection, which: sa.ColumnElement[bool]) -> None:
    going = which & web_session.c.ended_at.is_(None)
    connection.execute(web_session.update().where(going).values(ended_at=clock.now()))


def _note_seen(workspace: Workspace, row: Any, moment: datetime) -> None:
    """Once a minute at most: reads must not become writes."""
    if row["seen_at"] > clock.written(moment - _NOTED_AFTER):
        return
    # A full disk is no reason to refuse a reader; the session then ends sooner.
    with suppress(sa.exc.OperationalError), writing(workspace.engine) as connection:
        connection.execute(
            web_session.update().where(web_session.c.id == row["id"]).values(seen_at=clock.written(moment))
        )
