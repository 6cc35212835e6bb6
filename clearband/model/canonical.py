"""Canonical JSON: one sequence of bytes for one content, to be hashed and signed.

The form is that of RFC 8785 for what this project writes: objects with ASCII keys, arrays, texts, whole
numbers, truth values, null. Fractions are texts, for readers do not agree on floating point.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Final

_encode: Final = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
).encode
_GREATEST: Final = 2**53 - 1
"""Whole numbers beyond it are not read alike by every JSON reader (RFC 8785, section 3.2.2.3)."""


def plain(value: Any) -> Any:
    """A value as JSON knows it: dataclasses as objects without what is None, dates and fractions as texts.

    Raises:
        TypeError: A type that has no canonical form; a floating-point number is one.
        ValueError: A whole number that JSON readers do not agree on; a moment without a time zone.
    """
    match value:
        case bool() | None:
            return value
        case Enum():
            return plain(value.value)
        case str():
            return value
        case int():
            if abs(value) > _GREATEST:
                raise ValueError(f"{value} is too great a number for JSON; write it as text")
            return value
        case Decimal():
            return number_text(value)
        case datetime():
            if value.tzinfo is None:
                raise ValueError("a moment needs a time zone")
            return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case Mapping():
            return {_key(key): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        parts = ((field.name, getattr(value, field.name)) for field in fields(value))
        return {name: plain(part) for name, part in parts if part is not None}
    raise TypeError(f"{type(value).__name__} has no canonical form")


def canonical(value: Any) -> bytes:
    """The canonical JSON of a value, UTF-8, without a line end.

    Raises:
        TypeError, ValueError: See `plain`; a text with half a surrogate pair is a ValueError, too.
    """
    return _encode(plain(value)).encode()


def canonical_of_plain(value: Any) -> bytes:
    """The canonical JSON of what is known to be plain JSON values already, five times as fast."""
    return _encode(value).encode()


def sha256(value: Any) -> str:
    """The SHA-256 of a value's canonical form, in small hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def number_text(value: Decimal) -> str:
    """A number as text, without exponent, superfluous zeros or a negative zero.

    Raises:
        ValueError: It is infinite or no number.
    """
    if not value.is_finite():
        raise ValueError(f"{value} is no number")
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _key(key: Any) -> str:
    text = key.value if isinstance(key, Enum) else key
    if not isinstance(text, str) or not text.isascii():
        raise TypeError(f"{text!r} is no key of canonical JSON: keys are ASCII texts")
    return text
