"""What the columns of several tables have in common."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

METADATA: Final = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
"""All tables; names of constraints are fixed, so that migrations can name them on every database."""

VOLATILE: Final = "volatile"
"""In ``info`` of a column: it changes without anybody's doing and is not in the audit trail."""

ID_LENGTH: Final = 32


def id_column() -> sa.Column[str]:
    """The key of a row: see `clearband.workspace.ids`."""
    return sa.Column("id", sa.String(ID_LENGTH), primary_key=True)


def reference(name: str, table: str, *, optional: bool = False) -> sa.Column[str]:
    """A key of another table, or of the same."""
    return sa.Column(name, sa.String(ID_LENGTH), sa.ForeignKey(f"{table}.id"), nullable=optional, index=True)


def time_column(name: str, *, optional: bool = True, volatile: bool = False) -> sa.Column[str]:
    """A moment as ISO 8601 text in UTC, as `clearband.workspace.clock` writes it: the same on every database,
    in the order of time, and exact in the audit trail."""
    return sa.Column(name, sa.String(27), nullable=optional, info={VOLATILE: True} if volatile else {})


def json_column(name: str, *, optional: bool = False, volatile: bool = False) -> sa.Column[Any]:
    """Structured data that no query looks into."""
    return sa.Column(
        name, sa.JSON(none_as_null=True), nullable=optional, info={VOLATILE: True} if volatile else {}
    )


def version_column() -> sa.Column[int]:
    """Counts the changes of a row: its ETag. The first is 1."""
    return sa.Column("version", sa.Integer, nullable=False)


def one_of(name: str, words: tuple[str, ...]) -> sa.Column[str]:
    """A word of a short list, which the database holds to."""
    listed = ", ".join(f"'{word}'" for word in words)
    return sa.Column(name, sa.String(20), sa.CheckConstraint(f"{name} IN ({listed})", name), nullable=False)
