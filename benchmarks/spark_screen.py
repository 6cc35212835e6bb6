"""The kernel on a Spark cluster beside a plain pass of the same batches through Python, all in one run.

Usage: python benchmarks/spark_screen.py [--rows 1000000] [--file FILE.parquet] [--rounds 1] [--kill]

Starts a master and two workers of one core on loopback. Each pass reads the same Parquet file, hands it to
Python in batches of 200,000 rows and writes all that comes back; one gives the batches back as they are, one
screens them. CPU seconds are those of all processes of the cluster and of the driver, read from /proc while
it lives. Then the same file is screened by `screen --stream` and by `screen --engine spark`, and the results
are compared; with --kill one worker is killed in the middle of it. Run it with the Python of .venv-spark.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from measure import table
from spark_cluster import Cluster, Watch

BATCH: Final = 200_000
ON: Final = date(2026, 11, 1)
QUESTION: Final[dict[str, Any]] = {
    "actors": ["federal-agency", "usf-recipient"],
    "actions": ["procure", "use"],
    "on": ON,
}
WORDS: Final = [
    "--as", "federal-agency", "--as", "usf-recipient", "--action", "procure", "--action", "use",
    "--on", ON.isoformat(),
]  # fmt: skip
CLEARBAND: Final = str(Path(sys.executable).parent / "clearband")


@dataclass(frozen=True)
class Pass:
    """What one pass took.

    Attributes:
        wall: Seconds on the clock.
        cpu: Seconds of user and system time of all processes below this one.
        python_rss, java_rss: Highest resident memory of one process of each kind, bytes.
    """

    wall: float
    cpu: float
    python_rss: int
    java_rss: int


def as_they_are(batches: Iterator[Any]) -> Iterator[Any]:
    """Nothing is done to batches."""
    yield from batches


def measured(watch: Watch, work: Callable[[], None]) -> Pass:
    """What some work takes."""
    watch.forget_memory()
    cpu, start = watch.cpu(), time.perf_counter()
    work()
    return Pass(time.perf_counter() - start, watch.cpu() - cpu, watch.python_rss, watch.java_rss)


def passes(
    cluster: Cluster, file: Path, folder: Path, rounds: int, watch: Watch, memory: str
) -> list[tuple[str, Pass]]:
    """The two passes by turns; what starts executors and Python workers is done before, on a few rows."""
    import polars as pl

    from clearband.spark import screen
    from clearband.spark.session import session

    few = folder / "few.parquet"
    pl.scan_parquet(file).head(2 * BATCH).collect().write_parquet(few, row_group_size=BATCH // 4)
    found: list[tuple[str, Pass]] = []
    with session(cluster.url, {"spark.executor.memory": memory}) as spark:
        for number, path in enumerate((few, *[file] * rounds)):
            df = spark.read.parquet(f"file:{path}")
            for name, result in (
                ("as they are", df.mapInArrow(as_they_are, df.schema)),
                ("screened", screen(df, **QUESTION)),
            ):
                out = folder / "pass"
                took = measured(watch, partial(result.write.parquet, f"file:{out}"))
                shutil.rmtree(out)
                print(f"round {number}: {name}: {took.cpu:.1f} CPU s, {took.wall:.1f} s", file=sys.stderr)
                if number:
                    found.append((name, took))
    return found


def compared(cluster: Cluster, file: Path, folder: Path, memory: str, *, kill: bool) -> dict[str, bool]:
    """Whether a run on the cluster says what a run here says, one worker killed in the middle or not."""
    import polars as pl

    local, out = folder / "local", folder / "spark"
    screen = [CLEARBAND, "screen", str(file), *WORDS]
    subprocess.run([*screen, "--stream", "--out", str(local)], check=True, stdout=subprocess.DEVNULL)
    run = subprocess.Popen(
        [*screen, "--engine", "spark", "--master", cluster.url, "--out", str(out),
         "--spark-conf", f"spark.executor.memory={memory}"],
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    rows = out / ".unfinished" / "spark-rows"
    while kill and run.poll() is None:
        if len(list(rows.glob("_temporary/0/task_*"))) >= 2:
            cluster.kill_worker()
            print(
                f"a worker was killed; the rows were all written: {(rows / '_SUCCESS').exists()}",
                file=sys.stderr,
            )
            break
        time.sleep(0.05)
    if run.wait() != 0:
        return {"ended": False}
    same = {
        name: pl.read_parquet(local / name).equals(pl.read_parquet(out / name))
        for name in ("cases.parquet", "findings.parquet", "invalid.parquet")
    }
    same["summary.json"] = (local / "summary.json").read_bytes() == (out / "summary.json").read_bytes()
    answers = (
        "clearband_row",
        "clearband_case",
        "clearband_answer",
        "clearband_units",
        "clearband_unreadable",
    )

    def told(path: Path) -> pl.DataFrame:
        parts = [pl.read_parquet(part, columns=list(answers)) for part in sorted((path / "parts").iterdir())]
        return pl.concat(
            part.with_columns(pl.col("clearband_answer").cast(pl.String)) for part in parts
        ).sort("clearband_row")

    same["rows"] = told(local).equals(told(out))
    return same


def main() -> None:
    """Print the table and the figures as JSON."""
    parser = argparse.ArgumentParser(description="The kernel on a Spark cluster beside a plain pass")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--file", type=Path, help="an inventory that is there (default: one is made)")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--memory", default="1g", help="memory of an executor (default: 1g)")
    parser.add_argument("--kill", action="store_true", help="kill a worker in the middle of the compared run")
    parser.add_argument("--keep", type=Path, help="folder for the files (default: a temporary one)")
    options = parser.parse_args()
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    with tempfile.TemporaryDirectory(dir=options.keep) as name:
        folder = Path(name)
        file = options.file
        if file is None:
            file = folder / "inventory.parquet"
            generator = str(Path(__file__).parent / "generate_inventory.py")
            subprocess.run([sys.executable, generator, str(file), "--rows", str(options.rows)], check=True)
        cluster = Cluster(folder, "2g")
        try:
            watch = Watch()
            found = passes(cluster, file.resolve(), folder, options.rounds, watch, options.memory)
            same = compared(cluster, file, folder, options.memory, kill=options.kill)
        finally:
            cluster.stop()
    costs = {name: min((took for each, took in found if each == name), key=lambda took: took.cpu)
             for name in ("as they are", "screened")}  # fmt: skip
    rows = [("what", "wall s", "CPU s", "peak MiB of a Python worker", "of an executor or driver")]
    rows += [
        (
            name,
            f"{took.wall:.1f}",
            f"{took.cpu:.1f}",
            f"{took.python_rss / 2**20:,.0f}",
            f"{took.java_rss / 2**20:,.0f}",
        )
        for name, took in costs.items()
    ]
    print(table(rows))
    ratio = costs["screened"].cpu / costs["as they are"].cpu
    print(f"the kernel adds {100 * (ratio - 1):.0f} % CPU")
    print(f"the same as a run here: {same}")
    value = {"benchmark": "spark_screen", "rows": options.rows, "batch": BATCH, "ratio": ratio, "same": same}
    print(json.dumps({**value, "passes": {name: asdict(took) for name, took in costs.items()}}))
    if not all(same.values()):
        sys.exit("the answers differ")


if __name__ == "__main__":
    main()
