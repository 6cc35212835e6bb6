"""Why a name and a listed one are held to be one: in words a person can check."""

from __future__ import annotations

from typing import Final

import polars as pl

from clearband.matching.alignment import EXACT, Alignment, Pair, align
from clearband.matching.written_words import written_words

_WORDS: Final = pl.List(pl.String)
REASONS: Final = pl.Schema(
    [
        ("why", pl.String()),
        ("words_in_common", _WORDS),
        ("query_words_left", _WORDS),
        ("name_words_left", _WORDS),
        ("legal_form", pl.String()),
    ]
)


def reasons(queries: pl.Series, names: pl.Series) -> pl.DataFrame:
    """Lay pairs of names side by side; equal pairs once.

    Args:
        queries: Shape (n,).
        names: The listed names beside them, shape (n,).

    Returns:
        `REASONS`, shape (n,).
    """
    pairs = pl.DataFrame({"query": queries, "name": names})
    distinct = pairs.unique(maintain_order=True)
    sides = []
    for column in ("query", "name"):
        texts = distinct[column].unique(maintain_order=True)
        words = dict(zip(texts.to_list(), written_words(texts), strict=True))
        sides.append([words[text] for text in distinct[column].to_list()])
    found = [align(query, name) for query, name in zip(*sides, strict=True)]
    told = pl.DataFrame(
        {
            "why": [why(one) for one in found],
            "words_in_common": [[_pair(pair) for pair in one.common] for one in found],
            "query_words_left": [one.query_left for one in found],
            "name_words_left": [one.name_left for one in found],
            "legal_form": [one.legal for one in found],
        },
        schema=REASONS,
    )
    return (
        pairs.join(distinct.hstack(told), on=["query", "name"], how="left", maintain_order="left")
        .select(REASONS.names())
        .match_to_schema(REASONS)
    )


def why(one: Alignment) -> str:
    """A sentence of the parts: words in common, words left over, legal form."""
    parts = ["in common: " + ", ".join(map(_pair, one.common)) if one.common else "no whole word in common"]
    if one.query_left:
        parts.append("only in the query: " + ", ".join(one.query_left))
    if one.name_left:
        parts.append("only in the listed name: " + ", ".join(one.name_left))
    return "; ".join([*parts, *_legal(one)])


def _pair(pair: Pair) -> str:
    return pair.query if pair.how == EXACT else f"{pair.query} = {pair.name} ({pair.how})"


def _legal(one: Alignment) -> list[str]:
    sides = dict.fromkeys(" ".join(side) for side in (one.legal_query, one.legal_name) if side)
    return [f"legal form {one.legal}: {' / '.join(sides)}"] if sides else []
