"""The command line as a user meets it: what it prints, and the status it ends with."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
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
