"""What a screening against approved lists shows: the page, one record, an earlier run, several lists."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import polars as pl

from tests.cli.conftest import Clearband
from tests.cli.screened_lists import (
    ARCHER,
    SCREEN,
    THAT_DAY,
    TRUSTED,
    ZTE,
    answers,
    listed,
    made,
    own_folder,
)
from tests.listing.made_list import AUTHORITY, MadeList, day
from tests.listing.made_repository import MadeRepository
from tests.reports.reading_pages import read_page

__all__ = ["made"]


def test_an_earlier_run_screened_again_without_its_list_says_so(
    made: MadeRepository, clearband: Clearband
) -> None:
    assert clearband(*TRUSTED).status == 0
    again = clearband("screen", "--again", "run")
    assert again.status == 0, again.err
    assert "exempt → prohibited: 1 record" in again.out
    assert "without the approved list of example-authority" in " ".join(again.out.split())


def test_one_record_is_explained_with_its_list(made: MadeRepository, clearband: Clearband) -> None:
    assert clearband(*TRUSTED).status == 0
    told = " ".join(clearband("explain", "run", "3").out.split())
    assert (
        "8. What approved lists say Example Authority: keep, buy no more entry zte: manufacturer ZTE" in told
    )
    assert "keep in use: controls" in told
    assert "would decide: a new decision of Example Authority on zte" in told
    assert "listed alternative: archer: Archer AX55" in told
    assert "Verified: version 1, published for 2026-06-01" in told
    assert clearband(*SCREEN, *THAT_DAY).status == 0
    assert "approved lists" not in clearband("explain", "run", "3").out


def test_several_authorities_stand_side_by_side_and_none_outvotes_another(
    made: MadeRepository, clearband: Clearband
) -> None:
    other = MadeList(replace(AUTHORITY, id="other", title="Other Authority", grants="conditional-approval"))
    listed(other, ARCHER, "2026-02-01")
    other.step("suspend", "2026-04-01", entry="archer", reply_until=day("2026-04-30"))
    own_folder(other, "other")
    ended = clearband(*TRUSTED, "--approved", "other")
    assert ended.status == 0, ended.err
    table = pl.read_parquet("run/approved.parquet").filter(record_id="1")
    assert table.select("list", "list_says").rows() == [("example-authority", "buy"), ("other", "keep")]
    summary = json.loads(Path("run/summary.json").read_text())["approved"]
    assert (len(summary["lists"]), summary["differing"]) == (2, 1)
    assert answers()["1"] == "prohibited"  # one that grants the same approval is against it
    assert "same authority" in clearband(*TRUSTED, "--approved", "other", "--approved", "other").one_line


def test_the_page_says_what_has_to_go_by_when_and_nothing_in_it_runs(
    made: MadeRepository, clearband: Clearband
) -> None:
    other = MadeList(replace(AUTHORITY, title="<i>Example</i> Authority"))
    listed(other, replace(ZTE, name="<b>ZTE</b>"), "2026-02-01")
    other.step("propose-revocation", "2026-03-01", entry="zte", reply_until=day("2026-03-31"))
    other.step("revoke", "2026-04-01", entry="zte", remove_by=day("2027-06-30"))
    own_folder(other, "own")
    assert clearband(*SCREEN, *THAT_DAY, "--approved", "own").status == 0
    text = Path("run/report.html").read_text(encoding="utf-8")
    section = read_page(text).by_id("approved").words()
    assert "replace: it has to go 1" in section
    assert "2027-06-30 ZTE Corporation MF286 1" in section
    assert "none is listed" in section
    assert "an assessment of TP-Link Technologies Co., Ltd." in section
    assert "unknown: the maker is not identified; no approval" in section
    assert "&lt;b&gt;ZTE" in text
    assert "<b>ZTE" not in text
    assert "<i>Example" not in text
    assert clearband(*SCREEN, *THAT_DAY).status == 0
    assert 'id="approved"' not in Path("run/report.html").read_text(encoding="utf-8")
