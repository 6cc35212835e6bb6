"""The REST interface of NetBox: its version, and lists read page after page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from clearband.discover.failures import RefusedError, ServiceError
from clearband.discover.token import Token
from clearband.discover.web import Query, Web

OLDEST: Final = (4, 0)
MACS_APART: Final = (4, 2)
"""From this version on MAC addresses are objects of their own."""
_MOST_PAGES: Final = 100_000


@dataclass(frozen=True)
class Page:
    """Some objects of a list, in the order of their ids.

    Args:
        results: The objects.
        last: Whether nothing comes after them.
    """

    results: tuple[dict[str, Any], ...]
    last: bool


def authorization(token: Token) -> str:
    """The header's value: tokens of version 2 (``nbt_...``) are bearer tokens."""
    return f"{'Bearer' if token.secret.startswith('nbt_') else 'Token'} {token.secret}"


def version_of(web: Web) -> tuple[int, int]:
    """Version of the NetBox, after a first request to it.

    Raises:
        ServiceError: It is no NetBox, is older than 4.0, or does not accept the token.
    """
    try:
        status = web.get("/api/status/")
    except RefusedError as error:
        if error.status != 404:
            raise
        status = None
    text = status.get("netbox-version") if isinstance(status, dict) else None
    found = re.match(r"(\d{1,4})\.(\d{1,4})", text) if isinstance(text, str) else None
    if found is None:
        raise ServiceError(
            "this is not the address of a NetBox",
            where=web.address.shown,
            remedy="give the address of its start page, such as https://netbox.example.net",
        )
    version = (int(found[1]), int(found[2]))
    if version < OLDEST:
        raise ServiceError(
            f"NetBox {version[0]}.{version[1]} is too old",
            where=web.address.shown,
            remedy="4.0 or newer is read; export its devices as CSV and screen that",
        )
    return version


def pages(web: Web, path: str, query: Query, size: int, after: int = 0) -> Iterator[Page]:
    """A list, from the object behind id ``after`` on.

    Each page is asked for by the last id of the one before. Pages by number would leave objects out when
    others are deleted meanwhile, and links to the next page need not be trusted.

    Args:
        path: Such as ``/api/dcim/devices/``.
        query: Filters and fields.
        size: Most objects a page.

    Raises:
        ServiceError: The answers are no such list.
    """
    for _ in range(_MOST_PAGES):
        asked = [*query, ("ordering", "id"), ("limit", str(size))]
        page = _page(web, path, [*asked, ("id__gt", str(after))] if after else asked, after)
        yield page
        if page.last:
            return
        after = page.results[-1]["id"]
    raise ServiceError(f"more than {_MOST_PAGES} pages", where=web.address.shown + path)


def _page(web: Web, path: str, query: Query, after: int) -> Page:
    document = web.get(path, query)
    where = web.address.shown + path
    results = document.get("results") if isinstance(document, dict) else None
    count = document.get("count") if isinstance(document, dict) else None
    if not isinstance(results, list) or not isinstance(count, int):
        raise ServiceError("this is no list of NetBox's", where=where, remedy="check the address")
    for result in results:
        number = result.get("id") if isinstance(result, dict) else None
        if not isinstance(number, int) or number <= after:
            raise ServiceError(
                "the list does not go on in the order of its ids",
                where=where,
                remedy="look for a proxy that drops parts of the address",
            )
        after = number
    if count > len(results) and not results:
        raise ServiceError(f"an empty page, with {count} objects to come", where=where, remedy="try again")
    return Page(tuple(results), count <= len(results))
