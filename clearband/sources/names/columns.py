"""Which column of a table holds names, and which ids."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
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
LISTED_ID: Final = (
    "entity id",
    "id",
    "organisation id",
    "organization id",
    "company id",
    "list id",
    "record id",
    "entity number",
    "record number",
    "reference number",
    "number",
)
_LIKE_ID: Final = re.compile(r"(^|.* )(id|ids|uid|uuid|guid|ident|identifier|number|code|key|ref|reference)")
_OF_SOMETHING_ELSE: Final = re.compile(
    r"\b(phone|telephone|tel|fax|mobile|post|postal|zip|country|currency|language|bank|account|house|street|building"
    r"|vat|tax|employee|employees|sort|swift|area|dialling|type|status|category)\b"
)


@dataclass(frozen=True)
class Taken:
    """What of a file was read as what.

    Attributes:
        file: Its name for messages.
        form: ``table``, ``lines`` or one of the published forms.
        name: The header of the column of names; None where the form says where names are.
        id: The header of the column of ids; None where rows are numbered instead.
    """

    file: str
    form: str
    name: str | None = None
    id: str | None = None


def unused_ids(header: Sequence[str], option: str, file: str) -> tuple[str, ...]:
    """A warning for columns that look like ids, where none was taken for one.

    Args:
        header: The columns.
        option: The option that names the right one.
        file: For the message.
    """
    like = [cell for cell in header if _looks_like_id(normal_header(cell))]
    told = ", ".join(f'"{cell[:40]}"' for cell in like[:5])
    many = f"{told} look like ids and were not used; say {option} to use one"
    single = f"{told} looks like ids and was not used; say {option} to use it"
    return (f"{file}: {single if len(like) == 1 else many}",) if like else ()


def _looks_like_id(header: str) -> bool:
    return bool(_LIKE_ID.fullmatch(header)) and not _OF_SOMETHING_ELSE.search(header)


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
