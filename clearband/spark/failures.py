"""What goes wrong on a cluster, in one line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from clearband.errors import ClearbandError, InputError, MissingExtraError, OutputError

_OWN: Final = re.compile(r"^clearband\.errors\.\w+: (.+)$", re.MULTILINE)
_SHIP: Final = "install Clearband with the extra spark on every machine, or send it along (docs/spark.md)"

_Told = Callable[[re.Match[str]], ClearbandError]
_KNOWN: Final[tuple[tuple[re.Pattern[str], _Told], ...]] = (
    (
        re.compile(r"No module named '(\w+)"),
        lambda found: MissingExtraError(f"the workers' Python has no {found[1]}", remedy=_SHIP),
    ),
    (
        re.compile(r"PYTHON_VERSION_MISMATCH|Python in worker has different version"),
        lambda _: InputError("the workers' Python is of another version than this one", remedy=_SHIP),
    ),
    (
        re.compile(r'Cannot run program "([^"]+)"'),
        lambda found: InputError(
            f"the workers have no {found[1]}",
            remedy="name their Python with --spark-conf spark.pyspark.python=PATH",
        ),
    ),
    (
        re.compile(r"MemoryError|malloc of size|Cannot allocate memory|Python worker exited unexpectedly"),
        lambda _: InputError(
            "a Python worker had no more memory, or was killed",
            remedy="make chunks smaller with --chunk-rows, or give the Python workers of an executor more: "
            "--spark-conf spark.executor.pyspark.memory=8g is shared by its cores",
        ),
    ),
    (
        re.compile(r"No space left on device|Disk quota exceeded"),
        lambda _: OutputError("a disk of the cluster is full", remedy="make room, then run it again"),
    ),
    (
        re.compile(r"All masters are unresponsive|SparkContext was shut down|Master removed our application"),
        lambda _: InputError("the cluster gave the job up", remedy="look at its master, then run it again"),
    ),
)


@contextmanager
def told_plainly(log: Path | None = None) -> Iterator[None]:
    """Turn errors of Spark into one line.

    Args:
        log: Where what the cluster said can be read.

    Raises:
        ClearbandError: What went wrong.
    """
    try:
        yield
    except ClearbandError:
        raise
    except Exception as error:
        if type(error).__module__.partition(".")[0] not in ("pyspark", "py4j"):
            raise
        raise _plain(str(error) or type(error).__name__, log) from None


def _plain(said: str, log: Path | None) -> ClearbandError:
    """What a long report of Spark comes to."""
    if own := _OWN.search(said):
        return InputError(own[1])
    for pattern, told in _KNOWN:
        if found := pattern.search(said):
            return told(found)
    if log is not None and log.exists():
        beginning = log.read_text(encoding="utf-8", errors="replace")[-200_000:]
        for pattern, told in _KNOWN:
            if found := pattern.search(beginning):
                return told(found)
    first = next((line for line in said.splitlines() if line.strip()), "")[:300]
    remedy = f"what the cluster said is in {log}" if log is not None else ""
    return InputError(f"Spark ended the job: {first}", remedy=remedy)
