"""What a file is, by its first bytes and never by its name or what its sender says."""

from __future__ import annotations

from typing import Final

OTHER: Final = "application/octet-stream"
KNOWN: Final = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
    b"PK\x03\x04": "application/zip",
}
"""First bytes to type. Whatever else a file is, nobody's browser is told to show it."""


def media_type(first: bytes) -> str:
    """The media type of a file.

    Args:
        first: Its first bytes, at least 8 where it has so many.
    """
    return next((name for begin, name in KNOWN.items() if first.startswith(begin)), OTHER)
