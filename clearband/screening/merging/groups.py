"""Records of several sources that are one thing: grouped by the strongest key first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from clearband.screening.merging.components import Places, components
from clearband.screening.merging.contradictions import Akin, Why, contradictions
from clearband.screening.merging.links import Key, Links

APART: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "kind": pl.String,
    "key": pl.String,
    "why": pl.String,
    "row": pl.UInt32,
}
"""Records that share a key and are kept apart: a row each, by kind, key and reason."""


Judge = Callable[[pl.DataFrame], pl.Series]
"""From ``group`` (the lowest row of each) and ``row`` to the groups that are judged too mildly, UInt32."""


@dataclass(frozen=True)
class Groups:
    """Which records are one thing.

    Attributes:
        members: ``group`` (its lowest row) and ``row``, of groups of several records, each of another file.
        apart: `APART`.
    """

    members: pl.DataFrame
    apart: pl.DataFrame

    def without(self, groups: pl.Series, why: Why) -> Groups:
        """The same without some groups, whose records are kept apart for a reason."""
        left = pl.col("group").is_in(groups.implode())
        apart = self.members.filter(left).select(
            kind=pl.lit(""), key=pl.col("group").cast(pl.String), why=pl.lit(why.value), row="row"
        )
        return Groups(self.members.filter(~left), pl.concat([self.apart, apart]))


def grouped(rows: pl.DataFrame, links: Sequence[Links], are_akin: Akin, judge: Judge) -> Groups:
    """Group records by keys, one kind after the other.

    What a weaker key adds is taken only where it fits: where it would bring two records of one file together,
    or records that contradict each other, or would clear something, the groups stay as the stronger keys left
    them.

    Args:
        rows: Of `clearband.screening.merging.keys.rows_of`, with ``maker`` and ``speaks_for``.
        links: By kind, the strongest first.
        are_akin: Whether two makers are of one house.
        judge: Which of some groups would be judged more mildly than one of their records.
    """
    group: Places = np.arange(rows.height, dtype=np.int64)
    apart = []
    for one in links:
        apart.append(_twice(one))
        edges = one.edges
        if edges.is_empty():
            continue
        ends = [group[edges[name].to_numpy()] for name in ("one", "other")]
        joined = components(rows.height, ends[0], ends[1])[group]
        touched = np.zeros(rows.height, dtype=np.bool_)
        touched[joined[joined != group]] = True
        members = pl.Series("row", np.flatnonzero(touched[joined]).astype(np.uint32))
        known = rows[members].with_columns(group=pl.Series(joined[members.to_numpy()]))
        wrong = contradictions(known, one.kind, are_akin)
        fine = known.join(wrong, on="group", how="anti", maintain_order="left")
        milder = judge(fine.select(pl.col("group").cast(pl.UInt32), "row"))
        told = milder.cast(pl.Int64).to_frame("group").with_columns(why=pl.lit(Why.MILDER.value))
        wrong = pl.concat([wrong, told])
        refused = np.zeros(rows.height, dtype=np.bool_)
        refused[wrong["group"].to_numpy()] = True
        apart.append(_refused(one, joined, wrong))
        group = np.where(refused[joined], group, joined)
    table = pl.DataFrame({"group": group.astype(np.uint32)}).with_row_index("row")
    table = table.filter(pl.col("group").is_duplicated()).select("group", "row").sort("group", "row")
    told = pl.concat([pl.DataFrame(schema=APART), *apart])
    return Groups(table, _still_apart(told, group))


def _twice(links: Links) -> pl.DataFrame:
    # Of a name alone it is nothing new that many have it.
    twice = links.twice.clear() if links.kind is Key.NAME else links.twice
    return twice.select(kind=pl.lit(links.kind.value), key="key", why=pl.lit(Why.TWICE.value), row="row")


def _refused(links: Links, joined: Places, wrong: pl.DataFrame) -> pl.DataFrame:
    """The records of each key that would have joined contradicting ones; a name at many sites is no news."""
    told = wrong.filter(pl.col("why") != Why.SITES.value)
    groups = pl.Series("group", joined[links.shared["row"].to_numpy()])
    found = links.shared.with_columns(groups).join(told, on="group", maintain_order="left")
    return found.select(kind=pl.lit(links.kind.value), key="key", why="why", row="row")


def _still_apart(told: pl.DataFrame, group: Places) -> pl.DataFrame:
    """Without those that another key brought together all the same."""
    rows = told["row"].to_numpy()
    held = told.with_columns(group=pl.Series(group[rows], dtype=pl.Int64))
    held = held.filter(pl.col("group").n_unique().over("kind", "key", "why") > 1).drop("group")
    # What is said of a name at a site need not be said of the name again.
    named = pl.col("kind") == Key.NAME.value
    at_site = held.filter(pl.col("kind") == Key.PLACE.value)["row"]
    return held.filter(~(named & pl.col("row").is_in(at_site.implode())))
