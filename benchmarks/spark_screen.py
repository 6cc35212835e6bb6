"""The kernel on a Spark cluster beside plain passes of the same batches through Python, all in one run.

Usage: python benchmarks/spark_screen.py [--rows 1000000] [--file FILE.parquet] [--rounds 1] [--kill]

Starts a master and two workers of one core on loopback. Passes over one file, each written to Parquet:

- without Python: Spark reads and writes the file;
- as they are: `mapInArrow` gives batches of 200,000 rows back;
- eleven columns more: the same with as many columns of the same types behind them as answers have;
- screened: `clearband.spark.screen`, all columns and the eleven of answers;
- ids, eleven columns more: the first column and eleven columns of the same types as answers;
- screened, ids: `screen` with ``columns="ids"``: the column of ids and the eleven of answers;
- screened, one answer: the same with the answer alone;
- a run: what `screen --engine spark` does in a session that is there.

CPU seconds are those of all processes of the cluster (master, workers, executors, Python workers) and of the
driver, read from /proc while they live; the table holds each pass against the plain one and against the one
that writes as many columns. Python workers live on from pass to pass, their memory is the highest so far;
each pass of `screen` begins with a kernel that knows nothing. Then
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
PLAIN: Final = "as they are"
AS_MANY: Final = {"screened": "eleven columns more", "screened, ids": "ids, eleven columns more"}
"""Passes that write as many columns of the same types, without the kernel."""
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


def eleven_more(kept: int, batches: Iterator[Any]) -> Iterator[Any]:
    """Columns like those of answers behind the first ones of each batch, by numbers that are drawn."""
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
        names = [*batch.schema.names[:kept], *(f"added{at}" for at in range(len(added)))]
        yield pa.RecordBatch.from_arrays([*batch.columns[:kept], *added], names=names)


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
        # Batches this large have been seen to stall a TCP connection of both sides that write.
        "spark.python.unix.domain.socket.enabled": "true",
    }
    found: list[tuple[str, Pass]] = []
    out = folder / "pass"
    with session(cluster.url, conf) as spark:
        for number, path in enumerate((few, *[file] * rounds)):
            df = spark.read.parquet(f"file:{path}")
            own, added = df.schema.fields, columns_of(ADDED).fields
            wider, narrow = StructType([*own, *added]), StructType([own[0], *added])
            made = {
                "without Python": df,
                PLAIN: df.mapInArrow(as_they_are, df.schema),
                "eleven columns more": df.mapInArrow(partial(eleven_more, len(own)), wider),
                "screened": screen(df, **QUESTION),
                "ids, eleven columns more": df.mapInArrow(partial(eleven_more, 1), narrow),
                "screened, ids": screen(df, **QUESTION, columns="ids"),
                "screened, one answer": screen(df, **QUESTION, columns="ids", answers=["clearband_answer"]),
            }
            works: dict[str, Callable[[], object]] = {
                name: partial(table.write.parquet, f"file:{out}") for name, table in made.items()
            }
            works["a run"] = partial(run, spark, path, out)
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


def lines_of(costs: dict[str, Pass]) -> list[tuple[str, ...]]:
    """The table of what passes took."""

    def beside(name: str, other: str | None) -> str:
        return "" if other is None else f"{costs[name].cpu / costs[other].cpu:.2f}"

    head = (
        "what", "wall s", "CPU s", "CPU beside as they are", "beside as many columns",
        "peak MiB of a Python worker", "of a Java process",
    )  # fmt: skip
    return [
        head,
        *(
            (
                name, f"{took.wall:.1f}", f"{took.cpu:.1f}", beside(name, PLAIN),
                beside(name, AS_MANY.get(name)), f"{took.python_rss / 2**20:,.0f}",
                f"{took.java_rss / 2**20:,.0f}",
            )
            for name, took in costs.items()
        ),
    ]  # fmt: skip


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
    print(table(lines_of(costs)))
    print(f"the folders of a run here and of one on the cluster are the same: {same}")
    value = {"benchmark": "spark_screen", "rows": options.rows, "batch": BATCH, "same": same}
    print(json.dumps({**value, "passes": {name: asdict(took) for name, took in costs.items()}}))
    if not same:
        sys.exit("the folders differ")


if __name__ == "__main__":
    main()
