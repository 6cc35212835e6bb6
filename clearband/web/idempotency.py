"""A change that is sent twice with the same ``Idempotency-Key`` is made once (IETF httpapi draft)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from starlette.responses import Response

from clearband.web.bodies import Given, digest_of
from clearband.web.here import Here
from clearband.web.problems import WebError
from clearband.workspace import clock
from clearband.workspace.database import reading, writing
from clearband.workspace.ledger import Ledger
from clearband.workspace.tables import request as request_table

NOT_KEPT: Final = "x-not-kept"
"""A header of answers that hold a secret, which are sent once: it is taken off here."""


def changed_once(
    here: Here, said: Given, act: Callable[[Ledger | None], Response], *, in_one: bool
) -> Response:
    """Do it, or answer as it was answered before.

    Args:
        act: Makes the change and its answer.
        in_one: Whether it is made in one transaction with the note that it was; else it makes its own, and
            a server that is killed between the two leaves no note.

    Raises:
        WebError: The key was used for something else (422), or the same is under way (409).
    """
    person = here.actor.person_id
    key = said.key if person is not None else None
    digest = digest_of(here.request, said) if key else ""
    engine = here.workspace.engine
    if not in_one:
        with _alone(person, key):
            with reading(engine) as connection:
                before = _before(connection, person, key, digest)
            if before is not None:
                return before
            done = act(None)
            with writing(engine) as connection:
                _note(connection, person, key, digest, done)
            return done
    try:
        with writing(engine) as connection:
            return _in_one(connection, here, key, digest, act)
    except sa.exc.IntegrityError:
        # Two at once: the other one has made it, and its note is there by now.
        with reading(engine) as connection:
            before = _before(connection, person, key, digest)
        if before is None:
            raise
        return before


_UNDER_WAY: Final[set[tuple[str | None, str]]] = set()
_LOCK: Final = threading.Lock()


@contextmanager
def _alone(person: str | None, key: str | None) -> Iterator[None]:
    """What makes its own transactions must not be made twice at a time: a sender who was cut off sends a file
    again while the first one is still being stored."""
    if key is None:
        yield
        return
    which = (person, key)
    with _LOCK:
        if which in _UNDER_WAY:
            raise WebError(
                409,
                "under-way",
                "The same request is under way",
                remedy="send it again in a moment: it is then answered as the first one was",
                headers={"Retry-After": "1"},
            )
        _UNDER_WAY.add(which)
    try:
        yield
    finally:
        with _LOCK:
            _UNDER_WAY.discard(which)


def _in_one(
    connection: Connection, here: Here, key: str | None, digest: str, act: Callable[[Ledger | None], Response]
) -> Response:
    person = here.actor.person_id
    before = _before(connection, person, key, digest)
    if before is not None:
        return before
    done = act(Ledger(connection, here.actor))
    _note(connection, person, key, digest, done)
    return done


def _before(connection: Connection, person: str | None, key: str | None, digest: str) -> Response | None:
    if key is None:
        return None
    of = (request_table.c.person_id == person) & (request_table.c.key == key)
    row = connection.execute(sa.select(request_table).where(of)).mappings().first()
    if row is None:
        return None
    if row["hash"] != digest:
        raise WebError(
            422,
            "key-used",
            "The Idempotency-Key was used for something else",
            remedy="send a new key with a new request",
        )
    return Response(row["body"], row["status"], dict(row["headers"]))


def _note(connection: Connection, person: str | None, key: str | None, digest: str, done: Response) -> None:
    secret = NOT_KEPT in done.headers
    if secret:
        del done.headers[NOT_KEPT]
    if key is None or secret:
        return
    headers = {name: value for name, value in done.headers.items() if name != "content-length"}
    connection.execute(
        request_table.insert().values(
            person_id=person,
            key=key,
            hash=digest,
            status=done.status_code,
            headers=headers,
            body=bytes(done.body).decode(),
            created_at=clock.now(),
        )
    )
