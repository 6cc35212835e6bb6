"""Whether there is something to buy for everything that goes: approved, priced, fitting, in time."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from clearband.model.network import Group, Role
from clearband.planning.network.check.found import Found, counted, listed
from clearband.planning.network.demand import KIND, Demand, Product


def without_price(demand: Demand) -> Iterator[Found]:
    """Products that may be bought but have no price of the level that is planned with."""
    settings = demand.network.settings
    column = settings.price_column
    lost = demand.network.products.filter(
        pl.col("approved").is_in(list(demand.allowed)) & pl.col(column).is_null()
    )
    for row in lost.head(20).iter_rows(named=True):
        others = [level for level in ("low", "average", "high") if row[f"price_{level}"] is not None]
        has = f"it has {' and '.join(others)}" if others else "it has none"
        grade = f", grade {row['price_grade']}" if row["price_grade"] else ""
        yield Found(
            "error",
            "no-price",
            f"products: {row['product']} has no {column} ({has}{grade})",
            f"give {column} with its source and grade, set price, or set approved to no",
        )
    if lost.height > 20:
        yield Found("error", "no-price", f"products: {lost.height - 20} more have no {column}", "give them")


def not_covered(demand: Demand) -> Iterator[Found]:
    """Items that must go and that no product can replace, by kind."""
    for row in demand.kinds.iter_rows(named=True):
        role, bands, generation = (row[name] for name in KIND)
        if demand.fitting[role, bands, generation]:
            continue
        said = " ".join(text for text in (role, bands, generation) if text)
        of_role = [one for one in demand.products if one.role == role]
        if of_role:
            near = min(of_role, key=lambda one: (len(one.lacks(bands, generation)), one.name))
            why = f"the nearest, {near.name}, lacks {' '.join(near.lacks(bands, generation))}"
        else:
            why = f"there is none for {role}"
        yield Found(
            "error",
            "not-covered",
            f"{said}: {counted(row['items'], 'item')} at {counted(row['sites'], 'site')} must go, and no "
            f"product that may be bought covers them ({why})",
            "add a product, or its bands and generations, or approve one",
            row["items"],
        )


def not_in_time(demand: Demand) -> Iterator[Found]:
    """Items whose date lies before the first quarter in which a product can be there, and the core is."""
    settings = demand.network.settings
    found = (
        _soonest(demand)
        .group_by(*KIND, "remove_by", "soonest", "waits")
        .agg(pl.len().alias("items"))
        .sort(*KIND, "remove_by", "soonest")
    )
    for row in found.iter_rows(named=True):
        quarter = int(row["soonest"]) + settings.overlap_quarters
        said = " ".join(text for text in (row["role"], row["bands"], row["generation"]) if text)
        waits = ", after the core of the market," if row["waits"] else ""
        out = f"can be out{waits} by the end of {settings.quarter_name(quarter)} at the soonest"
        if quarter >= settings.quarters:
            yield Found(
                "error",
                "horizon-too-short",
                f"{said}: {counted(row['items'], 'item')} {out}, which is after the horizon",
                "raise quarters, or shorten lead_quarters",
                row["items"],
            )
        elif row["remove_by"] is not None and settings.last_day(quarter) > row["remove_by"]:
            yield Found(
                "error",
                "not-in-time",
                f"{said}: {counted(row['items'], 'item')} must be out by {row['remove_by']} and {out}",
                "correct remove_by, or shorten lead_quarters or overlap_quarters",
                row["items"],
            )


def _soonest(demand: Demand) -> pl.DataFrame:
    """Items that something fits, with the first quarter by lead times, and whether they wait for the core."""
    lead = {kind: min(one.lead for one in fits) for kind, fits in demand.fitting.items() if fits}
    markets = demand.network.clusters.select("cluster", "market")
    items = (
        demand.items.select(*KIND, "cluster", "group", "remove_by")
        .join(
            demand.of_kinds("lead", {kind: float(value) for kind, value in lead.items()}),
            on=KIND,
            nulls_equal=True,
        )
        .join(markets, on="cluster", how="left")
    )
    core = (
        items.filter(pl.col("group") == Group.CORE.value)
        .group_by("market")
        .agg(pl.col("lead").max().alias("core"))
    )
    waiting = (pl.col("group") == Group.RAN.value) & (pl.col("core") > pl.col("lead"))
    waits = (waiting & demand.network.settings.core_first).fill_null(value=False)
    return items.join(core, on="market", how="left").with_columns(
        waits=waits, soonest=pl.when(waits).then("core").otherwise("lead")
    )


def without_pair(demand: Demand) -> Iterator[Found]:
    """A radio or baseband that stays, beside one that is replaced and that nothing of its maker fits."""
    pairs = set(demand.network.pairs.select("radio", "baseband").iter_rows())
    ran = [Role.RADIO.value, Role.BASEBAND.value]
    staying = demand.staying.filter(pl.col("role").is_in(ran)).select(
        "site", stays="role", stays_maker="maker", stays_product="product"
    )
    beside = (
        demand.items.filter(pl.col("role").is_in(ran))
        .join(staying, on="site")
        .filter(pl.col("role") != pl.col("stays"))
        .group_by(*KIND, "stays", "stays_maker", "stays_product")
        .agg(pl.col("site").n_unique().alias("count"), pl.col("site").min())
        .sort(*KIND, "stays_maker", "stays_product")
    )
    for row in beside.iter_rows(named=True):
        fitting = demand.fitting[row["role"], row["bands"], row["generation"]]
        if not fitting or any(_together(one, row, pairs) for one in fitting):
            continue
        maker = row["stays_maker"] or "a maker that is not known"
        what = row["stays_product"] or f"the {row['stays']} of {maker}"
        yield Found(
            "error",
            "no-pair",
            f"{what} stays at {counted(row['count'], 'site')} ({row['site']}) where the {row['role']} goes, "
            f"and no {row['role']} of {maker} or certified with it can be bought",
            "add such a product, a row in pairs, or let it go too",
            row["count"],
        )


def _together(product: Product, row: dict[str, object], pairs: set[tuple[str, str]]) -> bool:
    if product.maker == row["stays_maker"]:
        return True
    stays = str(row["stays_product"])
    return ((product.name, stays) if product.role == Role.RADIO else (stays, product.name)) in pairs


def without_limit(demand: Demand) -> Iterator[Found]:
    """Makers and roles that are bought without a limit, regions without crews, owners without money."""
    network = demand.network
    limited = set(network.supply.select("maker", "role").iter_rows())
    wanted = set(demand.kinds["role"])
    free = sorted({(one.maker, one.role) for one in demand.products if one.role in wanted} - limited)
    if free:
        shown = listed([f"{maker} {role}" for maker, role in free])
        yield Found(
            "warning", "no-supply-limit", f"no limit of supply: {shown}", "add units to supply", len(free)
        )
    for column, table, noun, value in (
        ("region", network.crews, "crews", "hours"),
        ("owner", network.money, "money", "amount"),
    ):
        all_of = set(network.clusters[column])
        without = sorted(all_of - set(table[column]))
        if without:
            yield Found(
                "warning",
                f"no-{noun}-limit",
                f"no limit of {noun}: {listed(without)}",
                f"add {value} to {noun}",
                len(without),
            )
