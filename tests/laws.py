"""How many examples a law is tried on."""

from __future__ import annotations

import os

THOROUGH = os.environ.get("CLEARBAND_TESTS") == "thorough"


def examples(few: int, many: int) -> int:
    """``few`` in ``make test``, ``many`` in ``make thorough``."""
    return many if THOROUGH else few
