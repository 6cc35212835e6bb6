"""Inventories, the files they are made of, and the runs over them."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from clearband.workspace.tables.columns import (
    METADATA,
    VOLATILE,
    id_column,
    json_column,
    one_of,
    reference,
    time_column,
    version_column,
)

UPLOAD_STATES: Final = ("received", "taken", "withdrawn")
RUN_STATES: Final = ("queued", "running", "done", "failed", "cancelled")

inventory: Final = sa.Table(
    "inventory",
    METADATA,
    id_column(),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("note", sa.Text),
    reference("created_by", "person"),
    time_column("created_at", optional=False),
    time_column("archived_at"),
    version_column(),
)

upload: Final = sa.Table(
    "upload",
    METADATA,
    id_column(),
    reference("inventory_id", "inventory"),
    sa.Column("file_name", sa.String(255), nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False, index=True),
    sa.Column("bytes", sa.BigInteger, nullable=False),
    json_column("reading"),
    one_of("state", UPLOAD_STATES),
    reference("created_by", "person"),
    time_column("created_at", optional=False),
    time_column("taken_at"),
    version_column(),
)
"""One file of an inventory. Its bytes lie in the store of files under ``sha256``; ``reading`` holds what the
user said of how it is read (``columns``: name in the file to field). ``received``: not looked at yet, and no
part of the inventory; ``taken``: one of its files; ``withdrawn``: was, or was refused."""

run: Final = sa.Table(
    "run",
    METADATA,
    id_column(),
    reference("inventory_id", "inventory"),
    sa.Column("number", sa.Integer, nullable=False),
    one_of("state", RUN_STATES),
    json_column("asked"),
    json_column("files"),
    reference("created_by", "person"),
    time_column("created_at", optional=False),
    time_column("started_at"),
    time_column("ended_at"),
    sa.Column("attempt", sa.Integer, nullable=False, info={VOLATILE: True}),
    sa.Column("worker", sa.String(100), info={VOLATILE: True}),
    time_column("lease_until", volatile=True),
    time_column("cancel_asked_at"),
    json_column("progress", optional=True, volatile=True),
    sa.Column("error", sa.Text),
    json_column("result", optional=True),
    sa.Column("run_sha256", sa.String(64)),
    version_column(),
    sa.UniqueConstraint("inventory_id", "number"),
)
"""One screening. ``asked``: profile, actors, actions, days; ``files``: the uploads it reads, in order, with
their hashes. ``result``: counts of ``summary.json``. ``run_sha256``: of ``run.json`` in the run's folder,
which holds the hashes of all its other files."""
