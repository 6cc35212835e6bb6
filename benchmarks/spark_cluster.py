"""A standalone Spark cluster on loopback, and what its processes take."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Final

TICKS: Final = os.sysconf("SC_CLK_TCK")
PAGE: Final = os.sysconf("SC_PAGE_SIZE")


class Cluster:
    """A master and two workers of one core each."""

    def __init__(self, folder: Path, memory: str) -> None:
        self._folder, self._memory = folder, memory
        self._processes: list[subprocess.Popen[bytes]] = []
        self.url = self._start(
            ["master.Master", "--host", "127.0.0.1", "--port", "0"], r"Starting Spark master at (spark://\S+)"
        )
        for _ in range(2):
            self._start(
                ["worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", memory, "--work-dir",
                 str(folder / "work"), self.url],
                r"Successfully (registered) with master",
            )  # fmt: skip

    def _start(self, words: list[str], ready: str) -> str:
        from pyspark.find_spark_home import _find_spark_home

        log = self._folder / f"{len(self._processes)}.log"
        program = str(Path(_find_spark_home()) / "bin" / "spark-class")
        command = [program, f"org.apache.spark.deploy.{words[0]}"]
        with log.open("wb") as said:
            self._processes.append(
                subprocess.Popen(
                    [*command, "--webui-port", "0", *words[1:]],
                    stdout=said, stderr=said, start_new_session=True,
                )
            )  # fmt: skip
        for _ in range(1200):
            if found := re.search(ready, log.read_text(encoding="utf-8")):
                return found[1]
            time.sleep(0.05)
        sys.exit(log.read_text(encoding="utf-8"))

    def kill_worker(self) -> None:
        """End a worker and all that it has started, as when a machine fails."""
        self._end(self._processes.pop())

    def stop(self) -> None:
        """End all."""
        while self._processes:
            self._end(self._processes.pop())

    @staticmethod
    def _end(process: subprocess.Popen[bytes]) -> None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


class Watch:
    """CPU time and memory of all processes below this one, read four times a second."""

    def __init__(self) -> None:
        self._cpu: dict[tuple[int, int], float] = {}
        self.python_rss = self.java_rss = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def cpu(self) -> float:
        """Seconds so far, of processes that have ended as last read."""
        self._read()
        return sum(self._cpu.values())

    def forget_memory(self) -> None:
        """Measure memory from now on."""
        self.python_rss = self.java_rss = 0

    def _watch(self) -> None:
        while not self._stop.wait(0.25):
            self._read()

    def _read(self) -> None:
        parents: dict[int, int] = {}
        told: dict[int, tuple[str, int, float, int]] = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                text = (folder / "stat").read_text(encoding="utf-8")
            except OSError:
                continue
            name = text[text.index("(") + 1 : text.rindex(")")]
            fields = text[text.rindex(")") + 2 :].split()
            number = int(folder.name)
            parents[number] = int(fields[1])
            seconds = (int(fields[11]) + int(fields[12])) / TICKS
            told[number] = (name, int(fields[19]), seconds, int(fields[21]) * PAGE)
        for number, (name, born, seconds, memory) in told.items():
            if not _is_below(number, parents):
                continue
            self._cpu[number, born] = seconds
            if name.startswith("java"):
                self.java_rss = max(self.java_rss, memory)
            elif number != os.getpid():
                self.python_rss = max(self.python_rss, memory)


def _is_below(number: int, parents: dict[int, int]) -> bool:
    while number > 1:
        if number == os.getpid():
            return True
        number = parents.get(number, 0)
    return False
