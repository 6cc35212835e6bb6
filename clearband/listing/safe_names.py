"""Names of published files: forward slashes, and nothing that could lead out of their folder."""

from __future__ import annotations

import re
from typing import Final

from clearband.errors import InputError

_SAFE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")


def safe_name(name: str) -> str:
    """The name, once it is known to stay in its folder.

    Raises:
        InputError: It has ``..``, begins at the root, or has characters that are read in several ways.
    """
    if len(name) > 300 or not _SAFE.fullmatch(name):
        raise InputError(f"{name[:100]!r} is no name for a published file", remedy="do not use this list")
    return name
