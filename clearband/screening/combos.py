"""The distinct combinations that the law looks at: millions of records share a few thousand."""

from __future__ import annotations

from typing import Final

import polars as pl

from clearband.directives.equipment_classes import UNSPECIFIED
from clearband.directives.former_ties import had_other_owners
from clearband.directives.law import Law
from clearband.directives.question import Questions
from clearband.directives.tie_periods import period_of, tie_days
from clearband.register import Register

_LAW_INPUTS: Final = (
    "maker", "maker_status", "law_maker_name", "law_category", "purpose_read", "made_in", "approval",
    "law_obtained",
)  # fmt: skip


def numbered_combos(
    table: pl.DataFrame, questions: Questions, register: Register, law: Law
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Number the distinct combinations that the law looks at.

    A row is a piece of equipment, so a kind that is not known is that of equipment. The day it was obtained
    is looked at only where its maker belonged to somebody else before, and only as exact as ties begin and
    end: else every day would be a combination.
    """
    makers = table["maker"].filter(table["maker_status"] == "identified").drop_nulls().unique().to_list()
    # What a carrier sells is a service: of its items the kind stays open.
    carriers = [one.id for one in register.organisations.values() if "carrier" in one.makes]
    moved = had_other_owners(makers, law.named_makers, register, questions.on, questions.known_on)
    table = table.with_columns(
        pl.when(pl.col("maker_status") == "named").then("maker_name").alias("law_maker_name"),
        pl.when(pl.col("category").is_not_null() | pl.col("maker").is_in(carriers))
        .then("category")
        .otherwise(pl.lit(UNSPECIFIED))
        .alias("law_category"),
        pl.when(pl.col("maker").is_in(sorted(moved)))
        .then(period_of(pl.coalesce("acquired_on", "installed_on"), tie_days(register.links)))
        .alias("law_obtained"),
    )
    numbers, combos = _numbered(table.select(_LAW_INPUTS))
    numbered = table.with_columns(numbers)
    inputs = combos.rename({name: name.removeprefix("law_").removesuffix("_read") for name in _LAW_INPUTS})
    return numbered.drop("law_maker_name", "law_category", "law_obtained"), inputs


def _numbered(values: pl.DataFrame) -> tuple[pl.Series, pl.DataFrame]:
    """The number of each row's combination of values, and the sorted combinations with their numbers.

    Texts are looked at once a column and value; rows are compared by the codes of their values.
    """
    texts = pl.col(pl.String).cast(pl.Categorical).to_physical()
    codes = values.select(texts, pl.exclude(pl.String).to_physical())
    first = codes.with_row_index("row").unique(values.columns, keep="first", maintain_order=True)
    distinct = (
        values[first["row"]]
        .with_columns(code=pl.int_range(pl.len()))
        .sort(values.columns, nulls_last=True)
        .with_row_index("combo")
    )
    combos = distinct.sort("code")["combo"]
    keys = first.drop("row").with_columns(combos)
    numbers = codes.join(keys, on=values.columns, how="left", nulls_equal=True, maintain_order="left")
    return numbers["combo"], distinct.drop("code")
