"""Signals of which a record has several values: each distinct bag of values is read once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import polars as pl

from clearband.identify.memory import Memory
from clearband.identify.observation import Evidence, Mention, Observation
from clearband.identify.signal_columns import SignalColumn, text_signal

BAG: Final = ","
"""Stands between the numbers of a bag, which is written as text."""


def in_lists(lists: pl.Series, text: pl.Expr) -> pl.Series:
    """A text of each element of each list, ``list<string>``, shape (n,)."""
    if lists.null_count() == len(lists):
        # Most inventories have no such column, and Polars can lose the fields of structs that are not there.
        return pl.Series([None], dtype=pl.List(pl.String)).new_from_index(0, len(lists))
    return lists.to_frame("lists").select(pl.col("lists").list.eval(text)).to_series()


def one_and_several(values: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The values of the records that have one, and those of the others: most have one and need no grouping.

    Args:
        values: One row a value; the column ``row`` tells the record.
    """
    shared = values["row"].is_duplicated()
    return values.filter(~shared), values.filter(shared)


def bag_signal(
    name: str, lists: pl.Series, observe: Callable[[list[str]], Sequence[Observation]], memory: Memory
) -> SignalColumn:
    """A signal of several texts a record: each distinct text and each distinct bag of them is read once.

    Args:
        lists: ``list<string>``, shape (n,).
        memory: What was found out before.
    """
    if lists.null_count() == len(lists):
        none = pl.Series([None], dtype=pl.String).new_from_index(0, len(lists))
        return text_signal(name, none, lambda _: (), memory)
    rows = (
        pl.DataFrame({"row": pl.int_range(len(lists), dtype=pl.UInt32, eager=True), "value": lists})
        .explode("value")
        .drop_nulls("value")
    )
    each = text_signal(f"{name} each", rows["value"], observe, memory)
    text = pl.col("id").cast(pl.String)
    one, several = one_and_several(rows.with_columns(id=each.ids))
    bags = pl.concat(
        [
            one.select("row", bag=text),
            several.unique(["row", "id"])
            .sort("row", "value")
            .group_by("row", maintain_order=True)
            .agg(bag=text.str.join(BAG)),
        ]
    )
    every = pl.DataFrame({"row": pl.int_range(len(lists), dtype=pl.UInt32, eager=True)})
    column = every.join(bags, on="row", how="left", maintain_order="left")["bag"]

    def join(texts: list[str]) -> Iterable[Observation]:
        for text in texts:
            yield _joined([each.observations[int(number)] for number in text.split(BAG)])

    return text_signal(name, column, join, memory)


def _joined(observations: list[Observation]) -> Observation:
    evidence: dict[Evidence, None] = {}
    mentions: dict[Mention, None] = {}
    for observation in observations:
        evidence.update(dict.fromkeys(observation.evidence))
        mentions.update(dict.fromkeys(observation.mentions))
    return Observation(tuple(evidence), tuple(mentions))
