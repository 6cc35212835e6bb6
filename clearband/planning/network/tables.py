"""The columns of each table of a network (docs/adr/0010-the-way-out.md, "The network")."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

from clearband.model.network import Approval, MustGo, Role
from clearband.planning.network.settings import MOST_MONEY

Form = Literal["text", "word", "number", "whole", "date", "quarter", "bands", "generation", "generations"]
DTYPES: Final[dict[Form, type[pl.DataType]]] = {
    "text": pl.String,
    "word": pl.String,
    "number": pl.Float64,
    "whole": pl.Int64,
    "date": pl.Date,
    "quarter": pl.Int64,
    "bands": pl.String,
    "generation": pl.String,
    "generations": pl.String,
}
"""A list of bands or generations is one text, in a fixed order: ``B12;B66;n71``, ``4G;5G``."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        required: A row must have a value.
        default: What an empty cell means; None leaves it null.
        told: An empty cell is worth a warning, because the default favours the plan.
        least, most: Of numbers; ``above`` excludes ``least`` itself.
        words: The only words allowed.
        longest: Most characters of a text.
    """

    name: str
    form: Form = "text"
    required: bool = False
    default: str | float | None = None
    told: bool = False
    least: float = 0
    most: float = MOST_MONEY
    above: bool = False
    words: tuple[str, ...] = ()
    longest: int = 200


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes:
        key: Columns that tell its rows apart.
        what: What one row is, for messages.
        needed: A network without it is none.
        most: Most rows.
    """

    name: str
    what: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    needed: bool = False
    most: int = 5_000_000

    @property
    def schema(self) -> dict[str, type[pl.DataType]]:
        """Column names with the types that a network in memory has."""
        return {column.name: DTYPES[column.form] for column in self.columns}


def _name(name: str, *, required: bool = True) -> Column:
    return Column(name, required=required)


def _money(name: str) -> Column:
    return Column(name, "number")


_ROLE: Final = Column("role", "word", required=True, words=tuple(Role))
_NOTE: Final = 4000

TABLES: Final[dict[str, Table]] = {
    table.name: table
    for table in (
        Table(
            "sites",
            "site",
            ("site",),
            (
                _name("site"),
                _name("cluster"),
                Column("criticality", "number", default=1, above=True, most=1e6),
                Column("latitude", "number", least=-90, most=90),
                Column("longitude", "number", least=-180, most=180),
            ),
            needed=True,
        ),
        Table(
            "clusters",
            "cluster",
            ("cluster",),
            (
                _name("cluster"),
                _name("region"),
                _name("market"),
                _name("owner"),
                _name("after", required=False),
            ),
            needed=True,
        ),
        Table(
            "installed",
            "item",
            ("item",),
            (
                _name("item"),
                _name("site"),
                _ROLE,
                _name("product", required=False),
                _name("maker", required=False),
                Column("quantity", "whole", default=1, least=1, most=10_000_000),
                Column("bands", "bands"),
                Column("generation", "generation"),
                Column("must_go", "word", default=MustGo.UNKNOWN.value, words=tuple(MustGo)),
                Column("remove_by", "date"),
                Column("yearly_cost", "number", default=0),
                Column("why", longest=_NOTE),
            ),
            needed=True,
        ),
        Table(
            "products",
            "product",
            ("product",),
            (
                _name("product"),
                _name("maker"),
                _ROLE,
                Column("bands", "bands"),
                Column("generations", "generations"),
                _money("price_low"),
                _money("price_average"),
                _money("price_high"),
                Column("yearly_cost", "number", default=0, told=True),
                Column("install_hours", "number", default=0, told=True, most=1e6),
                Column("lead_quarters", "whole", default=0, told=True, most=60),
                Column("approved", "word", default=Approval.UNKNOWN.value, words=tuple(Approval)),
                Column("price_source", longest=_NOTE),
                Column("price_grade", longest=20),
            ),
            needed=True,
            most=100_000,
        ),
        Table(
            "pairs",
            "pair",
            ("radio", "baseband"),
            (_name("radio"), _name("baseband"), Column("certificate", longest=_NOTE)),
            most=1_000_000,
        ),
        Table(
            "supply",
            "maker and role",
            ("maker", "role", "quarter"),
            (
                _name("maker"),
                _ROLE,
                Column("quarter", "quarter"),
                Column("units", "number"),
            ),
            most=1_000_000,
        ),
        Table(
            "crews",
            "region",
            ("region", "quarter"),
            (_name("region"), Column("quarter", "quarter"), Column("hours", "number")),
            most=1_000_000,
        ),
        Table(
            "money",
            "owner",
            ("owner", "quarter"),
            (_name("owner"), Column("quarter", "quarter"), Column("amount", "number")),
            most=1_000_000,
        ),
    )
}
LIMITS: Final = {"supply": "units", "crews": "hours", "money": "amount"}
"""Tables of limits, and the column that holds the limit."""
