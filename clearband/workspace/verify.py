"""Whether a workspace says what its audit trail says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from clearband.workspace import trail
from clearband.workspace.database import reading
from clearband.workspace.place import Workspace
from clearband.workspace.rules_kept import rules_broken
from clearband.workspace.run_files import run_files
from clearband.workspace.tables import METADATA, attachment, audit, run, upload
from clearband.workspace.tables.columns import VOLATILE
from clearband.workspace.view_kept import view_wrong

_AT_ONCE: Final = 5_000
_RAN: Final = (
    sa.select(run.c.id, run.c.run_sha256, run.c.result)
    .where(run.c.run_sha256.is_not(None))
    .order_by(run.c.id)
)
AUDITED: Final = tuple(one for one in METADATA.sorted_tables if not one.info.get(VOLATILE))
"""Tables whose rows stand in the trail."""


@dataclass(frozen=True)
class Verified:
    """What was looked at, and what is wrong.

    Attributes:
        entries: Of the trail.
        head: Hash of the last one. Note it elsewhere: a trail that was cut at its end shows only beside that.
        rows: Compared with the trail.
        files: Whose bytes were hashed.
        problems: One line each; empty where all is as it should be.
    """

    entries: int
    head: str
    rows: int
    files: int
    problems: tuple[str, ...] = field(default=())


def verify(workspace: Workspace, *, expect: str | None = None) -> Verified:
    """Compute the chain anew, compare each row with its last entry, hash each file, and ask of each decision
    whether it came about as the rules say.

    Args:
        expect: A hash that was noted earlier; it must be that of an entry.
    """
    problems: list[str] = []
    with reading(workspace.engine) as connection:
        entries, head, found = _chain(connection, expect, problems)
        rows = _rows(connection, problems)
        problems += rules_broken(connection)
        wanted = {
            digest
            for table in (upload, attachment)
            for digest in connection.scalars(sa.select(table.c.sha256).distinct())
        }
        ran = connection.execute(_RAN).all()
    problems += [
        f"file {digest}: it is missing or its bytes were changed"
        for digest in sorted(wanted)
        if not workspace.store.intact(digest)
    ]
    hashed = 0
    for run_id, record, result in ran:
        number, wrong = run_files(workspace, run_id, record, result)
        hashed += number
        problems += wrong or view_wrong(workspace, run_id)
    if expect is not None and not found:
        problems.append(f"no entry has the hash {expect[:80]}: entries were cut off or made anew")
    return Verified(entries, head, rows, len(wanted) + hashed, tuple(problems))


def _chain(connection: Connection, expect: str | None, problems: list[str]) -> tuple[int, str, bool]:
    number, previous, found = 0, trail.FIRST, expect == trail.FIRST
    query = sa.select(audit).order_by(audit.c.seq).execution_options(yield_per=_AT_ONCE)
    for entry in connection.execute(query).mappings():
        number += 1
        if entry["seq"] != number:
            problems.append(f"entry {number}: it is missing; the next is {entry['seq']}")
            number = entry["seq"]
        if entry["previous"] != previous:
            problems.append(f"entry {number}: it does not follow the one before it")
        if trail.entry_hash(dict(entry)) != entry["hash"]:
            problems.append(f"entry {number}: its fields do not have its hash")
        previous = entry["hash"]
        found = found or previous == expect
    return number, previous, found


def _rows(connection: Connection, problems: list[str]) -> int:
    rows = 0
    for table in AUDITED:
        last = (
            sa.select(audit.c.object_id, sa.func.max(audit.c.seq).label("seq"))
            .where(audit.c.kind == table.name)
            .group_by(audit.c.object_id)
            .subquery()
        )
        query = sa.select(audit.c.object_id, audit.c.state).join(last, audit.c.seq == last.c.seq)
        told = {row_id: state for row_id, state in connection.execute(query)}  # noqa: C416
        for row in connection.execute(sa.select(table).execution_options(yield_per=_AT_ONCE)).mappings():
            rows += 1
            state = told.pop(row["id"], None)
            if state is None:
                problems.append(f"{table.name} {row['id']}: no entry tells of it")
            elif state != trail.state_of(table, dict(row)):
                problems.append(f"{table.name} {row['id']}: it is not as its last entry says")
        problems += [f"{table.name} {gone}: it is in the trail, and its row is gone" for gone in told]
    return rows
