"""One record out of several: what all sources say of a thing, with nothing counted twice."""

from __future__ import annotations

from typing import Final

import polars as pl

from clearband.model.equipment import EQUIPMENT_SCHEMA, EXTRA_PREFIX, MERGED_COLUMNS, MERGED_FROM

_OF_THE_FIRST: Final = ("record_id", "source")
_LISTS: Final = ("macs", "ent_physical", "banners", "neighbors", "invalid")
_JOINED: Final = ("notes",)
_MONEY: Final = ("unit_cost", "currency")
_LARGEST: Final = ("quantity",)
_BETWEEN: Final = "; "


def united(equipment: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """One record a group.

    Of values that differ the one that most sources give stands in the record, of as many the longest text,
    the earliest day, the largest number; lists and notes hold what all say. So nothing but id and source
    depends on the order of the files. What each said is in ``merged_from``.

    Args:
        equipment: The equipment table.
        members: ``group`` (its lowest row) and ``row``.

    Returns:
        The columns of ``equipment`` and `MERGED_COLUMNS` (the reason null), a row a group, by group.
    """
    rows = equipment[members["row"]].with_columns(members["group"])
    # In an order of their own, whatever the order of the files.
    rows = rows.sort("group", "source", "record_id", maintain_order=True)
    first = equipment[members["group"].unique().sort()]
    whole = rows.group_by("group", maintain_order=True).agg(*_aggregates(rows))
    said = rows.group_by("group", maintain_order=True).agg(
        pl.struct(field.name for field in MERGED_FROM.inner.fields).alias("merged_from")  # type: ignore[union-attr]
    )
    choices = [name for name in EQUIPMENT_SCHEMA if name not in (*_OF_THE_FIRST, *_LISTS, *_JOINED, *_MONEY)]
    chosen = [_chosen(rows, whole, name) for name in choices]
    money = _chosen(rows.with_columns(_money=_priced()), whole, "_money").struct.unnest()
    table = whole.with_columns(*chosen, *money.get_columns(), said["merged_from"].cast(MERGED_FROM))
    table = table.with_columns(first[name] for name in _OF_THE_FIRST)
    return table.select(
        *(pl.col(name).cast(kind) for name, kind in equipment.schema.items()),
        "merged_from",
        pl.lit(None, dtype=MERGED_COLUMNS["merged_because"]).alias("merged_because"),
    )


def _aggregates(rows: pl.DataFrame) -> list[pl.Expr]:
    extra = [name for name in rows.columns if name.startswith(EXTRA_PREFIX)]
    texts = [
        pl.col(name).drop_nulls().unique(maintain_order=True).str.join(_BETWEEN)
        for name in (*_JOINED, *extra)
    ]
    lists = [pl.col(name).drop_nulls().explode().unique(maintain_order=True) for name in _LISTS]
    return [
        *(pl.when(pl.col(text.meta.output_name()).count() > 0).then(text) for text in texts),
        *(pl.when(pl.col(one.meta.output_name()).count() > 0).then(one.implode().first()) for one in lists),
    ]


def _priced() -> pl.Expr:
    return pl.when(pl.col("unit_cost").is_not_null()).then(pl.struct(_MONEY))


def _chosen(rows: pl.DataFrame, whole: pl.DataFrame, name: str) -> pl.Series:
    """The value of each group in a column, shape (groups,)."""
    values = rows.select("group", value=name).drop_nulls()
    distinct = values.group_by("group", "value", maintain_order=True).len()
    several = distinct.filter(pl.col("group").is_duplicated())
    if several.height:
        text = isinstance(rows.schema[name], pl.String)
        largest = name in _LARGEST
        # "Mesa POP" goes before "MESA POP".
        order = several.with_columns(
            length=pl.col("value").str.len_chars() if text else 0, len=0 if largest else pl.col("len")
        ).sort("group", "len", "length", "value", descending=[False, True, True, text or largest])
        best = order.unique("group", keep="first", maintain_order=True).select("group", "value")
        alone = distinct.filter(~pl.col("group").is_duplicated()).select("group", "value")
        distinct = pl.concat([alone, best])
    joined = whole.select("group").join(
        distinct.select("group", "value"), on="group", how="left", maintain_order="left"
    )
    return joined["value"].alias(name)
