"""A network begun from a screened run."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import polars as pl

from clearband.errors import InputError, UsageError
from clearband.model.network import MustGo, Role, last_day, quarter_number
from clearband.planning.network.begin.duty import duties
from clearband.planning.network.begin.roles import ROLE_OF
from clearband.planning.network.default_prices import CURRENCY, LABOUR_RATE, DefaultPrice, visit_cost
from clearband.planning.network.settings import SCHEMA
from clearband.planning.network.tables import TABLES
from clearband.planning.network.write import Written

NO_SITE: Final = "unknown"
ALL: Final = "all"
_DOWN_SHARE: Final = 0.1
OWN: Final = "own"
_NOTES: Final = (
    "Begun from a screened run. What is here was found or taken for granted; look at it, and fill in:",
    "- clusters: which sites change together (one each here), their regions, markets and owners;",
    "- products: prices are defaults of a research model or illustrations; see price_grade;",
    "- supply, crews, money: a row without a number has no limit.",
)


@dataclass(frozen=True)
class Wanted:
    """What the user says.

    Attributes:
        makers: Names of makers that may be bought, each with ``yes`` or ``conditional`` and the roles
            that are meant, or None for all.
        said_by: Who says so, for the column ``price_source``.
        prices: Of a unit, by role.
    """

    title: str
    first_quarter: str
    quarters: int
    makers: Mapping[str, tuple[tuple[str, frozenset[Role] | None], ...]]
    said_by: str
    prices: Mapping[Role, DefaultPrice]


@dataclass(frozen=True)
class Begun:
    """The network, and what a person should know of it.

    Attributes:
        told: One line each.
    """

    network: Written
    told: tuple[str, ...]


def begin(
    equipment: pl.DataFrame, findings: pl.DataFrame, deadlines: Sequence[dict[str, Any]], wanted: Wanted
) -> Begun:
    """Begin a network.

    Args:
        equipment: Of a run, with verdicts and answers.
        findings: Of the same run.
        deadlines: Of its summary.

    Raises:
        InputError: No record has a role in a network.
        UsageError: A maker that is to be bought makes what must go.
    """
    start = last_day(quarter_number(wanted.first_quarter) - 1) + timedelta(days=1)
    kept = pl.concat([equipment, duties(equipment, findings, deadlines, start)], how="horizontal")
    kept = kept.with_columns(
        pl.col("category").replace_strict(ROLE_OF, default=None, return_dtype=pl.String).alias("role"),
        pl.col("quantity").fill_null(1),
    )
    items = kept.filter(pl.col("role").is_not_null() & (pl.col("quantity") > 0))
    if not items.height:
        raise InputError(
            "no record has a role in a network",
            where="the run",
            remedy="screen an inventory of network equipment; docs/plan.md names the categories",
        )
    items = _placed(items)
    _refuse_makers(items, wanted)
    roles = [role for role in Role if role.value in set(items.filter(pl.col("must_go") != "no")["role"])]
    tables = {
        "sites": _sites(items),
        "clusters": _clusters(items),
        "installed": _installed(items),
        "products": _products(roles, wanted),
        "pairs": pl.DataFrame(schema=TABLES["pairs"].schema),
        "supply": _supply(roles, wanted),
        "crews": _limits(items, "region", "hours"),
        "money": _limits(items, "owner", "amount"),
    }
    share = _down_share(items)
    settings = {
        "schema": SCHEMA,
        "title": wanted.title,
        "currency": CURRENCY,
        "first_quarter": wanted.first_quarter,
        "quarters": wanted.quarters,
        "down_share": share,
        "labour_rate": LABOUR_RATE,
        "visit_cost": visit_cost(),
    }
    told = _told(kept, items)
    if share > _DOWN_SHARE:
        told.append(
            f"down_share is {share:g}: a lower one would let no site of the smallest region be worked on"
        )
    return Begun(Written(settings, tables, _NOTES), tuple(told))


def _down_share(items: pl.DataFrame) -> float:
    """The usual share, or the least in hundredths that lets one site of each region be worked on."""
    least = _clusters(items)["region"].value_counts()["count"].min()
    assert isinstance(least, int)
    return max(_DOWN_SHARE, math.ceil(100 / least) / 100)


def _placed(items: pl.DataFrame) -> pl.DataFrame:
    """Items with the names of their places, and defaults where nothing is said."""
    return items.with_columns(
        pl.col("site").fill_null(NO_SITE),
        pl.col("region").fill_null(ALL),
        pl.col("network").fill_null(ALL).alias("market"),
        pl.col("owner").fill_null(OWN),
        # The name as it was stated only where nobody could say who made it.
        pl.coalesce("maker_name", "maker").alias("maker_shown"),
    )


def _refuse_makers(items: pl.DataFrame, wanted: Wanted) -> None:
    out = set(items.filter(pl.col("must_go") == MustGo.YES.value)["maker_shown"].drop_nulls())
    for maker in wanted.makers:
        if maker in out:
            raise UsageError(
                f"equipment of {maker} is what must go",
                where="--maker",
                remedy="name makers that may be bought",
            )


def _sites(items: pl.DataFrame) -> pl.DataFrame:
    return (
        items.select("site", cluster="site", criticality=1, latitude=None, longitude=None)
        .unique("site")
        .sort("site")
    )


def _clusters(items: pl.DataFrame) -> pl.DataFrame:
    """A cluster a site; where its records name several regions, markets or owners, the alphabet's first."""
    named = items.group_by("site").agg(pl.col("region", "market", "owner").min()).sort("site")
    return named.select(pl.col("site").alias("cluster"), "region", "market", "owner", after=pl.lit(None))


def _installed(items: pl.DataFrame) -> pl.DataFrame:
    unknown = pl.lit(None, dtype=pl.String)
    return items.select(
        pl.col("record_id").alias("item"),
        "site",
        "role",
        pl.coalesce("model", "part_number", "description").str.slice(0, 200).alias("product"),
        pl.col("maker_shown").alias("maker"),
        "quantity",
        unknown.alias("bands"),
        unknown.alias("generation"),
        "must_go",
        "remove_by",
        pl.lit(None).alias("yearly_cost"),
        pl.col("why").str.slice(0, 4000),
    )


def _products(roles: Sequence[Role], wanted: Wanted) -> pl.DataFrame:
    rows = []
    for maker, role, approved in _offers(roles, wanted):
        price = wanted.prices[role]
        rows.append(
            {
                "product": f"{maker} {role.value}",
                "maker": maker,
                "role": role.value,
                "price_low": price.low,
                "price_average": price.average,
                "price_high": price.high,
                "yearly_cost": price.yearly,
                "install_hours": price.hours,
                "lead_quarters": price.lead,
                "approved": approved,
                "price_source": f"default of the role: {price.source}; may be bought, says {wanted.said_by}",
                "price_grade": price.grade,
            }
        )
    return pl.DataFrame(rows, schema=TABLES["products"].schema)


def _offers(roles: Sequence[Role], wanted: Wanted) -> list[tuple[str, Role, str]]:
    """Maker, role and the better of its approvals."""
    found: dict[tuple[str, Role], str] = {}
    for maker, approvals in sorted(wanted.makers.items()):
        for approved, meant in approvals:
            for role in roles:
                if (meant is None or role in meant) and found.get((maker, role)) != "yes":
                    found[maker, role] = approved
    return [(maker, role, approved) for (maker, role), approved in found.items()]


def _supply(roles: Sequence[Role], wanted: Wanted) -> pl.DataFrame:
    rows = [{"maker": maker, "role": role.value} for maker, role, _ in _offers(roles, wanted)]
    columns = {"maker": pl.String, "role": pl.String, "quarter": pl.String, "units": pl.Float64}
    return pl.DataFrame(rows, schema=columns)


def _limits(items: pl.DataFrame, key: str, value: str) -> pl.DataFrame:
    """A row for each region or owner, for a person to fill in."""
    names = _clusters(items).select(key).unique().sort(key)
    return names.with_columns(pl.lit(None).alias("quarter"), pl.lit(None).alias(value))


def _told(kept: pl.DataFrame, items: pl.DataFrame) -> list[str]:
    told = []
    other = kept.filter(pl.col("role").is_null())
    if other.height:
        by = (
            other.group_by(pl.col("category").fill_null("no category"))
            .len()
            .sort("len", "category", descending=[True, False])
        )
        names = ", ".join(f"{name} {count}" for name, count in by.head(6).iter_rows())
        more = f" and {by.height - 6} more categories" if by.height > 6 else ""
        told.append(f"{other.height} records have no role in a network and are not planned: {names}{more}")
        open_here = other.filter(pl.col("category").is_null() & (pl.col("must_go") != "no")).height
        if open_here:
            told.append(f"of {open_here} of them it is not known what they are; screen again when it is")
    for count, what in (
        (
            kept.filter(pl.col("role").is_not_null() & (pl.col("quantity") <= 0)).height,
            "of quantity 0 are left out",
        ),
        (items.filter(pl.col("site") == NO_SITE).height, f'without a site stand at the site "{NO_SITE}"'),
        (
            items.filter("overdue").height,
            (
                "must be out before the plan begins, which none can keep: in it they have no day, and go "
                "when that is cheapest (column why of installed says by when, and by which measure)"
            ),
        ),
        (
            items.filter("only_buying").height,
            "that must go are prohibited to buy or pay for, and nothing asked forbids having them (why)",
        ),
    ):
        if count:
            told.append(f"{count} records {what}")
    return told
