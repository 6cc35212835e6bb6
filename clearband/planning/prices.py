"""Unit prices of a replacement: from the facts, and from a table of the user's own that goes before them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from clearband.errors import UsageError
from clearband.facts.problems import nearest_or
from clearband.facts.store import compiled


@dataclass(frozen=True, slots=True)
class Price:
    """What one item costs, and how good the figure is.

    Attributes:
        unit: What it is a price of: a site, a sector, a tower, an hour.
        low, average, high: In ``currency``; None where nobody published it. No end stands for another.
        currency: ISO 4217; None for what is no money, such as a share of towers.
        year_of_money: None where nobody says.
        grade: A (the agency itself) to D (derived by division); None for a table of the user's own.
        sources: Ids of ``sources.yaml``; of a table of one's own what it says itself.
        own: From a table of the user's own.
    """

    id: str
    category: str
    item: str
    unit: str
    low: Decimal | None
    average: Decimal | None
    high: Decimal | None
    currency: str | None
    year_of_money: int | None
    grade: str | None
    sources: tuple[str, ...]
    verified: bool
    formula: str | None = None
    note: str | None = None
    own: bool = False

    @property
    def published(self) -> bool:
        """Whether there is a figure at all."""
        return any(end is not None for end in (self.low, self.average, self.high))


@dataclass(frozen=True)
class Prices:
    """All items, and which of them price a part of a plan.

    Attributes:
        items: By id.
        roles: Part of a plan to the ids of its items, best first.
        role_names: What each part is, in words.
        grades: What each grade means.
    """

    items: Mapping[str, Price]
    roles: Mapping[str, tuple[str, ...]]
    role_names: Mapping[str, str]
    grades: Mapping[str, str]

    def of(self, role: str) -> Price | None:
        """The best price of a part or piece of work; None where nobody published one.

        Raises:
            UsageError: No such part is known; names the nearest.
        """
        return next(iter(self.candidates(role)), None)

    def candidates(self, role: str) -> tuple[Price, ...]:
        """Every price of a part or piece of work, best first. A user's own goes before all.

        A row of the user's table prices a part when its id is that of the part or of one of its items.

        Raises:
            UsageError: No such part is known; names the nearest.
        """
        if role not in self.roles:
            known = ", ".join(self.roles)
            raise UsageError(f'"{role}" is no part of a plan', remedy=nearest_or(role, self.roles, known))
        found = [self.items[one] for one in (role, *self.roles[role]) if one in self.items]
        priced = [price for price in found if price.published]
        return tuple(sorted(priced, key=lambda price: not price.own))

    def with_own(self, own: Mapping[str, Price]) -> Prices:
        """The same with a user's own items, each in the place of the packaged one of its id, whole."""
        return Prices({**self.items, **own}, self.roles, self.role_names, self.grades)


@lru_cache(maxsize=1)
def packaged_prices() -> Prices:
    """The prices of the facts, read once."""
    terms = compiled().read("cost_terms")
    items = [_price(raw) for file in compiled().read("costs") for raw in file["items"]]
    return Prices(
        {one.id: one for one in items},
        {role["id"]: tuple(role["items"]) for role in terms["roles"]},
        {role["id"]: role["what"] for role in terms["roles"]},
        {grade["id"]: grade["what"] for grade in terms["grades"]},
    )


def load_prices(path: str | Path | None = None) -> Prices:
    """The prices of the facts, with those of a user's own table (such as the FCC catalogue) before them.

    Args:
        path: See `clearband.planning.price_table.read_price_table`.

    Raises:
        InputError: The table cannot be used; names file, row, column and remedy.
    """
    packaged = packaged_prices()
    if path is None:
        return packaged
    from clearband.planning.price_table import read_price_table

    return packaged.with_own(read_price_table(str(path), packaged))


def formula_text(formula: Mapping[str, Any]) -> str:
    """A division in words, such as ``110000000 / 418 towers``."""
    count = {"exact": "", "about": "about ", "at-least": "more than "}[formula["count_is"]]
    return f"{formula['total']} / {count}{formula['over']} {formula['of']}"


def _price(raw: dict[str, Any]) -> Price:
    low, average, high = (_number(raw.get(end)) for end in ("low", "average", "high"))
    formula = raw.get("formula")
    return Price(
        raw["id"],
        raw["category"],
        raw["item"],
        raw["unit"],
        low,
        average,
        high,
        raw.get("currency"),
        raw.get("year_of_money"),
        raw["grade"],
        tuple(raw["sources"]),
        raw["verified"],
        formula_text(formula) if formula else None,
        raw.get("note"),
    )


def _number(raw: str | None) -> Decimal | None:
    return None if raw is None else Decimal(raw)
