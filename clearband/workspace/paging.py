"""Long lists, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from clearband.workspace.errors import InvalidError
from clearband.workspace.ledger import Row

MOST: Final = 500


@dataclass(frozen=True)
class Page:
    """A piece of a list, the newest first.

    Attributes:
        rows: As stored.
        after: Give it to get the next page; None at the end.
    """

    rows: tuple[Row, ...]
    after: str | None


def page(
    connection: Connection, query: sa.Select[Any], table: sa.Table, after: str | None, limit: int
) -> Page:
    """A page of a query, by the keys of rows, which are in the order of time: what is added meanwhile moves
    no later page.

    Args:
        query: Over ``table``, without order.
        after: Of the page before; None begins.
        limit: Rows of a page, 1 to `MOST`.

    Raises:
        InvalidError: The limit is another.
    """
    if not 1 <= limit <= MOST:
        raise InvalidError(f"a page has 1 to {MOST} rows", remedy=f"ask for at most {MOST}")
    if after is not None:
        query = query.where(table.c.id < after)
    found = connection.execute(query.order_by(table.c.id.desc()).limit(limit + 1)).mappings().all()
    rows = tuple(dict(row) for row in found[:limit])
    return Page(rows, rows[-1]["id"] if len(found) > limit else None)
