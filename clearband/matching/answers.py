"""The answer for each name asked: which organisations of a list it may mean, and why."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

import polars as pl

from clearband.matching.matcher import HINT, Matcher
from clearband.matching.reasons import REASONS, reasons

MATCH, POSSIBLE, UNLIKELY, NOTHING = "match", "possible", "unlikely", "none"

FEATURE: Final = pl.Struct({"feature": pl.String, "value": pl.Float64, "moved": pl.Float64})
"""What was seen of a name and a listed one, and by how much it moved the score, in log-odds."""
ANSWERS: Final = pl.Schema(
    [
        ("query_id", pl.String()),
        ("query", pl.String()),
        ("rank", pl.UInt32()),
        ("entity_id", pl.String()),
        ("entity", pl.String()),
        ("name", pl.String()),
        ("score", pl.Float64()),
        ("verdict", pl.String()),
        *REASONS.items(),
    ]
)
"""One row a name asked and organisation, the best first. Where ``verdict`` is "none" nothing else is told."""


@dataclass(frozen=True)
class Counts:
    """How many of what.

    Attributes:
        queries: Names asked.
        distinct: Different ones among them.
        blank: Those without a name.
        matched: Those with an organisation at the threshold or above.
        possible: Those whose best is below it, and not below a tenth of it.
        unlikely: Those whose best is below that.
        none: Those without any.
        listed: Names of the list.
        entities: Organisations of the list.
    """

    queries: int
    distinct: int
    blank: int
    matched: int
    possible: int
    unlikely: int
    none: int
    listed: int
    entities: int

    def as_json(self) -> dict[str, int]:
        """The counts by name."""
        return asdict(self)


@dataclass(frozen=True)
class Asking:
    """What is asked.

    Attributes:
        limit: Most organisations told for a name.
        threshold: Least score of a match.
        everything: Also what is below the threshold, and names without any organisation.
        features: Also what was seen and how it moved the score, in a column ``features``.
    """

    limit: int
    threshold: float
    everything: bool = False
    features: bool = False


def answers(queries: pl.DataFrame, matcher: Matcher, asking: Asking) -> tuple[pl.DataFrame, Counts]:
    """Hold names against a list.

    Args:
        queries: Columns ``id`` and ``name``, shape (n,); null where there is no name.
        matcher: The list.
        asking: What is asked.

    Returns:
        `ANSWERS` in the order of the names asked, and the counts.
    """
    found = matcher.match(queries["name"], limit=asking.limit).with_columns(
        rank=pl.int_range(1, pl.len() + 1, dtype=pl.UInt32).over("query"),
        verdict=pl.when(pl.col("score") >= asking.threshold)
        .then(pl.lit(MATCH))
        .when(pl.col("score") >= HINT * asking.threshold)
        .then(pl.lit(POSSIBLE))
        .otherwise(pl.lit(UNLIKELY)),
    )
    counts = _counts(queries, found, matcher)
    shown = found if asking.everything else found.filter(pl.col("verdict") == MATCH)
    rows = _worded(shown, queries, matcher)
    if asking.features:
        rows = rows.with_columns(features=_features(shown, queries, matcher))
    if asking.everything:
        rows = _with_nothing(rows, shown, queries)
    return rows, counts


def _worded(shown: pl.DataFrame, queries: pl.DataFrame, matcher: Matcher) -> pl.DataFrame:
    listed, number = matcher.listed, shown["entity"]
    main = pl.Series(matcher.index.entity_names[matcher.index.entity_starts[:-1]])
    told = pl.DataFrame(
        [
            queries["id"].gather(shown["query"]).alias("query_id"),
            queries["name"].gather(shown["query"]).alias("query"),
            shown["rank"],
            matcher.entities.gather(number).alias("entity_id"),
            listed.gather(main.gather(number)).alias("entity"),
            listed.gather(shown["listed"]).alias("name"),
            shown["score"].round(6),
            shown["verdict"],
        ]
    )
    return told.hstack(reasons(told["query"], told["name"])).match_to_schema(ANSWERS)


def _features(shown: pl.DataFrame, queries: pl.DataFrame, matcher: Matcher) -> pl.Series:
    names = queries["name"].gather(shown["query"]).to_list()
    rows = [
        _one(matcher, name, listed) for name, listed in zip(names, shown["listed"].to_list(), strict=True)
    ]
    return pl.Series(rows, dtype=pl.List(FEATURE))


def _one(matcher: Matcher, name: str, listed: int) -> list[dict[str, Any]]:
    """The features that moved the score, the strongest first."""
    values, moved = matcher.features(name, listed) or {}, matcher.explain(name, listed) or {}
    ranked = sorted((key for key in moved if moved[key]), key=lambda key: (-abs(moved[key]), key))
    return [{"feature": key, "value": values.get(key), "moved": round(moved[key], 6)} for key in ranked]


def _with_nothing(rows: pl.DataFrame, shown: pl.DataFrame, queries: pl.DataFrame) -> pl.DataFrame:
    """The rows with one more for each name that may mean no organisation, in the order of the names asked."""
    order = shown["query"].cast(pl.Int64)
    without = queries.with_row_index("row").with_columns(pl.col("row").cast(pl.Int64))
    without = without.filter(~pl.col("row").is_in(order.implode()))
    nothing = without.select(
        pl.col("id").alias("query_id"), pl.col("name").alias("query"), pl.lit(NOTHING).alias("verdict"), "row"
    )
    every = pl.concat([rows.with_columns(row=order), nothing], how="diagonal")
    return every.sort("row", maintain_order=True).drop("row")


def _counts(queries: pl.DataFrame, found: pl.DataFrame, matcher: Matcher) -> Counts:
    best = dict(found.filter(pl.col("rank") == 1)["verdict"].value_counts().iter_rows())
    return Counts(
        queries=queries.height,
        distinct=queries["name"].drop_nulls().n_unique(),
        blank=queries["name"].null_count(),
        matched=best.get(MATCH, 0),
        possible=best.get(POSSIBLE, 0),
        unlikely=best.get(UNLIKELY, 0),
        none=queries.height - sum(best.values()),
        listed=len(matcher.listed),
        entities=len(matcher.entities),
    )
