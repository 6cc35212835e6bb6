"""Texts that people write: how long they may be, and what may stand in them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Final

from clearband.workspace.errors import InvalidError

LINE: Final = 200
"""Characters of a line, such as a name."""
TEXT: Final = 10_000
"""Characters of a text, such as a reason or a comment."""
_BREAKS: Final = frozenset("\n\t")
_NO_TEXT: Final = frozenset({"Cc", "Cs", "Co", "Cn"})
"""Control characters, halves of pairs, and codes without a character: no database holds them all."""
_TURNS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""These turn the order of what stands after them: "exe.fdp" would be read as "pdf.exe"."""


def line(value: str, name: str, *, at_most: int = LINE) -> str:
    """One line: trimmed, blanks run together, Unicode NFC, never empty.

    Args:
        value: As given.
        name: What it is, for the message.
        at_most: Characters allowed.

    Raises:
        InvalidError: It is empty, too long, or holds what is no text.
    """
    return _checked(" ".join(value.split()), name, at_most)


def text(value: str, name: str, *, at_most: int = TEXT) -> str:
    """Several lines: trimmed, line breaks as ``\\n``, Unicode NFC, never empty.

    Raises:
        InvalidError: It is empty, too long, or holds what is no text.
    """
    return _checked(value.replace("\r\n", "\n").replace("\r", "\n").strip(), name, at_most)


def optional_text(value: str | None, name: str, *, at_most: int = TEXT) -> str | None:
    """As `text`; None where there is none.

    Raises:
        InvalidError: It is too long, or holds what is no text.
    """
    return text(value, name, at_most=at_most) if value and value.strip() else None


def shown(value: str, *, at_most: int) -> str:
    """Text that comes from a file: cut where it is too long, and with U+FFFD for what is no text."""
    return "".join("\N{REPLACEMENT CHARACTER}" if _is_odd(one) else one for one in value[:at_most])


def day(value: str | date, name: str) -> date:
    """A day, given as ``YYYY-MM-DD``.

    Raises:
        InvalidError: It is none.
    """
    if isinstance(value, date):
        return value
    try:
        found = date.fromisoformat(value.strip())
    except ValueError:
        found = None
    # Python also reads 20261231 and 2026-W01-1, which others would read otherwise.
    if found is None or found.isoformat() != value.strip():
        raise InvalidError(f"{name} is no day: {value[:40]!r}", remedy="write it as YYYY-MM-DD")
    return found


def one_of(value: str, name: str, words: Sequence[str]) -> str:
    """A word of a list.

    Raises:
        InvalidError: It is none of them.
    """
    if value not in words:
        raise InvalidError(f"{name} cannot be {value[:40]!r}", remedy=f"choose one of {', '.join(words)}")
    return value


def _checked(value: str, name: str, at_most: int) -> str:
    if not value:
        raise InvalidError(f"{name} is missing", remedy="say it")
    # Before normalising: a few characters can become many, and a long text would take long.
    if len(value) > at_most:
        raise InvalidError(f"{name} is longer than {at_most:,} characters", remedy="shorten it")
    odd = next((one for one in value if _is_odd(one)), None)
    if odd is not None:
        raise InvalidError(f"{name} holds U+{ord(odd):04X}, which is no text", remedy="remove it")
    made = unicodedata.normalize("NFC", value)
    if len(made) > at_most:
        raise InvalidError(f"{name} is longer than {at_most:,} characters", remedy="shorten it")
    return made


def _is_odd(one: str) -> bool:
    return one not in _BREAKS and (one in _TURNS or unicodedata.category(one) in _NO_TEXT)
