"""One page for a board."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from tests.cli.conftest import Clearband
from tests.cli.report.conftest import Filed, pages_of, squeezed, tables_of, texts_of


def test_it_says_what_the_run_says(filed: Filed, carrier: Path) -> None:
    page = filed("board", "--run", carrier)
    summary = json.loads((carrier / "summary.json").read_bytes())
    found = {row["answer"].partition(" ")[2]: row for row in tables_of(page)["answers"]}
    told = {
        "prohibited": "prohibited",
        "unidentified": "unidentified",
        "review": "review",
        "not-covered": "not covered",
    }
    assert {
        told[row["answer"]]: (f"{row['records']:,}", f"{row['units']:,}") for row in summary["answers"]
    } == {word: (row["records"], row["units"]) for word, row in found.items()}
    law = pl.read_parquet(carrier / "findings.parquet").filter(answer="prohibited")
    for row in tables_of(page)["forbidden"]:
        of_it = law.filter(pl.col("directive_title") == row["measure"])
        assert row["since"] == of_it["event_date"].min()
        assert row["records"] == f"{of_it['record_id'].n_unique():,}"
        assert row["units"] == f"{of_it.unique('record_id')['quantity'].sum():,}"
    assert len(tables_of(page)["deadlines"]) == 4
    assert len(tables_of(page)["to decide"]) == 3
    assert page["rests_on"]["facts_sha256"] == json.loads((carrier / "run.json").read_bytes())["facts_sha256"]


def test_money_is_summed_where_the_inventory_has_a_price_and_told_missing_elsewhere(
    filed: Filed, hostile: Path
) -> None:
    held = pl.read_parquet(hostile / "equipment.parquet").filter(answer="prohibited").drop_nulls("unit_cost")
    total = (held["unit_cost"].cast(pl.Float64) * held["quantity"]).sum()
    said = " ".join(texts_of(filed("board", "--run", hostile)))
    assert f"cost {total:,.2f}".rstrip("0").rstrip(".") + " USD" in said
    assert "have no price in the inventory" in said


@pytest.mark.parametrize("run", ["carrier", "agency", "hostile", "clear", "unknown", "empty"])
def test_it_is_one_page_whatever_the_run(
    run: str, request: pytest.FixtureRequest, clearband: Clearband, tmp_path: Path
) -> None:
    out = tmp_path / "board.pdf"
    assert clearband("report", "board", "--run", request.getfixturevalue(run), "--out", out).status == 0
    (page,) = pages_of(out)
    assert "DRAFT — not a filing" in page


def test_the_page_holds_what_the_data_holds(
    clearband: Clearband, filed: Filed, carrier: Path, tmp_path: Path
) -> None:
    clearband("report", "board", "--run", carrier, "--out", tmp_path / "board.pdf")
    (page,) = pages_of(tmp_path / "board.pdf")
    found = squeezed(page)
    for table in tables_of(filed("board", "--run", carrier)).values():
        for row in table:
            for cell in row.values():
                # A cell of several lines stands between others in the text of a page.
                assert all(word in found for word in map(squeezed, (cell or "").split()))


@pytest.mark.parametrize(
    ("run", "said"),
    [
        ("empty", "nothing was screened, and nothing can be said"),
        ("unknown", "3 records (3 units) are not decided, and not cleared."),
        ("clear", "What is not in the inventory was not looked at."),
    ],
)
def test_nothing_is_cleared(run: str, said: str, request: pytest.FixtureRequest, filed: Filed) -> None:
    assert said in " ".join(texts_of(filed("board", "--run", request.getfixturevalue(run))))


def test_an_altered_run_is_refused(clearband: Clearband, carrier: Path, tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / "run"
    shutil.copytree(carrier, copy)
    (copy / "summary.json").write_text("{}", encoding="utf-8")
    ended = clearband("report", "board", "--run", copy, "--out", tmp_path / "board.html")
    assert ended.status == 3
    assert "the run was altered" in ended.one_line
    assert not (tmp_path / "board.html").exists()


def test_a_format_that_is_none_is_refused(clearband: Clearband, carrier: Path, tmp_path: Path) -> None:
    ended = clearband("report", "board", "--run", carrier, "--out", tmp_path / "board.docx")
    assert ended.status == 2
    assert "html, pdf, json" in ended.one_line


def test_a_page_is_laid_out_wide_and_narrow(clearband: Clearband, carrier: Path, tmp_path: Path) -> None:
    out = tmp_path / "board.html"
    clearband("report", "board", "--run", carrier, "--out", out)
    text = out.read_text(encoding="utf-8")
    assert "Content-Security-Policy" in text
    assert "<script" not in text
    assert 'class="one-page"' in text
