"""What a team said of a run, for an evidence pack: its decisions, and the trail that proves them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from clearband.reports.filings.evidence import Extra
from clearband.workspace import clock, trail
from clearband.workspace.database import reading
from clearband.workspace.ledger import Row, row_of
from clearband.workspace.looking import Looking
from clearband.workspace.people import names
from clearband.workspace.place import Workspace
from clearband.workspace.said import decisions
from clearband.workspace.stand import effect_of_each
from clearband.workspace.tables import (
    answer,
    assignment,
    attachment,
    audit,
    comment,
    decision,
    inventory,
    run,
    upload,
)

_SAID: Final = {
    decision: "decisions of the team, each with its state, reason and who took it",
    answer: "questions that were answered, with how it is known",
    comment: "comments; one that was taken back has no text",
    assignment: "who was asked to look at what",
    attachment: "files that were attached as evidence, by their hashes",
    upload: "files that the inventory is made of, and how each is read",
}
_EFFECTS: Final = "of each decision, whether it counts for this run on the day of this pack"
_HOW: Final = """How to check the trail
======================

trail.jsonl holds the audit trail of the workspace, one entry a line, from the first to the last.

1. Number the entries: "seq" counts from 1 without a gap.
2. The hash of an entry is SHA-256 over a JSON list of its fields seq, at, person_id, by, action, kind,
   object_id, state, previous, in this order, without spaces, in UTF-8.
3. "previous" is the hash of the entry before; of the first it is 64 zeros.
4. The last hash is the head below. Compare it with one that was noted elsewhere: a trail that was cut at its
   end, or made anew as a whole, shows by that alone.

"state" is the row after the change. The other files here are the rows as they stand: each must equal the
state of its last entry, but that a comment which was taken back has no text here, and that a run tells more.

A decision whose state is "in-force" counts only to its last day ("until"), and only while the record and
what it is judged are as they were: effects.json says of each whether it counts for this run on the day of
this pack.

Head: {head}
Entries: {entries}
Written: {at}
"""


def team_files(workspace: Workspace, run_id: str) -> list[Extra]:
    """The files that a workspace adds to the evidence pack of a run.

    Args:
        run_id: A run of it.

    Returns:
        ``workspace/…``: rows of the run's inventory as JSON, the whole trail as JSON Lines with how to check
        it, and the attached files under their hashes.

    Raises:
        NotFoundError: There is no such run, or a file is gone.
        StateError: The run is not done.
    """
    with reading(workspace.engine) as connection:
        row = row_of(connection, run, run_id)
        of = row_of(connection, inventory, row["inventory_id"])
        files = [
            _file("run", {"run": row, "inventory": of, "people": names(connection)}, "the run as asked for")
        ]
        held: list[Row] = []
        for table, what in _SAID.items():
            rows = _rows(connection, table, row["inventory_id"])
            files.append(_file(f"{table.name}s", rows, what))
            held += rows if table is attachment else []
        files.append(_file("effects", _effects(workspace, connection, row), _EFFECTS))
        entries, head = trail.head(connection)
        lines = "".join(_entries(connection)).encode()
    how = _HOW.format(head=head, entries=entries, at=clock.now())
    files.append(Extra("workspace/trail.jsonl", lines, "the audit trail of the workspace, whole"))
    files.append(Extra("workspace/TRAIL.txt", how.encode(), "how to check the trail, and its head"))
    kept = {one["sha256"]: one for one in held if one["removed_at"] is None}
    files += [
        Extra(f"workspace/files/{digest}", workspace.store.path(digest), f"attached: {one['file_name']}")
        for digest, one in sorted(kept.items())
    ]
    return files


def _effects(workspace: Workspace, connection: Connection, row: Row) -> object:
    """The effect of each decision of the run's inventory, in this run, today."""
    today = clock.today()
    view = Looking(workspace).opened(connection, row["id"], today=today).view
    told = effect_of_each(view, decisions(connection, row["inventory_id"]), today)
    return {"run": row["id"], "day": today.isoformat(), "effects": dict(told.select("id", "effect").rows())}


def _file(name: str, content: object, what: str) -> Extra:
    text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False)
    return Extra(f"workspace/{name}.json", text.encode(), what)


def _rows(connection: Connection, table: sa.Table, inventory_id: str) -> list[Row]:
    query = sa.select(table).where(table.c.inventory_id == inventory_id).order_by(table.c.id)
    rows = [dict(row) for row in connection.execute(query).mappings()]
    if table is comment:
        rows = [row | {"text": None} if row["removed_at"] else row for row in rows]
    return rows


def _entries(connection: Connection) -> Iterator[str]:
    query = sa.select(audit).order_by(audit.c.seq).execution_options(yield_per=5_000)
    for entry in connection.execute(query).mappings():
        yield trail.canonical(dict(entry)) + "\n"
