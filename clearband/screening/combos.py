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

LAW_INPUTS: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "maker": pl.String,
    "maker_status": pl.String,
    "law_maker_name": pl.String,
    "law_category": pl.String,
    "purpose_read": pl.String,
    "made_in": pl.String,
    "approval": pl.String,
    "law_obtained": pl.Date,
}


class LawInputs:
    """What the law looks at of records.

    A row is a piece of equipment, so a kind that is not known is that of equipment. The day it was obtained
    is looked at only where its maker belonged to somebody else before, and only as exact as ties begin and
    end: else every day would be a combination.
    """

    def __init__(self, questions: Questions, register: Register, law: Law) -> None:
        self._questions = questions
        self._register = register
        self._law = law
        self._days = tie_days(register.links)
        # What a carrier sells is a service: of its items the kind stays open.
        self._carriers = [one.id for one in register.organisations.values() if "carrier" in one.makes]

    def of(self, table: pl.DataFrame) -> pl.DataFrame:
        """`LAW_INPUTS` of each row of equipment with verdict, ``purpose_read`` and ``approval``."""
        return table.with_columns(
            pl.when(pl.col("maker_status") == "named").then("maker_name").alias("law_maker_name"),
            pl.when(pl.col("category").is_not_null() | pl.col("maker").is_in(self._carriers))
            .then("category")
            .otherwise(pl.lit(UNSPECIFIED))
            .alias("law_category"),
            pl.when(self.moved(table)).then(self.obtained()).alias("law_obtained"),
        ).select(pl.col(name).cast(kind) for name, kind in LAW_INPUTS.items())

    def moved(self, verdicts: pl.DataFrame) -> pl.Series:
        """Whether the maker of each verdict belonged to somebody else before, shape (n,)."""
        known = verdicts["maker"].filter(verdicts["maker_status"] == "identified").drop_nulls().unique()
        moved = had_other_owners(
            known.to_list(),
            self._law.named_makers,
            self._register,
            self._questions.on,
            self._questions.known_on,
        )
        return verdicts["maker"].is_in(sorted(moved)).fill_null(value=False).alias("moved")

    def obtained(self) -> pl.Expr:
        """The first day of the period in which an item was obtained; null where no day is told."""
        return period_of(pl.coalesce("acquired_on", "installed_on"), self._days)


def sorted_combos(combos: pl.DataFrame) -> tuple[pl.Series, pl.DataFrame]:
    """Combinations in an order of their own, whatever order they came up in.

    Args:
        combos: `LAW_INPUTS`, distinct.

    Returns:
        For each combination its number, and the combinations by their numbers as the law takes them.
    """
    distinct = combos.with_row_index("came").sort(list(LAW_INPUTS), nulls_last=True).with_row_index("combo")
    names = {name: name.removeprefix("law_").removesuffix("_read") for name in LAW_INPUTS}
    return distinct.sort("came")["combo"], distinct.drop("came").rename(names)
