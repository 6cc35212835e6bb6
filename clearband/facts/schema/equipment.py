"""The form of ``equipment.yaml``: categories of equipment, classes that law speaks of, plain words."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from clearband.facts.schema.base import Fact, Slug, Text


class Category(Fact):
    """One kind of equipment.

    ``origin`` ICT marks the taxonomy of the facts, CB an addition of this project. ``words`` are plain words
    that mean this category, next to its title and aliases.
    """

    id: Slug
    title: Text
    aliases: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    domain: str
    nf: str | None = None
    scas: tuple[str, ...] = ()
    element: str | None = None
    eu_sensitivity: str | None = None
    uk_hrv: str | None = None
    tier: str | None = None
    hs6_hint: tuple[str, ...] = ()
    origin: Literal["ICT", "CB"] = "ICT"
    note: str | None = None


class EquipmentClass(Fact):
    """A class that law speaks of: what is in it, what may be in it (a question), and nothing else.

    ``domains`` and ``may_domains`` stand for every category of that domain not named elsewhere in the class.
    """

    id: Slug
    title: Text
    domains: tuple[str, ...] = ()
    includes: tuple[str, ...] = ()
    may_include: tuple[str, ...] = ()
    may_domains: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    question: Text


class Product(Fact):
    """The categories that a kind of product, as the register says what an organisation makes, can be."""

    kind: Slug
    includes: tuple[Slug, ...] = ()
    domains: tuple[str, ...] = ()


class Doubt(Fact):
    """A plain word that, of a maker of some kind of product, means a category that may be either of two."""

    word: Text
    makes: Slug
    category: Slug


class NotTold(Fact):
    """A category of which the kind is not told, and the categories that an item of it can be."""

    category: Slug
    includes: tuple[Slug, ...] = ()
    domains: tuple[str, ...] = ()


class EquipmentFile(Fact):
    """Categories and classes of equipment.

    ``products`` need not name every kind: one that is missing can be anything. ``untold`` are categories that
    say so little that they may be of any kind.
    """

    notes: tuple[str, ...] = ()
    categories: tuple[Category, ...]
    classes: tuple[EquipmentClass, ...]
    products: tuple[Product, ...] = ()
    untold: tuple[Slug, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    not_told: tuple[NotTold, ...] = ()

    @model_validator(mode="after")
    def _references(self) -> Self:
        ids = [category.id for category in self.categories]
        if len(ids) != len(set(ids)):
            raise ValueError("two categories have the same id")
        domains = {category.domain for category in self.categories}
        for item in self.classes:
            for name in (*item.includes, *item.may_include, *item.excludes):
                if name not in ids:
                    raise ValueError(f'class {item.id}: "{name}" is no category')
            for name in (*item.domains, *item.may_domains):
                if name not in domains:
                    raise ValueError(f'class {item.id}: "{name}" is no domain')
        parts: list[tuple[str, Product | NotTold]] = [
            *((f"product {product.kind}", product) for product in self.products),
            *((f"not_told {one.category}", one) for one in self.not_told),
        ]
        for name, part in parts:
            if stray := {*part.includes} - {*ids} | {*part.domains} - domains:
                raise ValueError(f"{name}: {sorted(stray)} is no category or domain")
        used = [one.category for one in self.doubts] + [one.category for one in self.not_told]
        if stray := {*self.untold, *used} - {*ids}:
            raise ValueError(f"untold, doubts, not_told: {sorted(stray)} is no category")
        return self
