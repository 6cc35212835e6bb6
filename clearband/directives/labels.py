"""Brands that sell hardware of other makers under their own names, as the register knows them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol

from clearband.model.organisation import Organisation


class Organisations(Protocol):
    """What holds the organisations."""

    @property
    def organisations(self) -> Mapping[str, Organisation]:
        """Organisations by id."""

    def __hash__(self) -> int:
        """What is read from it once is kept."""


@dataclass(frozen=True, slots=True)
class Hardware:
    """Whose hardware a brand is known or said to sell.

    Attributes:
        maker: Register id of who makes the hardware.
        sure: Whether it was read in a source and is more than a rumour.
        products: Kinds of products that the brand sells of the maker.
    """

    maker: str
    relation: str
    source: str
    sure: bool
    products: tuple[str, ...]


_PARTS: Final = re.compile(r"[/()]")
_WORD: Final = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=8)
def hardware_sold(register: Organisations) -> Mapping[str, tuple[Hardware, ...]]:
    """Register id of each brand to the makers whose hardware it sells, by maker."""
    found: dict[str, list[Hardware]] = {}
    organisations = register.organisations
    for organisation in organisations.values():
        for label in organisation.white_label:
            sure = label.verified and label.confidence != "low"
            products = label.products or organisation.makes
            hardware = Hardware(organisation.id, label.relation, label.source, sure, products)
            names = {"-".join(_WORD.findall(part.casefold())) for part in _PARTS.split(label.brand)}
            brands = {label.brand_id} if label.brand_id else names
            for brand in sorted((brands & organisations.keys()) - {organisation.id}):
                found.setdefault(brand, []).append(hardware)
    return {brand: tuple(sorted(sold, key=lambda one: one.maker)) for brand, sold in found.items()}
