"""The static checks hold: style, types, layers, dependencies, schemas, examples, command-line reference."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def load(path: str) -> ModuleType:
    """A script as a module."""
    spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CHECK = load("scripts/check.py")


@pytest.mark.parametrize("name", CHECK.CHECKS)
def test_the_static_check_passes(name: str) -> None:
    done = CHECK.run(name)
    assert done.returncode == 0, done.stdout + done.stderr
