"""Names against a list: quality on labelled names, and time and memory as the number of names grows.

Usage: python benchmarks/match_names.py FOLDER [--sizes 1000 10000 100000 1000000] [--peers]

FOLDER holds ``listed.parquet``, ``dev_queries.parquet``, ``dev_truth.parquet`` and the scorer ``score.py``.
Each figure comes from a process of its own. What counts as matching is the processor time from the indexed
list and the names in memory to the scored candidates; reading, indexing and compiling are told apart. The
names that are matched for time are made (``damaged_names.py``), all different.

``--peers`` runs others beside it on the same files, in an environment of their own (``peers/setup``):
character n-grams (TF-IDF by scikit-learn, sparse-dot-topn) and nomenklatura's logic-v2 behind an index of
words. Slow ones are timed with fewer names.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from measure import PYTHON, run, table

HERE: Final = Path(__file__).resolve().parent
DEV_NAMES: Final = 20_000
PEERS: Final = {"n-grams": 1_000_000, "nomenklatura": 1_000}
"""Other tools, and the most names that they are timed with."""


@dataclass(frozen=True)
class Figures:
    """One tool with one set of names. Times in seconds, memory in bytes."""

    tool: str
    names: int
    read: float
    index: float
    match_cpu: float
    match_wall: float
    peak_rss: int

    @property
    def per_cpu_second(self) -> float:
        """Names a second of processor time in matching."""
        return self.names / max(self.match_cpu, 1e-9)


def measured(tool: str, python: str, listed: Path, queries: Path, count: int, out: Path) -> Figures:
    """Run one tool in a process of its own."""
    program = HERE / ("match_with_clearband.py" if tool == "clearband" else "peers/match_with_peer.py")
    told = out.with_suffix(".json")
    command = [python, str(program), tool, str(listed), str(queries), str(out), str(told)]
    cost = run(command)
    if cost.status != 0:
        sys.exit(f"{tool} failed: {cost.said}")
    times = json.loads(told.read_text(encoding="utf-8"))
    return Figures(tool, count, **times, peak_rss=cost.peak_rss)


def labelled(*arguments: object) -> str:
    """Call ``labelled_names.py`` in a process of its own."""
    command = [PYTHON, str(HERE / "labelled_names.py"), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main() -> None:
    """Print quality, and how time and memory grow."""
    parser = argparse.ArgumentParser(description="Names against a list: quality, time and memory")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000, 100_000, 1_000_000])
    parser.add_argument(
        "--peers", action="store_true", help="run other tools beside it (makes their environment)"
    )
    asked = parser.parse_args()
    folder: Path = asked.folder
    if not (folder / "listed.parquet").is_file():
        print(f"match_names: no labelled names in {folder}; nothing is measured")
        return
    tools = {"clearband": PYTHON}
    if asked.peers:
        subprocess.run([str(HERE / "peers" / "setup")], check=True)
        tools |= dict.fromkeys(PEERS, str(HERE / "peers" / ".venv" / "bin" / "python"))
    listed, dev = folder / "listed.parquet", folder / "dev_queries.parquet"
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        made = {count: work / f"names-{count}.parquet" for count in (100, *asked.sizes)}
        for count, file in made.items():
            labelled("make", folder, count, file)
        measured("clearband", PYTHON, listed, made[100], 100, work / "warm.parquet")  # compiles
        quality, figures = {}, []
        for tool, python in tools.items():
            out = work / f"{tool}.parquet"
            figures.append(measured(tool, python, listed, dev, DEV_NAMES, out))
            quality[tool] = json.loads(labelled("score", folder, out))
        for count in asked.sizes:
            for tool, python in tools.items():
                if count <= PEERS.get(tool, count):
                    figures.append(measured(tool, python, listed, made[count], count, work / "timed.parquet"))
    _show(quality, figures)


def _show(quality: dict[str, dict[str, float]], figures: list[Figures]) -> None:
    rows: list[tuple[str, ...]] = [
        ("labelled names (dev)", "best F1", "recall at 1e-3", "recall at 1e-4", "max recall")
    ]
    rows += [(tool, *(f"{value:.3f}" for value in found.values())) for tool, found in quality.items()]
    print(table(rows))
    print()
    rows = [("tool, names", "names / CPU s", "x", "match CPU s", "match s", "index s", "peak MB")]
    for one in figures:
        base = next(other for other in figures if other.tool == "clearband" and other.names == one.names)
        rows.append(
            (
                f"{one.tool}, {one.names:,}",
                f"{one.per_cpu_second:,.0f}",
                f"{one.per_cpu_second / base.per_cpu_second:.3f}",
                f"{one.match_cpu:.2f}",
                f"{one.match_wall:.2f}",
                f"{one.index:.2f}",
                f"{one.peak_rss / 1e6:.0f}",
            )
        )
    print(table(rows))
    value = {"benchmark": "match_names", "quality": quality, "runs": [asdict(one) for one in figures]}
    print(json.dumps(value))


if __name__ == "__main__":
    main()
