"""The audit trail: one entry a change, each holding the hash of the one before it.

The hash of an entry is SHA-256 over its fields as canonical JSON (RFC 8785 for the types that occur: keys
sorted, no space, UTF-8), among them the hash of the entry before. Whoever changes or removes an entry must
make all later ones anew; whoever has noted one hash sees that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from clearband.workspace import clock
from clearband.workspace.database import reading
from clearband.workspace.tables.columns import VOLATILE
from clearband.workspace.tables.trail import audit

FIRST: Final = "0" * 64
"""What stands for the hash before the first entry."""
_LOCK: Final = 0x636C6561
"""Key of the advisory lock that orders writers on PostgreSQL."""
_AT_ONCE: Final = 1_000
HASHED: Final = ("seq", "at", "person_id", "by", "action", "kind", "object_id", "state", "previous")


def canonical(value: Any) -> str:
    """Canonical JSON."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def state_of(table: sa.Table, row: Mapping[str, Any]) -> str:
    """What the trail holds of a row: all columns but those that change by themselves."""
    return canonical({one.name: row[one.name] for one in table.columns if not one.info.get(VOLATILE)})


def entry_hash(entry: Mapping[str, Any]) -> str:
    """The hash of an entry, from its other fields."""
    return hashlib.sha256(canonical([entry[name] for name in HASHED]).encode()).hexdigest()


def lock(connection: Connection) -> None:
    """Keep others from writing until the transaction ends. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))


def head(connection: Connection) -> tuple[int, str]:
    """Number and hash of the last entry; 0 and `FIRST` where there is none."""
    query = sa.select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)
    last = connection.execute(query).first()
    return (last.seq, last.hash) if last else (0, FIRST)


def append(
    connection: Connection,
    table: sa.Table,
    row: Mapping[str, Any],
    *,
    action: str,
    person_id: str | None,
    by: str,
) -> None:
    """Add the entry of one change, in the transaction that makes it.

    Args:
        table: Of the row; its name is the entry's ``kind``.
        row: As it is after the change.
        action: What was done, in one word such as ``approve``.
        person_id: Who did it; None is the program itself.
        by: The person's name at the time.
    """
    lock(connection)
    seq, previous = head(connection)
    entry = {
        "seq": seq + 1,
        "at": clock.now(),
        "person_id": person_id,
        "by": by,
        "action": action,
        "kind": table.name,
        "object_id": row["id"],
        "state": state_of(table, row),
        "previous": previous,
    }
    connection.execute(audit.insert().values(**entry, hash=entry_hash(entry)))


def entries(engine: Engine, *, after: int = 0, object_id: str | None = None) -> Iterator[dict[str, Any]]:
    """The entries in their order, with all fields.

    Args:
        after: Only those after this number.
        object_id: Only those of one row.
    """
    query = sa.select(audit).where(audit.c.seq > after).order_by(audit.c.seq)
    if object_id is not None:
        query = query.where(audit.c.object_id == object_id)
    with reading(engine) as connection:
        for entry in connection.execute(query.execution_options(yield_per=_AT_ONCE)).mappings():
            yield dict(entry)
