"""Tokens of the API: for programs that do what their person may do, or less, until a day."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from clearband.workspace import clock, texts, trail
from clearband.workspace.database import reading, writing
from clearband.workspace.errors import InvalidError, NotFoundError, RefusedError, StateError
from clearband.workspace.ledger import Actor, Ledger, Row, row_of
from clearband.workspace.people import OPERATOR
from clearband.workspace.place import Workspace
from clearband.workspace.roles import ADMIN, ROLES
from clearband.workspace.secret import hash_of, new_secret
from clearband.workspace.tables import api_token, person

PREFIX: Final = "clearband_"
MOST_DAYS: Final = 366
NAME_LENGTH: Final = 60
_NOTED_AFTER: Final = timedelta(minutes=1)


def issue(ledger: Ledger, person_id: str, name: str, *, roles: Iterable[str], days: int) -> tuple[str, Row]:
    """Make a token. The secret is returned here and nowhere else.

    Args:
        person_id: Whose it is.
        name: What it is for.
        roles: What it may do at most; of these counts what its person may do at the time of use.
        days: It ends after so many, at most `MOST_DAYS`.

    Returns:
        The secret, and the row without its hash.

    Raises:
        RefusedError: The actor acts by a token, or issues for somebody else, which only the command line
            does: an admin who held a token of another analyst would propose by it what they approve.
        NotFoundError: There is no such person.
        StateError: The person is disabled.
        InvalidError: The name, a role or the days are none, or the person does not have a role.
    """
    actor = ledger.actor
    if actor.token_id is not None:
        raise RefusedError("a token issues no token", remedy="sign in")
    if person_id != actor.person_id and actor != OPERATOR:
        raise RefusedError(
            "a token is issued by its own person", remedy="ask them, or use clearband workspace token issue"
        )
    wanted = sorted(set(roles))
    if type(days) is not int or not 1 <= days <= MOST_DAYS:
        raise InvalidError("these are no days for a token", remedy=f"give 1 to {MOST_DAYS}")
    trail.lock(ledger.connection)
    who = row_of(ledger.connection, person, person_id)
    if who["disabled_at"] is not None:
        raise StateError("the person is disabled", where=person_id)
    may = tuple(role for role in ROLES if role in who["roles"])
    for role in wanted:
        texts.one_of(role, "a role of this token", may)
    if not wanted:
        raise InvalidError("a token needs a role", remedy=f"give one of {', '.join(may)}")
    secret = new_secret(PREFIX)
    row = ledger.insert(
        api_token,
        {
            "person_id": person_id,
            "name": texts.line(name, "the name", at_most=NAME_LENGTH),
            "hash": hash_of(secret),
            "roles": wanted,
            "created_at": clock.now(),
            "expires_at": clock.written(datetime.now(UTC) + timedelta(days=days)),
        },
        action="issue",
    )
    return secret, _shown(row)


def revoke(ledger: Ledger, token_id: str, *, version: int | None = None) -> Row:
    """End a token at once.

    Raises:
        NotFoundError: There is none, or it is somebody else's and the actor is no admin.
        StateError: It is revoked already.
        ChangedError: Its row was changed since it was read.
    """
    trail.lock(ledger.connection)
    if one(ledger.connection, ledger.actor, token_id)["revoked_at"] is not None:
        raise StateError("the token is revoked already", where=token_id)
    values = {"revoked_at": clock.now()}
    return _shown(ledger.update(api_token, token_id, values, action="revoke", version=version))


def revoke_all(ledger: Ledger) -> None:
    """End all tokens that are valid: nobody knows any longer which were revoked."""
    valid = api_token.c.revoked_at.is_(None) & (api_token.c.expires_at > clock.now())
    for token_id in ledger.connection.scalars(sa.select(api_token.c.id).where(valid)).all():
        ledger.update(api_token, token_id, {"revoked_at": clock.now()}, action="revoke")


def one(connection: Connection, actor: Actor, token_id: str) -> Row:
    """A token without its hash.

    Raises:
        NotFoundError: There is none, or it is somebody else's and the actor is no admin.
    """
    row = row_of(connection, api_token, token_id)
    if row["person_id"] != actor.person_id and ADMIN not in actor.roles:
        raise NotFoundError(f"there is no {api_token.name} {token_id!r}", remedy="look for it in the list")
    return _shown(row)


def listed(connection: Connection, actor: Actor) -> list[Row]:
    """The tokens that the actor may see, without their hashes: an admin all, others their own."""
    query = sa.select(api_token).order_by(api_token.c.id)
    if ADMIN not in actor.roles:
        query = query.where(api_token.c.person_id == actor.person_id)
    return [_shown(dict(row)) for row in connection.execute(query).mappings()]


def actor_of(workspace: Workspace, secret: str) -> Actor | None:
    """Who a token speaks for, with the roles that it and its person both have now.

    None where it is unknown, ended or revoked, or its person disabled. What is no token costs the same
    look-up.
    """
    digest, now = hash_of(secret), clock.now()
    query = (
        sa.select(api_token, person.c.name.label("of"), person.c.roles.label("may"), person.c.disabled_at)
        .join(person, person.c.id == api_token.c.person_id)
        .where(api_token.c.hash == digest)
    )
    with reading(workspace.engine) as connection:
        row = connection.execute(query).mappings().first()
    if row is None or row["revoked_at"] or row["disabled_at"] or row["expires_at"] <= now:
        return None
    _note_use(workspace, row, now)
    roles = frozenset(row["roles"]) & frozenset(row["may"])
    return Actor(row["person_id"], f"{row['of']} (token {row['name']})", roles, token_id=row["id"])


def _note_use(workspace: Workspace, row: Any, now: str) -> None:
    """Once a minute at most: reads must not become writes."""
    before = clock.written(datetime.now(UTC) - _NOTED_AFTER)
    if row["used_at"] is not None and row["used_at"] > before:
        return
    # That it was used is good to know; that the disk is full is no reason to refuse a reader.
    with suppress(sa.exc.OperationalError), writing(workspace.engine) as connection:
        connection.execute(api_token.update().where(api_token.c.id == row["id"]).values(used_at=now))


def _shown(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "hash"}
