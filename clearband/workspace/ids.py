"""Keys of rows."""

from __future__ import annotations

import secrets
import time


def new_id() -> str:
    """32 hexadecimal digits: 12 of the time in ms, so that later rows sort later, and 80 random bits."""
    return f"{time.time_ns() // 1_000_000:012x}{secrets.token_hex(10)}"
