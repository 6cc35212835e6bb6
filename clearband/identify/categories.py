"""Equipment categories: from stated text, from the model's scheme, from words of a description."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from clearband.facts.equipment_words import category_of
from clearband.model.organisation import ModelFamily

_OF_KIND: Final = {
    "access-control": "access-terminal",
    "alarm": "site-control",
    "camera": "camera",
    "cellular-router": "cpe",
    "chipset": "semiconductor",
    "core": "mobile-core",
    "cpe": "cpe",
    "drone": "drone",
    "dvr": "video-recorder",
    "firewall": "firewall",
    "fixed-wireless": "microwave",
    "handset": "handset",
    "intercom": "intercom",
    "inverter": "power-inverter",
    "lmr": "dmr",
    "microwave": "microwave",
    "mobile-nvr": "video-recorder",
    "module": "module",
    "nvr": "video-recorder",
    "olt": "olt",
    "optical": "dwdm",
    "optical-module": "pluggable",
    "power": "power",
    "ran": "ran",
    "router": "router",
    "server": "server",
    "software": "software",
    "storage": "storage",
    "switch": "switch",
    "tablet": "computer",
    "telecom": "network-equipment",
    "thermal": "camera",
    "timing": "timing-gm",
    "wlan": "wlan-ap",
    "wlan-controller": "wlan-ctl",
}
"""Product kinds of the facts that are one category; the others (``surveillance``) hold several."""


def category_of_family(family: ModelFamily) -> str | None:
    """The category that a model scheme implies, where it implies one."""
    return family.category or _OF_KIND.get(family.kind)


@lru_cache(maxsize=65536)
def category_of_text(text: str) -> str | None:
    """The category that a stated text or a description names, if any."""
    match = category_of(text)
    return match.category if match is not None else None
