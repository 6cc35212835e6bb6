"""The audit trail, requests that were answered already, and settings."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from clearband.workspace.tables.columns import (
    ID_LENGTH,
    METADATA,
    VOLATILE,
    json_column,
    time_column,
    version_column,
)

audit: Final = sa.Table(
    "audit",
    METADATA,
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    time_column("at", optional=False),
    sa.Column("person_id", sa.String(ID_LENGTH), index=True),
    sa.Column("by", sa.String(200), nullable=False),
    sa.Column("action", sa.String(40), nullable=False),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("object_id", sa.String(ID_LENGTH), nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("previous", sa.String(64), nullable=False),
    sa.Column("hash", sa.String(64), nullable=False, unique=True),
    sa.Index("ix_audit_object", "kind", "object_id", "seq"),
    info={VOLATILE: True},
)
"""Append-only, which triggers hold; see `clearband.workspace.trail`. ``by`` is the person's name at the time,
``state`` the row after the change as canonical JSON."""

request: Final = sa.Table(
    "request",
    METADATA,
    sa.Column("person_id", sa.String(ID_LENGTH), primary_key=True),
    sa.Column("key", sa.String(200), primary_key=True),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("status", sa.Integer, nullable=False),
    json_column("headers"),
    sa.Column("body", sa.Text, nullable=False),
    time_column("created_at", optional=False),
    info={VOLATILE: True},
)
"""POSTs with an ``Idempotency-Key`` and what was answered, written in the transaction of the change."""

setting: Final = sa.Table(
    "setting",
    METADATA,
    sa.Column("id", sa.String(ID_LENGTH), primary_key=True),
    json_column("value"),
    version_column(),
)
"""``id`` is the setting's name, such as ``four_eyes``."""
