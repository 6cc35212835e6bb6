"""Rows of a workspace as lines of JSON, one file a table: the same from SQLite and PostgreSQL, for either."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from clearband.errors import InputError
from clearband.workspace import trail
from clearband.workspace.ledger import Row
from clearband.workspace.tables import METADATA, web_session

TABLES: Final = tuple(one for one in METADATA.sorted_tables if one is not web_session)
"""What is kept, each behind those it refers to. A session that was ended must not come back to life."""
_AT_ONCE: Final = 1_000
_LONGEST: Final = 64 * 1024 * 1024
"""Bytes of a line."""


def write_rows(connection: Connection, table: sa.Table, out: IO[bytes]) -> int:
    """Write all rows of a table, in the order of its key.

    Returns:
        How many.
    """
    query = sa.select(table).order_by(*table.primary_key.columns).execution_options(yield_per=_AT_ONCE)
    number = 0
    for row in connection.execute(query).mappings():
        out.write(trail.canonical(dict(row)).encode() + b"\n")
        number += 1
    return number


def insert_rows(connection: Connection, table: sa.Table, lines: IO[bytes]) -> int:
    """Insert what `write_rows` wrote.

    Args:
        table: As the database has it, of `tables_there`.

    Returns:
        How many.

    Raises:
        InputError: A line is no row of the table.
    """
    number = 0
    waiting: list[Row] = []
    for row in _rows(table, lines):
        waiting.append(row)
        number += 1
        if len(waiting) == _AT_ONCE:
            connection.execute(table.insert(), waiting)
            waiting = []
    if waiting:
        connection.execute(table.insert(), waiting)
    return number


def tables_there(connection: Connection) -> dict[str, sa.Table]:
    """The tables of a database as they are, which may be of an earlier version of the program."""
    found = sa.MetaData()
    found.reflect(connection)
    for table in found.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, sa.JSON):
                column.type = sa.JSON(none_as_null=True)
    return dict(found.tables)


def _rows(table: sa.Table, lines: IO[bytes]) -> Iterator[Row]:
    names = set(table.columns.keys())
    number = 0
    while line := lines.readline(_LONGEST):
        number += 1
        where = f"{table.name}.jsonl line {number}"
        try:
            row: Any = json.loads(line) if line.endswith(b"\n") else None
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict) or set(row) != names:
            raise InputError("this is no row of the table", where=where, remedy="take another backup")
        yield row
