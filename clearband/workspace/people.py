"""The people of a workspace: who they are, and what they may do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from clearband.workspace import clock, sessions, settings, texts, trail
from clearband.workspace.errors import InvalidError, RefusedError, StateError
from clearband.workspace.ledger import PROGRAM, Actor, Ledger, Row, row_of
from clearband.workspace.roles import ADMIN, ROLES, require
from clearband.workspace.tables import person

OPERATOR: Final = Actor(None, "command line", frozenset({ADMIN}))
"""Whoever may use the command line where the workspace lies."""
LOCAL: Final = "local"
"""Stands for the subject of the one person of local mode; that of an OpenID provider begins with its URL."""
NAME_LENGTH: Final = 100
_SUBJECT_LENGTH: Final = 600


def oidc_subject(issuer: str, subject: str) -> str:
    """Issuer and subject of an OpenID provider in one: together they never change hands.

    Raises:
        InvalidError: One is empty, they are too long, or hold what a line of text does not keep as it is: two
            subjects must never become one.
    """
    if not subject.strip() or "://" not in issuer:
        raise InvalidError("the provider names no subject", remedy="ask who runs it")
    both = f"{issuer.rstrip('/')} {subject}"
    if texts.line(both, "the subject", at_most=_SUBJECT_LENGTH) != both:
        raise InvalidError("the subject holds blanks or letters that are not kept", where=subject[:40])
    return both


def add(ledger: Ledger, name: str, *, roles: Iterable[str] = (), subject: str | None = None) -> Row:
    """Add a person.

    Args:
        name: As pages and the trail show it.
        roles: Words of `clearband.workspace.roles`; without any they see nothing.
        subject: Of `oidc_subject`; None signs in by token only.

    Raises:
        RefusedError: The actor is no admin.
        InvalidError: A role or the name is none.
        StateError: There is somebody of this subject already.
    """
    require(ledger.actor, ADMIN)
    trail.lock(ledger.connection)
    if subject is not None:
        subject = texts.line(subject, "the subject", at_most=_SUBJECT_LENGTH)
        if subject == LOCAL or by_subject(ledger.connection, subject) is not None:
            raise StateError("there is a person of this subject already", remedy="give them roles")
    return _insert(ledger, name, _known(roles), subject)


def arrive(connection: Connection, subject: str, name: str) -> Row:
    """The person of a subject who signed in; one who comes for the first time has no role until an admin
    gives some.

    Raises:
        InvalidError: The name is none.
    """
    trail.lock(connection)
    found = by_subject(connection, subject)
    if found is not None:
        return found
    shown = texts.line(name[:NAME_LENGTH], "the name", at_most=NAME_LENGTH)
    return _insert(Ledger(connection, PROGRAM), shown, [], subject, action="arrive")


def local_person(connection: Connection) -> Row:
    """The one person of local mode, with all roles, made at first use. Where they are alone four eyes are
    off, which the trail says; a second person turns them on again.

    Raises:
        StateError: They were disabled.
    """
    trail.lock(connection)
    found = by_subject(connection, LOCAL)
    if found is None:
        program = Ledger(connection, PROGRAM)
        alone = not listed(connection)
        found = program.insert(
            person, {"name": "Local user", "subject": LOCAL, "roles": list(ROLES), "created_at": clock.now()}
        )
        if alone:
            settings.put(program, "four_eyes", False, action="alone")
    if found["disabled_at"] is not None:
        raise StateError("the local person is disabled", remedy="clearband workspace person enable")
    return found


def give_roles(ledger: Ledger, person_id: str, roles: Iterable[str], *, version: int | None = None) -> Row:
    """Give a person these roles and no others.

    Raises:
        RefusedError: The actor is no admin.
        NotFoundError: There is no such person.
        InvalidError: A role is none.
        StateError: No admin would be left.
        ChangedError: The person's row was changed since it was read.
    """
    require(ledger.actor, ADMIN)
    wanted = _known(roles)
    if ADMIN not in wanted:
        _keep_an_admin(ledger.connection, person_id)
    return ledger.update(person, person_id, {"roles": wanted}, action="give-roles", version=version)


def disable(ledger: Ledger, person_id: str, *, version: int | None = None) -> Row:
    """Keep a person out: sessions and tokens of theirs stop at once. What they did stays.

    Raises:
        RefusedError: The actor is no admin.
        NotFoundError: There is no such person.
        StateError: They are disabled already, or no admin would be left.
        ChangedError: The person's row was changed since it was read.
    """
    require(ledger.actor, ADMIN)
    _keep_an_admin(ledger.connection, person_id)
    if row_of(ledger.connection, person, person_id)["disabled_at"] is not None:
        raise StateError("the person is disabled already", where=person_id)
    sessions.end_all(ledger.connection, person_id)
    return ledger.update(person, person_id, {"disabled_at": clock.now()}, action="disable", version=version)


def enable(ledger: Ledger, person_id: str, *, version: int | None = None) -> Row:
    """Let a disabled person in again, with the roles that they had.

    Raises:
        RefusedError: The actor is no admin.
        NotFoundError: There is no such person.
        StateError: They are not disabled.
        ChangedError: The person's row was changed since it was read.
    """
    require(ledger.actor, ADMIN)
    trail.lock(ledger.connection)
    if row_of(ledger.connection, person, person_id)["disabled_at"] is None:
        raise StateError("the person is not disabled", where=person_id)
    return ledger.update(person, person_id, {"disabled_at": None}, action="enable", version=version)


def by_subject(connection: Connection, subject: str) -> Row | None:
    """The person of a subject."""
    found = connection.execute(sa.select(person).where(person.c.subject == subject)).mappings().first()
    return dict(found) if found else None


def listed(connection: Connection) -> list[Row]:
    """All people, the first added first."""
    return [dict(row) for row in connection.execute(sa.select(person).order_by(person.c.id)).mappings()]


def names(connection: Connection) -> dict[str, str]:
    """Key to name."""
    return {row_id: name for row_id, name in connection.execute(sa.select(person.c.id, person.c.name))}  # noqa: C416


def actor_of(row: Row) -> Actor | None:
    """A person as somebody who does something; None where they are disabled."""
    return None if row["disabled_at"] else Actor(row["id"], row["name"], frozenset(row["roles"]))


def person_of(ledger: Ledger) -> str:
    """The key of the person who acts: for what only a person does.

    Raises:
        RefusedError: It is the program itself, or the command line.
    """
    if ledger.actor.person_id is None:
        raise RefusedError("only a person does this", remedy="sign in")
    return ledger.actor.person_id


def _insert(
    ledger: Ledger, name: str, roles: list[str], subject: str | None, *, action: str = "create"
) -> Row:
    others = listed(ledger.connection)
    made = ledger.insert(
        person,
        {
            "name": texts.line(name, "the name", at_most=NAME_LENGTH),
            "subject": subject,
            "roles": roles,
            "created_at": clock.now(),
        },
        action=action,
    )
    if [one["subject"] for one in others] == [LOCAL]:
        settings.put(ledger, "four_eyes", True, action="not-alone")
    return made


def _known(roles: Iterable[str]) -> list[str]:
    wanted = set(roles)
    for role in wanted:
        texts.one_of(role, "a role", tuple(ROLES))
    return [role for role in ROLES if role in wanted]


def _keep_an_admin(connection: Connection, but: str) -> None:
    trail.lock(connection)
    who = row_of(connection, person, but)
    others = any(
        ADMIN in one["roles"] and one["disabled_at"] is None and one["id"] != but
        for one in listed(connection)
    )
    if not others and ADMIN in who["roles"] and who["disabled_at"] is None:
        raise StateError("no admin would be left", remedy="give somebody else the role admin first")
