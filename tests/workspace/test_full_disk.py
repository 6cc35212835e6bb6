"""A full disk: one clear line, nothing half-written, and all goes on when there is room."""

from __future__ import annotations

from pathlib import Path

from tests.workspace.small_disk import on_a_small_disk


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    told = on_a_small_disk("tests.workspace.full_disk", tmp_path, "3m")
    for what in ("decision", "attachment", "backup"):
        assert "disk is full" in told[what], told
    status, line = told["command"]
    assert (status, len(line.splitlines()), "disk is full" in line) == (3, 1, True), told
    assert told["left"] == ["ballast", "team"]
    assert told["acknowledged"] > 0
    assert told["there"] == told["acknowledged"] + 1
    assert told["problems"] == []
    assert "team: it cannot be written; run as whoever owns the workspace" in told["read-only"]
    assert "the database cannot be used" in told["changed"]
