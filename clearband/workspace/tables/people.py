"""Who may sign in, and how: people, API tokens, sessions of browsers."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from clearband.workspace.tables.columns import (
    METADATA,
    VOLATILE,
    id_column,
    json_column,
    reference,
    time_column,
    version_column,
)

person: Final = sa.Table(
    "person",
    METADATA,
    id_column(),
    sa.Column("name", sa.String(200), nullable=False),
    # Of OpenID Connect: issuer and subject, which together never change hands. Null: signs in by token only.
    sa.Column("subject", sa.String(600), unique=True),
    json_column("roles"),
    time_column("created_at", optional=False),
    time_column("disabled_at"),
    version_column(),
)
"""``roles``: a list of `clearband.workspace.roles` words."""

api_token: Final = sa.Table(
    "api_token",
    METADATA,
    id_column(),
    reference("person_id", "person"),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("hash", sa.String(64), nullable=False, unique=True),
    json_column("roles"),
    time_column("created_at", optional=False),
    time_column("expires_at", optional=False),
    time_column("revoked_at"),
    time_column("used_at", volatile=True),
    version_column(),
)
"""``hash``: SHA-256 of the token, which itself is shown once. ``roles``: what it may do at most; of these
counts what its person may do at the time."""

web_session: Final = sa.Table(
    "web_session",
    METADATA,
    id_column(),
    sa.Column("hash", sa.String(64), nullable=False, unique=True),
    reference("person_id", "person"),
    sa.Column("form_token", sa.String(64), nullable=False),
    time_column("created_at", optional=False),
    time_column("seen_at", optional=False, volatile=True),
    time_column("expires_at", optional=False),
    time_column("ended_at"),
    info={VOLATILE: True},
)
"""``hash``: SHA-256 of the cookie. ``form_token`` stands in each form of a page."""
