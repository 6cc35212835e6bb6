"""The supply chain of what is held: tiers of parts, who and where they come from, what a ban would take."""

from clearband.assess.chain.asked import only_of
from clearband.assess.chain.ban import Ban, read_ban, read_bans
from clearband.assess.chain.certificates import COVERS_SCHEMA, covers_of
from clearband.assess.chain.deployed import deployed
from clearband.assess.chain.effects import Effects, effects_of
from clearband.assess.chain.parts import CHAIN_SCHEMA, chain_of
from clearband.assess.chain.points import single_points
from clearband.assess.chain.reach import Hit, Reach
from clearband.assess.chain.shares import shares_by, single_sources, suppliers

__all__ = [
    "CHAIN_SCHEMA",
    "COVERS_SCHEMA",
    "Ban",
    "Effects",
    "Hit",
    "Reach",
    "chain_of",
    "covers_of",
    "deployed",
    "effects_of",
    "only_of",
    "read_ban",
    "read_bans",
    "shares_by",
    "single_points",
    "single_sources",
    "suppliers",
]
