"""Parts are read by others as by Polars: pages made here follow the format, and not one reader of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest

from tests.runs.made_runs import rows_of, run

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ROWS = 5_000


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run whose parts have all kinds of columns: few texts, many with gaps, numbers, rows one by one."""
    folder = tmp_path_factory.mktemp("readers")
    rows = pl.int_range(ROWS, eager=True)
    makers = ["Huawei", "Nokia", None, "华为技术有限公司", "a new maker"]
    pl.DataFrame(
        {
            "Asset": [f"A-{row}" for row in rows],
            "Manufacturer": [makers[row % 7 % 5] for row in rows],
            "MAC": [None if row % 3 else f"00:1e:10:00:{row >> 8:02x}:{row & 255:02x}" for row in rows],
            "Qty": [row % 4 + 1 for row in rows],
            "Site": [f"SITE-{row % 300}" for row in rows],
        }
    ).write_csv(folder / "list.csv")
    run([folder / "list.csv"], folder / "out")
    return folder / "out"


def test_pyarrow(out: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    (part,) = (out / "parts").iterdir()
    found = pl.DataFrame(pl.from_arrow(parquet.read_table(part)))
    assert found.height == ROWS
    assert found.equals(pl.read_parquet(part))


@pytest.mark.parametrize("vectorised", ["true", "false"])
def test_spark(out: Path, spark: SparkSession, vectorised: str) -> None:
    setting = "spark.sql.parquet.enableVectorizedReader"
    before = spark.conf.get(setting)
    spark.conf.set(setting, vectorised)
    try:
        found = pl.DataFrame(pl.from_arrow(spark.read.parquet(str(out / "parts")).toArrow()))
    finally:
        spark.conf.set(setting, before or "true")
    expected = rows_of(out)
    assert found.select(pl.col(name).cast(kind) for name, kind in expected.schema.items()).equals(expected)
