"""How often words occur in the names of companies at large: those that IEEE registers."""

from __future__ import annotations

from functools import cache

import polars as pl

from clearband.facts.store import compiled
from clearband.matching.index import Background, background_of


@cache
def at_large() -> Background:
    """Words of the registrants of IEEE's address blocks, some 35,000 companies of all countries."""
    return background_of(pl.Series(compiled().read("mac_blocks")["registrants"], dtype=pl.String))
