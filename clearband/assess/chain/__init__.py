"""The supply chain of what is held: tiers of parts, who and where they come from, what a ban would take."""

from clearband.assess.chain.ban import Ban, Effects, effects_of, read_ban
from clearband.assess.chain.parts import CHAIN_SCHEMA, chain_of
from clearband.assess.chain.shares import shares_by, single_sources

__all__ = [
    "CHAIN_SCHEMA",
    "Ban",
    "Effects",
    "chain_of",
    "effects_of",
    "read_ban",
    "shares_by",
    "single_sources",
]
