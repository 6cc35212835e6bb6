"""What people say of records: decisions, answers to questions, comments, assignments, attachments.

A record is named by its inventory and ``identity`` (`clearband.workspace.identity`), which stays the same
from run to run; ``record_id`` is how it was called when it was spoken of. ``fingerprint`` is what the record
was and what it was judged then: where that changes, what was said is shown and no longer counts.
"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from clearband.workspace.tables.columns import (
    METADATA,
    id_column,
    one_of,
    reference,
    time_column,
    version_column,
)

DECISION_KINDS: Final = ("confirmed", "false-alarm", "accepted-risk", "replaced")
DECISION_STATES: Final = ("proposed", "in-force", "refused", "withdrawn")
ANSWER_FIELDS: Final = ("purpose", "made_in", "category", "manufacturer", "model", "acquired_on")
ASSIGNMENT_STATES: Final = ("open", "done", "withdrawn")
ATTACHED_TO: Final = ("record", "decision", "answer", "comment")


def _of_record() -> tuple[sa.Column[str], ...]:
    return (
        reference("inventory_id", "inventory"),
        sa.Column("identity", sa.String(80), nullable=False),
        sa.Column("record_id", sa.Text, nullable=False),
    )


def _by_record(table: str) -> sa.Index:
    # Either column alone is that of very many rows, or nearly so: a database may choose the wrong one.
    return sa.Index(f"ix_{table}_record", "identity", "inventory_id")


def _decided() -> tuple[sa.Column[str], ...]:
    return (
        sa.Column("fingerprint", sa.String(64), nullable=False),
        one_of("state", DECISION_STATES),
        reference("run_id", "run"),
        reference("proposed_by", "person"),
        time_column("proposed_at", optional=False),
        reference("decided_by", "person", optional=True),
        time_column("decided_at"),
        sa.Column("decided_note", sa.Text),
    )


decision: Final = sa.Table(
    "decision",
    METADATA,
    id_column(),
    *_of_record(),
    sa.Column("directive", sa.String(100)),
    sa.Column("clause", sa.String(200)),
    one_of("kind", DECISION_KINDS),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("until", sa.String(10)),
    sa.Column("answer", sa.String(20), nullable=False),
    *_decided(),
    version_column(),
    _by_record("decision"),
)
"""A disposition: of one clause, or of the record as a whole (``directive`` and ``clause`` null). ``answer``
is that of the screening, which no decision changes. ``until``: last day of an accepted risk."""

answer: Final = sa.Table(
    "answer",
    METADATA,
    id_column(),
    *_of_record(),
    one_of("field", ANSWER_FIELDS),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    *_decided(),
    version_column(),
    _by_record("answer"),
)
"""An answered question: a field of the equipment table that the inventory lacks; later runs read it."""

comment: Final = sa.Table(
    "comment",
    METADATA,
    id_column(),
    *_of_record(),
    sa.Column("text", sa.Text, nullable=False),
    reference("created_by", "person"),
    time_column("created_at", optional=False),
    time_column("edited_at"),
    time_column("removed_at"),
    version_column(),
    _by_record("comment"),
)

assignment: Final = sa.Table(
    "assignment",
    METADATA,
    id_column(),
    *_of_record(),
    reference("person_id", "person"),
    sa.Column("note", sa.Text),
    sa.Column("due", sa.String(10)),
    one_of("state", ASSIGNMENT_STATES),
    reference("created_by", "person"),
    time_column("created_at", optional=False),
    time_column("done_at"),
    version_column(),
    _by_record("assignment"),
)

attachment: Final = sa.Table(
    "attachment",
    METADATA,
    id_column(),
    *_of_record(),
    one_of("attached_to", ATTACHED_TO),
    # Of the decision, answer or comment; null: of the record itself.
    sa.Column("target_id", sa.String(32), index=True),
    sa.Column("file_name", sa.String(255), nullable=False),
    sa.Column("media_type", sa.String(100), nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False, index=True),
    sa.Column("bytes", sa.BigInteger, nullable=False),
    reference("created_by", "person"),
    time_column("created_at", optional=False),
    time_column("removed_at"),
    version_column(),
    _by_record("attachment"),
)
"""A file as evidence. Its bytes lie in the store of files, and stay there when it is removed from view."""
