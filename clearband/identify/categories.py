"""Equipment categories: from stated text, from the model's scheme, from words of a description."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from clearband.facts.equipment_words import category_of
from clearband.model.organisation import ModelFamily

_OF_KIND: Final = {
    "switch": "switch",
    "camera": "camera",
    "nvr": "camera",
    "dvr": "camera",
    "mobile-nvr": "camera",
    "thermal": "camera",
    "surveillance": "camera",
    "intercom": "site-control",
    "access-control": "site-control",
    "alarm": "site-control",
    "traffic-or-access": "site-control",
    "router": "edge-router",
    "cpe": "cpe",
    "cellular-router": "cpe",
    "olt": "olt",
    "microwave": "microwave",
    "fixed-wireless": "microwave",
    "optical": "dwdm",
    "optical-module": "pluggable",
    "server": "server",
    "storage": "storage",
    "handset": "handset",
    "tablet": "handset",
    "lmr": "dmr",
    "firewall": "firewall",
    "wlan": "wlan-ap",
    "wlan-controller": "wlan-ctl",
    "module": "module",
    "power": "power",
    "inverter": "power",
    "drone": "drone",
    "timing": "timing-gm",
}
"""Product kinds of the facts that are one category. Others (``ran``, ``core``, ``telecom``) hold several."""


def category_of_family(family: ModelFamily) -> str | None:
    """The category that a model scheme implies, where it implies one."""
    return family.category or _OF_KIND.get(family.kind)


@lru_cache(maxsize=65536)
def category_of_text(text: str) -> str | None:
    """The category that a stated text or a description names, if any."""
    match = category_of(text)
    return match.category if match is not None else None
