"""Networks that nobody tuned the planner for: one function each, from a made-up network or from nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from clearband.planning.network.generate import Asked, generate
from clearband.planning.network.tables import TABLES
from clearband.planning.network.write import Written

Make = Callable[[int, int], Written]
"""Sites and seed to a network."""
ODD: dict[str, Make] = {}


def odd(make: Make) -> Make:
    """Register a kind of network under the name of its function."""
    ODD[make.__name__.strip("_").replace("_", "-")] = make
    return make


def changed(written: Written, tables: dict[str, pl.DataFrame] | None = None, **settings: Any) -> Written:
    """The network with other tables and settings."""
    return Written({**written.settings, **settings}, {**written.tables, **(tables or {})})


def _times(table: pl.DataFrame, column: str, factor: float) -> pl.DataFrame:
    return table.with_columns(pl.col(column) * factor)


def _more(written: Written, factor: float) -> dict[str, pl.DataFrame]:
    """Limits, all of them times a factor."""
    of = {"supply": "units", "crews": "hours", "money": "amount"}
    return {name: _times(written.tables[name], column, factor) for name, column in of.items()}


@odd
def plain(sites: int, seed: int) -> Written:
    return generate(Asked(sites, seed))


@odd
def quarters_8(sites: int, seed: int) -> Written:
    base = generate(Asked(sites, seed, 12))
    tables = _more(base, 1.6)
    installed = base.tables["installed"].with_columns(
        pl.when(pl.col("remove_by").is_not_null()).then(date(2028, 12, 31)).alias("remove_by")
    )
    late = [f"2029-Q{k}" for k in (1, 2, 3, 4)]
    tables = {name: table.filter(~pl.col("quarter").is_in(late)) for name, table in tables.items()}
    return changed(base, {**tables, "installed": installed}, quarters=8, down_share=0.5)


@odd
def quarters_12(sites: int, seed: int) -> Written:
    return generate(Asked(sites, seed, 12))


@odd
def quarters_40(sites: int, seed: int) -> Written:
    return generate(Asked(sites, seed, 40))


@odd
def quarters_60(sites: int, seed: int) -> Written:
    return generate(Asked(sites, seed, 60))


@odd
def tight_0_95(sites: int, seed: int) -> Written:
    return generate(Asked(sites, seed, tight=0.95))


@odd
def tight_0_9(sites: int, seed: int) -> Written:
    return generate(Asked(sites, seed, tight=0.9))


@odd
def everything_goes(sites: int, seed: int) -> Written:
    return generate(Asked(sites, seed, share=1.0))


@odd
def exposure_dominates(sites: int, seed: int) -> Written:
    return changed(plain(sites, seed), exposure_price=20_000.0)


@odd
def exposure_is_all(sites: int, seed: int) -> Written:
    return changed(plain(sites, seed), exposure_price=1e7)


@odd
def no_discount(sites: int, seed: int) -> Written:
    return changed(plain(sites, seed), discount_rate=0.0, exposure_price=0.0)


@odd
def no_overlap(sites: int, seed: int) -> Written:
    return changed(plain(sites, seed), overlap_quarters=0)


@odd
def down_share_least(sites: int, seed: int) -> Written:
    """As few sites down as still leave room for the work of 20 quarters."""
    base = plain(sites, seed)
    return changed(base, down_share=max(0.07, float(base.settings["down_share"]) * 0.8))


@odd
def down_share_whole(sites: int, seed: int) -> Written:
    return changed(plain(sites, seed), down_share=1.0)


@odd
def unclustered(sites: int, seed: int) -> Written:
    """Each site is its own cluster, and no two are alike."""
    base = generate(Asked(sites, seed, share=0.8))
    rng = np.random.default_rng(seed)
    sites_ = base.tables["sites"]
    clusters = (
        sites_.join(base.tables["clusters"], on="cluster")
        .select(pl.col("site").alias("cluster"), "region", "market", "owner")
        .with_columns(after=pl.lit(None, dtype=pl.String))
    )
    criticality = np.exp(rng.normal(0, 0.7, sites_.height))
    installed = base.tables["installed"]
    cost = installed["yearly_cost"] * pl.Series(rng.uniform(0.5, 2.0, installed.height))
    quantity = installed["quantity"] * pl.Series(rng.integers(50, 150, installed.height))
    return changed(
        base,
        {
            **_more(base, 102),
            "sites": sites_.with_columns(cluster="site", criticality=pl.Series(criticality)),
            "clusters": clusters,
            "installed": installed.with_columns(yearly_cost=cost, quantity=quantity),
        },
        down_share=0.12,
    )


@odd
def unclustered_costs(sites: int, seed: int) -> Written:
    """Each site is its own cluster; quantities as made up, criticality and yearly costs all different."""
    base = unclustered(sites, seed)
    plain_ = generate(Asked(sites, seed, share=0.8))
    tables = {name: plain_.tables[name] for name in ("supply", "crews", "money")}
    installed = base.tables["installed"].with_columns(quantity=plain_.tables["installed"]["quantity"])
    return changed(base, {**tables, "installed": installed})


@odd
def two_cores(sites: int, seed: int) -> Written:
    """A second core that must go in each market, in a cluster of its own."""
    base = plain(sites, seed)
    installed, clusters, sites_ = (base.tables[name] for name in ("installed", "clusters", "sites"))
    market = sites_.join(clusters, on="cluster").select("site", "market")
    cores = (
        installed.filter(pl.col("role") == "core")
        .join(market, on="site")
        .select("market")
        .unique()
        .sort("market")
    )
    spare = (
        sites_.join(clusters, on="cluster")
        .filter(~pl.col("site").is_in(installed.filter(pl.col("role") == "core")["site"].implode()))
        .join(cores, on="market")
        .group_by("market", maintain_order=True)
        .agg(pl.col("site").first())
    )
    like = installed.filter((pl.col("role") == "core") & (pl.col("must_go") == "yes")).head(1)
    second = (
        like.drop("site", "item")
        .join(spare.select("site"), how="cross")
        .with_columns(item=pl.lit("second-core-") + pl.col("site"))
        .select(installed.columns)
    )
    return changed(base, {**_more(base, 1.1), "installed": pl.concat([installed, second])})


@odd
def chains(sites: int, seed: int) -> Written:
    """`after` in chains six deep, all transport goes."""
    base = plain(sites, seed)
    clusters = base.tables["clusters"]
    place = pl.int_range(pl.len()).over("market")
    before = pl.col("cluster").shift(1).over("market")
    clusters = clusters.with_columns(after=pl.when(place % 6 > 0).then(before))
    installed = base.tables["installed"].with_columns(
        must_go=pl.when(pl.col("role") == "transport").then(pl.lit("yes")).otherwise("must_go")
    )
    return changed(base, {**_more(base, 1.4), "clusters": clusters, "installed": installed}, down_share=0.25)


@odd
def one_long_chain(sites: int, seed: int) -> Written:
    """Clusters of a market in one chain; quarters may be shared."""
    base = plain(sites, seed)
    before = pl.col("cluster").shift(1).over("market")
    clusters = base.tables["clusters"].with_columns(after=before)
    return changed(base, {**_more(base, 1.4), "clusters": clusters}, down_share=0.3)


@odd
def owners_and_refunds(sites: int, seed: int) -> Written:
    """An owner for each market, own money, refunds that differ and come late."""
    base = plain(sites, seed)
    clusters = base.tables["clusters"].with_columns(owner=pl.lit("Inhaber-") + pl.col("market"))
    whole = base.tables["money"]["amount"].sum()
    owners = clusters["owner"].unique().sort()
    sizes = clusters.join(base.tables["sites"], on="cluster").group_by("owner").len().sort("owner")
    share = (sizes["len"] / sizes["len"].sum()).to_list()
    quarters = base.tables["money"]["quarter"].unique().sort()
    money = pl.concat(
        [
            pl.DataFrame({"owner": name, "quarter": quarters[:10], "amount": [whole * part * 1.7 / 10] * 10})
            for name, part in zip(owners, share, strict=True)
        ]
    )
    refunds = [
        {"share": 0.3, "lag": 3, "not_before": "2028-Q2", "groups": ["ran", "transport"]},
        {"owner": owners[0], "share": 0.2, "lag": 6},
    ]
    return changed(base, {"clusters": clusters, "money": money}, refunds=refunds)


@odd
def refunds_of_all(sites: int, seed: int) -> Written:
    """Everything comes back, two quarters later: only the wait costs."""
    base = plain(sites, seed)
    return changed(base, refunds=[{"share": 1.0, "lag": 2}])


@odd
def two_stacks(sites: int, seed: int) -> Written:
    """A second radio and baseband at each third site, of a maker that stays, or goes too; all combine."""
    base = plain(sites, seed)
    installed = base.tables["installed"]
    rng = np.random.default_rng(seed)
    some = base.tables["sites"]["site"].gather_every(3)
    kinds = rng.integers(0, 3, len(some))
    rows = []
    for site, kind in zip(some.to_list(), kinds.tolist(), strict=True):
        maker = ("Nokia", "Ericsson", "Huawei")[kind]
        for role, count in (("radio", 3), ("baseband", 1)):
            rows.append(
                {
                    "item": f"second-{site}-{role}", "site": site, "role": role,
                    "product": f"{maker} GSM {role}", "maker": maker, "quantity": count,
                    "bands": "B5" if role == "radio" else None, "generation": "4G" if kind < 2 else "5G",
                    "must_go": "yes" if kind == 2 else "no", "remove_by": None,
                    "yearly_cost": 500.0, "why": None,
                }
            )  # fmt: skip
    second = pl.DataFrame(rows, schema=installed.schema)
    products = base.tables["products"]
    makers = ("Nokia", "Ericsson", "Samsung", "Mavenir")
    basebands = [
        f"{maker} {kind}" for maker in makers for kind in ("baseband", "GSM baseband", "open baseband")
    ]
    radios = [*products.filter(pl.col("role") == "radio")["product"], *(f"{m} GSM radio" for m in makers)]
    pairs = pl.DataFrame(
        [(radio, baseband, "made up") for radio in radios for baseband in basebands],
        schema=TABLES["pairs"].schema,
        orient="row",
    )
    return changed(base, {**_more(base, 1.5), "installed": pl.concat([installed, second]), "pairs": pairs},
                   down_share=min(1.0, 1.5 * base.settings["down_share"]))  # fmt: skip


@odd
def caps(sites: int, seed: int) -> Written:
    half = [{"role": role, "share": 0.5} for role in ("radio", "baseband", "transport")]
    return changed(plain(sites, seed), caps=half)


@odd
def caps_tight(sites: int, seed: int) -> Written:
    third = [{"role": role, "share": 0.36} for role in ("radio", "baseband", "transport")]
    return changed(plain(sites, seed), caps=third)


@odd
def all_unknown(sites: int, seed: int) -> Written:
    base = plain(sites, seed)
    installed = base.tables["installed"].with_columns(
        must_go=pl.when(pl.col("must_go") == "yes").then(pl.lit("unknown")).otherwise("must_go")
    )
    return changed(base, {"installed": installed})


@odd
def no_crews_rows(sites: int, seed: int) -> Written:
    base = plain(sites, seed)
    return changed(base, {"crews": base.tables["crews"].filter(pl.col("region") != "R01")})


@odd
def no_supply_of_a_maker(sites: int, seed: int) -> Written:
    base = plain(sites, seed)
    supply = base.tables["supply"].with_columns(
        units=pl.when(pl.col("maker") == "Nokia").then(0.0).otherwise(pl.col("units") * 1.7)
    )
    return changed(base, {"supply": supply})


@odd
def no_limits(sites: int, seed: int) -> Written:
    base = plain(sites, seed)
    return changed(base, {name: base.tables[name].clear() for name in ("supply", "crews", "money")},
                   down_share=1.0)  # fmt: skip


@odd
def money_alone(sites: int, seed: int) -> Written:
    base = plain(sites, seed)
    return changed(base, {name: base.tables[name].clear() for name in ("supply", "crews")}, down_share=1.0)


@odd
def winters_off(sites: int, seed: int) -> Written:
    base = plain(sites, seed)
    winter = pl.col("quarter").str.ends_with("Q1") | pl.col("quarter").str.ends_with("Q4")
    crews = base.tables["crews"].with_columns(
        hours=pl.when(winter).then(0.0).otherwise(pl.col("hours") * 1.9)
    )
    # Taking down is a quarter later: the fourth must have some.
    fall = pl.col("quarter").str.ends_with("Q4")
    first = base.tables["crews"]["hours"]
    crews = crews.with_columns(hours=pl.when(fall).then(first * 0.6).otherwise(pl.col("hours")))
    return changed(base, {**_more(base, 1.4), "crews": crews},
                   down_share=min(1.0, 2 * base.settings["down_share"]))  # fmt: skip


@odd
def own_dates(sites: int, seed: int) -> Written:
    """Each item has a date of its own, in the second half."""
    base = plain(sites, seed)
    rng = np.random.default_rng(seed)
    installed = base.tables["installed"]
    days = pl.Series(rng.integers(0, 720, installed.height))
    installed = installed.with_columns(
        remove_by=pl.when(pl.col("remove_by").is_not_null()).then(
            pl.lit(date(2029, 12, 31)) + pl.duration(days=days)  # type: ignore[arg-type]
        )
    )
    return changed(base, {**_more(base, 2.0), "installed": installed},
                   down_share=min(1.0, 2 * base.settings["down_share"]))  # fmt: skip


@odd
def own_bands(sites: int, seed: int) -> Written:
    """Nearly each site has bands that no other has."""
    base = plain(sites, seed)
    rng = np.random.default_rng(seed)
    installed = base.tables["installed"]
    sold = base.tables["products"].filter(pl.col("bands").is_not_null())
    lists = {
        "low": next(b for b in sold["bands"] if "B12" in b).split(";"),
        "mid": next(b for b in sold["bands"] if "B66" in b).split(";"),
    }
    bands: list[str | None] = []
    for text in installed["bands"].to_list():
        if text is None:
            bands.append(None)
            continue
        own = lists["low"] if set(text.split(";")) <= set(lists["low"]) else lists["mid"]
        some = np.flatnonzero(rng.random(len(own)) < 0.5)
        bands.append(";".join(own[i] for i in some) or own[0])
    return changed(base, {"installed": installed.with_columns(bands=pl.Series(bands, dtype=pl.String))})


@odd
def many_products(sites: int, seed: int) -> Written:
    """Seven variants of each product: prices, hours and lead times that trade off."""
    base = plain(sites, seed)
    products = base.tables["products"]
    frames = [products]
    for k in range(1, 7):
        frames.append(  # noqa: PERF401 - reads better
            products.with_columns(
                pl.col("product") + f" v{k}",
                pl.col("price_average") * (1 + 0.03 * k),
                pl.col("price_high") * (1 + 0.03 * k),
                pl.col("install_hours") * (1 - 0.05 * k),
                pl.col("yearly_cost") * (1 - 0.02 * k),
            )
        )
    return changed(base, {"products": pl.concat(frames)})


@odd
def many_makers(sites: int, seed: int) -> Written:
    """Forty makers of radio access, each with a fortieth of the supply."""
    base = plain(sites, seed)
    products, supply = base.tables["products"], base.tables["supply"]
    rng = np.random.default_rng(seed)
    nokia = products.filter((pl.col("maker") == "Nokia") & pl.col("role").is_in(["radio", "baseband"]))
    sold = (
        supply.filter(pl.col("role").is_in(["radio", "baseband"]))
        .group_by("role", "quarter")
        .agg(pl.col("units").sum())
    )
    rest = products.filter(~pl.col("role").is_in(["radio", "baseband"]))
    frames, lots = [rest], [supply.filter(~pl.col("role").is_in(["radio", "baseband"]))]
    for k in range(40):
        name, factor = f"Maker {k:02}", rng.uniform(0.9, 1.1)
        frames.append(
            nokia.with_columns(
                pl.col("product").str.replace("Nokia", name), maker=pl.lit(name),
                price_average=pl.col("price_average") * factor, price_high=pl.col("price_high") * factor,
                price_low=pl.col("price_low") * 0.9,
            )
        )  # fmt: skip
        lots.append(
            sold.select(
                pl.lit(name).alias("maker"), "role", "quarter",
                (pl.col("units") / 30).clip(lower_bound=160).ceil().alias("units"),
            )
        )  # fmt: skip
    return changed(base, {"products": pl.concat(frames), "supply": pl.concat(lots),
                          "pairs": base.tables["pairs"].clear()})  # fmt: skip


@odd
def many_regions(sites: int, seed: int) -> Written:
    """A region for each ten clusters or so."""
    base = plain(sites, seed)
    clusters = base.tables["clusters"]
    group = (pl.int_range(pl.len()) // 10).cast(pl.String).str.zfill(5)
    clusters = clusters.with_columns(region="R" + group)
    hours = base.tables["crews"].group_by("quarter", maintain_order=True).agg(pl.col("hours").sum())
    count = clusters["region"].n_unique()
    crews = (
        clusters.select("region")
        .unique()
        .sort("region")
        .join(hours.with_columns(hours=(pl.col("hours") * 3 / count).clip(lower_bound=4000.0)), how="cross")
    )
    return changed(base, {"clusters": clusters, "crews": crews.select("region", "quarter", "hours")},
                   down_share=1.0)  # fmt: skip


@odd
def many_markets(sites: int, seed: int) -> Written:
    """A market with a core for each five clusters."""
    base = plain(sites, seed)
    clusters, sites_ = base.tables["clusters"], base.tables["sites"]
    place = (pl.int_range(pl.len()) // 5).cast(pl.String).str.zfill(5)
    clusters = clusters.with_columns(market="M" + place, after=pl.lit(None, dtype=pl.String))
    owner = clusters.group_by("market", maintain_order=True).agg(
        pl.col("owner").first(), pl.col("region").first()
    )
    clusters = (
        clusters.drop("owner", "region")
        .join(owner, on="market")
        .select("cluster", "region", "market", "owner", "after")
    )
    installed = base.tables["installed"]
    like = installed.filter((pl.col("role") == "core") & (pl.col("must_go") == "yes")).head(1)
    first = (
        sites_.join(clusters, on="cluster")
        .group_by("market", maintain_order=True)
        .agg(pl.col("site").first())
    )
    cores = (
        like.drop("site", "item")
        .join(first.select("site"), how="cross")
        .with_columns(item=pl.lit("core-of-") + pl.col("site"), quantity=pl.lit(1, dtype=pl.Int64))
        .select(installed.columns)
    )
    installed = pl.concat([installed.filter(pl.col("role") != "core"), cores])
    supply = base.tables["supply"].with_columns(
        units=pl.when(pl.col("role") == "core")
        .then(pl.col("units") + first.height)
        .otherwise(pl.col("units"))
    )
    return changed(base, {**_more(base, 1.6), "clusters": clusters, "installed": installed, "supply": supply},
                   down_share=0.3)  # fmt: skip


@odd
def one_site(sites: int, seed: int) -> Written:
    base = generate(Asked(50, seed))
    keep = base.tables["installed"].filter(pl.col("must_go") == "yes")["site"][0]
    sites_ = base.tables["sites"].filter(pl.col("site") == keep)
    clusters = (
        base.tables["clusters"]
        .join(sites_.select("cluster"), on="cluster")
        .with_columns(after=pl.lit(None, dtype=pl.String))
    )
    installed = base.tables["installed"].filter(pl.col("site") == keep)
    return changed(base, {"sites": sites_, "clusters": clusters, "installed": installed}, down_share=1.0)


@odd
def nothing_goes(sites: int, seed: int) -> Written:
    base = plain(sites, seed)
    installed = base.tables["installed"].with_columns(
        must_go=pl.lit("no"), remove_by=pl.lit(None, dtype=pl.Date)
    )
    return changed(base, {"installed": installed})


@odd
def giant_cluster(sites: int, seed: int) -> Written:
    """Half of the first market is one cluster, with room for it."""
    base = plain(sites, seed)
    clusters, sites_ = base.tables["clusters"], base.tables["sites"]
    first = clusters.filter(pl.col("market") == clusters["market"][0])
    joined = first["cluster"].slice(1, first.height // 2)
    sites_ = sites_.with_columns(
        cluster=pl.when(pl.col("cluster").is_in(joined.implode()))
        .then(pl.lit(joined[0]))
        .otherwise("cluster")
    )
    clusters = clusters.filter(~pl.col("cluster").is_in(joined[1:].implode())).with_columns(
        after=pl.when(~pl.col("after").is_in(joined.implode())).then("after")
    )
    installed = base.tables["installed"]
    of = installed.join(sites_, on="site").filter(pl.col("must_go") != "no")
    most = (
        of.group_by("cluster", "role")
        .agg(pl.col("quantity").sum())
        .group_by("role")
        .agg(pl.col("quantity").max())
    )
    supply = (
        base.tables["supply"].join(most, on="role", how="left")
        .with_columns(units=pl.max_horizontal("units", pl.col("quantity").fill_null(0) * 1.1).ceil())
        .select("maker", "role", "quarter", "units")
    )  # fmt: skip
    crews = base.tables["crews"].with_columns(hours=pl.col("hours") + 40 * 4 * len(joined) * 4.0)
    money = _times(base.tables["money"], "amount", 1.3)
    return changed(base, {"sites": sites_, "clusters": clusters, "supply": supply, "crews": crews,
                          "money": money}, down_share=0.7)  # fmt: skip


@odd
def too_large(sites: int, seed: int) -> Written:
    """Units larger than the crews of any quarter: no plan."""
    base = plain(sites, seed)
    return changed(base, {"crews": _times(base.tables["crews"], "hours", 0.01)})


def _scaled(sites: int, seed: int, factor: float) -> Written:
    base = plain(sites, seed)
    prices = [pl.col(name) * factor for name in ("price_low", "price_average", "price_high", "yearly_cost")]
    return changed(
        base,
        {
            "products": base.tables["products"].with_columns(prices),
            "installed": base.tables["installed"].with_columns(pl.col("yearly_cost") * factor),
            "money": _times(base.tables["money"], "amount", factor),
        },
        **{name: base.settings[name] * factor for name in ("labour_rate", "visit_cost", "exposure_price")},
    )


@odd
def money_times_1e_7(sites: int, seed: int) -> Written:
    """Prices of about a thousandth."""
    return _scaled(sites, seed, 1e-7)


@odd
def money_times_1e6(sites: int, seed: int) -> Written:
    """Prices of some 1e10, sums of 1e14."""
    return _scaled(sites, seed, 1e6 if sites <= 500 else 1e4)


@odd
def free_of_charge(sites: int, seed: int) -> Written:
    """Nothing costs anything; only limits of crews, supply and service."""
    return changed(_scaled(sites, seed, 0.0), exposure_price=0.0)


@odd
def no_hours(sites: int, seed: int) -> Written:
    base = plain(sites, seed)
    return changed(base, {"products": base.tables["products"].with_columns(install_hours=pl.lit(0.0))})


@odd
def large_quantities(sites: int, seed: int) -> Written:
    """A hundred thousand units an item: limits of 1e9 units."""
    base = plain(sites, seed)
    tables = _more(base, 1e5)
    installed = base.tables["installed"].with_columns(
        quantity=(pl.col("quantity") * 100_000).clip(1, 10_000_000)
    )
    return changed(base, {**tables, "installed": installed})


@odd
def small_hours(sites: int, seed: int) -> Written:
    """Hours of some thousandths: limits of less than one."""
    base = plain(sites, seed)
    products = base.tables["products"].with_columns(pl.col("install_hours") * 1e-6)
    return changed(base, {"products": products, "crews": _times(base.tables["crews"], "hours", 1e-6)},
                   labour_rate=base.settings["labour_rate"] * 1e6)  # fmt: skip


@odd
def not_ascii(sites: int, seed: int) -> Written:
    base = plain(sites, seed)
    tables = {
        name: table.with_columns(
            ("Ж网é " + pl.col(c)).alias(c)
            for c in ("site", "cluster", "after", "region", "market", "owner", "maker", "item", "product")
            if c in table.columns
        )
        for name, table in base.tables.items()
    }
    tables["pairs"] = base.tables["pairs"].with_columns(
        pl.concat_str(pl.lit("Ж网é "), pl.col(c)).alias(c) for c in ("radio", "baseband")
    )
    return changed(base, tables, title="Сеть 网络 é", currency="грн.")


@odd
def one_region_one_maker(sites: int, seed: int) -> Written:
    base = plain(sites, seed)
    products = base.tables["products"]
    one = products.filter(pl.col("maker") == "Nokia")
    supply = base.tables["supply"].filter(pl.col("maker") == "Nokia").with_columns(pl.col("units") * 3)
    return changed(base, {"products": one, "supply": supply, "pairs": base.tables["pairs"].clear()})


@odd
def late_money(sites: int, seed: int) -> Written:
    """All new money comes in the twelfth quarter."""
    base = plain(sites, seed)
    money = base.tables["money"]
    whole = money.group_by("owner", maintain_order=True).agg(pl.col("amount").sum() * 1.5)
    money = whole.with_columns(quarter=pl.lit("2029-Q3")).select("owner", "quarter", "amount")
    return changed(base, {**_more(base, 2.2), "money": money}, down_share=0.4)


@odd
def singles(sites: int, seed: int) -> Written:
    """From nothing: single sites, one radio product a maker, quantities of 1 to 400, no baseband, tight."""
    rng = np.random.default_rng(seed)
    span, regions, makers = 16, max(1, sites // 2_000), 4
    number = np.arange(sites)
    quantity = rng.integers(1, 400, sites)
    region = rng.integers(0, regions, sites)
    sites_ = pl.DataFrame(
        {
            "site": pl.Series(number).cast(pl.String), "cluster": pl.Series(number).cast(pl.String),
            "criticality": rng.uniform(0.1, 5, sites),
        }
    )  # fmt: skip
    clusters = sites_.select(
        "cluster", region=pl.Series(region).cast(pl.String), market=pl.lit("M"), owner=pl.lit("O"),
        after=pl.lit(None, dtype=pl.String),
    )  # fmt: skip
    installed = pl.DataFrame(
        {
            "item": pl.Series(number).cast(pl.String), "site": pl.Series(number).cast(pl.String),
            "role": "radio", "product": "old", "maker": "Old", "quantity": quantity, "must_go": "yes",
            "yearly_cost": rng.uniform(0, 200, sites),
        }
    )  # fmt: skip
    products = pl.DataFrame(
        [
            (f"P{k}", f"Maker {k}", "radio", float(price), 60.0, float(hours), int(k % 3), "yes")
            for k, (price, hours) in enumerate(
                zip(rng.uniform(900, 1400, makers), rng.uniform(0.7, 1.3, makers), strict=True)
            )
        ],
        schema=["product", "maker", "role", "price_average", "yearly_cost", "install_hours", "lead_quarters",
                "approved"],
        orient="row",
    )  # fmt: skip
    whole = float(quantity.sum())
    supply = pl.DataFrame(
        {
            "maker": [f"Maker {k}" for k in range(makers)], "role": "radio",
            "units": np.maximum(np.ceil(whole * 1.3 / makers / span), 400),
        }
    )  # fmt: skip
    hours = np.bincount(region, quantity, minlength=regions) * 1.3 * 1.25 / (span - 2)
    crews = pl.DataFrame({"region": [str(r) for r in range(regions)], "hours": np.maximum(hours, 600.0)})
    money = pl.DataFrame({"owner": ["O"], "amount": [whole * 1_400 * 1.05 / span]})
    settings = {
        "schema": "clearband/network/1", "title": f"{sites} single sites", "currency": "USD",
        "first_quarter": "2027-Q1", "quarters": span, "discount_rate": 0.05, "exposure_price": 300.0,
        "labour_rate": 90.0, "visit_cost": 2_000.0, "down_share": 0.15 if sites > 50 else 0.5,
    }  # fmt: skip
    return Written(
        settings,
        {"sites": sites_, "clusters": clusters, "installed": installed, "products": products,
         "supply": supply, "crews": crews, "money": money},
    )  # fmt: skip


@odd
def scrambled(sites: int, seed: int) -> Written:
    """Many things at once, by chance: settings, dates, limits of some, chains, owners, caps."""
    rng = np.random.default_rng(seed + 1_000)
    span = int(rng.integers(12, 41))
    base = generate(Asked(sites, seed, span, float(rng.uniform(0.3, 1.0))))
    tables = _more(base, float(rng.uniform(1.2, 1.8)))
    sites_ = base.tables["sites"].with_columns(
        criticality=pl.Series(np.exp(rng.normal(0, 0.5, base.tables["sites"].height)))
    )
    products = base.tables["products"]
    noise = [pl.col(c) * pl.Series(rng.uniform(0.8, 1.25, products.height))
             for c in ("price_low", "price_average", "yearly_cost", "install_hours")]  # fmt: skip
    tables |= {"sites": sites_, "products": products.with_columns(noise)}
    for name in ("crews", "supply"):
        if rng.random() < 0.3:
            table = tables[name]
            tables[name] = table.filter(pl.Series(rng.random(table.height) < 2) & (pl.col("quarter") != "x"))
    settings: dict[str, Any] = {
        "exposure_price": float(np.exp(rng.uniform(0, 10))),
        "discount_rate": float(rng.uniform(0, 0.15)),
        "overlap_quarters": int(rng.integers(0, 2)),
        "removal_share": float(rng.uniform(0, 1)),
        "down_share": float(min(1.0, base.settings["down_share"] * rng.uniform(1, 3))),
        "price": str(rng.choice(["low", "average"])),
        "core_first": bool(rng.random() < 0.7),
    }
    if rng.random() < 0.5:
        settings["caps"] = [{"role": "radio", "share": 0.6}]
    if rng.random() < 0.5:
        settings["refunds"] = [
            {"share": 0.5, "lag": int(rng.integers(0, 6)), "groups": ["ran"]},
            {"share": 0.3, "lag": 1, "groups": ["core", "transport"]},
        ]
    return changed(base, tables, **settings)
