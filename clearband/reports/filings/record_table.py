"""Records as the rows of a table of a draft: what the data says, and null where it says nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from clearband.reports.filings.form import Column, Table
from clearband.reports.vocabulary import category_title, plain_id


@dataclass(frozen=True)
class Shown:
    """A column of records.

    Attributes:
        title: Its head.
        of: The column of the records, or an expression; None for one that only the filer fills.
    """

    title: str
    of: str | pl.Expr | None = None
    width: float = 1.0
    number: bool = False
    choices: tuple[str, ...] = ()


RECORD: Final = Shown("record", "record_id", 1.1)
FROM: Final = Shown("from", "source", 1.2)
MAKER: Final = Shown("maker", "maker_name", 1.6)
BRAND: Final = Shown("brand", "brand", 0.9)
MODEL: Final = Shown("model number", "model", 1.2)
PART: Final = Shown("part number", "part_number", 1.1)
SITE: Final = Shown("site", "site", 1.1)
QUANTITY: Final = Shown("units", "quantity", 0.8, number=True)


def record_table(
    records: pl.DataFrame, columns: Sequence[Shown], *, title: str, short: str, empty: str, note: str = ""
) -> Table:
    """A table of records, in their order."""
    chosen = records.select(
        (pl.lit(None, pl.String) if one.of is None else _text(one.of)).alias(str(at))
        for at, one in enumerate(columns)
    )
    return Table(
        title=title,
        columns=tuple(
            Column(
                title=one.title, width=one.width, number=one.number, fill=one.of is None, choices=one.choices
            )
            for one in columns
        ),
        # An expression of constants alone has one row, whatever the records.
        rows=tuple(chosen.rows()) if records.height else (),
        empty=empty,
        note=note,
        short=short,
    )


def category() -> pl.Expr:
    """The kind of equipment by its title."""
    return _replaced("category", category_title)


def item_description() -> pl.Expr:
    """What the inventory says that the item is, else the title of its kind."""
    return pl.coalesce("description", category())


def purpose() -> pl.Expr:
    """The purpose in words."""
    return _replaced("purpose", plain_id)


def _replaced(column: str, words: object) -> pl.Expr:
    return pl.col(column).map_batches(lambda values: _in_words(values, words), return_dtype=pl.String)


def _in_words(values: pl.Series, words: object) -> pl.Series:
    assert callable(words)
    told: Mapping[str, str] = {one: words(one) for one in values.drop_nulls().unique().to_list()}
    return values.replace_strict(told, default=None, return_dtype=pl.String)


def _text(of: str | pl.Expr) -> pl.Expr:
    expression = pl.col(of) if isinstance(of, str) else of
    return expression.cast(pl.String)
