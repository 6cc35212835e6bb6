"""The page's own script runs under the page's own policy, in a real browser."""

from __future__ import annotations

import subprocess
from pathlib import Path

from clearband.reports.page import write_report
from clearband.screening.result import Screening
from tests.needed import program
from tests.reports.made_screenings import SOURCES
from tests.reports.reading_pages import read_page

HEADLESS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--dump-dom",
)  # fmt: skip


def test_a_browser_gets_sortable_headers_and_the_filter(harmful: Screening, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    write_report(harmful, report, records=2_000, sources=SOURCES)
    written = read_page(report.read_text(encoding="utf-8"))
    assert not written.by_id("records-table").all("button")
    (filters,) = (one for one in written.elements if one.attributes.get("role") == "search")
    assert "hidden" in filters.attributes

    browser = program("chromium", "chromium")
    shown = subprocess.run(
        [browser, *HEADLESS, f"--user-data-dir={tmp_path / 'profile'}", report.as_uri()],
        check=True, capture_output=True, text=True, timeout=60,
    ).stdout  # fmt: skip
    page = read_page(shown)
    assert len(page.by_id("records-table").all("button")) == 9
    (filters,) = (one for one in page.elements if one.attributes.get("role") == "search")
    assert "hidden" not in filters.attributes
