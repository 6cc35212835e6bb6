"""Names that lead nowhere, and the order of clusters."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from clearband.planning.network.check.found import Found, counted, listed
from clearband.planning.network.network import Network


def unknown_names(network: Network) -> Iterator[Found]:
    """Names in one table that another does not have."""
    sites, clusters = network.sites, network.clusters
    refund_owners = [one.owner for one in network.settings.refunds if one.owner is not None]
    owners = clusters["owner"]
    for table, what, names, known, remedy in (
        ("sites", "cluster", sites["cluster"], clusters["cluster"], "add it to clusters"),
        ("installed", "site", network.installed["site"], sites["site"], "add it to sites"),
        ("crews", "region", network.crews["region"], clusters["region"], "a region is named in clusters"),
        ("money", "owner", network.money["owner"], owners, "an owner is named in clusters"),
        (
            "refunds",
            "owner",
            pl.Series(refund_owners, dtype=pl.String),
            owners,
            "an owner is named in clusters",
        ),
    ):
        lost = names.filter(~names.is_in(known.unique().implode()))
        if len(lost):
            different = lost.unique().sort().to_list()
            rows = f" ({counted(len(lost), 'row')})" if table in ("sites", "installed") else ""
            many = f"{what}s are" if len(different) > 1 else f"{what} is"
            yield Found(
                "error",
                "unknown-name",
                f"{table}: {many} not known: {listed(different)}{rows}",
                remedy,
                len(lost),
            )
    yield from _of_products(network)
    empty = clusters.join(sites, on="cluster", how="anti")["cluster"].to_list()
    if empty:
        yield Found("warning", "empty-cluster", f"clusters without a site: {listed(empty)}", "", len(empty))


def _of_products(network: Network) -> Iterator[Found]:
    named = pl.concat([network.products["product"], network.installed["product"].drop_nulls()]).unique()
    for column in ("radio", "baseband"):
        lost = network.pairs[column].filter(~network.pairs[column].is_in(named.implode())).unique().sort()
        if len(lost):
            yield Found(
                "warning",
                "unknown-product",
                f"pairs: a {column} is neither a product nor installed: {listed(lost.to_list())}",
                "spell it as products or installed do",
                len(lost),
            )
    known = set(network.products["maker"]) | set(network.installed["maker"].drop_nulls())
    makers = set(network.supply["maker"]) | {cap.maker for cap in network.settings.caps if cap.maker}
    if makers - known:
        yield Found(
            "warning",
            "unknown-maker",
            f"supply or caps: makers of no product: {listed(sorted(makers - known))}",
            "spell them as products does",
            len(makers - known),
        )


def order_of_clusters(network: Network) -> Iterator[Found]:
    """``after``: a known cluster of the same market, and no circle."""
    clusters = network.clusters
    names = clusters["cluster"]
    place = dict(zip(names.to_list(), range(len(names)), strict=True))
    after = clusters["after"].replace_strict(place, default=None, return_dtype=pl.Int64)
    lost = clusters.filter(clusters["after"].is_not_null() & after.is_null())
    if lost.height:
        yield Found(
            "error",
            "unknown-name",
            f"clusters: after names no cluster: {listed(lost['after'].to_list())}",
            "name a cluster of the same market, or leave it empty",
            lost.height,
        )
    before = after.fill_null(-1).to_numpy()
    market = clusters["market"].to_numpy()
    far = np.flatnonzero((before >= 0) & (market[before] != market))
    if len(far):
        cluster = names[int(far[0])]
        yield Found(
            "error",
            "after-other-market",
            f"clusters: after of {cluster} is {clusters['after'][int(far[0])]}, which is in another market"
            + (f" (and {len(far) - 1:,} more)" if len(far) > 1 else ""),
            "name a cluster of the same market",
            len(far),
        )
    yield from _circles(before, names)


def _circles(before: np.ndarray[tuple[int], np.dtype[np.int64]], names: pl.Series) -> Iterator[Found]:
    """Clusters that come after themselves: following ``after`` never ends."""
    root = len(before)
    ahead = np.append(np.where(before < 0, root, before), root)
    for _ in range(max(1, root).bit_length()):  # each step doubles the distance
        ahead = ahead[ahead]
    endless = np.flatnonzero(ahead[:root] != root)
    if not len(endless):
        return
    circle: list[int] = []
    at = int(ahead[endless[0]])  # so far ahead that it lies in the circle
    while at not in circle and len(circle) < root:
        circle.append(at)
        at = int(before[at])
    shown = listed([names[one] for one in circle])
    yield Found(
        "error",
        "after-circle",
        f"clusters: after goes round in a circle: {shown}",
        "take one out",
        len(endless),
    )
