"""Whether a text is nmap's XML."""

from __future__ import annotations

import re
from typing import Final

FORMAT: Final = "nmap"
_BEFORE: Final = re.compile(
    rb"(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^\[>\"']|\"[^\"]*\"|'[^']*'|\[.*?\]\s*(?=>))*>)*", re.DOTALL
)
"""Declaration, style sheets, comments and document type, which stand before the first element."""
_HEAD: Final = 65_536


def is_nmap(utf8: bytes) -> bool:
    """Whether the first element of a text is ``nmaprun``; the file's name does not matter."""
    head = utf8[:_HEAD]
    if b"<nmaprun" not in head:
        return False
    before = _BEFORE.match(head)
    rest = head[before.end() if before else 0 :]
    return re.match(rb"<nmaprun[\s/>]", rest) is not None
