"""Kinds of products, as the facts call them in schemes of model numbers, and the category each one is."""

from __future__ import annotations

from typing import Final

CATEGORY_OF_KIND: Final = {
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
    "tv": "display",
    "timing": "timing-gm",
    "wlan": "wlan-ap",
    "wlan-controller": "wlan-ctl",
}
"""Product kinds of the facts that are one category."""

SEVERAL_CATEGORIES: Final = {
    "surveillance": "cameras, recorders and monitors under one scheme",
    "several": "many kinds under one scheme",
    "traffic-or-access": "traffic cameras and access terminals under one scheme",
}
"""Product kinds that hold several categories, and why they imply none."""
