"""What a page shows as measured is what the benchmark wrote: docs/plan-carriers.md quotes its output file."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from clearband.planning.network.generate import Asked, generate
from tests.test_docs import ROOT, as_pattern, blocks

PAGE = ROOT / "docs" / "plan-carriers.md"
OUTPUT = ROOT / "docs" / "plan-carriers-output.txt"
FIGURE = re.compile(r"[+-]\d+\.\d%|\b20\d\d-Q\d\b|\b\d{1,3}(?:,\d{3})+\b(?!\s+sites)")
"""A share, a quarter, or money."""


def section(page: Path, title: str) -> str:
    found = page.read_text(encoding="utf-8").partition(f"## {title}\n")[2].partition("\n## ")[0]
    assert found, title
    return found


def test_blocks_of_measured_output_stand_in_the_file_that_the_benchmark_wrote() -> None:
    measured = OUTPUT.read_text(encoding="utf-8")
    quoted = list(blocks(PAGE, "text"))
    assert len(quoted) >= 8
    for line, body in quoted:
        assert as_pattern(body.splitlines()).search(measured), f"{PAGE.name} line {line}\n{body}"


@pytest.mark.parametrize("title", ["The answers", "In plain words"])
def test_figures_of_the_answers_stand_in_that_file(title: str) -> None:
    measured = set(FIGURE.findall(OUTPUT.read_text(encoding="utf-8")))
    told = FIGURE.findall(section(PAGE, title))
    assert len(told) >= 5
    assert set(told) <= measured


@pytest.mark.parametrize(("sites", "covered"), [(60, "43"), (2_000, "1,171")])
def test_sites_with_what_must_go_are_as_many_as_the_page_says(sites: int, covered: str) -> None:
    installed = generate(Asked(sites, 3, 20, 0.6, 1.0)).tables["installed"]
    going = installed.filter(pl.col("must_go") != "no").get_column("site").n_unique()
    assert f"{going:,}" == covered
    assert f"{covered} of {sites:,} sites" in section(PAGE, "The two networks")
