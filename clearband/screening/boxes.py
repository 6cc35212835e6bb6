"""Which records lie in which: every part with each box that it is in, and the way down to it."""

from __future__ import annotations

from typing import Final

import polars as pl

DEEPEST: Final = 64
"""Levels of parts within parts that are followed; what goes on is a circle."""

_AGAIN: Final = r"#\d+$"
"""How the reader tells the second row of an id from the first."""
_SAME: Final = ("manufacturer", "model", "part_number")
_LONGEST: Final = 60
"""Characters of a name in a path."""


def has_parts(equipment: pl.DataFrame) -> bool:
    """Whether any record is said to be a part of another."""
    return equipment["parent_id"].null_count() < equipment.height


def parents(equipment: pl.DataFrame) -> pl.DataFrame:
    """What each part is directly in.

    An id of the part's own file goes before the same id of another. A thing that a table names again for
    another box (``ID``, ``ID#2``) and whose parts it names once holds them in both.

    Args:
        equipment: ``record_id``, ``parent_id``, ``source``, and what tells things apart.

    Returns:
        ``part`` and ``box``, row numbers; parts of what is not there have no row.
    """
    rows = equipment.select("record_id", "parent_id", "source", *_SAME).with_row_index("row")
    ids = rows.select("record_id", box="row").unique("record_id", keep="first", maintain_order=True)
    file = pl.col("source").str.replace(r"[:!][^:!]*$", "").str.replace(r"!.*$", "")
    parts = rows.filter(pl.col("parent_id").is_not_null()).select("row", "parent_id", file=file)
    own = parts.with_columns(record_id=pl.concat_str("file", pl.lit("!"), "parent_id"))
    found = own.join(ids, on="record_id", how="left", maintain_order="left").rename({"box": "own"})
    named = found.join(ids, left_on="parent_id", right_on="record_id", how="left", maintain_order="left")
    direct = named.select(part="row", box=pl.coalesce("own", "box")).drop_nulls()
    return pl.concat([direct, _twins(rows, ids, direct)]).unique(maintain_order=True)


def _twins(rows: pl.DataFrame, ids: pl.DataFrame, direct: pl.DataFrame) -> pl.DataFrame:
    """The parts of a thing, in the further rows that name it and name no parts of it."""
    again = rows.filter(pl.col("record_id").str.contains(_AGAIN)).with_columns(
        first_id=pl.col("record_id").str.replace(_AGAIN, "")
    )
    again = again.join(direct.select(row="box"), on="row", how="anti")
    pairs = again.join(ids.rename({"box": "first"}), left_on="first_id", right_on="record_id")
    first = rows.select(first="row", **{f"{name}_": pl.col(name) for name in _SAME})
    same = pairs.join(first, on="first").filter(
        pl.all_horizontal(*(pl.col(name).eq_missing(pl.col(f"{name}_")) for name in _SAME))
    )
    return same.join(direct, left_on="first", right_on="box").select("part", box="row")


def boxes_of(edges: pl.DataFrame, parts: pl.Series, names: pl.Series) -> pl.DataFrame:
    """Every box that some parts are in, from the nearest up to the top.

    Args:
        edges: Of `parents`.
        parts: Row numbers of the parts.
        names: What each record is called, by row.

    Returns:
        ``part``, ``box`` (row numbers) and ``path``, the names from the box down to the part; each pair once,
        by the shortest way.
    """
    short = names.str.slice(0, _LONGEST).to_frame("name").with_row_index("row")
    level = parts.to_frame("part").select(
        "part", box="part", path=short["name"].gather(parts.cast(pl.UInt32))
    )
    done = level.clear()
    for _ in range(DEEPEST):
        up = level.join(edges, left_on="box", right_on="part", how="inner", maintain_order="left")
        up = up.select("part", box="box_right", path="path")
        up = up.unique(["part", "box"], keep="first", maintain_order=True)
        up = up.filter(pl.col("part") != pl.col("box")).join(done, on=["part", "box"], how="anti")
        if up.is_empty():
            break
        named = up.join(short, left_on="box", right_on="row", how="left", maintain_order="left")
        level = named.select("part", "box", path=pl.concat_str("name", pl.lit(" > "), "path"))
        done = pl.concat([done, level])
    return done
