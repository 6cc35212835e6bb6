"""Untrusted text made harmless to look at: what hides or reorders characters is shown by its code point.

An inventory is written by others. A right-to-left override can make one model number read as another, an
escape sequence can repaint a terminal, a zero-width space can split a maker's name. None of them is dropped
without a trace: the reader sees that something stood there.
"""

from __future__ import annotations

import re
from typing import Final

OWN: Final = "own directive, not law"
"""What marks a measure of the user's own files wherever measures are shown."""
CELL_LIMIT: Final = 300
"""Characters of one cell that a page or a terminal shows; the files of the run hold all of them."""

_CUT_NOTE: Final = 25
_SPACES: Final = re.compile(r"[\t\n\r\x0b\x0c\x85\u2028\u2029]+")
_HIDING: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)


def _code_point(match: re.Match[str]) -> str:
    return f"[U+{ord(match[0]):04X}]"


def visible(value: object, limit: int | None = None) -> str:
    """The value as one line of text in which nothing hides.

    Args:
        value: Any value; None is the empty text.
        limit: About the most characters to show; what is left out is counted behind the cut, and a text that
            is longer by less than that note is left whole.

    Returns:
        Text without control, bidirectional-override and zero-width characters: line ends and tabs are spaces,
        the others are written ``[U+202E]``.
    """
    if value is None:
        return ""
    text = str(value)
    left_out = 0
    if limit is not None and len(text) > limit + _CUT_NOTE:
        left_out = len(text) - limit
        text = text[:limit].rstrip()
    text = _HIDING.sub(_code_point, _SPACES.sub(" ", text)).strip()
    return f"{text} … ({left_out:,} more characters)" if left_out else text


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: ``1 record``, ``1,200 records``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
