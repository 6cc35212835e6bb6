"""What does not go is refused in one line, and nothing is left of it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from clearband.cli.main import run
from tests.spark.cluster import needs_spark
from tests.spark.made_tables import carrier

Refused = Callable[..., str]


@pytest.fixture
def devices(tmp_path: Path) -> Path:
    carrier().write_parquet(tmp_path / "devices.parquet")
    return tmp_path / "devices.parquet"


@pytest.fixture
def refused(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Refused:
    """Call the command on Spark; the one line that it says, and the status."""

    def call(status: int, *arguments: object, master: str | None = "local[1]") -> str:
        where = ["--master", master] if master else []
        words = ["screen", "--engine", "spark", *where, *map(str, arguments), "--out", str(tmp_path / "out")]
        with pytest.raises(SystemExit) as stop:
            run(words)
        out, err = capfd.readouterr()
        assert stop.value.code == status, err
        assert not out
        assert len(err.splitlines()) == 1, err
        assert not (tmp_path / "out").exists()
        return err

    return call


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--approved", "list"], "--approved does not go with --engine spark"),
        (["--spark-conf", "executor.memory=1g"], "spark.executor.memory=4g"),
    ],
)
def test_options_that_do_not_go_with_it(refused: Refused, devices: Path, words: list[str], says: str) -> None:
    assert says in refused(2, devices, *words)


def test_a_cluster_must_be_named(refused: Refused, devices: Path) -> None:
    assert "--master" in refused(2, devices, master=None)


def test_a_master_goes_with_spark_only(devices: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(["screen", str(devices), "--master", "local[1]"])
    assert "--master goes with --engine spark only" in capfd.readouterr().err


def test_a_text_table_is_not_read(refused: Refused, tmp_path: Path) -> None:
    path = tmp_path / "devices.csv"
    path.write_text("Vendor,Model\nHuawei,S5720\n")
    assert "the Spark engine reads Parquet" in refused(3, path)


@pytest.mark.parametrize("missing", ["pyspark", "pyarrow"])
def test_without_the_extra(
    refused: Refused, devices: Path, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    assert "pip install '.[spark]'" in refused(2, devices)


def test_without_java(refused: Refused, devices: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needs_spark()
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(devices.parent))
    assert "there is no Java" in refused(2, devices)


def test_a_master_that_does_not_answer(refused: Refused, devices: Path) -> None:
    needs_spark()
    assert "cannot be reached" in refused(3, devices, master="spark://127.0.0.1:1")


def test_what_is_no_master(refused: Refused, devices: Path) -> None:
    assert "is no master of Spark" in refused(2, devices, master="http://127.0.0.1")
