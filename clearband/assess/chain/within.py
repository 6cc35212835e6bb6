"""What lies within what: from the column *part of* to every part with each product that it is in."""

from __future__ import annotations

from typing import Final

import polars as pl

from clearband.errors import InputError

DEEPEST: Final = 64
"""Levels of parts within parts; a bill of materials that goes deeper has a circle in it."""
MOST_ROWS: Final = 10_000_000
"""Rows to which parts may unfold; one that stands in many products is a row for each of them."""

_SAME: Final = ("manufacturer", "model", "part_number")
_AGAIN: Final = r"#\d+$"
"""How the reader tells the second row of an id from the first."""


def tops_of(records: pl.DataFrame) -> pl.DataFrame:
    """For each record the products that it is in, how many levels below them, and through which part.

    A bill of materials names a part once for each thing that it is in, and its own parts once: the rows of
    one id are one part, and what is in it is in all of them. The same id in another file is another thing.

    Args:
        records: ``record_id``, ``parent_id``, ``source``, and what tells parts apart.

    Returns:
        ``at`` (row of the record), ``product``, ``tier`` (0 for a product), ``parent``: sorted by them.

    Raises:
        InputError: Parts in a circle, of a record that is not there, of an id that two different things
            carry, or that unfold to more than `MOST_ROWS`.
    """
    ids = records.select("record_id").unique()
    up = _edges(records.with_row_index("at"), ids)
    above = up.select(product="child", above="above").unique()
    many = above.group_by("product").len("many")
    start = records.select("record_id").with_row_index("at")
    tops = start.select("at", product="record_id", tier=pl.lit(0, pl.Int64), parent=pl.lit(None, pl.String))
    done: list[pl.DataFrame] = []
    rows = 0
    for _ in range(DEEPEST + 1):
        counted = tops.join(many, on="product", how="left", maintain_order="left")
        ended = counted["many"].is_null()
        done.append(tops.filter(ended))
        rows += done[-1].height
        if ended.all():
            return pl.concat(done).sort("at", "product", "tier", "parent")
        if rows + int(counted["many"].sum()) > MOST_ROWS:
            raise InputError(
                f"parts within parts unfold to more than {MOST_ROWS:,} rows",
                remedy="examine fewer products at a time",
            )
        tops = (
            tops.filter(~ended)
            .join(above, on="product", how="inner")
            .select(
                "at",
                product="above",
                tier=pl.col("tier") + 1,
                parent=pl.coalesce("parent", "above"),
            )
            .unique()
        )
    circle = records["record_id"][int(tops["at"].min())]  # type: ignore[arg-type]
    raise InputError(
        f"parts lie within each other deeper than {DEEPEST} levels, or in a circle",
        where=circle,
        remedy="correct the column that says what a record is a part of",
    )


def _edges(records: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    """``child``, ``above``: record ids, every part with each record that it is in."""
    parts = records.filter(pl.col("parent_id").is_not_null()).select("at", "record_id", "parent_id", "source")
    file = pl.col("source").str.replace(r"[:!][^:!]*$", "")
    # The reader puts the file's name before an id that an earlier file has, too.
    parts = parts.with_columns(own=pl.concat_str(file.str.replace(r"!.*$", ""), pl.lit("!"), "parent_id"))
    known = ids["record_id"].implode()
    parts = parts.with_columns(parent=pl.when(pl.col("own").is_in(known)).then("own").otherwise("parent_id"))
    strays = parts.join(ids, left_on="parent", right_on="record_id", how="anti").sort("at")
    if strays.height:
        child, parent = strays.select("record_id", "parent_id").row(0)
        raise InputError(
            f'it is a part of "{parent}", which is not there',
            where=child,
            remedy="give the file that holds it, or leave the column out with --map COLUMN=ignore",
        )
    one = pl.col("record_id").str.replace(_AGAIN, "")
    rows = records.select("at", "record_id", *_SAME, one=one)
    again = rows.filter(pl.col("record_id") != pl.col("one")).join(
        ids, left_on="one", right_on="record_id", how="semi"
    )
    edges = parts.select("at", child="record_id", above="parent")
    if again.is_empty():
        return edges.select("child", "above")
    again = again.join(edges.select(one="above").unique(), on="one", how="semi")
    first = rows.select("record_id", *(pl.col(name).alias(f"{name}_") for name in _SAME))
    pairs = again.join(first, left_on="one", right_on="record_id", how="left")
    other = pairs.filter(pl.any_horizontal(*(pl.col(name).ne_missing(pl.col(f"{name}_")) for name in _SAME)))
    if other.height:
        raise InputError(
            "different things carry this id, and parts are said to be in it",
            where=other.sort("at")["one"][0],
            remedy="give each its own id",
        )
    more = edges.join(again.select(above="one", twin="record_id"), on="above", how="inner")
    return pl.concat([edges.select("child", "above"), more.select("child", above="twin")])
