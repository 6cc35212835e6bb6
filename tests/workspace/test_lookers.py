"""Files are looked at by processes of their own, the next of which is ready."""

from __future__ import annotations

import errno
import json
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from clearband.workspace import lookers as under_test
from clearband.workspace import preview as of_previews
from clearband.workspace.errors import BusyError
from clearband.workspace.lookers import Lookers
from clearband.workspace.place import open_workspace
from clearband.workspace.preview import TOO_MUCH, Previews
from clearband.workspace.turns import Turns

TABLE = b"Mfr,Model\nHuawei,S5720\n"


@pytest.fixture
def lookers() -> Iterator[Lookers]:
    made = Lookers()
    yield made
    made.close()


@pytest.fixture
def asked(tmp_path: Path) -> dict[str, object]:
    (tmp_path / "a.csv").write_bytes(TABLE)
    limits = {"memory": of_previews.MEMORY, "seconds": 60}
    return {"path": str(tmp_path / "a.csv"), "file": "a.csv", "reading": {}, "rows": 5, **limits}


def spare_of(lookers: Lookers) -> under_test.Process:
    assert lookers._spare is not None
    return lookers._spare


def test_the_process_that_is_ready_is_asked_and_the_next_one_made_ready(
    lookers: Lookers, asked: dict[str, object]
) -> None:
    lookers.ready()
    first = spare_of(lookers)
    lookers.ready()
    assert spare_of(lookers) is first
    told = lookers.look(asked, 60)
    assert json.loads(told or b"")["tables"][0]["records"] == 1
    assert first.returncode == 0, "it was asked, and no other"
    assert spare_of(lookers) is not first
    last = spare_of(lookers)
    lookers.close()
    assert last.returncode == -signal.SIGKILL
    assert lookers.look(asked, 60) == told, "without one that is ready"
    assert lookers._spare is None


def test_one_that_rested_too_long_ends_and_another_one_is_asked(
    lookers: Lookers, asked: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    lookers.ready()
    rested = spare_of(lookers)
    os.kill(rested.pid, signal.SIGALRM)
    # As if it ended between the look at it and the question.
    monkeypatch.setattr(rested, "poll", lambda: None)
    told = lookers.look(asked, 60)
    assert json.loads(told or b"")["format"] == "csv"


def test_one_that_looks_ends_with_the_server(
    lookers: Lookers, asked: dict[str, object], tmp_path: Path
) -> None:
    # It waits for a writer, whom nobody is.
    os.mkfifo(tmp_path / "never.csv")
    with ThreadPoolExecutor() as pool:
        told = pool.submit(lookers.look, asked | {"path": str(tmp_path / "never.csv")}, 60)
        while not lookers._asked:
            pass
        begun = next(iter(lookers._asked))
        lookers.close()
        assert told.result() == b""
    assert begun.returncode == -signal.SIGKILL
    assert not lookers._asked


def test_one_that_nobody_asks_ends_by_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    short = "import clearband.workspace.preview_child as one; one.REST = 1; one.main()"
    monkeypatch.setattr(under_test, "_COMMAND", (*under_test._COMMAND[:1], "-c", short))
    lookers = Lookers()
    lookers.ready()
    assert spare_of(lookers).wait(timeout=60) == -signal.SIGALRM
    spare_of(lookers).stdin.close()  # type: ignore[union-attr]
    lookers.close()


def test_where_none_can_be_started_there_is_none_ready(
    lookers: Lookers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> under_test.Process:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(under_test, "_started", refused)
    lookers.ready()
    assert lookers._spare is None
    with pytest.raises(BlockingIOError):
        lookers.look({}, 60)
    monkeypatch.setattr(lookers, "_look", lambda *_: b"{}")
    assert lookers.look({}, 60) == b"{}", "what was seen is not lost"


def test_a_file_that_is_looked_at_is_not_looked_at_beside_that(
    lookers: Lookers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookers, "ready", lambda: None)
    looks: list[bytes] = []
    let = threading.Event()

    def look(said: bytes, _: float) -> bytes:
        looks.append(said)
        let.wait(20)
        return said

    monkeypatch.setattr(lookers, "_look", look)
    with ThreadPoolExecutor() as pool:
        told = [pool.submit(lookers.look, {"path": path}, 60) for path in "aabaa"]
        while lookers._turns._waiting._value > 3:
            pass
        let.set()
        assert [json.loads(one.result() or b"")["path"] for one in told] == list("aabaa")
    assert len(looks) == 2
    assert lookers.look({"path": "a"}, 60)
    assert len(looks) == 3


def test_who_comes_when_too_many_wait_is_turned_away() -> None:
    turns = Turns(1, 2, "much")
    let, came = threading.Event(), threading.Event()

    def stay() -> None:
        with turns.turn():
            came.set()
            let.wait()

    stayers = [threading.Thread(target=stay) for _ in range(2)]
    for one in stayers:
        one.start()
    came.wait()
    while turns._waiting._value:
        pass
    with pytest.raises(BusyError, match="much"), turns.turn():
        pass
    let.set()
    for one in stayers:
        one.join()
    with turns.turn():
        pass


def test_what_was_seen_is_kept_for_the_same_file_read_the_same_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = open_workspace(tmp_path / "workspace", None, make=True)
    previews = Previews(place)
    looks: list[str] = []
    told = json.dumps({"format": "csv"}).encode()
    late = json.dumps(
        {"format": "xlsx", "problem": "the workbook takes more than 60 seconds to parse"}
    ).encode()
    answers = iter([told, told, None, late, told, told + b" " * of_previews._KEPT, told])

    def look(asked: dict[str, object], _: float) -> bytes | None:
        looks.append(json.dumps([asked["file"], asked["reading"]]))
        return next(answers)

    monkeypatch.setattr(previews._lookers, "look", look)
    hashes = [place.store.put([content], at_most=100).sha256 for content in (TABLE, b"other")]
    upload = {"sha256": hashes[0], "file_name": "a.csv", "reading": {}}
    assert previews.of(upload).format == "csv"
    assert previews.of(upload).format == "csv"
    assert len(looks) == 1
    assert previews.of(upload | {"reading": {"delimiter": ";"}}).format == "csv"
    # What took too long may be seen another time.
    other = upload | {"sha256": hashes[1]}
    assert previews.of(other) is TOO_MUCH
    assert previews.of(other).format == "xlsx"
    assert previews.of(other).format == "csv"
    assert len(looks) == 5
    # What alone is more than may be kept, is not.
    large = upload | {"file_name": "large.csv"}
    assert previews.of(large).format == "csv"
    assert previews._seen.held <= of_previews._KEPT
    assert previews.of(large).format == "csv"
    assert len(looks) == 7
    place.engine.dispose()
