"""What a draft does to markets: shares that banned makers lose, concentration after, growth of the others."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, Literal

from clearband.errors import UsageError
from clearband.impact.form import (
    ClaimTold,
    GapTold,
    GrowthTold,
    MarketTold,
    OutcomeTold,
    Range,
    RankTold,
    ShareTold,
    StudyTold,
    TableTold,
)
from clearband.impact.market import ShareTable, market_rows, share_tables
from clearband.impact.places import related
from clearband.impact.redistribution import TAKERS, Redistribution, redistribute

EROSIONS: Final = (25, 50, 100)
"""Percent of their shares that banned makers lose, where nothing else is asked: nobody knows how much."""


def market_told(
    market: str | None,
    region: str | None,
    year: int | None,
    erosions: Sequence[int],
    banned: Collection[str],
) -> MarketTold:
    """What is known of markets.

    Args:
        market: all-equipment or ran; None for both.
        region: Only this one; None for all.
        year: Only this one; None for the latest whole year of each market and region.
        erosions: Percent.
        banned: Ids of makers that the draft means for certain.

    Raises:
        UsageError: No such shares are published.
    """
    tables = _tables(market, region, year)
    if not tables:
        there = dict.fromkeys(
            f"{key[0]} {key[1]} {key[3]}" for key in share_tables() if market in (None, key[0])
        )
        raise UsageError("no such shares are published", remedy=f"published are: {', '.join(there)}")
    places = related(region) if region else None
    return MarketTold(
        tables=tuple(table_told(table, banned, erosions) for table in tables),
        ranks=tuple(ranks_told(places, banned, market)),
        studies=tuple(studies_told(places)),
        claims=tuple(_claims(places)),
        gaps=tuple(GapTold(what=gap, sources=("search",)) for gap in market_rows("gaps")),
    )


def _tables(market: str | None, region: str | None, year: int | None) -> list[ShareTable]:
    found = [
        table
        for table in share_tables().values()
        if market in (None, table.market) and region in (None, table.region) and year in (None, table.year)
    ]
    if year is not None:
        return found
    latest: dict[tuple[str, str], ShareTable] = {}
    for table in found:
        if table.period == "year":
            held = latest.get((table.market, table.region))
            if held is None or held.year < table.year:
                latest[table.market, table.region] = table
    return list(latest.values()) or found


def table_told(table: ShareTable, banned: Collection[str], erosions: Sequence[int]) -> TableTold:
    """A table of shares, and what becomes of it."""
    here = [maker for share in table.shares for maker in share.makers if maker in banned]
    outcomes: list[OutcomeTold] = []
    growth: list[GrowthTold] = []
    reason: list[str] = [] if here else ["no share of a banned maker is published here"]
    for percent in erosions if here else ():
        found: dict[str, Redistribution] = {}
        for takers in TAKERS:
            try:
                found[takers] = redistribute(table, here, takers, erosion=Fraction(percent, 100))
            except UsageError as error:
                reason.append(error.what)
                continue
            after = found[takers].hhi_after
            outcomes.append(
                OutcomeTold(
                    erosion=percent, takers=takers, **_whole(after.low, after.high),
                    sources=table.sources, verified=table.verified,
                )
            )  # fmt: skip
        growth += _growth(table, percent, found)
    index, rest = table.concentration(), table.rest
    return TableTold(
        market=table.market,
        year=table.year,
        period=table.period,
        region=table.region,
        shares=tuple(
            ShareTold(
                makers=share.makers, banned=_banned(share.makers, banned),
                estimate_by=share.estimate_by, **_ends(share.possible.low, share.possible.high, 1),
                sources=share.sources, verified=share.verified,
            )
            for share in table.shares
        ),
        rest=Range(**_ends(rest.low, rest.high, 1)),
        before=Range(**_whole(index.low, index.high)),
        outcomes=tuple(outcomes),
        growth=tuple(growth),
        not_computed="; ".join(dict.fromkeys(reason)) or None,
        sources=table.sources,
        verified=table.verified,
    )  # fmt: skip


def _banned(makers: Sequence[str], banned: Collection[str]) -> Literal["yes", "in part", "no"]:
    here = [maker in banned for maker in makers]
    return "yes" if all(here) else "in part" if any(here) else "no"


def ranks_told(
    places: Collection[str] | None, banned: Collection[str], market: str | None = None
) -> Iterator[RankTold]:
    """Places of banned makers by revenue, in some regions; None for all."""
    for row in _in(places, market_rows("ranks")):
        if row["maker"] in banned and market in (None, row["market"]):
            yield RankTold(
                **{name: row[name] for name in ("market", "year", "period", "region", "maker")},
                place=row.get("place"),
                not_among=row.get("not_among"),
                estimate_by=row.get("estimate_by"),
                sources=row["sources"],
                verified=row["verified"],
            )


def _growth(table: ShareTable, percent: int, found: dict[str, Redistribution]) -> Iterator[GrowthTold]:
    if "proportional" not in found or "any" not in found:
        return
    for alike, alone in zip(found["proportional"].grown, found["any"].grown, strict=True):
        yield GrowthTold(
            makers=alike.makers,
            erosion=percent,
            together=Range(**_ends(alike.factor_low, alike.factor_high, 2)),
            alone=Range(**_ends(_least_alone(alone, found["any"]), alone.factor_high, 2)),
            sources=table.sources,
            verified=table.verified,
        )


def _least_alone(alone: Any, whole: Redistribution) -> Fraction:
    """The least factor of a maker that takes all: with the least that is lost, and the most that it had."""
    before: Fraction = alone.before.high
    return 1 + whole.freed.low / before if before else Fraction(1)


def _whole(low: Fraction, high: Fraction) -> dict[str, Decimal | None]:
    return {"low": Decimal(math.floor(low)), "high": Decimal(math.ceil(high))}


def _ends(low: Fraction, high: Fraction | None, places: int) -> dict[str, Decimal | None]:
    """Ends rounded outwards: what they bound stays within."""
    scale = 10**places
    return {
        "low": Decimal(math.floor(low * scale)) / scale,
        "high": None if high is None else Decimal(math.ceil(high * scale)) / scale,
    }


def studies_told(places: Collection[str] | None) -> Iterator[StudyTold]:
    """What bans are said to cost, and how prices differ, in some regions; None for all."""
    for row in _in(places, [*market_rows("ban_costs"), *market_rows("price_gaps")]):
        low, high = (row.get("value", row.get(end)) for end in ("low", "high"))
        per = row.get("per")
        yield StudyTold(
            id=row["id"],
            what=row["what"],
            low=None if low is None else Decimal(low),
            high=None if high is None else Decimal(high),
            unit=row["unit"],
            per="a year" if per == "year" else f"over {row['years']} years" if row.get("years") else None,
            year=row["year"],
            region=row["region"],
            by=row["by"],
            funded_by=row.get("funded_by"),
            interested=row.get("interested", False),
            note=row.get("note"),
            sources=row["sources"],
            verified=row["verified"],
        )


def _claims(places: Collection[str] | None) -> Iterator[ClaimTold]:
    for row in _in(places, market_rows("capacity")):
        yield ClaimTold(
            id=row["id"],
            claim=row["claim"],
            by=row["by"],
            year=row["year"],
            region=row["region"],
            sources=row["sources"],
            verified=row["verified"],
        )


def _in(places: Collection[str] | None, rows: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    return (row for row in rows if places is None or row["region"] in places)
