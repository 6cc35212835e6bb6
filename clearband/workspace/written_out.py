"""What stands in the columns of a record as one text, and its hash.

Each value is written with its length before it, so that no two records that differ have the same text.
The text depends on no library's own form of lists, numbers or hashes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import polars as pl


def written(frame: pl.DataFrame, columns: Sequence[str], *, named: bool = False) -> pl.Series:
    """The text of each record over some columns, shape (n,).

    Args:
        columns: In this order. One that the frame lacks counts as absent throughout.
        named: Write names of columns, too, so that which columns there are does not matter.
    """
    texts = []
    for name in columns:
        if name in frame.columns and frame[name].null_count() < frame.height:
            texts.append(_part(name, frame.schema[name], named=named))
        elif not named:
            texts.append(pl.lit("-"))
    nothing = pl.Series([""], dtype=pl.String).new_from_index(0, frame.height)
    return frame.select(pl.concat_str(nothing, *texts).alias("text"))["text"]


def hashed(texts: pl.Series, digits: int) -> pl.Series:
    """SHA-256 of each text, cut to so many hexadecimal digits, shape (n,)."""
    distinct = texts.unique()
    if len(distinct) * 2 > len(texts):
        return _hashes(texts, digits)
    known = pl.DataFrame({"text": distinct, "hash": _hashes(distinct, digits)})
    return texts.to_frame("text").join(known, on="text", how="left", maintain_order="left")["hash"]


def _hashes(texts: pl.Series, digits: int) -> pl.Series:
    hashes = [hashlib.sha256(text.encode()).hexdigest()[:digits] for text in texts.to_list()]
    return pl.Series("hash", hashes, dtype=pl.String)


def _part(name: str, kind: pl.DataType, *, named: bool) -> pl.Expr:
    value = _sized(_text(pl.col(name), kind))
    if not named:
        return value.fill_null("-")
    return (pl.lit(f"{len(name.encode())}:{name}") + value).fill_null("")


def _sized(text: pl.Expr) -> pl.Expr:
    return pl.concat_str(text.str.len_bytes(), pl.lit(":"), text)


def _text(value: pl.Expr, kind: pl.DataType) -> pl.Expr:
    if isinstance(kind, pl.Date):
        return value.dt.to_string("%Y-%m-%d")
    if not isinstance(kind, pl.List):
        return value.cast(pl.String)
    one = _record(kind.inner) if isinstance(kind.inner, pl.Struct) else _sized(pl.element().cast(pl.String))
    # Which of several comes first says nothing of the thing, and differs from export to export.
    listed = value.list.eval(one.fill_null("-")).list.sort().list.join("")
    return pl.when(value.list.len() > 0).then(listed)


def _record(kind: pl.Struct) -> pl.Expr:
    fields = (pl.element().struct.field(one.name).cast(pl.String) for one in kind.fields)
    return _sized(pl.concat_str(*(_sized(field).fill_null("-") for field in fields)))
