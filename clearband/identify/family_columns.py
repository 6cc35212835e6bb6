"""Match the schemes of model numbers on whole columns: one pass of Polars' regular expressions a pattern."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from clearband.identify.families import FamilyHit, FamilyIndex

_NOT_IN_RUST: Final = ("(?!", "(?=", "(?<")
"""Look-around, which Polars' engine does not have; such patterns (a few) are matched one form at a time."""

_FEW: Final = 50
"""Up to so many texts are matched one by one: a pass over a column costs more than they do."""


def match_families(forms: Sequence[tuple[str, ...]], index: FamilyIndex) -> list[tuple[FamilyHit, ...]]:
    """`FamilyIndex.match` for many model texts.

    Args:
        forms: The forms of each text, shape (n,).

    Returns:
        The patterns each text meets, shape (n,).
    """
    if len(forms) <= _FEW:
        return [index.match(texts) for texts in forms]
    owners = [number for number, texts in enumerate(forms) for _ in texts]
    column = pl.DataFrame(
        {"number": owners, "form": [form for texts in forms for form in texts]},
        schema={"number": pl.UInt32, "form": pl.String},
    )
    distinct = column.select(pl.col("form").unique(maintain_order=True)).with_row_index("at")
    found: list[list[FamilyHit]] = [[] for _ in forms]
    if not distinct.height:
        return [() for _ in forms]
    texts_of = column.join(distinct, on="form").group_by("at").agg(pl.col("number").unique())
    owners_at = dict(zip(texts_of["at"].to_list(), texts_of["number"].to_list(), strict=True))
    for number, hit in enumerate(index.hits):
        numbers = {owner for at in _matching(distinct["form"], number, index) for owner in owners_at[at]}
        for owner in numbers:
            found[owner].append(hit)
    return [tuple(hits) for hits in found]


def _matching(forms: pl.Series, number: int, index: FamilyIndex) -> list[int]:
    pattern = index.hits[number].family.pattern
    if any(sign in pattern for sign in _NOT_IN_RUST):
        compiled = index.compiled[number]
        return [at for at, form in enumerate(forms.to_list()) if compiled.match(form)]
    return forms.str.contains(f"(?i)^(?:{pattern})").arg_true().to_list()
