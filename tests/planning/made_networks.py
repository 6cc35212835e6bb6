"""Made-up networks in memory, changed one table at a time."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from clearband.planning.network.generate import Asked, generate
from clearband.planning.network.network import Network
from clearband.planning.network.read import read_network
from clearband.planning.network.write import write_network
from clearband.planning.optimise.solve import Solution, solve
from clearband.planning.plan.write import Told, told
from clearband.planning.units.assemble import Assembled, assemble


@lru_cache(maxsize=32)
def made_up(sites: int, seed: int) -> Network:
    """A network of the generator, with 12 quarters."""
    with TemporaryDirectory() as folder:
        out = Path(folder) / "network"
        write_network(generate(Asked(sites, seed, 12, 0.6, 1.0)), out)
        return read_network(out)


def changed(network: Network, **tables: Any) -> Network:
    """The network with other tables or settings."""
    return replace(network, **tables)


def with_settings(network: Network, **settings: Any) -> Network:
    """The network with other settings."""
    return replace(network, settings=network.settings.model_copy(update=settings))


def times(table: pl.DataFrame, column: str, factor: float) -> pl.DataFrame:
    """A table of limits, all of them times a factor."""
    return table.with_columns(pl.col(column) * factor)


def solved(network: Network, seed: int = 0) -> tuple[Assembled, Solution]:
    """The network and its plan, which must be there."""
    assembled = assemble(network)
    solution = solve(assembled.problem, seed=seed)
    assert solution.missing == 0
    return assembled, solution


def plan_of(network: Network, seed: int = 0) -> Told:
    """What is written of a plan of the network."""
    assembled, solution = solved(network, seed)
    return told(assembled, solution, seed=seed, gap=1e-5)
