"""Which column of a table holds names, and which ids."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from clearband.errors import UsageError
from clearband.sources.synonyms import normal_header

NAME: Final = (
    "name",
    "query",
    "company",
    "company name",
    "organisation",
    "organization",
    "organisation name",
    "organization name",
    "entity name",
    "supplier",
    "supplier name",
    "vendor",
    "vendor name",
    "manufacturer",
    "legal name",
    "caption",
)
"""Usual names of a column of names, the first that is there counts."""
QUERY_ID: Final = (
    "id",
    "query id",
    "record id",
    "supplier id",
    "supplier number",
    "vendor id",
    "vendor number",
    "number",
)
LISTED_ID: Final = ("entity id", "id")


def place_of(header: Sequence[str], usual: Collection[str]) -> int | None:
    """Place of the first of some usual names in a header."""
    known = [normal_header(cell) for cell in header]
    return next((known.index(name) for name in usual if name in known), None)


def said_place(header: Sequence[str], said: str, option: str) -> int:
    """Place of the column that the user named.

    Raises:
        UsageError: There is no such column.
    """
    for wanted, cells in ((said, list(header)), (normal_header(said), list(map(normal_header, header)))):
        if wanted in cells:
            return cells.index(wanted)
    raise UsageError(
        f'no column is called "{said}"',
        where=option,
        remedy=f"columns present: {', '.join(cell for cell in header if cell)[:500] or 'none'}",
    )
