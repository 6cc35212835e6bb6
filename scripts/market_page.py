"""The part of the page of figures that shows markets and what bans are said to cost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from markdown_figures import ids, remarks, table

from clearband.impact.market import ShareTable, market_rows, share_tables
from clearband.reports.figure_words import bounds, mark, share_span, told

MARKET: Final = """
## Market shares

Percent of revenue. *Others* and the concentration (Herfindahl-Hirschman index, 0 to 10,000) are bounds: a
published 28 may stand for 27.5 to 28.5, and nobody publishes the small makers. The low bound spreads the
rest over very many; the high bound lets no unnamed maker be larger than the smallest that is named, where the
source names the largest ones.

"""


def market_part() -> Iterator[str]:
    """The part, piece by piece."""
    regions = {one["id"]: one["title"] for one in market_rows("regions")}
    yield MARKET
    yield table(
        "market | year | region | shares | others > | concentration > | source",
        (_shares(one, regions) for one in share_tables().values()),
    )
    yield "\n### Places\n\n"
    yield table("market | year | region | maker | place | source", (_rank(one, regions) for one in _ranks()))
    yield "\n### Size, growth, use\n\n"
    yield table(
        "market | year | region | what | figure > | source",
        (
            (one["market"], _when(one), regions[one["region"]], _measured(one), told(one), _cites(one))
            for one in market_rows("measures")
        ),
    )
    yield "\n### Price gaps\n\n"
    yield table(
        "what | percent > | year | region | who says so | source",
        (
            (one["what"], _marked(one), one["year"], regions[one["region"]], _says(one), _cites(one))
            for one in market_rows("price_gaps")
        ),
    )
    yield "\n### What a ban is said to cost\n\nA figure is as good as the interest behind it.\n\n"
    yield table(
        "what | figure > | year | region | whose | paid by | further figures | source",
        (_ban_cost(one, regions) for one in market_rows("ban_costs")),
    )
    yield "\n### Whether the others could supply\n\n"
    yield remarks(market_rows("capacity"), "claim") + "\n### Not found\n\n"
    yield "".join(f"- {gap}\n" for gap in market_rows("gaps"))


def _when(row: dict[str, Any]) -> str:
    return f"{row['year']}" + ("" if row["period"] == "year" else f" {row['period']}")


def _cites(row: dict[str, Any]) -> str:
    return ids(row["sources"])


def _marked(row: dict[str, Any]) -> str:
    return told(row).removesuffix(" percent") + mark(row["verified"])


def _says(row: dict[str, Any]) -> str:
    return f"{row['by']}" + (f" ({row['note']})" if "note" in row else "")


def _shares(shown: ShareTable, regions: dict[str, str]) -> Iterator[object]:
    yield shown.market
    yield f"{shown.year}" + ("" if shown.period == "year" else f" {shown.period}")
    yield regions[shown.region]
    parts = [
        f"{' + '.join(one.makers)} {share_span(one.percent.low, one.percent.high)}{mark(one.verified)}"
        + "".join(f" ({note})" for note in (one.derived, one.note) if note)
        for one in shown.shares
    ]
    parts += [
        f"the {one.largest} largest {share_span(one.percent.low, one.percent.high)}" for one in shown.top
    ]
    yield ", ".join(parts)
    yield share_span(shown.rest.low, shown.rest.high)
    index = shown.concentration()
    yield bounds(index.low, index.high)
    yield ids(shown.sources)


def _ranks() -> list[dict[str, Any]]:
    return sorted(market_rows("ranks"), key=lambda row: (row["market"], row["year"], row["region"]))


def _rank(row: dict[str, Any], regions: dict[str, str]) -> Iterator[object]:
    yield row["market"]
    yield _when(row)
    yield regions[row["region"]]
    yield row["maker"]
    place = row.get("place") or f"not among the first {row['not_among']}"
    yield f"{place}" + (f" ({row['note']})" if "note" in row else "")
    yield _cites(row)


def _measured(row: dict[str, Any]) -> str:
    makers = f"{' and '.join(row['makers'])}: " if row["makers"] else ""
    since = f" since {row['since']}" if "since" in row and str(row["since"]) not in row["what"] else ""
    forecast = " (forecast)" if row["expected"] else ""
    return f"{makers}{row['what']}{since}{forecast}" + (f" ({row['note']})" if "note" in row else "")


def _ban_cost(row: dict[str, Any], regions: dict[str, str]) -> Iterator[object]:
    yield row["what"] + mark(row["verified"]) + (f" ({row['note']})" if "note" in row else "")
    per = " a year" if row["per"] == "year" else f" over {row['years']} years" if "years" in row else ""
    yield told(row) + per
    yield row["year"]
    yield regions[row["region"]]
    yield row["by"] + (" (has an interest)" if row["interested"] else "")
    yield row.get("funded_by", "not known")
    yield "; ".join(f"{one['what']}: {told(one)}" for one in row["also"])
    yield _cites(row)
