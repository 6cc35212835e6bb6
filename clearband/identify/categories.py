"""Equipment categories: from stated text, from the model's scheme, from words of a description."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from clearband.facts.equipment_words import category_of
from clearband.facts.store import compiled
from clearband.identify.folding import fold_words
from clearband.identify.long_texts import head
from clearband.model.organisation import ModelFamily
from clearband.model.product_kinds import CATEGORY_OF_KIND
from clearband.register import Register

_ROUTERS: Final = ("router", "core-router", "edge-router", "dc-router", "consumer-router", "cpe", "hotspot")
_RADIOS: Final = ("ran", "rru", "aau", "gnb", "enb", "nodeb-bts", "small-cell", "microwave", "dmr", "wlan-ap")
_ALIKE: Final = (
    *(frozenset({"radio", kind}) for kind in _RADIOS),
    frozenset({*_ROUTERS, "fronthaul-gw", "ix-gateway", "firewall", "vpn-gateway"}),
    frozenset({"cpe", "consumer-router", "ont", "hotspot", "wlan-ap"}),
    frozenset({"switch", "dc-router", "fronthaul-gw"}),
    frozenset({"wlan-ap", "microwave"}),
    frozenset({"dwdm", "sdh", "amplifier", "subsea"}),
    frozenset({"olt", "dslam", "cmts"}),
    frozenset({"dmr", "pmr-core", "handset"}),
    frozenset(
        {"server", "nfvi", "mobile-core", "core-5g", "oss-ems", "mano", "sdn-controller", "monitoring"}
    ),
    frozenset({"video-recorder", "video-management", "server", "storage"}),
    frozenset({"intercom", "access-terminal", "site-control"}),
    frozenset({"firewall", "ddos", "vpn-gateway"}),
)
"""Kinds that one device can be called: a stated one of these does not contradict a model of another."""

_PARTS: Final = frozenset(
    {"pluggable", "module-card", "module", "power", "cabling", "component", "antenna-passive"}
)
"""What is stated as a part stays one, although it bears the number of the device that it belongs to."""
_FINER: Final = {
    "router": frozenset({"core-router", "edge-router", "dc-router", "fronthaul-gw", "ix-gateway"}),
    "network-equipment": frozenset(
        {*_ROUTERS, "switch", "dc-router", "firewall", "wlan-ap", "wlan-ctl", "load-balancer", "fronthaul-gw"}
    ),
    "ran": frozenset({"rru", "aau", "bbu-du", "gnb", "enb", "small-cell"}),
    "handset": frozenset({"ip-phone"}),
    "radio": frozenset(_RADIOS),
}
"""Words for a kind that is not told further, and the kinds that a model scheme may tell instead."""
_NO_DEVICE: Final = frozenset({"software", "service"})

_WEAK_DOMAINS: Final = frozenset({"computing", "industrial", "passive", "robotics", "site", "vehicle"})
"""Domains outside telecommunications and video. Running text of a device often names such a kind beside it
("TV box", "conferencing system monitor"), and law that covers a maker's telecommunications or video equipment
would pass the device over for it."""
_LISTED: Final = frozenset({"covered", "affiliate", "listed"})
"""Groups of the register whose makers a list names."""

_SHORT: Final = {
    "sfp": "pluggable",
    "sfp28": "pluggable",
    "xfp": "pluggable",
    "qsfp": "pluggable",
    "qsfp28": "pluggable",
    "transceiver": "pluggable",
    "gbic": "pluggable",
    "battery": "power",
    "batteries": "power",
    "antenna": "antenna-passive",
    "ptz": "camera",
    "recorder": "video-recorder",
    "psu": "module-card",
    "fan": "module-card",
}
"""Words that mean a category inside running text and that the facts know as whole texts only."""


def category_of_family(family: ModelFamily) -> str | None:
    """The category that a model scheme implies, where it implies one."""
    return family.category or CATEGORY_OF_KIND.get(family.kind)


@lru_cache(maxsize=65536)
def category_of_text(text: str) -> str | None:
    """The category that a stated text or a description names, if any."""
    text = head(text)
    match = category_of(text)
    if match is not None:
        return match.category
    return next((_SHORT[word] for word in fold_words(text) if word in _SHORT), None)


@lru_cache(maxsize=65536)
def category_of_model(text: str) -> str | None:
    """The category that words in a model text name: ``24-port patch panel``, ``Smart-UPS 1500``."""
    words = fold_words(head(text))
    if all(word.isdigit() or len(word) < 3 for word in words):
        return None
    return category_of_text(" ".join(words))


@lru_cache(maxsize=1)
def _domains() -> dict[str, str]:
    return {c["id"]: c.get("domain", "") for c in compiled().read("equipment").get("categories", [])}


@lru_cache(maxsize=4096)
def contradicts(stated: str, implied: str) -> bool:
    """Whether a stated category cannot be said of a device whose model scheme implies another.

    A finer or coarser word for the same thing contradicts nothing (an RRU is radio access equipment), nor
    does a part of the device.
    """
    return not agrees(stated, implied) and stated not in _PARTS and _domains().get(stated) not in _NO_DEVICE


def is_finer(implied: str, stated: str) -> bool:
    """Whether a model scheme says more than the stated word: a "Router" that is a core router."""
    return implied in _FINER.get(stated, frozenset())


@lru_cache(maxsize=4096)
def agrees(stated: str, implied: str) -> bool:
    """Whether a stated category is a word for what a model scheme implies."""
    domains = _domains()
    return (
        stated == implied
        or any({stated, implied} <= alike for alike in _ALIKE)
        or (domains.get(stated) == domains.get(implied) and domains.get(stated) in ("ran", "core"))
    )


def is_product(category: str | None, products: tuple[str, ...]) -> bool:
    """Whether a thing of a category, where one is told, can be of these kinds of products (none: of any)."""
    if category is None or not products:
        return True
    kinds = [CATEGORY_OF_KIND.get(product, product) for product in products]
    return any(agrees(category, kind) or category in _PARTS for kind in kinds)


@lru_cache(maxsize=4096)
def is_weak_kind(category: str, maker: str, register: Register) -> bool:
    """Whether a kind that running text tells is too weak to clear a device of a listed maker.

    It is not where the register says that the maker makes that kind (robots).
    """
    organisation = register.organisations.get(maker)
    if organisation is None or organisation.group not in _LISTED:
        return False
    made = {CATEGORY_OF_KIND.get(kind, kind) for kind in organisation.makes}
    return _domains().get(category) in _WEAK_DOMAINS and category not in made
