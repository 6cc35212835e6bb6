"""The disk under a running server is full: each request is told so, nothing is lost, and it goes on later."""

from __future__ import annotations

from collections.abc import Callable
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


def test_a_database_that_is_full_or_away_is_told_as_that_and_nothing_is_lost(
    tmp_path: Path, postgres: Callable[[], str]
) -> None:
    # The fixture says whether there is a PostgreSQL at all.
    told = on_a_small_disk("tests.web.full_database", tmp_path, "90m")
    for what in ("comment", "upload", "run"):
        assert told["full"][what] == [507, FULL, "make room first"], (what, told)
        assert told["stopped"][what] == [503, None, "try again in a moment"], (what, told)
        for when in ("room", "back"):
            assert told[when][what][0] in (201, 303), (when, what, told)
    assert [told[when]["page"][0] for when in ("full", "room", "stopped", "back")] == [200, 200, 503, 200]
    assert [told[when]["ready"] for when in ("room", "stopped", "back")] == [200, 503, 200]
    assert {told[when]["live"] for when in ("full", "stopped")} == {200}
    acknowledged, there = told["kept"]
    assert acknowledged == there
    assert told["server"] is None
    assert (told["log"], told["problems"]) == ([], [])
