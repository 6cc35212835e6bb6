"""Networks without a plan, each for a reason of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import polars as pl

from clearband.planning.network.generate import Asked, generate
from clearband.planning.network.network import Network
from clearband.planning.network.read import read_network
from clearband.planning.network.settings import Cap, LeastMakers
from clearband.planning.network.write import write_network


@cache
def made(sites: int = 60, seed: int = 3, tight: float = 1.0, share: float = 0.3) -> Network:
    """A made-up network."""
    with TemporaryDirectory() as folder:
        out = Path(folder) / "net"
        write_network(generate(Asked(sites, seed, quarters=12, share=share, tight=tight)), out)
        return read_network(out)


def _times(network: Network, table: str, factor: float, where: pl.Expr | None = None) -> Network:
    value = {"money": "amount", "crews": "hours", "supply": "units"}[table]
    some = pl.lit(value=True) if where is None else where
    frame = getattr(network, table).with_columns(
        pl.when(some).then(pl.col(value) * factor).otherwise(pl.col(value)).alias(value)
    )
    return replace(network, **{table: frame})


def _settings(network: Network, **changes: Any) -> Network:
    return replace(network, settings=network.settings.model_copy(update=changes))


def _dates(network: Network, day: date, where: pl.Expr) -> Network:
    goes = pl.col("must_go") != "no"
    when = pl.when(where & goes).then(pl.lit(day)).otherwise("remove_by")
    return replace(network, installed=network.installed.with_columns(remove_by=when))


def _products(network: Network, expression: pl.Expr) -> Network:
    return replace(network, products=network.products.with_columns(expression))


def _not_approved(network: Network, where: pl.Expr) -> Network:
    return _products(network, pl.when(where).then(pl.lit("no")).otherwise("approved").alias("approved"))


def _money_late() -> Network:
    network = made()
    last = network.settings.quarters - 1
    total = pl.col("amount").sum().over("owner")
    amount = pl.when(pl.col("quarter") == last).then(total).otherwise(0.0)
    return replace(network, money=network.money.with_columns(amount=amount))


def _role(*names: str) -> pl.Expr:
    return pl.col("role").is_in(names)


def _makers(makers: int, share: float) -> tuple[LeastMakers, ...]:
    return (LeastMakers(role="radio", makers=makers, share=share),)


INFEASIBLE: Final[dict[str, Callable[[], Network]]] = {
    "money: six tenths": lambda: _times(made(50), "money", 0.6),
    "money: none": lambda: _times(made(), "money", 0.0),
    "money: eight tenths of another network": lambda: _times(made(50, 5), "money", 0.8),
    "money: all of it too late": _money_late,
    "crews: a third": lambda: _times(made(), "crews", 0.3),
    "crews: none in one region": lambda: _times(made(100, 2), "crews", 0.0, pl.col("region") == "R01"),
    "crews: none after the first year": lambda: _times(made(), "crews", 0.0, pl.col("quarter") > 2),
    "supply: a fifth of radios": lambda: _times(made(), "supply", 0.2, _role("radio")),
    "supply: no basebands": lambda: _times(made(), "supply", 0.0, _role("baseband")),
    "supply: no transport after the first half": lambda: _times(
        made(), "supply", 0.0, _role("transport") & (pl.col("quarter") > 0)
    ),
    "service: one site in fifty": lambda: _settings(made(), down_share=0.02),
    "dates: radio access in the second year": lambda: _dates(made(), date(2028, 6, 30), _role("radio")),
    "dates: a core before it can be there": lambda: _dates(made(), date(2027, 3, 31), _role("core")),
    "dates: everything at once": lambda: _dates(made(100, 4), date(2027, 12, 31), pl.lit(value=True)),
    "order: radio access before its core": lambda: _products(
        _dates(made(), date(2028, 12, 31), _role("radio", "baseband")),
        pl.when(_role("core")).then(7).otherwise("lead_quarters").alias("lead_quarters"),
    ),
    "lead times: longer than the horizon": lambda: _products(
        made(), pl.when(_role("transport")).then(13).otherwise("lead_quarters").alias("lead_quarters")
    ),
    "products: no approved radio": lambda: _not_approved(made(), _role("radio")),
    "products: no core at all": lambda: replace(made(), products=made().products.filter(~_role("core"))),
    "products: radios and basebands that do not fit": lambda: _not_approved(
        replace(made(), pairs=made().pairs.clear()),
        (_role("radio") & (pl.col("maker") == "Nokia")) | (_role("baseband") & (pl.col("maker") != "Nokia")),
    ),
    "caps: a tenth for each maker": lambda: _settings(made(), caps=(Cap(role="transport", share=0.1),)),
    "caps: less than what stays": lambda: _settings(
        made(), caps=(Cap(role="transport", maker="Nokia", share=0.2),)
    ),
    "makers: five of four": lambda: _settings(made(), least_makers=_makers(5, 0.1)),
    "makers: a quarter each": lambda: _settings(made(), least_makers=_makers(4, 0.25)),
    "makers: one that cannot deliver": lambda: _settings(
        _times(made(), "supply", 0.1, _role("radio") & (pl.col("maker") == "Fujitsu")),
        least_makers=_makers(4, 0.1),
    ),
    "everything: half": lambda: made(50, 3, 0.5),
}
