"""What a workspace's admins may set."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from clearband.workspace import texts, trail
from clearband.workspace.errors import ChangedError, InvalidError
from clearband.workspace.ledger import Ledger, Row
from clearband.workspace.roles import ADMIN, require
from clearband.workspace.tables import setting


@dataclass(frozen=True)
class Settings:
    """The settings, each with its default.

    Attributes:
        four_eyes: Whether what makes things milder needs somebody else's approval.
        accepted_risk_days: How many days ahead an accepted risk may end at most.
    """

    four_eyes: bool = True
    accepted_risk_days: int = 366


NAMES: Final = tuple(one.name for one in fields(Settings))
_DAYS: Final = range(1, 5 * 366 + 1)


def current(connection: Connection) -> Settings:
    """The settings as they are now."""
    return Settings(**{row["id"]: row["value"] for row in rows(connection).values()})


def rows(connection: Connection) -> dict[str, Row]:
    """The rows of settings that were ever changed, by name: with the version that a change must name."""
    query = sa.select(setting).where(setting.c.id.in_(NAMES))
    return {row["id"]: dict(row) for row in connection.execute(query).mappings()}


def change(ledger: Ledger, name: str, value: Any, *, version: int | None = None) -> Row:
    """Set one.

    Args:
        name: Which, such as ``four_eyes``.
        value: Of the setting's type.
        version: As it was read; 0 is "never changed"; None where no reader's knowledge is at stake.

    Returns:
        Its row; unchanged where it had this value.

    Raises:
        RefusedError: The actor is no admin.
        InvalidError: There is no such setting, or the value is none for it.
        ChangedError: Somebody changed it since it was read.
    """
    require(ledger.actor, ADMIN)
    texts.one_of(name, "a setting", NAMES)
    _check(name, value)
    return put(ledger, name, value, version=version)


def put(ledger: Ledger, name: str, value: Any, *, version: int | None = None, action: str = "change") -> Row:
    """As `change`, for the program itself: without asking for a role."""
    trail.lock(ledger.connection)
    row = rows(ledger.connection).get(name)
    if version is not None and version != (row["version"] if row else 0):
        raise ChangedError("this setting was changed since it was read", where=name, remedy="read it again")
    if row is None:
        return ledger.insert(setting, {"id": name, "value": value}, action=action)
    if row["value"] == value:
        return row
    return ledger.update(setting, name, {"value": value}, action=action)


def _check(name: str, value: Any) -> None:
    # True is an int to Python.
    if name == "four_eyes" and not isinstance(value, bool):
        raise InvalidError("four_eyes is on or off", remedy="give on (true) or off (false)")
    if name == "accepted_risk_days" and (type(value) is not int or value not in _DAYS):
        raise InvalidError(
            "accepted_risk_days is no number of days", remedy=f"give {_DAYS.start} to {_DAYS.stop - 1}"
        )
