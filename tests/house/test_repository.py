"""What no file of the repository may hold, and what the code may not call."""

import ast
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted((ROOT / "clearband").rglob("*.py"))

# Brackets around one letter, so that this file does not find itself.
MACHINE_PATH = re.compile(r"(?<![\w.~:/-])/(?:wor[k]|roo[t]|home/\w+|Users/\w+|opt/\w+)/")
REGISTRY = re.compile(r"pyp[i]\.(?:org|python)|python[h]osted|deb\.[d]ebian|npm[j]s\.(?:org|com)")
IGNORED = {".git", ".venv", ".venv-spark", "__pycache__", "demo-out", "dist", "build"}


def files() -> Iterator[Path]:
    """The files under version control, or in an unpacked archive all that are not build products."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
        names = [name for name in listed.decode().split("\0") if name]
        yield from (ROOT / name for name in names if (ROOT / name).is_file())
        return
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in IGNORED and not name.endswith("_cache")]
        yield from (Path(folder) / name for name in names)


def texts() -> Iterator[tuple[Path, str]]:
    for path in files():
        try:
            yield path.relative_to(ROOT), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


@pytest.mark.parametrize("pattern", [MACHINE_PATH, REGISTRY], ids=["a machine's path", "a registry's host"])
def test_no_file_holds(pattern: re.Pattern[str]) -> None:
    found = [
        f"{path}:{text.count(chr(10), 0, hit.start()) + 1}: {hit.group()}"
        for path, text in texts()
        for hit in pattern.finditer(text)
    ]
    assert not found


def names_called(tree: ast.AST) -> Iterator[tuple[int, str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func), node


def test_no_code_runs_text_as_code_or_unpickles() -> None:
    refused = {"eval", "exec", "compile", "os.system", "yaml.unsafe_load", "yaml.full_load", "marshal.loads"}
    found = []
    for path in CODE:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        where = path.relative_to(ROOT)
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                modules = [alias.name for alias in node.names] + [getattr(node, "module", "") or ""]
                found += [
                    f"{where}:{node.lineno} imports {m}" for m in modules if m in ("pickle", "shelve", "dill")
                ]
        for line, name, call in names_called(tree):
            keywords = {keyword.arg for keyword in call.keywords}
            if name in refused or (name == "yaml.load" and not keywords & {"Loader"}):
                found.append(f"{where}:{line} calls {name}")
            if any(k.arg == "shell" and getattr(k.value, "value", None) is True for k in call.keywords):
                found.append(f"{where}:{line} runs a shell")
    assert not found


def test_every_text_file_is_opened_as_utf8() -> None:
    """The encoding of the machine must not decide how facts and inventories are read."""
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in CODE
        for line, name, call in names_called(ast.parse(path.read_text(encoding="utf-8")))
        if name.endswith((".read_text", ".write_text"))
        and not any(k.arg == "encoding" for k in call.keywords)
    ]
    assert not found


def test_every_make_target_is_explained() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    declared = re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    assert declared is not None
    assert set(declared.group(1).split()) == set(re.findall(r"^([a-z-]+):.*## \S", text, re.MULTILINE))


@pytest.mark.parametrize(
    "script", ["scripts/setup", "scripts/setup-spark", ".ci/run", "examples/approved-list/run.sh"]
)
def test_shell_scripts_parse_and_can_be_started(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
    assert subprocess.run(["sh", "-n", script], cwd=ROOT, check=False).returncode == 0
