"""What a team has said: all of one record, and the decisions and answers of an inventory as columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import polars as pl
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from clearband.workspace.ledger import Row
from clearband.workspace.people import names
from clearband.workspace.tables import answer, assignment, attachment, audit, comment, decision

DECISIONS_SCHEMA: Final = dict.fromkeys(
    ("id", "identity", "directive", "clause", "kind", "state", "until", "fingerprint", "answer"), pl.String
)
"""Decisions of an inventory; ``directive`` and ``clause`` null for a record as a whole."""
ANSWERS_SCHEMA: Final = dict.fromkeys(("id", "identity", "field", "value", "state", "fingerprint"), pl.String)
"""Answered questions of an inventory."""
_SAID: Final = (decision, answer, comment, assignment, attachment)


@dataclass(frozen=True)
class Said:
    """Everything said of one record, what came first first.

    Attributes:
        decisions, answers, comments, assignments, attachments: Rows; a comment that was removed has no text.
        timeline: What was done, from the trail: ``seq``, ``at``, ``by``, ``action``, ``kind``, ``object_id``.
        people: Key to name, of everybody.
    """

    decisions: list[Row]
    answers: list[Row]
    comments: list[Row]
    assignments: list[Row]
    attachments: list[Row]
    timeline: list[Row]
    people: dict[str, str]


def of_record(connection: Connection, inventory_id: str, identity: str) -> Said:
    """Everything said of one record, under whatever name a run had it."""
    found: dict[str, list[Row]] = {}
    for table in _SAID:
        mine = (table.c.inventory_id == inventory_id) & (table.c.identity == identity)
        query = sa.select(table).where(mine).order_by(table.c.id)
        found[table.name] = [dict(row) for row in connection.execute(query).mappings()]
    for row in found["comment"]:
        if row["removed_at"] is not None:
            row["text"] = None
    return Said(
        found["decision"],
        found["answer"],
        found["comment"],
        found["assignment"],
        found["attachment"],
        _timeline(connection, inventory_id, identity),
        names(connection),
    )


def decisions(connection: Connection, inventory_id: str) -> pl.DataFrame:
    """All decisions of an inventory, what came first first: `DECISIONS_SCHEMA`. Beside ``fingerprint_now``
    and ``answer_now`` of a run, `clearband.workspace.effect.effects` says which count."""
    return _frame(connection, decision, DECISIONS_SCHEMA, inventory_id)


def answers(connection: Connection, inventory_id: str) -> pl.DataFrame:
    """All answered questions of an inventory, what came first first: `ANSWERS_SCHEMA`. Beside
    ``fingerprint_now``, `clearband.workspace.effect.answer_effects` says which count."""
    return _frame(connection, answer, ANSWERS_SCHEMA, inventory_id)


def _frame(
    connection: Connection, table: sa.Table, schema: dict[str, Any], inventory_id: str
) -> pl.DataFrame:
    query = (
        sa.select(*(table.c[name] for name in schema))
        .where(table.c.inventory_id == inventory_id)
        .order_by(table.c.id)
    )
    rows = [tuple(row) for row in connection.execute(query)]
    return pl.DataFrame(rows, schema=schema, orient="row")


def _timeline(connection: Connection, inventory_id: str, identity: str) -> list[Row]:
    mine = sa.union_all(
        *(
            sa.select(sa.literal(table.name).label("kind"), table.c.id).where(
                table.c.inventory_id == inventory_id, table.c.identity == identity
            )
            for table in _SAID
        )
    ).subquery()
    columns = ("seq", "at", "by", "action", "kind", "object_id")
    query = (
        sa.select(*(audit.c[name] for name in columns))
        .join(mine, (audit.c.kind == mine.c.kind) & (audit.c.object_id == mine.c.id))
        .order_by(audit.c.seq)
    )
    return [dict(row) for row in connection.execute(query).mappings()]
