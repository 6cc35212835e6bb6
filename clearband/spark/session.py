"""A session on a cluster for one run: started, waited for, stopped."""

from __future__ import annotations

import os
import re
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clearband.errors import ClearbandError, InputError, MissingExtraError, UsageError, install_extra
from clearband.spark.answers import needs_arrow
from clearband.spark.failures import told_plainly
from clearband.spark.memory import ENVIRONMENT

if TYPE_CHECKING:
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

SETTINGS: Final[Mapping[str, str]] = {
    "spark.app.name": "clearband screen",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    # A Python process a core: threads of its own would only wait for each other.
    "spark.executorEnv.POLARS_MAX_THREADS": "1",
    **{f"spark.executorEnv.{name}": value for name, value in ENVIRONMENT.items()},
}
"""What a run sets where the user says nothing else."""

_STANDALONE: Final = "spark://"
_MASTERS: Final = re.compile(r"local(\[[\w*,]+\])?|spark://\S+|yarn|k8s://\S+")
_SECONDS_TO_CONNECT: Final = 10
_SECONDS_FOR_A_WORKER: Final = 90


@contextmanager
def session(master: str, conf: Mapping[str, str]) -> Iterator[SparkSession]:
    """A session on a cluster.

    Args:
        master: ``spark://HOST:PORT``, ``local[CORES]``, ``yarn``, ``k8s://URL``.
        conf: Settings of Spark that go before `SETTINGS`.

    Raises:
        MissingExtraError: PySpark, PyArrow or Java is not installed.
        UsageError: The master is none.
        InputError: The master cannot be reached, or no worker takes the job.
    """
    if not _MASTERS.fullmatch(master):
        raise UsageError(
            f"{master} is no master of Spark",
            where="--master",
            remedy="spark://HOST:7077, local[2], yarn or k8s://URL",
        )
    needs_arrow()
    try:
        from pyspark import SparkConf
        from pyspark.sql import SparkSession
    except ImportError:
        raise MissingExtraError(
            "Spark is not installed", where="--engine spark", remedy=install_extra("spark")
        ) from None
    _needs_java()
    if master.startswith(_STANDALONE):
        _reach(master)
    said = {**SETTINGS, **conf}
    os.environ["PYSPARK_PYTHON"] = said.pop(
        "spark.pyspark.python", os.environ.get("PYSPARK_PYTHON", sys.executable)
    )
    descriptor, name = tempfile.mkstemp(prefix="clearband-spark-", suffix=".log")
    os.close(descriptor)
    log = Path(name)
    context = None
    try:
        with told_plainly(log):
            context = _context(SparkConf().setMaster(master).setAll(list(said.items())), log)
            if master.startswith(_STANDALONE):
                _wait_for_worker(context, master)
            yield SparkSession(context)
        log.unlink()
    except ClearbandError as error:
        if name not in error.remedy:
            log.unlink()
        raise
    finally:
        if context is not None:
            with suppress(Exception):
                context.stop()


def _context(conf: object, log: Path) -> SparkContext:
    """A context; what Java says goes to the log and not to the user's terminal."""
    from pyspark import SparkContext
    from pyspark.java_gateway import launch_gateway

    gateway = None
    if SparkContext._gateway is None:
        with log.open("wb") as said:
            gateway = launch_gateway(conf, {"stdout": said, "stderr": said})
    return SparkContext(conf=conf, gateway=gateway)


def _needs_java() -> None:
    """Check that there is a Java to start.

    Raises:
        MissingExtraError: There is none.
    """
    home = os.environ.get("JAVA_HOME")
    if shutil.which(str(Path(home) / "bin" / "java") if home else "java") is None:
        where = f" in JAVA_HOME ({home})" if home else ""
        raise MissingExtraError(
            f"there is no Java{where}, which Spark needs",
            where="--engine spark",
            remedy="install Java 17 or 21, or set JAVA_HOME",
        )


def _reach(master: str) -> None:
    """Check that one of the masters answers: Spark itself would try for a minute.

    Raises:
        InputError: None does.
    """
    why = ""
    for address in _addresses(master):
        try:
            with socket.create_connection(address, _SECONDS_TO_CONNECT):
                return
        except OSError as error:
            why = error.strerror or str(error)
    raise InputError(f"cannot be reached ({why})", where=master, remedy="start it, or correct host and port")


def _addresses(master: str) -> Sequence[tuple[str, int]]:
    found = []
    for each in master.removeprefix(_STANDALONE).split(","):
        host, _, port = each.rpartition(":")
        if not host or not port.isdecimal() or int(port) > 65_535:
            raise UsageError(
                f"{each} has no host and port", where="--master", remedy="name it as spark://HOST:7077"
            )
        found.append((host.strip("[]"), int(port)))
    return found


def _wait_for_worker(context: SparkContext, master: str) -> None:
    """Wait until a worker has taken the job: without one it would wait for ever.

    Raises:
        InputError: None does.
    """
    end = time.monotonic() + _SECONDS_FOR_A_WORKER
    # The driver is one of those that it counts.
    while context._jsc.sc().getExecutorMemoryStatus().size() < 2:
        if time.monotonic() > end:
            raise InputError(
                "no worker has taken the job",
                where=master,
                remedy="look whether workers are up, free, and have the memory asked for "
                "(--spark-conf spark.executor.memory=1g asks for less)",
            )
        time.sleep(0.2)
