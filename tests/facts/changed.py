"""The packaged facts with some files written anew, compiled; files that stay are read once for all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from clearband.facts import compile as compiler
from clearband.facts.document import Document
from clearband.facts.kinds import Kind
from clearband.facts.store import ROOT, CompiledFacts, compiled_apart

read_file = compiler.read_file


@cache
def packaged(kind: Kind, where: str) -> tuple[bytes, Document]:
    """A file as it is packaged."""
    path = ROOT / where
    return path.read_bytes(), read_file(kind, path, where)


def read_packaged_once(patch: pytest.MonkeyPatch) -> None:
    """Let the compiler read no file again that holds the packaged text."""

    def read(kind: Kind, path: Path, where: str) -> Document:
        if (ROOT / where).is_file():
            content, document = packaged(kind, where)
            if path.read_bytes() == content:
                return document
        return read_file(kind, path, where)

    patch.setattr(compiler, "read_file", read)


def compiled_with(folder: Path, changes: Mapping[str, str]) -> CompiledFacts:
    """Compile the packaged facts with other texts.

    Args:
        folder: Where they may be put together.
        changes: Name of a file below the facts to its text.

    Raises:
        FactsError: What is wrong with them.
    """
    root = folder / "facts"
    root.mkdir()
    apart = {Path(name).parts[0] for name in changes}
    for path in ROOT.iterdir():
        if path.name not in apart:
            (root / path.name).symlink_to(path)
        elif path.is_dir():
            shutil.copytree(path, root / path.name, copy_function=os.symlink)
    for name, text in changes.items():
        (root / name).unlink(missing_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        read_packaged_once(patch)
        return compiled_apart(root)
