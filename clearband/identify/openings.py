"""How a text must begin for a regular expression to match it, so that most patterns need not be tried at all.

Where a pattern holds something that is not understood here, any beginning will do: a pattern may be tried in
vain, and never the other way round.
"""

from __future__ import annotations

import re
import re._parser as parser  # type: ignore[import-not-found]  # the standard library's own reading of a pattern
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

LONGEST: Final = 3
"""Signs of a beginning that are looked at."""

_OTHER: Final = "\ufffd"
"""Stands for every sign outside ASCII."""
_SIGNS_OF_ASCII: Final = 128
_ANYTHING: Final = "…"
"""Ends a beginning after which anything may come."""
_AS_ASCII: Final = str.maketrans({"\u0131": "i", "\u0130": "i", "\u017f": "s", "\u212a": "k"})
"""Signs that are equal to an ASCII letter where case does not count (the last is the sign for kelvin)."""
_IN_CATEGORY: Final = {
    parser.CATEGORY_DIGIT: frozenset("0123456789" + _OTHER),
    parser.CATEGORY_WORD: frozenset("abcdefghijklmnopqrstuvwxyz0123456789_" + _OTHER),
    parser.CATEGORY_SPACE: frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f " + _OTHER),
}
_REPEATS: Final = (parser.MAX_REPEAT, parser.MIN_REPEAT, parser.POSSESSIVE_REPEAT)
_NO_WIDTH: Final = (parser.AT, parser.ASSERT, parser.ASSERT_NOT)


def opening_of(text: str) -> str:
    """The beginning of a text, in the form in which `openings` gives beginnings."""
    folded = text[:LONGEST].translate(_AS_ASCII)
    return "".join(sign.lower() if sign.isascii() else _OTHER for sign in folded)


@lru_cache(maxsize=4096)
def openings(pattern: str) -> frozenset[str]:
    """The beginnings of the texts that a pattern can match at their start, without regard to case.

    Returns:
        At most `LONGEST` signs each. The `opening_of` a text that matches starts with one of them; the empty
        one says that any text may match.
    """
    found = _extended({""}, parser.parse(pattern, re.IGNORECASE))
    return frozenset(opening.removesuffix(_ANYTHING) for opening in found)


def _extended(begun: set[str], nodes: Iterable[tuple[Any, Any]]) -> set[str]:
    """The beginnings once the nodes of a pattern have matched after each of those begun."""
    for kind, what in nodes:
        growing = {opening for opening in begun if len(opening) < LONGEST and not opening.endswith(_ANYTHING)}
        if not growing:
            break
        begun = (begun - growing) | _after(growing, kind, what)
    return begun


def _after(begun: set[str], kind: Any, what: Any) -> set[str]:
    if kind is parser.BRANCH:
        return set().union(*(_extended(begun, branch) for branch in what[1]))
    if kind is parser.SUBPATTERN:
        return _extended(begun, what[-1])
    if kind in _REPEATS:
        return _repeated(begun, *what)
    if kind in _NO_WIDTH:
        return begun
    signs = _signs(kind, what)
    return {opening + sign for opening in begun for sign in signs}


def _repeated(begun: set[str], least: int, most: int, nodes: Iterable[tuple[Any, Any]]) -> set[str]:
    """More than `LONGEST` turns add nothing: each takes a sign, or can do without."""
    nodes, ended = list(nodes), set[str]()
    for turn in range(min(most, LONGEST)):
        if turn >= least:
            ended |= begun
        begun = _extended(begun, nodes)
    return ended | begun


def _signs(kind: Any, what: Any) -> frozenset[str]:
    """The signs that one node can match; of an unknown kind of node, `_ANYTHING`."""
    if kind is parser.LITERAL:
        return frozenset({opening_of(chr(what))})
    if kind is parser.RANGE and what[1] < _SIGNS_OF_ASCII:
        return frozenset(opening_of(chr(code)) for code in range(what[0], what[1] + 1))
    if kind is parser.CATEGORY and what in _IN_CATEGORY:
        return _IN_CATEGORY[what]
    if kind is parser.IN and what[0][0] is not parser.NEGATE:
        signs = frozenset[str]().union(*(_signs(*part) for part in what))
        return frozenset({_ANYTHING}) if _ANYTHING in signs else signs
    return frozenset({_ANYTHING})
