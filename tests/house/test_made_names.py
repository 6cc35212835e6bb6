"""The names that matching is timed with."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

from damaged_names import damaged

REAL = ["Vostokradio Plant JSC", "Kestrel Ridge Networks LLC", "Qalandar Telecom", "ZYXL", "Lumenara"]


def test_made_names_are_all_different_and_the_same_each_time() -> None:
    made = damaged(REAL, 5_000)
    assert len(set(made)) == 5_000
    assert damaged(REAL, 5_000) == made


def test_made_names_stay_like_the_real_ones() -> None:
    made = damaged(REAL, 50)
    assert all(name.strip() for name in made)
    assert sum(name[:2].casefold() == REAL[at % 5][:2].casefold() for at, name in enumerate(made)) > 25
