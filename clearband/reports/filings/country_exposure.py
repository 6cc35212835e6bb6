"""What is known of the exposure of a country's networks: shares, places, studies, with year and source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from clearband.impact.country import nearest_tables
from clearband.impact.erosion import studies_told
from clearband.impact.market import market_rows
from clearband.impact.places import regions_of
from clearband.register.register import load_register
from clearband.reports.answers import RANK, words_of
from clearband.reports.figure_words import number, share_span, span, told
from clearband.reports.filings.form import Block, Column, Said, Section, Table
from clearband.reports.filings.screened import Screened


def place_name(country: str) -> str:
    """The country by its title, where the facts have one, with its code."""
    titles = {row["id"]: row["title"] for row in market_rows("regions")}
    title = titles.get(country.lower())
    return f"{title} ({country})" if title else country


def exposure(country: str) -> tuple[list[Section], set[str]]:
    """What is published about a country or the nearest region that holds it, and the ids of its sources."""
    places = regions_of(country)
    titles = {row["id"]: row["title"] for row in market_rows("regions")}
    tables = nearest_tables(country)
    ranks = [row for row in market_rows("ranks") if row["region"] in places]
    figures = [row for row in market_rows("measures") if row["region"] in places]
    studies = list(studies_told(places))
    blocks: list[Block] = [
        _shares(tables, titles),
        _ranks(ranks, titles),
        _figures(figures, titles),
    ]
    if not tables:
        text = (
            f"No share of makers is published here for {country}, or for a region that holds it: exposure is "
            "not known."
        )
        blocks.insert(0, Said(text=text, tone="open"))
    elif all(table.region != country.lower() for table in tables):
        near = ", ".join(dict.fromkeys(titles[table.region] for table in tables))
        text = (
            f"No share is published here for {country} itself: those below are of {near}, and {country} may "
            "differ."
        )
        blocks.insert(0, Said(text=text, tone="open"))
    gaps = [Said(text=f"A gap of these facts: {gap}", tone="open") for gap in market_rows("gaps")]
    cited = {one for table in tables for one in table.sources}
    cited |= {one for row in (*ranks, *figures) for one in row["sources"]}
    cited |= {one for study in studies for one in study.sources}
    return [
        Section(title="What its networks are exposed to", blocks=(*blocks, *gaps)),
        Section(title="What is said of costs", wide=True, blocks=(_studies(studies, titles),)),
    ], cited


def _names(makers: Sequence[str]) -> str:
    register = load_register().organisations
    return " + ".join(register[one].name if one in register else one for one in makers)


def _period(row: Any) -> str:
    return f"{row['year']}" if row["period"] == "year" else f"{row['year']} {row['period']}"


def _shares(tables: Any, titles: dict[str, str]) -> Table:
    rows = [
        (
            table.market,
            f"{table.year}" if table.period == "year" else f"{table.year} {table.period}",
            titles[table.region],
            _names(share.makers),
            share_span(*_ends(share.percent)),
            share.estimate_by or "",
            "; ".join(filter(None, (share.derived, share.note))),
            "yes" if share.verified else "no",
            ", ".join(share.sources),
        )
        for table in tables
        for share in table.shares
    ]
    return Table(
        title="Shares of makers, in percent of revenue",
        columns=(
            Column(title="market"),
            Column(title="year", width=0.7),
            Column(title="region", width=1.1),
            Column(title="maker", width=2),
            Column(title="percent", number=True, width=0.9),
            Column(title="estimate by", width=1.1),
            Column(title="note", width=1.4),
            Column(title="verified", width=0.7),
            Column(title="source", width=1.5),
        ),
        rows=tuple(rows),
        empty="None is published here.",
        short="shares",
    )


def _ends(percent: Any) -> tuple[Any, Any]:
    return percent.low, percent.high


def _ranks(ranks: Sequence[Any], titles: dict[str, str]) -> Table:
    rows = [
        (
            row["market"],
            _period(row),
            titles[row["region"]],
            _names([row["maker"]]),
            f"{row['place']}" if row.get("place") else f"not among the first {row['not_among']}",
            row.get("estimate_by") or "",
            "yes" if row["verified"] else "no",
            ", ".join(row["sources"]),
        )
        for row in ranks
    ]
    return Table(
        title="Places of makers by revenue",
        columns=(
            Column(title="market"),
            Column(title="year", width=0.8),
            Column(title="region", width=1.2),
            Column(title="maker", width=2),
            Column(title="place", width=1.2),
            Column(title="estimate by"),
            Column(title="verified", width=0.7),
            Column(title="source", width=1.5),
        ),
        rows=tuple(rows),
        empty="None is published here.",
        short="places",
    )


def _figures(figures: Sequence[Any], titles: dict[str, str]) -> Table:
    rows = [
        (
            row["what"],
            told(row),
            _period(row),
            titles[row["region"]],
            "forecast" if row["expected"] else "told",
            "yes" if row["verified"] else "no",
            ", ".join(row["sources"]),
        )
        for row in figures
    ]
    return Table(
        title="Other figures",
        columns=(
            Column(title="what", width=3),
            Column(title="figure", width=1.6),
            Column(title="year", width=0.8),
            Column(title="region", width=1.2),
            Column(title="told or forecast", width=0.8),
            Column(title="verified", width=0.7),
            Column(title="source", width=1.5),
        ),
        rows=tuple(rows),
        empty="None is published here.",
        short="figures",
    )


def _studies(studies: Sequence[Any], titles: dict[str, str]) -> Table:
    rows = [
        (
            f"{_span(one)} {one.unit}{f' {one.per}' if one.per else ''}",
            one.what,
            f"{one.year}",
            titles[one.region],
            one.by,
            (one.funded_by or "nothing read says who paid") + ("; has an interest" if one.interested else ""),
            one.note or "",
            "yes" if one.verified else "no",
            ", ".join(one.sources),
        )
        for one in studies
    ]
    return Table(
        title="",
        columns=(
            Column(title="figure", width=1.4),
            Column(title="of what", width=2.2),
            Column(title="year", width=0.6),
            Column(title="region", width=1.1),
            Column(title="by", width=1.4),
            Column(title="paid by", width=2),
            Column(title="note", width=1.8),
            Column(title="verified", width=0.7),
            Column(title="source", width=1.5),
        ),
        rows=tuple(rows),
        empty="No estimate of what a ban costs is held here for this country, or for a region that holds it.",
        note="An estimate is as good as the interest behind it: who made and who paid for each stands "
        "beside it.",
        short="studies",
    )


def _span(one: Any) -> str:
    return number(one.low) if one.low is not None and one.low == one.high else span(one.low, one.high)


def run_section(screened: Screened, directives: Sequence[str]) -> Section:
    """What the findings of a run say under some measures."""
    found = (
        screened.findings.filter(pl.col("directive").is_in(directives))
        .group_by("directive_title", "answer", "record_id", "source")
        .agg(pl.col("quantity").first())
        .group_by("directive_title", "answer")
        .agg(pl.len().alias("records"), pl.col("quantity").fill_null(0).sum().alias("units"))
        .collect()
    )
    rows = sorted(
        found.iter_rows(named=True), key=lambda row: (row["directive_title"], RANK.get(row["answer"], -1))
    )
    table = Table(
        title="",
        columns=(
            Column(title="measure", width=2),
            Column(title="answer"),
            Column(title="records", number=True),
            Column(title="units", number=True),
        ),
        rows=tuple(
            (row["directive_title"], words_of(row["answer"]).word, f"{row['records']:,}", f"{row['units']:,}")
            for row in rows
        ),
        empty="No measure of this country reached a record of the run, for whom and what it asked.",
        note=f"The run asked {screened.asked.date_words()}. One record may stand under several measures and "
        f"answers.",
        short="inventory",
    )
    return Section(title="What an inventory says under these measures", wide=True, blocks=(table,))
