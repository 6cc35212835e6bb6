"""A network as the rules see it: settings, and one frame a table with the columns of the contract."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from clearband.errors import InputError
from clearband.planning.checking.calendar import QUARTER
from clearband.planning.checking.settings import Settings, read_settings
from clearband.planning.checking.spelt_out import spelt_out
from clearband.planning.checking.tables import Columns, read_table

_TEXT: Final = pl.String
_NUMBER: Final = pl.Float64
_ROLES: Final = ("radio", "baseband", "core", "transport", "access", "cpe")

TABLES: Final[dict[str, Columns]] = {
    "sites": Columns(
        {"site": _TEXT, "cluster": _TEXT, "criticality": _NUMBER},
        needed=("site", "cluster"),
        key=("site",),
        unused=("latitude", "longitude"),
    ),
    "clusters": Columns(
        {"cluster": _TEXT, "region": _TEXT, "market": _TEXT, "owner": _TEXT, "after": _TEXT},
        needed=("cluster",),
        key=("cluster",),
    ),
    "installed": Columns(
        {
            **dict.fromkeys(("item", "site", "role", "product", "maker"), _TEXT),
            "quantity": _NUMBER,
            **dict.fromkeys(("bands", "generation", "must_go"), _TEXT),
            "remove_by": pl.Date,
            "yearly_cost": _NUMBER,
        },
        needed=("item", "site", "role"),
        key=("item",),
        unused=("why",),
    ),
    "products": Columns(
        {
            **dict.fromkeys(("product", "maker", "role", "bands", "generations"), _TEXT),
            **dict.fromkeys(("price_low", "price_average", "price_high", "yearly_cost"), _NUMBER),
            **dict.fromkeys(("install_hours", "lead_quarters"), _NUMBER),
            "approved": _TEXT,
        },
        needed=("product", "maker", "role"),
        key=("product",),
        unused=("price_source", "price_grade"),
    ),
    "pairs": Columns(
        {"radio": _TEXT, "baseband": _TEXT}, needed=("radio", "baseband"), unused=("certificate",)
    ),
    "supply": Columns(
        {"maker": _TEXT, "role": _TEXT, "quarter": _TEXT, "units": _NUMBER},
        needed=("maker", "role"),
        key=("maker", "role", "quarter"),
    ),
    "crews": Columns(
        {"region": _TEXT, "quarter": _TEXT, "hours": _NUMBER},
        needed=("region",),
        key=("region", "quarter"),
    ),
    "money": Columns(
        {"owner": _TEXT, "quarter": _TEXT, "amount": _NUMBER},
        needed=("owner",),
        key=("owner", "quarter"),
    ),
}
_OPTIONAL: Final = frozenset({"pairs", "supply", "crews", "money"})
_LIMITS: Final = {
    "supply": (["maker", "role"], "units"),
    "crews": (["region"], "hours"),
    "money": (["owner"], "amount"),
}
_WORDS: Final = {
    "role": _ROLES,
    "must_go": ("yes", "no", "unknown"),
    "approved": ("yes", "conditional", "no", "unknown"),
}


@dataclass(frozen=True)
class Network:
    """A network.

    Args:
        settings: ``network.yaml``.
        sites: One row a site. All frames have the columns of the contract, without those that no rule needs;
            empty is null.
        supply, crews, money: Spelt out: ``quarter`` is the number from 0, and a quarter without a row has no
            limit (`spelt_out.spelt_out`).
        sha256: The hash of the normalised tables, where the reader tells it.
    """

    settings: Settings
    sites: pl.DataFrame
    clusters: pl.DataFrame
    installed: pl.DataFrame
    products: pl.DataFrame
    pairs: pl.DataFrame
    supply: pl.DataFrame
    crews: pl.DataFrame
    money: pl.DataFrame
    sha256: str | None = None


def read_network(folder: Path) -> Network:
    """The network of a folder, with columns as the contract names them.

    Raises:
        InputError: A table or the settings cannot be used; file, line and what to do are told.
    """
    settings = read_settings(folder)
    tables = {
        name: read_table(folder, name, columns, optional=name in _OPTIONAL)
        for name, columns in TABLES.items()
    }
    for name, table in tables.items():
        for column, words in _WORDS.items():
            if column in table.columns:
                _only_words(folder, name, table[column], words)
        if "quarter" in table.columns:
            wrong = table["quarter"].drop_nulls().filter(~table["quarter"].drop_nulls().str.contains(QUARTER))
            _none_of(folder, name, wrong, 'quarter "{}" is not known', "write it as 2028-Q3")
    for child, parent, column in (("sites", "clusters", "cluster"), ("installed", "sites", "site")):
        strange = tables[child].join(tables[parent], on=column, how="anti")[column]
        _none_of(folder, child, strange, column + ' "{}" is not in ' + parent, f"add it to {parent}")
    tables["installed"] = tables["installed"].with_columns(pl.col("quantity").fill_null(1.0))
    for name, (keys, value) in _LIMITS.items():
        tables[name] = spelt_out(tables[name], keys, value, settings.calendar)
    return Network(
        settings,
        sites=tables["sites"],
        clusters=tables["clusters"],
        installed=tables["installed"],
        products=tables["products"],
        pairs=tables["pairs"],
        supply=tables["supply"],
        crews=tables["crews"],
        money=tables["money"],
    )


def _only_words(folder: Path, name: str, cells: pl.Series, words: tuple[str, ...]) -> None:
    wrong = cells.drop_nulls().filter(~cells.drop_nulls().is_in(words))
    _none_of(folder, name, wrong, cells.name + ' "{}" is not known', f"known are {', '.join(words)}")


def _none_of(folder: Path, name: str, wrong: pl.Series, what: str, remedy: str) -> None:
    if len(wrong):
        raise InputError(what.format(wrong.sort()[0][:60]), where=str(folder / name), remedy=remedy)
