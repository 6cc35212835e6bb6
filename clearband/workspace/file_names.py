"""Names of files that come from elsewhere."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 200
"""Bytes in UTF-8; file systems allow 255, of which a server may want some."""
_ODD: Final = re.compile(r'[<>:"|?*]')
_NO_TEXT: Final = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def clean(name: str, otherwise: str = "file") -> str:
    """A name to show and to offer for saving: no path, no control or direction character, nothing that a
    file system refuses, at most `LONGEST` bytes, its extension kept.

    Args:
        name: As a browser or program sent it.
        otherwise: Where nothing is left of it.
    """
    last = re.split(r"[/\\]", name[-4 * LONGEST :])[-1]
    line = " ".join(last.split())
    text = "".join(one for one in line if unicodedata.category(one) not in _NO_TEXT)
    # A dot in front hides a file, one at the end is dropped by some systems.
    text = " ".join(_ODD.sub("_", unicodedata.normalize("NFC", text)).split()).strip(". ")
    stem, dot, extension = text.rpartition(".")
    if not dot or len(extension.encode()) > 20:
        stem, dot, extension = text, "", ""
    room = LONGEST - len(f"{dot}{extension}".encode())
    return f"{stem.encode()[:room].decode(errors='ignore')}{dot}{extension}" or otherwise
