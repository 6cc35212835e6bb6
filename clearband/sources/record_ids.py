"""Names of records: the inventory's own id where it has one, else file, sheet and row."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

_NAMED = 5
"""Repeated ids that a warning names."""


def own_names(file: str, sheet: str | None, rows: pl.Series) -> pl.Series:
    """``FILE!SHEET!ROW`` or ``FILE!ROW``."""
    prefix = f"{file}!" if sheet is None else f"{file}!{sheet}!"
    return rows.to_frame("row").select(pl.concat_str(pl.lit(prefix), pl.col("row")).alias("id"))["id"]


def sources(file: str, sheet: str | None, rows: pl.Series) -> pl.Series:
    """``FILE!SHEET:ROW`` or ``FILE:ROW``."""
    prefix = f"{file}:" if sheet is None else f"{file}!{sheet}:"
    return rows.to_frame("row").select(pl.concat_str(pl.lit(prefix), pl.col("row")).alias("source"))["source"]


def record_ids(
    file: str, sheet: str | None, rows: pl.Series, ids: pl.Series | None, *, as_given: bool
) -> tuple[pl.Series, tuple[str, ...]]:
    """Name every row of a table.

    Args:
        file: File name as used in ids.
        sheet: Sheet name or None.
        rows: Row numbers.
        ids: The inventory's own ids, null where missing; None when it has no id column.
        as_given: Take the ids as they are, without the sheet's name before them.

    Returns:
        The ids, different from each other, and warnings.
    """
    named = own_names(file, sheet, rows)
    if ids is None:
        return named, ()
    given = ids.str.replace_all(r"\s+", " ")
    if sheet is not None and not as_given:
        given = given.to_frame("id").select(pl.concat_str(pl.lit(f"{sheet}!"), pl.col("id")).alias("id"))[
            "id"
        ]
    warnings = []
    if missing := ids.null_count():
        warnings.append(f"{missing} records have no id of their own and are named by their row")
    unique, repeated = make_unique(given.fill_null(named))
    if repeated:
        names = ", ".join(repeated[:_NAMED]) + (", …" if len(repeated) > _NAMED else "")
        warnings.append(f"{len(repeated)} ids stand more than once, the later ones got #2, #3 …: {names}")
    return unique, tuple(warnings)


def within_sheet(parents: pl.Series, ids: pl.Series, sheet: str) -> pl.Series:
    """Parents that are records of the same sheet, named as those are: ``SHEET!ID``."""
    frame = parents.to_frame("parent")
    known = parents.is_in(ids.drop_nulls().unique().implode())
    named = pl.concat_str(pl.lit(f"{sheet}!"), pl.col("parent"))
    return frame.select(pl.when(known).then(named).otherwise("parent").alias("parent"))["parent"]


def make_unique(ids: pl.Series) -> tuple[pl.Series, list[str]]:
    """Give the second record of a name ``NAME#2``, the third ``NAME#3``; the names that repeat, in order."""
    name = "id"
    if ids.n_unique() == len(ids):
        return ids.alias(name), []
    frame = ids.to_frame(name).with_columns(nth=pl.int_range(1, pl.len() + 1).over(name))
    repeated = frame.filter(pl.col("nth") == 2)[name].to_list()
    taken = set(frame.filter(pl.col("nth") == 1)[name].to_list())
    later = frame.with_row_index("row").filter(pl.col("nth") > 1)
    renamed: list[str] = []
    for text, nth in later.select(name, "nth").iter_rows():
        number = nth
        while f"{text}#{number}" in taken:
            number += 1
        taken.add(f"{text}#{number}")
        renamed.append(f"{text}#{number}")
    new = later.select("row").with_columns(new=pl.Series(renamed, dtype=pl.String))
    joined = frame.with_row_index("row").join(new, on="row", how="left", maintain_order="left")
    return joined.select(pl.coalesce("new", name).alias(name))[name], repeated


def apart_from(ids: pl.Series, files: pl.Series, earlier: Sequence[pl.Series]) -> tuple[pl.Series, int]:
    """Prefix the ids that an earlier table of the run has with the file's name.

    Returns:
        The ids, and how many were changed.
    """
    if not earlier:
        return ids, 0
    frame = pl.DataFrame({"id": ids, "file": files})
    clash = frame["id"].is_in(pl.concat([series.rename("id") for series in earlier]).implode())
    count = int(clash.sum())
    if not count:
        return ids, 0
    prefixed = frame.select(
        pl.when(clash).then(pl.concat_str("file", pl.lit("!"), "id")).otherwise("id").alias("id")
    )["id"]
    return prefixed, count


def renamed(parents: pl.Series, old: pl.Series, new: pl.Series) -> pl.Series:
    """Parents by the names that the records of their own table have got.

    Args:
        parents: Names of parents, null where there is none.
        old, new: Names of the records before and after, each of them once.
    """
    names = pl.DataFrame({"parent": old, "new": new}).unique("parent", keep="first")
    joined = parents.to_frame("parent").join(names, on="parent", how="left", maintain_order="left")
    return joined.select(pl.coalesce("new", "parent").alias("parent_id"))["parent_id"]
