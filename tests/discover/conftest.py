"""The command line with a token, and what a real NetBox answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clearband.cli.main import run
from tests.netbox.exchanges import Played, playing
from tests.netbox.record import RECORDED, SITE

SECRET = "nbt_abcdefghijkl.0123456789abcdefghijklmnopqrstuvwxyzABCD"
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLEARBAND_NETBOX_TOKEN", SECRET)

    def called(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stop:
            run(list(words))
        printed = capsys.readouterr()
        assert SECRET not in printed.out + printed.err
        return int(stop.value.code or 0), printed.out, printed.err

    return called


def recorded(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (RECORDED / name).read_text("utf-8").splitlines()]


def objects(path: str) -> list[dict[str, Any]]:
    """Of a list, what the real NetBox answered, page after page."""
    asked = [one for one in recorded("read.jsonl") if one["path"].startswith(f"/api/dcim/{path}/?")]
    return [result for one in asked for result in one["answer"]["results"]]


def read(command: Command, out: str = "netbox.jsonl", *more: str) -> list[dict[str, Any]]:
    played = Played()
    with playing(RECORDED / "read.jsonl", played) as url:
        status, said, wrong = command("discover", "netbox", url, "--out", out, *SITE, *more)
    assert (status, wrong, played.unknown) == (0, "", [])
    assert played.authorizations == {f"Bearer {SECRET}"}
    assert said.startswith("64 devices, ")
    return [json.loads(line) for line in Path(out).read_text("utf-8").splitlines()]
