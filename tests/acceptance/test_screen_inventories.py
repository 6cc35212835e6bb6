"""Real-looking inventories, screened from the command line: is what matters found, and nothing else?"""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest

from clearband.cli.main import run
from clearband.register import load_register

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
TABLES = ("carrier-rural.csv", "agency-assets.xlsx", "netbox-export.csv")

pytestmark = pytest.mark.skipif(
    not CORPORA.is_dir(), reason="the labelled inventories are not beside the repository"
)


@pytest.fixture(scope="module")
def screened(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    """Every labelled record of the three tables with its label and its answer."""
    labelled = []
    for table in TABLES:
        out = tmp_path_factory.mktemp("run") / "out"
        with pytest.raises(SystemExit) as stop:
            # The labels speak of the makers of section 889 and the Covered List; other lists name others too.
            run(
                [
                    "screen",
                    str(CORPORA / "inventories" / table),
                    "--as",
                    "federal-contractor",
                    "--as",
                    "usf-recipient",
                    "--on",
                    "2026-11-22",
                    "--out",
                    str(out),
                ]
            )
        assert stop.value.code == 0
        records = pl.read_parquet(out / "equipment.parquet")
        with (CORPORA / "inventories" / f"{Path(table).stem}.truth.csv").open(encoding="utf-8") as lines:
            truth = pl.DataFrame(list(csv.DictReader(lines))).select(
                pl.col("row_id").alias("record_id"), pl.col("maker").alias("true_maker"), "covered", "why"
            )
        joined = truth.join(
            records.select("record_id", "maker", "maker_status", "answer"), on="record_id", how="left"
        )
        assert joined["answer"].null_count() == 0, f"{table}: a labelled record was not read under its id"
        labelled.append(joined)
    return pl.concat(labelled)


@pytest.fixture(scope="module")
def covered_ids() -> set[str]:
    """Register ids of the covered makers and of what they control, by the register's own ownership."""
    from datetime import date

    register = load_register()
    heads = {"huawei", "zte", "hikvision", "dahua", "hytera"}
    return {
        org_id
        for org_id in register.organisations
        for path in register.relations(org_id, date(2026, 11, 22))
        if path.target in heads and path.relation in ("self", "controlled", "affiliate")
    }


def test_covered_makers_are_found(screened: pl.DataFrame, covered_ids: set[str]) -> None:
    covered = screened.filter(pl.col("covered") == "yes")
    missed = covered.filter(~pl.col("maker").is_in(list(covered_ids)).fill_null(value=False))
    assert covered.height >= 90
    assert 1 - missed.height / covered.height >= 0.97, missed.to_dicts()


def test_hardly_any_other_maker_is_called_covered(screened: pl.DataFrame, covered_ids: set[str]) -> None:
    called = screened.filter(pl.col("maker").is_in(list(covered_ids)))
    wrong = called.filter(pl.col("covered") != "yes")
    assert 1 - wrong.height / called.height >= 0.98, wrong.to_dicts()


def test_what_nothing_tells_is_unidentified_not_clear(screened: pl.DataFrame) -> None:
    unknown = screened.filter(pl.col("covered") == "unknown")
    assert unknown.height >= 3
    assert set(unknown["answer"]) == {"unidentified"}


def test_no_covered_record_is_cleared(screened: pl.DataFrame) -> None:
    cleared = screened.filter((pl.col("covered") == "yes") & (pl.col("answer") == "not-covered"))
    assert cleared.height == 0, cleared.to_dicts()


def test_no_other_record_is_prohibited(screened: pl.DataFrame) -> None:
    wronged = screened.filter((pl.col("covered") == "no") & (pl.col("answer") == "prohibited"))
    assert wronged.height == 0, wronged.to_dicts()
