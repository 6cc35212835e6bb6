"""docs/spark.md is true: its Python and its commands run in their order, on the cluster of these tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.console import Console
from tests.spark.cluster import QUICK_START, Cluster, needs_spark
from tests.test_docs import ROOT, SPARK, as_pattern, blocks, shown_commands

MASTER = "spark://head:7077"


def test_what_the_page_shows(cluster: Cluster, tmp_path: Path) -> None:
    folder = tmp_path / "here"
    shutil.copytree(ROOT / "examples", folder / "examples")
    environment = {
        **os.environ, "COLUMNS": "100", "NO_COLOR": "1", "LC_ALL": "C.UTF-8", "TERM": "dumb",
        "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable, "JDK_JAVA_OPTIONS": QUICK_START,
    }  # fmt: skip
    programs = list(blocks(SPARK, "python"))
    commands = shown_commands(SPARK)
    assert any(MASTER in shown.command for shown in commands)

    def run_programs(before: int | None) -> None:
        while programs and (before is None or programs[0][0] < before):
            line, program = programs.pop(0)
            done = subprocess.run(
                [sys.executable, "-c", program], cwd=folder, env=environment, capture_output=True, text=True,
                check=False,
            )  # fmt: skip
            assert done.returncode == 0, f"line {line}\n{done.stderr}"
            printed.append(done.stdout)

    printed: list[str] = []
    with Console(folder, environment, tmp_path / "printed") as console:
        for shown in commands:
            run_programs(shown.line)
            words = [cluster.url if word == MASTER else word for word in shown.command[1:]]
            status, said = console.run(words)
            assert status == shown.status, f"line {shown.line}\n{said}"
            assert as_pattern(shown.output).fullmatch(said.rstrip() + "\n"), f"line {shown.line}\n{said}"
    run_programs(None)
    assert "prohibited" in printed[-1]
    assert (folder / "answers" / "_SUCCESS").exists()


def test_workers_without_clearband_are_told(tmp_path: Path) -> None:
    needs_spark()
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    program = next(body for _, body in blocks(SPARK, "python"))
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=True)
    bare = Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info.minor}"
    done = subprocess.run(
        [Path(sys.executable).parent / "clearband", "screen", "--engine", "spark", "--master", "local[1]",
         "devices", "--out", "out", "--spark-conf", f"spark.pyspark.python={bare}"],
        cwd=tmp_path, env={**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "JDK_JAVA_OPTIONS": QUICK_START},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert "the workers' Python has no" in done.stderr
    assert not (tmp_path / "out" / "run.json").exists()
