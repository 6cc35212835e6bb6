"""The compiled facts: built from the YAML sources once, kept in a cache, rebuilt when one changes.

Start-up must not parse and validate hundreds of YAML files. The compiled form is one JSON file a kind, in a
folder named by the fingerprint of the sources (their paths, sizes and times of change) below
``$XDG_CACHE_HOME/clearband`` (``~/.cache/clearband``). A cache that cannot be written costs time, never an
answer.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import time
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from clearband import __version__
from clearband.facts.kinds import KINDS

ROOT = Path(__file__).parent
FORM = "1"
"""Raised when the compiled form changes."""


def _sources(root: Path) -> list[tuple[str, Path]]:
    files = [path for kind in KINDS for path in root.glob(kind.pattern)]
    return sorted((path.relative_to(root).as_posix(), path) for path in files)


def _fingerprint() -> str:
    digest = hashlib.sha256(f"{__version__} {FORM}".encode())
    code = [("schema", path) for path in sorted((ROOT / "schema").glob("*.py"))]
    for name, path in [*_sources(ROOT), *code]:
        stat = path.stat()
        digest.update(f"{name}|{path.name}|{stat.st_size}|{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:24]


def content_hash() -> str:
    """SHA-256 over names and contents of all fact sources: the version an answer rests on."""
    return str(compiled().read("manifest")["content_sha256"])


def cache_home() -> Path | None:
    """The folder for what can be made again (XDG Base Directory specification); None where none is ours."""
    base = os.environ.get("XDG_CACHE_HOME")
    if base:
        return Path(base) / "clearband"
    try:
        return Path.home() / ".cache" / "clearband"
    except RuntimeError:  # no HOME and no entry in the user database: a shared folder would not be ours alone
        return None


@dataclass(frozen=True)
class CompiledFacts:
    """The compiled parts, read one by one as they are needed.

    Attributes:
        folder: Where the parts lie, or None when the cache could not be written.
    """

    folder: Path | None
    _memory: dict[str, bytes] = field(default_factory=dict, repr=False)

    def read(self, part: str) -> Any:
        """The part of that name (a kind's name, or ``manifest``) as plain JSON values."""
        return json.loads(self.read_bytes(f"{part}.json"))

    def read_bytes(self, name: str) -> bytes:
        """The raw bytes of one compiled file."""
        if name in self._memory:
            return self._memory[name]
        if self.folder is None:
            raise KeyError(name)
        return (self.folder / name).read_bytes()


def _write(folder: Path, parts: dict[str, bytes]) -> CompiledFacts:
    """Put the parts into their folder whole or not at all."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".facts-", dir=folder.parent))
        try:
            for name, content in parts.items():
                (staging / name).write_bytes(content)
            staging.chmod(0o755)
            staging.rename(folder)
        except OSError:
            shutil.rmtree(staging, ignore_errors=True)
            # Another process may have put the same folder there first.
            if not (folder / "manifest.json").is_file():
                raise
        _drop_old(folder)
    except OSError:
        return CompiledFacts(None, parts)
    return CompiledFacts(folder)


def _drop_old(keep: Path, limit: int = 4) -> None:
    """Drop all but the newest; what is younger than a day may be in use by another version of Clearband."""
    folders = [path for path in keep.parent.glob("facts-*") if path.is_dir() and path != keep]
    folders.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in folders[limit:]:
        if path.stat().st_mtime < time.time() - 86_400:
            shutil.rmtree(path, ignore_errors=True)


def _is_there(folder: Path) -> bool:
    try:
        return (folder / "manifest.json").is_file()
    except OSError:  # a home that may not even be looked into, as a service has
        return False


@lru_cache(maxsize=1)
def compiled() -> CompiledFacts:
    """The compiled facts, rebuilt first when a source changed.

    Raises:
        FactsError: A fact file breaks its schema.
    """
    home = cache_home()
    folder = home / f"facts-{_fingerprint()}" if home else None
    if folder is not None and _is_there(folder):
        return CompiledFacts(folder)
    from clearband.facts.compile import compile_facts

    parts = compile_facts(ROOT, _sources(ROOT))
    return _write(folder, parts) if folder is not None else CompiledFacts(None, parts)


def compiled_apart(root: Path) -> CompiledFacts:
    """Another version of the facts, compiled in memory; the cache of the packaged ones is not touched.

    Args:
        root: A copy of this package's folder of facts, of another day.

    Raises:
        FactsError: A fact file breaks its schema.
    """
    from clearband.facts.compile import compile_facts

    return CompiledFacts(None, compile_facts(root, _sources(root)))
