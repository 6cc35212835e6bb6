"""Addresses of a table that is turned: another filter, order or page."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from starlette.requests import Request

_NOT_KEPT = ("page", "format")


class TableLinks:
    """Addresses beside the one that was asked for.

    Args:
        request: What was asked for.
    """

    def __init__(self, request: Request) -> None:
        self._path = request.url.path
        self._pairs = [
            (name, value) for name, value in request.query_params.multi_items() if name not in _NOT_KEPT
        ]

    def page(self, number: int) -> str:
        """The same rows, another page of them."""
        return self._with([*self._pairs, ("page", str(number))])

    def turned(self, name: str, value: str) -> str:
        """With a value of a filter added, or taken out where it is there."""
        pair = (name, value)
        if pair in self._pairs:
            return self._with([one for one in self._pairs if one != pair])
        return self._with([*self._pairs, pair])

    def sorted_by(self, name: str) -> str:
        """In another order; in that order already, turned round."""
        now = dict(self._pairs)
        rest = [one for one in self._pairs if one[0] not in ("sort", "descending")]
        turn = now.get("sort", "answer") == name and now.get("descending") != "true"
        return self._with([*rest, ("sort", name), *([("descending", "true")] if turn else [])])

    def set(self, name: str, value: str) -> str:
        """With one value of a field, whatever it has now."""
        return self._with([*(one for one in self._pairs if one[0] != name), (name, value)])

    def without(self, *names: str) -> str:
        """Without some fields; without any filter where none is named."""
        return self._with([one for one in self._pairs if names and one[0] not in names])

    def at(self, path: str) -> str:
        """The same question to another address."""
        return self._with(self._pairs, path)

    def kept(self, *but: str) -> list[tuple[str, str]]:
        """The fields that a form hands on, but those that it has itself."""
        return [one for one in self._pairs if one[0] not in but]

    def _with(self, pairs: Sequence[tuple[str, str]], path: str | None = None) -> str:
        query = urlencode(list(pairs))
        return f"{path or self._path}?{query}" if query else path or self._path
