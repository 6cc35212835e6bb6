"""Sites, clusters, markets and regions of a made-up network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from clearband.planning.network.generate import assumptions as given

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Places:
    """Where everything stands; each array counts from 0.

    Attributes:
        market: Of each site.
        cluster: Of each site; clusters lie in one market.
        core: Whether a site is the core site of its market, which is a cluster of its own.
        market_of, after: Of each cluster; ``after`` is -1 where nothing comes first.
        region_of, owner_of: Of each market.
    """

    market: Ints
    cluster: Ints
    core: NDArray[np.bool_]
    criticality: Ints
    latitude: Floats
    longitude: Floats
    market_of: Ints
    after: Ints
    region_of: Ints
    owner_of: Ints
    owners: int

    @property
    def region(self) -> Ints:
        """Of each site."""
        return self.region_of[self.market]

    def sites(self) -> pl.DataFrame:
        """The table of sites."""
        return pl.DataFrame(
            {
                "site": names("S", np.arange(len(self.market)), 6),
                "cluster": names("C", self.cluster, 6),
                "criticality": self.criticality,
                "latitude": self.latitude.round(5),
                "longitude": self.longitude.round(5),
            }
        )

    def clusters(self) -> pl.DataFrame:
        """The table of clusters."""
        after = names("C", self.after, 6).set(pl.Series(self.after < 0), None)
        return pl.DataFrame(
            {
                "cluster": names("C", np.arange(len(self.market_of)), 6),
                "region": names("R", self.region_of[self.market_of], 2),
                "market": names("M", self.market_of, 4),
                "owner": names("carrier-", self.owner_of[self.market_of], 0),
                "after": after,
            }
        )


def names(letter: str, numbers: Ints, digits: int) -> pl.Series:
    """Names such as ``S000001`` for numbers from 0."""
    return letter + pl.Series(numbers + 1).cast(pl.String).str.zfill(digits)


def places(sites: int, down_most: int, rng: np.random.Generator) -> Places:
    """Lay out a network.

    Args:
        sites: How many.
        down_most: Most sites of a cluster, so that a quarter has room for it.
    """
    markets = max(1, round(sites / given.SITES_PER_MARKET))
    regions = min(markets, region_count(sites))
    region_of, owner_of, owners = _markets(sites, markets, regions, rng)
    market = np.repeat(np.arange(markets), _sizes(sites, markets, rng))
    first = np.searchsorted(market, np.arange(markets))
    core = np.zeros(sites, dtype=bool)
    core[first] = True
    cluster = _clusters(market, core, down_most, rng)
    market_of = market[np.searchsorted(cluster, np.arange(cluster[-1] + 1))]
    is_core = np.zeros(len(market_of), dtype=bool)
    is_core[cluster[first]] = True
    criticality = rng.choice(np.arange(1, 6), size=sites, p=given.CRITICALITY)
    criticality[core] = 5
    latitude, longitude = _coordinates(region_of, market, rng)
    return Places(
        market,
        cluster,
        core,
        criticality,
        latitude,
        longitude,
        market_of,
        _after(market_of, is_core, rng),
        region_of,
        owner_of,
        owners,
    )


def region_count(sites: int) -> int:
    """Regions of a network: more sites a region, the larger it is."""
    few, many = given.SITES_PER_REGION
    each = few + (many - few) * min(1.0, sites / given.MOST)
    return int(min(given.MOST_REGIONS, -(-sites // each)))


def _markets(sites: int, markets: int, regions: int, rng: np.random.Generator) -> tuple[Ints, Ints, int]:
    """Region and owner of each market; each region and owner has at least one."""
    region_of = np.sort(np.concatenate([np.arange(regions), rng.integers(0, regions, markets - regions)]))
    shares = next(shares for below, shares in given.OWNERS if sites < below)[:markets]
    bounds = np.round(np.cumsum(shares) / sum(shares) * markets).astype(int)
    owner_of = np.searchsorted(bounds, np.arange(markets), side="right")
    return region_of, rng.permutation(owner_of), len(shares)


def _sizes(sites: int, markets: int, rng: np.random.Generator) -> Ints:
    weights = rng.uniform(1 - given.MARKET_SPREAD, 1 + given.MARKET_SPREAD, markets)
    ends = np.round(np.cumsum(weights) / weights.sum() * sites).astype(np.int64)
    sizes: Ints = np.diff(ends, prepend=0)
    return sizes


def _clusters(market: Ints, core: NDArray[np.bool_], down_most: int, rng: np.random.Generator) -> Ints:
    """Cluster of each site, counted in the order of the sites: log-normal, cut at the ends of markets."""
    sites = len(market)
    least, most = given.CLUSTER_SIZES
    sizes = np.exp(rng.normal(given.CLUSTER_MEAN, given.CLUSTER_SIGMA, sites)).round()
    sizes = np.clip(sizes, min(least, down_most), min(most, down_most)).astype(np.int64)
    sizes[rng.random(sites) < given.SINGLE_SHARE] = 1
    begins = np.zeros(sites, dtype=bool)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    begins[starts[starts < sites]] = True
    begins |= core
    begins[1:] |= core[:-1]
    begins[1:] |= market[1:] != market[:-1]
    cluster: Ints = np.cumsum(begins) - 1
    return cluster


def _after(market_of: Ints, is_core: NDArray[np.bool_], rng: np.random.Generator) -> Ints:
    """The cluster before each: one of the level above in its market, or -1. So there is no circle."""
    levels = len(given.LEVELS)
    level = rng.choice(levels, size=len(market_of), p=given.LEVELS)
    level[is_core] = 0
    place = market_of * levels + level
    order = np.argsort(place, kind="stable")
    counts = np.bincount(place, minlength=(market_of.max() + 1) * levels)
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    above = np.maximum(place - 1, 0)
    has = (level > 0) & (counts[above] > 0)
    pick = starts[above] + (rng.random(len(place)) * counts[above]).astype(np.int64)
    after: Ints = np.where(has, order[np.minimum(pick, len(order) - 1)], -1)
    return after


def _coordinates(region_of: Ints, market: Ints, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Around made-up centres: markets around those of regions, sites around those of markets."""
    regions = int(region_of.max()) + 1
    centre = np.stack([rng.uniform(32, 46, regions), rng.uniform(-118, -78, regions)])
    km = np.array([[1 / 111.0], [1 / 85.0]])
    at = centre[:, region_of] + rng.normal(0, given.REGION_KM / 2, (2, len(region_of))) * km
    site = at[:, market] + rng.normal(0, given.MARKET_KM / 2, (2, len(market))) * km
    return site[0], site[1]
