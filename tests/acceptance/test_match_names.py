"""What matching must reach on labelled names of real companies against lists of real ones.

Each line is the target. Times
and memory are printed, not asserted.
"""

from __future__ import annotations

import importlib.util
import resource
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest

NAMES = Path(__file__).resolve().parents[3] / "shared" / "corpora" / "names"

pytestmark = pytest.mark.skipif(not NAMES.is_dir(), reason="the labelled names are not beside the repository")


@pytest.fixture(scope="module")
def quality() -> Mapping[str, Any]:
    """The figures of the labelled names' own scorer."""
    from clearband.matching import Matcher, at_large

    spec = importlib.util.spec_from_file_location("score_names", NAMES / "score.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    listed = pl.read_parquet(NAMES / "listed.parquet")
    queries, truth = (pl.read_parquet(NAMES / f"dev_{what}.parquet") for what in ("queries", "truth"))
    background = at_large()
    begun = time.perf_counter()
    matcher = Matcher.of(listed["name"], listed["entity_id"], background)
    built = time.perf_counter()
    found = matcher.match(queries["name"])
    matched = time.perf_counter()
    rows = pl.DataFrame(
        [
            queries["id"].gather(found["query"]).alias("query_id"),
            matcher.entities.gather(found["entity"]).alias("entity_id"),
            found["score"],
        ]
    )
    figures: Mapping[str, Any] = scorer.evaluate(truth, rows)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nindex {built - begun:.1f} s, match {matched - built:.1f} s, peak of the process {peak:.0f} MB")
    print({key: round(value, 4) for key, value in figures.items() if isinstance(value, float)})
    return figures


def test_names_are_found_with_few_false_alarms_and_few_misses(quality: Mapping[str, Any]) -> None:
    assert quality["best_f1"] >= 0.93


def test_names_are_found_at_one_false_alarm_in_a_thousand(quality: Mapping[str, Any]) -> None:
    assert quality["r_at_fpr_1e3"] >= 0.87


def test_names_are_found_at_one_false_alarm_in_ten_thousand(quality: Mapping[str, Any]) -> None:
    assert quality["r_at_fpr_1e4"] >= 0.75
