"""The compiled facts: rebuilt when a source changes, shared by racing processes, never in the way."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from clearband.facts import store
from tests.facts.changed import read_packaged_once


@pytest.fixture
def facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the packaged facts, with a cache of its own."""
    root = tmp_path / "facts"
    shutil.copytree(store.ROOT, root, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(store, "ROOT", root)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    read_packaged_once(monkeypatch)
    store.compiled.cache_clear()
    yield root
    store.compiled.cache_clear()


def test_facts_are_compiled_once_and_then_read(facts: Path) -> None:
    first = store.compiled()
    assert first.folder is not None
    written = (first.folder / "manifest.json").stat().st_mtime_ns
    store.compiled.cache_clear()
    assert store.compiled().folder == first.folder
    assert (first.folder / "manifest.json").stat().st_mtime_ns == written


def test_facts_are_compiled_anew_when_a_source_changes(facts: Path) -> None:
    before = store.compiled()
    hash_before = store.content_hash()
    path = facts / "organisations" / "zyxel.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("title: ", "title: New ", 1), encoding="utf-8")
    store.compiled.cache_clear()
    after = store.compiled()
    assert after.folder != before.folder
    assert store.content_hash() != hash_before
    assert any(entry["title"].startswith("New ") for entry in after.read("organisations"))


def test_a_new_fact_file_is_noticed(facts: Path) -> None:
    count = len(store.compiled().read("organisations"))
    entry = "{id: example-maker, name: Example, group: negative, legal_names: [Example Ltd]}"
    text = f"title: Example\norganisations:\n- {entry}\n"
    (facts / "organisations" / "example-maker.yaml").write_text(text, encoding="utf-8")
    store.compiled.cache_clear()
    assert len(store.compiled().read("organisations")) == count + 1


def test_a_cache_that_cannot_be_written_or_looked_at_still_gives_answers(
    facts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a-file").write_text("no folder", encoding="utf-8")
    # The second is refused when it is looked at, as a folder that one may not enter is; root may enter all.
    for name in ("a-file", "n" * 300):
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / name))
        store.compiled.cache_clear()
        compiled = store.compiled()
        assert compiled.folder is None
    assert compiled.read("organisations")
    assert len(store.content_hash()) == 64


def test_old_compiled_facts_are_dropped_unless_another_version_may_be_at_work(
    facts: Path, tmp_path: Path
) -> None:
    cache = tmp_path / "cache" / "clearband"
    for number in range(12):
        (cache / f"facts-{number}").mkdir(parents=True)
        if number < 6:
            two_days_ago = time.time() - 2 * 86_400
            os.utime(cache / f"facts-{number}", (two_days_ago, two_days_ago))
    kept = store.compiled().folder
    assert set(cache.glob("facts-*")) == {kept, *(cache / f"facts-{number}" for number in range(6, 12))}


def test_two_processes_that_compile_at_once_both_succeed(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    ask = "from clearband.facts.store import compiled, content_hash; print(compiled().folder, content_hash())"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", ask],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    answers = [process.communicate(timeout=120) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], answers
    assert answers[0][0] == answers[1][0]
    assert not list(tmp_path.glob("clearband/.facts-*")), "nothing half-written is left behind"
