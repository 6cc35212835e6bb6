"""Parts stay in their boxes when either becomes one with what another source knows."""

from __future__ import annotations

import polars as pl

from clearband.screening.boxes import parents


def in_their_boxes(
    table: pl.DataFrame, equipment: pl.DataFrame, leads: pl.Series, merged: pl.Series
) -> pl.DataFrame:
    """The merged table with each ``parent_id`` naming the record that its box has become.

    Args:
        table: The merged table, with ``row``: the row that each record's lead had.
        equipment: The table before.
        leads: For each of its rows the row of the lead of its group, or its own, shape (n,).
        merged: The rows of leads of groups; what has to do with none of them stays as it is.
    """
    edges = expected_edges(equipment, leads).unique("part", keep="first", maintain_order=True)
    edges = edges.filter(pl.any_horizontal(pl.col("part", "box").is_in(merged.implode())))
    named = edges.select(row="part", box_id=equipment["record_id"].gather(edges["box"]))
    joined = table.join(named, on="row", how="left", maintain_order="left")
    return joined.with_columns(parent_id=pl.coalesce("box_id", "parent_id")).drop("box_id")


def expected_edges(equipment: pl.DataFrame, leads: pl.Series) -> pl.DataFrame:
    """``part`` and ``box``, rows of leads: what lies in what, whichever source said so."""
    edges = parents(equipment)
    return edges.select(part=leads.gather(edges["part"]), box=leads.gather(edges["box"])).unique(
        maintain_order=True
    )


def lost_edges(table: pl.DataFrame, equipment: pl.DataFrame, leads: pl.Series) -> pl.DataFrame:
    """The edges that a merged table does not have: parts that lie in two boxes, or in themselves."""
    found = parents(table)
    held = found.select(part=table["row"].gather(found["part"]), box=table["row"].gather(found["box"]))
    expected = expected_edges(equipment, leads)
    circles = expected.filter(pl.col("part") == pl.col("box"))
    return pl.concat([circles, expected.join(held, on=["part", "box"], how="anti")])
