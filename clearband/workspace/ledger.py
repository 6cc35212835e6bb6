"""The only way to write: each change of a row goes with its entry in the audit trail, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from clearband.workspace import clock, trail
from clearband.workspace.errors import ChangedError, NotFoundError, RefusedError
from clearband.workspace.ids import new_id
from clearband.workspace.tables.people import api_token, person

Row = dict[str, Any]


@dataclass(frozen=True)
class Actor:
    """Who does something.

    Attributes:
        person_id: None for the program itself.
        name: As the trail tells it.
        roles: What they may do; see `clearband.workspace.roles`.
        token_id: Of the API token through which they do it.
    """

    person_id: str | None
    name: str
    roles: frozenset[str] = frozenset()
    token_id: str | None = None


PROGRAM: Final = Actor(None, "clearband")


@dataclass(frozen=True)
class Ledger:
    """Writes rows for somebody.

    Attributes:
        connection: Of `clearband.workspace.database.writing`.
        actor: Who does it.
    """

    connection: Connection
    actor: Actor

    def insert(self, table: sa.Table, values: Row, *, action: str = "create") -> Row:
        """Add a row. ``id`` is made where it is not given, ``version`` is 1.

        Returns:
            The row as stored, with all columns.

        Raises:
            RefusedError: The actor may come in no longer; see `_still_may`.
        """
        self._still_may()
        row: Row = {one.name: None for one in table.columns} | {"id": new_id(), "version": 1} | values
        self.connection.execute(table.insert().values(**row))
        self._trail(table, row, action)
        return row

    def update(
        self, table: sa.Table, row_id: str, values: Row, *, action: str, version: int | None = None
    ) -> Row:
        """Change a row.

        Args:
            row_id: Which.
            values: The columns that change.
            action: What is done, in a word.
            version: The row's as it was read; None where no reader's knowledge is at stake.

        Raises:
            RefusedError: The actor may come in no longer; see `_still_may`.
            NotFoundError: There is no such row.
            ChangedError: Its version is another one by now.
        """
        self._still_may()
        before = row_of(self.connection, table, row_id)
        if version is not None and before["version"] != version:
            raise ChangedError(
                f"this {table.name} was changed since it was read", where=row_id, remedy="read it again"
            )
        row = before | values | {"version": before["version"] + 1}
        changed = {name: value for name, value in row.items() if name in values or name == "version"}
        self.connection.execute(table.update().where(table.c.id == row_id).values(**changed))
        self._trail(table, row, action)
        return row

    def _still_may(self) -> None:
        """Go on only for an actor who may do now what they might do when they were let in.

        Who somebody is was asked before their transaction, and a large file may have come in between: what
        they lost meanwhile does not count. From here to the end of the transaction it cannot be taken.

        Raises:
            RefusedError: They were disabled, lost a role, or their token was revoked or ended.
        """
        trail.lock(self.connection)
        actor = self.actor
        if actor.person_id is None:
            return
        held = person.c.disabled_at.is_(None) & (person.c.id == actor.person_id)
        roles = self.connection.scalar(sa.select(person.c.roles).where(held))
        if roles is None or not actor.roles <= set(roles):
            raise RefusedError("what you may do was changed meanwhile", remedy="sign in, and try again")
        if actor.token_id is not None:
            valid = api_token.c.revoked_at.is_(None) & (api_token.c.expires_at > clock.now())
            found = sa.select(api_token.c.id).where(valid & (api_token.c.id == actor.token_id))
            if self.connection.scalar(found) is None:
                raise RefusedError("the token was revoked or ended meanwhile", remedy="make a new one")

    def _trail(self, table: sa.Table, row: Row, action: str) -> None:
        trail.append(
            self.connection, table, row, action=action, person_id=self.actor.person_id, by=self.actor.name
        )


def row_of(connection: Connection, table: sa.Table, row_id: str) -> Row:
    """One row by its key.

    Raises:
        NotFoundError: There is none.
    """
    found = None
    # PostgreSQL fails on what is no text, such as U+0000.
    if row_id.isascii() and row_id.isprintable():
        found = connection.execute(sa.select(table).where(table.c.id == row_id)).mappings().first()
    if found is None:
        raise NotFoundError(f"there is no {table.name} {row_id[:40]!r}", remedy="look for it in the list")
    return dict(found)
