"""Secrets that are shown once: what is stored is a hash of them."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

_BYTES: Final = 32
_LONGEST: Final = 200
"""Characters; nobody was given a longer one, and hashing it would be work for nothing."""


def new_secret(prefix: str = "") -> str:
    """256 random bits as letters, digits, ``-`` and ``_``.

    Args:
        prefix: By which people, and programs that look for secrets in files, know what it is.
    """
    return prefix + secrets.token_urlsafe(_BYTES)


def hash_of(secret: str) -> str:
    """SHA-256 as hexadecimal digits. Enough for 256 random bits, which nobody guesses; for words it were not.

    What is no secret has a hash too, that of nothing stored: looking it up takes as long.
    """
    return hashlib.sha256(secret[:_LONGEST].encode(errors="replace")).hexdigest()
