"""The kernel on a Spark cluster beside plain passes of the same batches through Python, all in one run.

Usage: python benchmarks/spark_screen.py [--rows 1000000] [--file FILE.parquet] [--rounds 1] [--kill]

Starts a master and two workers of one core on loopback. Passes over one file, each written to Parquet:

- as they are: `mapInArrow` gives batches of 200,000 rows back;
- eleven columns more: the same with as many columns of the same types behind them as answers have;
- screened: `clearband.spark.screen`;
- a run: what `screen --engine spark` does in a session that is there.

CPU seconds are those of all processes of the cluster and of the driver, read from /proc while they live. Then
`screen --stream` and `screen --engine spark` write their folders, which are compared byte for byte; with
--kill one worker is killed in the middle. Run it with the Python of .venv-spark.
"""

from __future__ import annotations

import argparse
import hashlib
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


def measured(watch: Watch, work: Callable[[], object]) -> Pass:
    """What some work takes."""
    watch.forget_memory()
    cpu, start = watch.cpu(), time.perf_counter()
    work()
    return Pass(time.perf_counter() - start, watch.cpu() - cpu, watch.python_rss, watch.java_rss)


def eleven_more(batches: Iterator[Any]) -> Iterator[Any]:
    """Columns like those of answers behind each batch, by numbers that are drawn."""
    import numpy as np
    import pyarrow as pa

    draw, cases = np.random.default_rng(1), 5_000
    texts = ("huawei", "Huawei Technologies Co., Ltd.", "router", "prohibited", "us-ndaa-fy2019-889-a1a",
             "s. 889(a)(1)(A) (purchase/huawei-zte-equipment)", "2019-08-13")  # fmt: skip
    known = [pa.array(np.arange(cases) * step) for step in (1, 1, 7_368_787_123_456)]
    known += [pa.array([f"{text}{at % 20}" for at in range(cases)]) for text in texts]
    known.append(pa.array(np.arange(cases) / cases))
    for batch in batches:
        numbers = pa.array(draw.integers(0, cases, batch.num_rows))
        added = [column.take(numbers) for column in known]
        yield pa.RecordBatch.from_arrays(
            [*batch.columns, *added], names=[*batch.schema.names, *(f"added{at}" for at in range(len(added)))]
        )


def passes(
    cluster: Cluster, file: Path, folder: Path, rounds: int, watch: Watch, memory: str
) -> list[tuple[str, Pass]]:
    """The passes by turns; what starts executors and Python workers is done before, on a few rows."""
    import polars as pl
    from pyspark.sql.types import StructType

    from clearband.spark import screen
    from clearband.spark.answers import columns_of
    from clearband.spark.batches import ADDED
    from clearband.spark.session import session

    few = folder / "few.parquet"
    pl.scan_parquet(file).head(2 * BATCH).collect().write_parquet(few, row_group_size=BATCH // 4)
    conf = {
        "spark.executor.memory": memory,
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(BATCH),
        "spark.sql.execution.arrow.maxBytesPerBatch": "256m",
        "spark.sql.files.maxPartitionBytes": "32m",
    }
    found: list[tuple[str, Pass]] = []
    out = folder / "pass"
    with session(cluster.url, conf) as spark:
        for number, path in enumerate((few, *[file] * rounds)):
            df = spark.read.parquet(f"file:{path}")
            wider = StructType([*df.schema.fields, *columns_of(ADDED).fields])
            works: dict[str, Callable[[], object]] = {
                "as they are": partial(df.mapInArrow(as_they_are, df.schema).write.parquet, f"file:{out}"),
                "eleven columns more": partial(
                    df.mapInArrow(eleven_more, wider).write.parquet, f"file:{out}"
                ),
                "screened": partial(screen(df, **QUESTION).write.parquet, f"file:{out}"),
                "a run": partial(run, spark, path, out),
            }
            for name, work in works.items():
                took = measured(watch, work)
                shutil.rmtree(out)
                print(f"round {number}: {name}: {took.cpu:.1f} CPU s, {took.wall:.1f} s", file=sys.stderr)
                if number:
                    found.append((name, took))
    return found


def run(spark: Any, file: Path, out: Path) -> None:
    """A run in a session that is there."""
    from clearband.directives.law import load_law
    from clearband.register import load_register
    from clearband.runs.progress import Meter
    from clearband.runs.run import Job
    from clearband.screening.settings import settings_for
    from clearband.sources.stream import open_dataset
    from clearband.spark.payload import OwnFacts
    from clearband.spark.run import run_on_spark

    asked: dict[str, Any] = {name: tuple(words) for name, words in QUESTION.items() if name != "on"}
    settings = settings_for(load_law(), **asked, on=ON, today=ON)
    job = Job(open_dataset([file]), settings, load_register(), load_law())
    run_on_spark(spark, job, OwnFacts(), out, Meter(lambda _: None, None))


def compared(cluster: Cluster, file: Path, folder: Path, memory: str, *, kill: bool) -> bool:
    """Whether a run on the cluster writes what a run here writes, one worker killed in the middle or not."""
    local, out = folder / "local", folder / "spark"
    screen = [CLEARBAND, "screen", str(file), *WORDS]
    subprocess.run([*screen, "--stream", "--out", str(local)], check=True, stdout=subprocess.DEVNULL)
    running = subprocess.Popen(
        [*screen, "--engine", "spark", "--master", cluster.url, "--out", str(out),
         "--spark-conf", f"spark.executor.memory={memory}"],
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    while kill and running.poll() is None:
        if len(list((out / ".unfinished" / "workers").glob("*.counts"))) >= 2:
            cluster.kill_worker()
            print(f"a worker was killed, the run at its end: {(out / 'run.json').exists()}", file=sys.stderr)
            break
        time.sleep(0.05)
    return running.wait() == 0 and hashes(local) == hashes(out)


def hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of each file below a folder."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


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
    costs = {
        name: min((took for each, took in found if each == name), key=lambda took: took.cpu)
        for name in dict(found)
    }
    floor = costs["as they are"].cpu
    head = (
        "what",
        "wall s",
        "CPU s",
        "CPU over as they are",
        "peak MiB of a Python worker",
        "of a Java process",
    )
    rows = [head]
    rows += [
        (
            name, f"{took.wall:.1f}", f"{took.cpu:.1f}", f"{took.cpu / floor:.2f}",
            f"{took.python_rss / 2**20:,.0f}", f"{took.java_rss / 2**20:,.0f}",
        )
        for name, took in costs.items()
    ]  # fmt: skip
    print(table(rows))
    print(f"the folders of a run here and of one on the cluster are the same: {same}")
    value = {"benchmark": "spark_screen", "rows": options.rows, "batch": BATCH, "same": same}
    print(json.dumps({**value, "passes": {name: asdict(took) for name, took in costs.items()}}))
    if not same:
        sys.exit("the folders differ")


if __name__ == "__main__":
    main()
