"""A standalone Spark cluster on loopback: a master and workers as processes of their own."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

_SECONDS = 120
QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""For processes that live a minute."""


def why_not() -> str | None:
    """Why no cluster can be started here; None where one can."""
    if find_spec("pyspark") is None:
        return "PySpark is not installed here; make test-spark installs it and runs these tests"
    home = os.environ.get("JAVA_HOME")
    if shutil.which(f"{home}/bin/java" if home else "java") is None:
        return "there is no Java, which Spark needs"
    return None


def needs_spark() -> None:
    """Skip where no cluster can be started; fail there where one was promised."""
    why = why_not()
    if why is not None:
        if os.environ.get("CLEARBAND_SPARK") == "required":
            pytest.fail(why)
        pytest.skip(why)


class Cluster:
    """A master and its workers; each worker has one core and little memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []
        self.url = self._started(
            "master", ["org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "0"],
            r"Starting Spark master at (spark://\S+)",
        )  # fmt: skip
        for _ in range(2):
            self.add_worker()

    def add_worker(self) -> None:
        """One more worker."""
        number = len(self._processes)
        work = self._folder / f"work-{number}"
        self._started(
            f"worker-{number}",
            ["org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "1g",
             "--work-dir", str(work), self.url],
            r"Successfully (registered) with master",
        )  # fmt: skip

    def kill_worker(self) -> None:
        """Kill a worker with all that it has started, as when a machine fails."""
        self._end(self._processes.pop(1))

    def stop(self) -> None:
        """End all processes."""
        while self._processes:
            self._end(self._processes.pop())

    def _started(self, name: str, words: list[str], ready: str) -> str:
        """Start a process and wait until its log says that it is ready; what the pattern found there."""
        from pyspark.find_spark_home import _find_spark_home

        home = Path(_find_spark_home())
        log = self._folder / f"{name}.log"
        environment = {
            **os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_DAEMON_MEMORY": "256m",
            "SPARK_LOCAL_DIRS": str(self._folder), "SPARK_DAEMON_JAVA_OPTS": QUICK_START,
        }  # fmt: skip
        with log.open("wb") as said:
            process = subprocess.Popen(
                [home / "bin" / "spark-class", *words[:1], "--webui-port", "0", *words[1:]],
                env=environment, stdout=said, stderr=said, start_new_session=True,
            )  # fmt: skip
        self._processes.append(process)
        end = time.monotonic() + _SECONDS
        while time.monotonic() < end and process.poll() is None:
            if found := re.search(ready, log.read_text(encoding="utf-8")):
                return found[1]
            time.sleep(0.05)
        pytest.fail(f"{name} does not start:\n{log.read_text(encoding='utf-8')[-2000:]}")

    @staticmethod
    def _end(process: subprocess.Popen[bytes]) -> None:
        # The group that it was started as: executors and Python workers are children of it.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
