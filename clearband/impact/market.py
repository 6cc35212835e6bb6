"""Shares of makers in a market, year and region, from the facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from clearband.errors import UsageError
from clearband.facts.problems import nearest_or
from clearband.facts.store import compiled
from clearband.impact.concentration import WHOLE, Block, Interval, concentration, rest_of

Key = tuple[str, int, str, str]
"""Market, year, period, region."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share of revenue.

    Attributes:
        makers: Ids of organisations; several where the source tells the sum of theirs.
        percent: As published; where the source leaves an end open, 0 or 100.
        possible: What the published figure may have been rounded from: 28 stands for 27.5 to 28.5.
        derived: How it follows from what the source says; None for one that it gives.
    """

    makers: tuple[str, ...]
    percent: Interval
    possible: Interval
    sources: tuple[str, ...]
    verified: bool
    estimate_by: str | None = None
    derived: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class TopShare:
    """The share of the largest makers together; it is told, and no part of the sums here."""

    largest: int
    percent: Interval
    sources: tuple[str, ...]
    verified: bool


@dataclass(frozen=True)
class ShareTable:
    """The shares that are published of one market, year, period and region.

    Attributes:
        shares: The largest first.
        top: What is told of the largest makers together.
    """

    market: str
    year: int
    period: str
    region: str
    shares: tuple[Share, ...]
    top: tuple[TopShare, ...]

    @property
    def rest(self) -> Interval:
        """What all others have together, in percent, as far as rounded figures tell."""
        return rest_of(self.blocks())

    @property
    def largest_unnamed(self) -> Fraction | None:
        """The most that a maker without a published share can have, in percent.

        Tables of shares name the largest makers, so nobody else is larger than the smallest of them. The
        share of one maker alone, or a sum of several, tells nothing of the kind: then None.
        """
        if len(self.shares) < 2 or any(len(share.makers) > 1 for share in self.shares):
            return None
        return min(share.possible.high for share in self.shares)

    def blocks(self) -> tuple[Block, ...]:
        """The shares as the index of concentration takes them."""
        return tuple(Block(share.possible, len(share.makers)) for share in self.shares)

    def concentration(self) -> Interval:
        """Bounds of the Herfindahl-Hirschman index; see `clearband.impact.concentration`."""
        return concentration(self.blocks(), self.largest_unnamed)

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of all sources, each once."""
        return tuple(dict.fromkeys(one for share in self.shares for one in share.sources))

    @property
    def verified(self) -> bool:
        """Whether every share was read in a source."""
        return all(share.verified for share in self.shares)


@lru_cache(maxsize=1)
def share_tables() -> Mapping[Key, ShareTable]:
    """Every table of the facts, in the order of market, region and time; read once."""
    rows: dict[Key, list[dict[str, Any]]] = {}
    for raw in market_rows("shares"):
        rows.setdefault((raw["market"], raw["year"], raw["period"], raw["region"]), []).append(raw)
    ordered = sorted(rows, key=lambda key: (key[0], key[3], key[1], key[2]))
    return {key: _table(key, rows[key]) for key in ordered if any("largest" not in row for row in rows[key])}


def named_makers() -> tuple[str, ...]:
    """Ids of every organisation with a published share."""
    every = (maker for table in share_tables().values() for share in table.shares for maker in share.makers)
    return tuple(dict.fromkeys(every))


def market_rows(part: str) -> list[Any]:
    """The rows of one part of the files of market figures, as compiled.

    Args:
        part: shares, ranks, measures, price_gaps, ban_costs, capacity, regions or gaps.
    """
    return [row for file in compiled().read("market") for row in file[part]]


def shares(market: str, year: int, region: str = "world", period: str = "year") -> ShareTable:
    """The shares of a market, year and region.

    Raises:
        UsageError: None are published; names the years and regions that are.
    """
    tables = share_tables()
    found = tables.get((market, year, period, region))
    if found is not None:
        return found
    markets = sorted({key[0] for key in tables})
    if market not in markets:
        remedy = nearest_or(market, markets, ", ".join(markets))
        raise UsageError(f'no shares are published of the market "{market}"', remedy=remedy)
    there = [
        f"{key[1]}{'' if key[2] == 'year' else f' {key[2]}'} {key[3]}" for key in tables if key[0] == market
    ]
    raise UsageError(
        f"no shares of {market} are published for {year}{'' if period == 'year' else f' {period}'}, {region}",
        remedy=f"published are: {', '.join(there)}",
    )


def _table(key: Key, rows: list[dict[str, Any]]) -> ShareTable:
    named = [_share(raw) for raw in rows if "largest" not in raw]
    named.sort(key=lambda share: (-share.percent.high, -share.percent.low, share.makers))
    top = tuple(
        TopShare(raw["largest"], _interval(raw), tuple(raw["sources"]), raw["verified"])
        for raw in rows
        if "largest" in raw
    )
    return ShareTable(*key, tuple(named), top)


def _share(raw: dict[str, Any]) -> Share:
    return Share(
        (raw["maker"],) if "maker" in raw else tuple(raw["makers"]),
        _interval(raw),
        _unrounded(raw),
        tuple(raw["sources"]),
        raw["verified"],
        raw.get("estimate_by"),
        raw.get("derived"),
        raw.get("note"),
    )


def _ends(raw: dict[str, Any]) -> tuple[str | None, str | None]:
    low, high = (raw.get("value", raw.get(end)) for end in ("low", "high"))
    return low, high


def _interval(raw: dict[str, Any]) -> Interval:
    """The range of a share; an end that the source leaves open is that of all possible shares."""
    low, high = _ends(raw)
    return Interval(Fraction(low) if low else Fraction(0), Fraction(high) if high else WHOLE)


def _unrounded(raw: dict[str, Any]) -> Interval:
    """The range with half a unit of the last digit on either side.

    "Less than 3" and "at least 80" are said of the figure itself: such an end stays.
    """
    told, ends = _interval(raw), _ends(raw)
    if None in ends:
        return told
    low, high = (Fraction(1, 2 * 10 ** len(str(end).partition(".")[2])) for end in ends)
    return Interval(max(told.low - low, Fraction(0)), min(told.high + high, WHOLE))
