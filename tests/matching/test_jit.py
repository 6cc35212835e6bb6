"""Where compiled code is kept, and what happens where it cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from numba import config
from numba.core import caching

from clearband.matching import jit
from clearband.matching.jit import compiled, kept_in


def doubled(number: int) -> int:
    return 2 * number


def test_compiled_code_is_kept_in_the_folder_that_the_user_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(config, "CACHE_DIR", str(tmp_path))
    function = compiled(doubled)
    kept = kept_in(function)
    assert function(21) == 42
    assert kept is not None
    assert kept.parent.parent == tmp_path
    assert kept.parent.name.startswith("matching-")
    assert list(kept.glob("*doubled*.nbi"))


def test_without_any_folder_that_can_be_written_it_is_compiled_and_not_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def read_only(locator: object) -> None:
        raise PermissionError("read-only file system")

    monkeypatch.setattr(caching._CacheLocator, "ensure_cache_path", read_only)
    function = compiled(doubled)
    assert function(21) == 42
    assert kept_in(function) is None


def test_code_kept_for_other_sources_is_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A change in one file changes what functions of another, which call it, have to do."""
    monkeypatch.setattr(config, "CACHE_DIR", str(tmp_path))
    folders = set()
    for sources in ("before", "after"):
        monkeypatch.setattr(jit, "_sources", lambda sources=sources: sources)
        folders.add(kept_in(compiled(doubled)))
    assert len(folders) == 2
