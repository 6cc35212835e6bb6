"""The database of a workspace: one SQLite file, or PostgreSQL by its URL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from clearband.errors import install_extra
from clearband.workspace.errors import WorkspaceError

_WAIT_SECONDS: Final = 30
"""How long a writer waits for another one on SQLite, which has one at a time."""
_POOL: Final = 10


def sqlite_url(path: Path) -> str:
    """The URL of a SQLite file."""
    return sa.URL.create("sqlite", database=str(path)).render_as_string(hide_password=False)


def open_database(url: str) -> Engine:
    """An engine for a database.

    SQLite: write-ahead log, every commit durable, foreign keys held to, and transactions that begin when they
    are told to, so that migrations are whole or not at all.

    Args:
        url: ``sqlite:///FILE`` or ``postgresql://USER:PASSWORD@HOST/NAME``.

    Raises:
        WorkspaceError: The URL is none of these, or the driver is missing.
    """
    try:
        given = sa.make_url(url)
        name = given.get_backend_name()
        # Hosts hand addresses out with either word.
        if name in ("postgresql", "postgres"):
            given = given.set(drivername="postgresql+psycopg")
            # Else a database without an encoding answers with bytes, before it can be asked which it has.
            text = {"client_encoding": "utf8"}
            return sa.create_engine(
                given, pool_size=_POOL, max_overflow=_POOL, pool_pre_ping=True, connect_args=text
            )
        if name != "sqlite":
            raise WorkspaceError(f"{name} is no database for a workspace", remedy="use sqlite or postgresql")
    except sa.exc.ArgumentError:
        # The message would repeat the URL, and with it a password.
        raise WorkspaceError(
            "the database URL cannot be read", remedy="such as postgresql://HOST/NAME"
        ) from None
    except ModuleNotFoundError:
        raise WorkspaceError(
            "the driver for PostgreSQL is not installed", remedy=install_extra("postgresql")
        ) from None
    engine = sa.create_engine(
        given, connect_args={"timeout": _WAIT_SECONDS}, pool_size=_POOL, max_overflow=_POOL
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def require_unicode(engine: Engine) -> None:
    """A database that can hold every name: PostgreSQL has them in other encodings too.

    Raises:
        WorkspaceError: It cannot.
    """
    if engine.dialect.name != "postgresql":
        return
    with engine.connect() as connection:
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
    if encoding != "UTF8":
        raise WorkspaceError(
            f"the database is encoded as {encoding}, which cannot hold every name",
            remedy="make one with CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0",
        )


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver would begin by itself, and not before CREATE TABLE.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    # A reader that becomes a writer fails where another wrote meanwhile; a writer that says so waits.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that reads one state of the database."""
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        with connection.begin():
            yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection whose changes are made together at the end, or not at all where anything is raised."""
    with engine.connect() as connection, connection.execution_options(writes=True).begin():
        yield connection
