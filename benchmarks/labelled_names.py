"""The labelled names: made ones of their kind in any number, and the quality of matches by their scorer.

Usage: python benchmarks/labelled_names.py make FOLDER COUNT OUT
       python benchmarks/labelled_names.py score FOLDER MATCHES

Run as a process of its own by ``match_names.py``, which must stay small while it measures others.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

import polars as pl
from damaged_names import damaged

from clearband.facts.store import compiled


def make(folder: Path, count: int, out: Path) -> None:
    """Write made names with ids, as Parquet."""
    registrants = pl.Series("name", compiled().read("mac_blocks")["registrants"], dtype=pl.String)
    real = pl.concat([pl.read_parquet(folder / "dev_queries.parquet")["name"], registrants])
    names = damaged(real.unique(maintain_order=True).to_list(), count)
    pl.DataFrame({"id": pl.Series(range(count)).cast(pl.String), "name": names}).write_parquet(out)


def score(folder: Path, matches: Path) -> dict[str, float]:
    """Best F1, recall at two rates of false alarms, and the recall of all candidates."""
    spec = importlib.util.spec_from_file_location("score_names", folder / "score.py")
    assert spec is not None
    assert spec.loader is not None
    scorer: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    found = scorer.evaluate(pl.read_parquet(folder / "dev_truth.parquet"), pl.read_parquet(matches))
    return {key: found[key] for key in ("best_f1", "r_at_fpr_1e3", "r_at_fpr_1e4", "max_recall")}


if __name__ == "__main__":
    what, place, *rest = sys.argv[1:]
    if what == "make":
        make(Path(place), int(rest[0]), Path(rest[1]))
    else:
        print(json.dumps(score(Path(place), Path(rest[0]))))
