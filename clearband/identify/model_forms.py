"""The forms of a model text under which its number is compared with the schemes of the register."""

from __future__ import annotations

import re

_WORD = re.compile(r"[㐀-䶿一-鿿]+|[^\W_㐀-䶿一-鿿]+")
_EDGES = re.compile(r"^[^\w]+|[^\w+)]+$")
_GAPS = re.compile(r"[\s_]+")
_JOINTS = re.compile(r"[\s_-]+")
_LONGEST = 80
"""A longer text is no model number."""
_LOOKED_AT = 400
"""Characters whose edges are cleaned: the pattern takes quadratic time on a long run of signs."""


def without_first_words(text: str, count: int) -> str:
    """The text after its first ``count`` words, as `clearband.identify.folding.fold_words` counts them."""
    for number, word in enumerate(_WORD.finditer(text), start=1):
        if number == count:
            return text[word.end() :].strip(" -_:,;/")
    return text if not count else ""


def from_first_number(text: str) -> str:
    """The text from its first blank-separated part with a digit on."""
    parts = text.split()
    for at, part in enumerate(parts):
        if any(sign.isdigit() for sign in part):
            return " ".join(parts[at:])
    return ""


def number_forms(text: str) -> tuple[str, ...]:
    """The ways a model number is written: as it is, with hyphens, with blanks, and without gaps."""
    text = _EDGES.sub("", text.strip()[:_LOOKED_AT])[:_LONGEST]
    if not text:
        return ()
    parts = _JOINTS.split(text)
    forms = (text, _GAPS.sub("-", text), " ".join(parts), "".join(parts))
    return tuple(dict.fromkeys(forms))
