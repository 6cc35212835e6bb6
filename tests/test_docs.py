"""The documentation is true: its commands run, their output is as shown, and no option is left out.

How a page shows commands:

- A block ```` ```console ```` is run. A line ``$ clearband …`` or ``$ sh examples/approved-list/run.sh DIR``
  is a command; the lines up to the next one are what it prints. A line ``...`` stands for any lines, and
  ``...`` inside a line for any text. A last line ``[exit status 1]`` says with which status it ends when
  that is not 0. Commands of a page run in order, in one folder that holds a copy of ``examples/``, at a
  width of 100 signs, in one process for all of ``clearband`` (:mod:`tests.console`).
- A block ```` ```yaml ```` that begins with ``# file: NAME`` is written to that file in that folder, and one
  that begins with ``# add to: NAME`` is added to it, before the commands below it run. A block
  ```` ```diff ```` that begins with ``--- NAME`` replaces there what its ``-`` lines say by what its ``+``
  lines say; a line that begins with a blank stays.
- A block ```` ```sh ```` is not run: it is for setting up (``make``, ``git``). It may hold no ``clearband``
  command, and every ``make`` target in it must exist.
"""

import os
import re
import shlex
import shutil
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from tests import example_list
from tests.console import Console
from tests.house.test_static import load

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
BLOCK = re.compile(r"^(?P<indent> *)```(?P<kind>\w*)\n(?P<body>.*?)^(?P=indent)```", re.MULTILINE | re.DOTALL)
SPARK = ROOT / "docs" / "spark.md"
CLI = load("scripts/export_cli.py")


@dataclass(frozen=True)
class Shown:
    """One command of a page, and what the page says that it prints."""

    line: int
    command: list[str]
    output: list[str]
    status: int


def blocks(page: Path, kind: str) -> Iterator[tuple[int, str]]:
    """Line number and body of every block of a kind."""
    text = page.read_text(encoding="utf-8")
    for block in BLOCK.finditer(text):
        if block["kind"] == kind:
            indent = block["indent"]
            body = "\n".join(line.removeprefix(indent) for line in block["body"].splitlines())
            yield text.count("\n", 0, block.start("body")) + 1, body


def shown_commands(page: Path) -> list[Shown]:
    found: list[Shown] = []
    for first, body in blocks(page, "console"):
        lines = body.splitlines()
        at = 0
        while at < len(lines):
            where = f"{page.name} line {first + at}"
            assert lines[at].startswith(("$ clearband ", "$ sh examples/approved-list/run.sh ")), (
                f"{where}: it is no `$ clearband`"
            )
            command, start = lines[at].removeprefix("$ "), first + at
            at += 1
            while command.endswith("\\"):
                command = command.removesuffix("\\") + lines[at].strip()
                at += 1
            output: list[str] = []
            while at < len(lines) and not lines[at].startswith("$ "):
                output.append(lines[at].rstrip())
                at += 1
            status = 0
            if output and (told := re.fullmatch(r"\[exit status (\d+)\]", output[-1])):
                status = int(told.group(1))
                output.pop()
            found.append(Shown(start, shlex.split(command, comments=True), output, status))
    return found


def put(body: str, folder: Path) -> None:
    """Write a file of the reader's, add to it or change it, where the first line of a block says so."""
    head, _, text = body.partition("\n")
    told = re.fullmatch(r"(# file:|# add to:|---) ([\w./-]+)", head)
    if told is None:
        return
    path = folder / told[2]
    path.parent.mkdir(exist_ok=True)
    before = "" if told[1] == "# file:" else path.read_text(encoding="utf-8")
    if told[1] == "---":
        lines = text.splitlines()
        old, new = ("\n".join(line[1:] for line in lines if line[:1] in (" ", sign)) for sign in "-+")
        assert before.count(old) == 1, f"{told[2]} does not hold once: {old}"
        path.write_text(before.replace(old, new), encoding="utf-8")
    else:
        path.write_text(f"{before}{text}\n", encoding="utf-8")


def as_pattern(output: list[str]) -> re.Pattern[str]:
    parts = []
    for line in output:
        if line.strip() == "...":
            parts.append(r"(?:.*\n)*?")
        else:
            parts.append(r"[^\n]*?".join(re.escape(piece) for piece in line.split("...")) + r"[ ]*\n")
    return re.compile("".join(parts) + r"\s*")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_commands_of_a_page_print_what_it_shows(
    page: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if not shown_commands(page):
        return
    if page == SPARK:
        pytest.skip("tests/spark runs the commands of this page on a cluster of its own: make test-spark")
    shutil.copytree(ROOT / "examples", tmp_path / "here" / "examples")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {
        **os.environ, "PATH": path, "COLUMNS": "100", "NO_COLOR": "1", "LC_ALL": "C.UTF-8", "TERM": "dumb"
    }  # fmt: skip
    files = sorted([*blocks(page, "yaml"), *blocks(page, "diff")])
    folder = tmp_path / "here"
    with Console(folder, environment, tmp_path / "printed") as console:
        for shown in shown_commands(page):
            while files and files[0][0] < shown.line:
                put(files.pop(0)[1], folder)
            if shown.command[0] == "clearband":
                status, said = console.run(shown.command[1:])
            else:
                assert shown.command[:2] == ["sh", "examples/approved-list/run.sh"]
                ran = example_list.ran(tmp_path_factory)
                shutil.copytree(ran.folder, folder / shown.command[2])
                status, said = 0, ran.printed
            where = f"{page.name} line {shown.line}: {shlex.join(shown.command)}"
            assert status == shown.status, f"{where}\n{said}"
            if shown.output:
                assert as_pattern(shown.output).fullmatch(said.rstrip() + "\n"), f"{where}\n{said}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_what_a_page_says_to_make_can_be_made(page: Path) -> None:
    targets = set(
        re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    )
    for first, body in blocks(page, "sh"):
        for at, line in enumerate(body.splitlines(), first):
            words = shlex.split(line, comments=True)
            assert not any(word.endswith("clearband") for word in words[:1]), (
                f"{page.name} line {at}: show clearband in a console block, so that it is run"
            )
            if words[:1] == ["make"]:
                assert {word for word in words[1:] if "=" not in word} <= targets, f"{page.name} line {at}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_links_of_a_page_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in target or target.startswith(("#", "mailto:")):
            continue
        assert (page.parent / target.partition("#")[0]).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_page_can_be_reached_from_the_first(page: Path) -> None:
    index = ROOT / "docs" / "index.md"
    reached, waiting = set(), [ROOT / "README.md", index]
    while waiting:
        current = waiting.pop()
        if current in reached or not current.is_file() or current.suffix != ".md":
            continue
        reached.add(current)
        for target in re.findall(r"\]\(([^)\s#]+)", current.read_text(encoding="utf-8")):
            if "://" not in target:
                waiting.append((current.parent / target).resolve())
    assert page in reached


def test_every_option_of_every_command_is_explained() -> None:
    page = CLI.PAGE.read_text(encoding="utf-8")
    missing = []
    for name, command in CLI.commands():
        if not (command.help or "").strip():
            missing.append(f"{name}: says nothing of itself")
        part = page.partition(f"## {name}\n")[2].partition("\n## ")[0]
        for option in CLI.options(command):
            told = [long for long in option.opts if f"`{long}`" in part]
            if not told or not (option.help or "").strip():
                missing.append(f"{name} {option.opts[-1]}")
    assert not missing


def test_every_verb_has_a_command() -> None:
    names = [name for name, _ in CLI.commands()]
    assert names
    assert all(isinstance(command, click.Command) for _, command in CLI.commands())


def test_every_dependency_is_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    extras = project["project"]["optional-dependencies"]
    for title, wanted in (
        ("At run time", project["project"]["dependencies"]),
        ("With an extra", [text for extra in extras.values() for text in extra]),
        ("For development", project["dependency-groups"]["dev"]),
    ):
        part = page.partition(f"## {title}")[2].partition("\n## ")[0]
        named = set(re.findall(r"^\| ([a-z0-9-]+) \|", part, flags=re.MULTILINE)) - {"package"}
        assert named == {re.split(r"[\[<>=~! ]", text)[0].lower() for text in wanted}
