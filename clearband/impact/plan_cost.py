"""What it costs to replace what a draft makes go: prices by role, and the cheapest plan within limits."""

from __future__ import annotations

import math
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Literal

import polars as pl

from clearband.errors import ClearbandError, InputError
from clearband.impact.form import CostTold, Level, PlanTold, PriceTold
from clearband.impact.inventory import UnderTheDraft
from clearband.model.network import MustGo, Role
from clearband.planning.network.begin import Begun, Wanted, begin
from clearband.planning.network.begin.roles import ROLE_OF
from clearband.planning.network.check import check, refuse_unplannable
from clearband.planning.network.default_prices import CURRENCY, ILLUSTRATION, DefaultPrice
from clearband.planning.network.network import Network
from clearband.planning.network.read import read_network
from clearband.planning.network.write import write_network

LIMITS: Final = ("supply", "crews", "money")
_LEVELS: Final[tuple[Level, ...]] = ("low", "average", "high")
_TOLD: Final = 3
_PLAN: Final = "plan"


class NothingToPlanError(InputError):
    """Nothing that the draft makes go has a role in a network."""


@dataclass(frozen=True)
class WayOut:
    """The network of what the draft changes, and what replacing it costs."""

    begun: Begun
    told: PlanTold


def way_out(
    found: UnderTheDraft,
    wanted: Wanted,
    limits: Path | None,
    travel: tuple[str, ...],
    *,
    can_solve: bool,
    own_prices: bool,
) -> WayOut:
    """Begin a network from the records that the draft changes, and plan it.

    Args:
        wanted: Makers, prices and horizon of the plan.
        limits: A folder with supply.csv, crews.csv or money.csv; None: nothing is limited.
        travel: Ids of the sources of the price of a visit.
        can_solve: Whether the solver is there; without it there are prices, and no plan.
        own_prices: Whether a price table of the user's own is among the prices.

    Raises:
        NothingToPlanError: No record that changes has a role in a network.
        InputError: The limits cannot be used.
        UsageError: A maker that is to be bought makes what must go.
    """
    touched = found.touched
    kept = found.findings.join(touched.select("record_id").unique(), on="record_id", how="semi")
    given = _given(limits)
    with_role = touched.filter(pl.col("category").is_in(list(ROLE_OF)))
    if not with_role.height:
        raise NothingToPlanError("no record that changes has a role in a network")
    if not (with_role["quantity"].fill_null(1) > 0).any():
        raise NothingToPlanError("what changes and has a role in a network is of quantity 0")
    begun = begin(touched, kept, found.deadlines, wanted)
    installed = begun.network.tables["installed"]
    prices = tuple(_prices(installed, wanted.prices))
    sources = (
        "inventory", "draft", *dict.fromkeys(one for row in prices for one in row.sources), *travel,
        ILLUSTRATION, _PLAN, *(("limits",) if given else ()), *(("prices",) if own_prices else ()),
    )  # fmt: skip
    sources = tuple(dict.fromkeys(sources))
    with tempfile.TemporaryDirectory() as folder:
        network = _network(begun, Path(folder) / "net", given)
    if not given:
        # Without limits, any number of sites may be worked on at once.
        network = replace(network, settings=network.settings.model_copy(update={"down_share": 1.0}))
    costs = tuple(_costs(network, sources)) if can_solve else ()
    told = PlanTold(
        currency=CURRENCY,
        first_quarter=wanted.first_quarter,
        quarters=wanted.quarters,
        discount_rate=Decimal(str(network.settings.discount_rate)),
        buys_from=tuple(wanted.makers),
        limits=tuple(path.name for path in given),
        down_share=Decimal(str(network.settings.down_share)),
        prices=prices,
        costs=costs,
        told=(*begun.told, *_limits_told(network, given), *_beside(found, installed)),
    )
    return WayOut(begun, told)


def _given(limits: Path | None) -> list[Path]:
    if limits is None:
        return []
    found = [path for name in LIMITS if (path := limits / f"{name}.csv").is_file()]
    if not found:
        raise InputError(
            "holds no supply.csv, crews.csv or money.csv", where=str(limits), remedy="docs/plan.md shows them"
        )
    return found


def _network(begun: Begun, folder: Path, given: list[Path]) -> Network:
    """The network as if it had been written, filled in by the user, and read."""
    write_network(begun.network, folder)
    for path in given:
        shutil.copyfile(path, folder / path.name)
    return read_network(folder)


def _limits_told(network: Network, given: list[Path]) -> Iterator[str]:
    """What of the limits given is not used, and what has none beside them."""
    if given:
        wanted = {"reading", "unknown-maker", *(f"no-{path.stem}-limit" for path in given)}
        yield from (one.what for one in check(network).warnings if one.check in wanted)


def _prices(installed: pl.DataFrame, prices: Mapping[Role, DefaultPrice]) -> Iterator[PriceTold]:
    counted = installed.group_by("role").agg(
        *(
            pl.col("quantity").filter(pl.col("must_go") == word.value).sum().alias(word.value)
            for word in (MustGo.YES, MustGo.UNKNOWN)
        )
    )
    rows = {row["role"]: row for row in counted.iter_rows(named=True)}
    for role in (one for one in Role if one.value in rows):
        price, units = prices[role], int(rows[role.value]["yes"])
        each = {level: _money(getattr(price, level)) for level in _LEVELS}
        yield PriceTold(
            role=role.value,
            units=units,
            open_units=int(rows[role.value]["unknown"]),
            unit_price=each,
            total={level: None if one is None else one * units for level, one in each.items()},
            grade=price.grade,
            **{"from": price.source},
            sources=("inventory", "draft", *price.sources),
            verified=ILLUSTRATION not in price.sources,
        )


def _money(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(round(value, 2)))


def _costs(network: Network, sources: tuple[str, ...]) -> Iterator[CostTold]:
    for level in _LEVELS:
        yield _cost(network, level, "certain", sources)
    if network.installed.filter(pl.col("must_go") == MustGo.UNKNOWN.value).height:
        yield _cost(network, "average", "with-open", sources)


def _cost(
    network: Network,
    level: Level,
    what: Literal["certain", "with-open"],
    sources: tuple[str, ...],
) -> CostTold:
    """The cheapest plan at one level of prices."""
    settings = network.settings.model_copy(update={"price": level, "unknown": "replace"})
    installed = network.installed
    if what == "certain":
        # What is not known is not there at all, so that it asks for nothing; its own cost is told apart.
        installed = installed.filter(pl.col("must_go") != MustGo.UNKNOWN.value)
    asked = replace(network, settings=settings, installed=installed)
    said: dict[str, Any] = {"price": level, "what": what, "sources": sources, "verified": False}
    try:
        refuse_unplannable(asked)
    except ClearbandError as error:
        return CostTold(**said, cost=None, why=error.lines()[:_TOLD])
    from clearband.planning.optimise.solve import solve
    from clearband.planning.plan.write import told
    from clearband.planning.units.assemble import assemble

    assembled = assemble(asked)
    if assembled.stuck.height:
        why = f"{_units(assembled.stuck.height)} cannot be done by their day, with any product"
        return CostTold(**said, cost=None, why=(why,))
    solution = solve(assembled.problem)
    if solution.missing:
        why = f"no plan was found: {_units(solution.missing)} without a place within days and limits"
        return CostTold(**said, cost=None, why=(why,))
    plan = told(assembled, solution, seed=0, gap=0)
    bound = plan.claims["bound"]
    return CostTold(
        **said,
        cost=Decimal(str(round(plan.claims["cost"]))),
        bound=None if bound is None else Decimal(math.floor(bound)),  # rounded up it would be none
        last_quarter=None if plan.work.is_empty() else str(plan.work["quarter"].max()),
    )


def _units(number: int) -> str:
    return f"{number:,} {'unit' if number == 1 else 'units'} of work"


def _beside(found: UnderTheDraft, installed: pl.DataFrame) -> Iterator[str]:
    """Radios whose baseband is not planned here, or the other way round: they may have to go together."""
    ran = (Role.RADIO.value, Role.BASEBAND.value)
    planned = installed.filter(pl.col("role").is_in(ran))
    staying = (
        found.equipment.join(installed.select(record_id="item"), on="record_id", how="anti")
        .with_columns(
            pl.col("category").replace_strict(ROLE_OF, default=None, return_dtype=pl.String).alias("role")
        )
        .filter(pl.col("role").is_in(ran) & pl.col("site").is_in(planned["site"].unique().implode()))
    )
    if staying.height:
        yield (
            f"{staying.height} radio or baseband records at {staying['site'].n_unique()} of the same sites "
            "are not planned here; where they work with what goes, it costs more"
        )
