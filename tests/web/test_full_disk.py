"""The disk under a running server is full: each request is told so, nothing is lost, and it goes on later."""

from __future__ import annotations

from pathlib import Path

from tests.workspace.small_disk import on_a_small_disk

FULL = "the disk is full"


def test_a_server_with_a_full_disk_says_so_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    told = on_a_small_disk("tests.web.full_disk", tmp_path, "24m")
    for what in ("comment", "upload", "attachment", "decision", "run"):
        status, detail, remedy = told[what]
        assert (status, detail, str(remedy)[:9]) == (507, FULL, "make room"), (what, told)
    assert told["upload-page"] == [507, "text/html", True]
    assert told["pack"][0] in (200, 507), told
    for what in ("overview", "findings", "record"):
        assert told[what][0] == 200, "what is there can still be read"
    assert (told["ready"], told["live"]) == (503, 200)
    acknowledged, there = told["kept"]
    assert acknowledged == there
    assert told["left"] == [], "pieces of what was refused"
    assert set(told["afterwards"].values()) == {200, 201, 303, "done"}
    assert told["server"] is None
    assert (told["log"], told["problems"]) == ([], [])
