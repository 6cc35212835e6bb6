"""Runs are opened one at a time each, and what is worked out of them is kept."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from clearband.errors import OutputError
from clearband.workspace.looking import Looking
from clearband.workspace.place import open_workspace
from clearband.workspace.view import Facet, SiteCount, Value


def test_long_words_count_as_what_they_take(tmp_path: Path) -> None:
    place = open_workspace(tmp_path / "workspace", None, make=True)
    looking = Looking(place)
    for number in range(100):
        # As a cell of a table may be, of letters of four bytes each.
        word = "😀" * 32_767 + str(number)
        facet = Facet("site", (Value(word, word, 1, chosen=False),) * 12, 0)
        looking.counted.get(number, lambda facet=facet: (facet,))  # type: ignore[misc]
        looking.sites.get(number, lambda word=word: [SiteCount(word, None, None, {})] * 12)  # type: ignore[misc]
    # Each of them has 12 words of 128 KB.
    assert len(looking.counted) <= 5
    assert len(looking.sites) <= 5
    place.engine.dispose()


def test_a_run_is_prepared_by_one_at_a_time_though_the_first_ones_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = open_workspace(tmp_path / "workspace", None, make=True)
    looking = Looking(place)
    inside: list[str] = []
    most: list[int] = []
    may = threading.Semaphore(0)

    def prepare(run_id: str) -> SimpleNamespace:
        inside.append(run_id)
        most.append(len(inside))
        may.acquire(timeout=20)
        inside.remove(run_id)
        if len(most) <= 2:
            raise OutputError("the disk is full", where=run_id)
        return SimpleNamespace(bytes=1)

    monkeypatch.setattr(looking, "_open", prepare)
    with ThreadPoolExecutor() as pool:
        first = [pool.submit(looking._view, "run") for _ in range(2)]
        while not most:
            pass
        may.release()
        # The second is let in, and another one comes.
        while len(most) < 2:
            pass
        late = pool.submit(looking._view, "run")
        while not late.running():
            pass
        # Enough for the late one to be in, were it let in.
        threading.Event().wait(0.1)
        may.release()
        may.release()
        assert sum(isinstance(one.exception(), OutputError) for one in first) == 2
        assert late.result().bytes == 1
    assert max(most) == 1
    may.release()
    assert looking._view("other").bytes == 1
    assert "other" not in looking._opening
    place.engine.dispose()
