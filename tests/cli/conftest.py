"""The command line as a user meets it: what it prints, and the status it ends with."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from clearband.cli.main import run

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
CARRIER = EXAMPLES / "rural-carrier.csv"
AGENCY = EXAMPLES / "agency.xlsx"


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def one_line(self) -> str:
        """The error, which must be one line of ours."""
        lines = self.err.strip().splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].startswith("clearband: "), self.err
        assert "Traceback" not in self.err
        assert "a defect in Clearband" not in self.err
        return lines[0]


Clearband = Callable[..., Ended]
Finished = Callable[..., Path]


@pytest.fixture
def clearband(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Clearband:
    """Call the command line in this process."""

    def call(*arguments: object, stdin: bytes = b"") -> Ended:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capfd.readouterr()
        with pytest.raises(SystemExit) as stop:
            run([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return Ended(int(stop.value.code or 0), out, err)

    return call


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """The folder of a run of ``screen`` with some arguments, made once: only to be read."""

    @cache
    def of(*arguments: object) -> Path:
        folder = tmp_path_factory.mktemp("finished") / "run"
        with redirect_stdout(io.StringIO()), pytest.raises(SystemExit) as stop:
            run(["screen", *map(str, arguments), "--out", str(folder)])
        assert stop.value.code == 0
        return folder

    return of
