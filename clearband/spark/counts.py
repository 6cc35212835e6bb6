"""What a run adds up, asked of what the workers wrote.

Workers write rows with their answers and nothing else, so that Spark may try a task again, or twice, and no
count is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from clearband.errors import DefectError
from clearband.runs.part import CASE, CHECK, PREFIX
from clearband.runs.tally import Tally
from clearband.screening.summary import EXAMPLES, OPEN, with_question
from clearband.sources.parquet_file import as_text
from clearband.sources.text_cells import clean_cells
from clearband.spark.answers import in_workers, numbered
from clearband.spark.payload import Told

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

_FILE: Final = PREFIX + "file"
_ROW: Final = PREFIX + "row"
_KEY: Final = PREFIX + CASE
_PIECE: Final = 200_000


@dataclass(frozen=True)
class Written:
    """What the workers wrote.

    Attributes:
        rows: All columns of the input between a row's place and what was found.
        files: Labels of the files, in their order.
        id_column: The column that names records.
    """

    spark: SparkSession
    rows: DataFrame
    told: Told
    files: Sequence[str]
    id_column: str | None

    def tally(self) -> Tally:
        """The counts of the whole run.

        Raises:
            DefectError: A record is of another case here than it was on the cluster.
        """
        counts, first = self._counts()
        cases = self._cases(first)
        keys = cases.select(CASE, CHECK)
        return Tally(
            keys.join(counts, on=CASE, maintain_order="left"),
            cases,
            self._sites(),
            self._examples(cases),
            self._bad_cells(),
        )

    def _counts(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Records and units by `CASE`; and the place of the first record of each."""
        from pyspark.sql import functions as sf

        grouped = self.rows.groupBy(_KEY, _FILE).agg(
            sf.count(sf.lit(1)).alias("records"),
            sf.sum(PREFIX + "units").alias("units"),
            sf.min(_ROW).alias(_ROW),
        )
        found = _polars(grouped).with_columns(self._order())
        first = found.sort("order", _ROW).unique(_KEY, keep="first", maintain_order=True)
        counts = found.group_by(pl.col(_KEY).alias(CASE)).agg(pl.col("records", "units").sum().cast(pl.Int64))
        return counts, first.select(_KEY, _FILE, _ROW)

    def _cases(self, first: pl.DataFrame) -> pl.DataFrame:
        """The cases, each found again from its first record."""
        from clearband.spark.batches import chunk_of_table

        columns = [_FILE, _ROW, *self.told.columns, _KEY]
        places = self.spark.createDataFrame(first.select(_FILE, _ROW).to_arrow())
        joined = self.rows.select(*map(named, columns)).join(
            _small(places), on=[_FILE, _ROW], how="left_semi"
        )
        found = numbered(joined).toArrow()
        kernel = self.told.kernel()
        cases = []
        for start in range(0, max(1, found.num_rows), _PIECE):
            piece = found.slice(start, _PIECE)
            screened = kernel.screen(chunk_of_table(piece.select(range(len(columns) - 1)), self.told))
            again = screened.cases[screened.numbers]
            written = pl.Series(pl.from_arrow(piece.column(len(columns) - 1)))
            if not again[CASE].equals(written.alias(CASE)):
                raise DefectError(
                    "a record is of another case by itself than it was on the cluster",
                    remedy="this is a defect: please report it",
                )
            cases.append(again)
        return pl.concat(cases)

    def _sites(self) -> pl.DataFrame:
        """Records by ``site`` and ``answer``."""
        from pyspark.sql import functions as sf

        at = self.told.layout.columns.fields.get("site")
        site = sf.lit(None).cast("string") if at is None else named(self.told.text_columns[at])
        counted = self.rows.groupBy(site.alias("site"), sf.col(PREFIX + "answer").alias("answer")).count()
        frame = _polars(counted)
        cells = as_text(frame["site"]).alias("site").to_frame()
        cleaned, _ = clean_cells(cells, self.told.options.max_cell_characters)
        return (
            frame.with_columns(cleaned["site"])
            .group_by("site", "answer")
            .agg(pl.col("count").sum().cast(pl.Int64).alias("records"))
        )

    def _examples(self, cases: pl.DataFrame) -> pl.DataFrame:
        """The first records of each open question: ``answer``, ``question``, ``record_id``."""
        schema = {"answer": pl.String, "question": pl.String, "record_id": pl.String}
        groups = with_question(cases).select(
            _KEY_OF_CASES,
            "answer",
            "question",
            group=pl.struct("answer", "question").rank("dense").cast(pl.Int64),
        )
        if not groups.height:
            return pl.DataFrame(schema=schema)
        from pyspark.sql import functions as sf

        from clearband.spark.batches import first_rows

        asked = self.spark.createDataFrame(groups.select(_KEY, "group").to_arrow())
        own = [] if self.id_column is None else [named(self.id_column).alias("id")]
        rows = self.rows.where(sf.col(PREFIX + "answer").isin(*OPEN)).select(_KEY, _FILE, _ROW, *own)
        placed = rows.join(_small(asked), on=_KEY).select("group", _FILE, _ROW, *(["id"] if own else []))
        found = _polars(placed.mapInArrow(partial(first_rows, EXAMPLES), placed.schema))
        found = (
            found.with_columns(self._order())
            .sort("order", _ROW)
            .group_by("group", maintain_order=True)
            .head(EXAMPLES)
        )
        name = pl.format("{}!{}", _FILE, _ROW)
        if own:
            said = pl.col("id").cast(pl.String).str.strip_chars()
            name = pl.coalesce(pl.when(said != "").then(said), name)
        questions = groups.unique("group").drop(_KEY)
        return (
            found.sort("order", _ROW)
            .with_columns(record_id=name)
            .join(questions, on="group", maintain_order="left")
            .select(*schema)
        )

    def _bad_cells(self) -> pl.DataFrame:
        """What could not be read: ``column``, ``problem``, ``value`` (one of them), ``cells``."""
        from pyspark.sql import functions as sf

        from clearband.spark.batches import BAD_CELLS, bad_cells

        schema = dict.fromkeys(BAD_CELLS, pl.String) | {"cells": pl.UInt32}
        bad = self.rows.where(sf.col(PREFIX + "unreadable") > 0)
        if not bad.take(1):
            return pl.DataFrame(schema=schema)
        rows = bad.select(*map(named, (_FILE, _ROW, *self.told.columns)))
        told = in_workers(rows, bad_cells, self.told, BAD_CELLS)
        added = told.groupBy("column", "problem").agg(
            sf.min("value").alias("value"), sf.sum("cells").alias("cells")
        )
        return _polars(added).select(pl.col(name).cast(kind) for name, kind in schema.items())

    def _order(self) -> pl.Expr:
        """The place of a row's file among the files."""
        return (
            pl.col(_FILE)
            .replace_strict(list(self.files), range(len(self.files)), return_dtype=pl.Int64)
            .alias("order")
        )


_KEY_OF_CASES: Final = pl.col(CASE).alias(_KEY)


def _polars(df: DataFrame) -> pl.DataFrame:
    """A small DataFrame here."""
    return pl.DataFrame(pl.from_arrow(df.toArrow()))


def _small(df: DataFrame) -> Any:
    """A DataFrame that every worker is given whole."""
    from pyspark.sql import functions as sf

    return sf.broadcast(df)


def named(name: str) -> Column:
    """A column by its name as it is, whatever signs it has."""
    from pyspark.sql import functions as sf

    return sf.col("`" + name.replace("`", "``") + "`")
