"""The command line turns every error into one line and the documented exit status."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import click
import pytest

from clearband import __version__, errors
from clearband.cli import main as cli

COMMAND = [sys.executable, "-m", "clearband"]
FAKE_VERB = """
import sys, types, click
from clearband.cli import main as cli

@click.command()
def command():
    {body}

module = types.ModuleType("fake_verb")
module.command = command
sys.modules["fake_verb"] = module
cli.VERBS["fake"] = ("fake_verb", "A verb of the test.")
cli.run(["fake"])
"""


def status_of(
    error: BaseException, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> tuple[int, str]:
    """Exit status and message when a verb raises the error."""

    @click.command()
    def command() -> None:
        raise error

    module = ModuleType("fake_verb")
    module.command = command  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "fake_verb", module)
    monkeypatch.setitem(cli.VERBS, "fake", ("fake_verb", "A verb of the test."))
    with pytest.raises(SystemExit) as stop:
        cli.run(["fake"])
    said = capsys.readouterr()
    assert said.out == ""
    return int(stop.value.code or 0), said.err


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (errors.UsageError("no such word", remedy="say another"), 2, "no such word; say another"),
        (errors.MissingExtraError("needs more"), 2, "needs more"),
        (errors.InputError("not a table", where="a.csv"), 3, "a.csv: not a table"),
        (errors.OutputError("disk full", where="out"), 3, "out: disk full"),
        (errors.FactsError("broken", where="x.yaml line 3"), 3, "x.yaml line 3: broken"),
        (OSError(errno.ENOSPC, "No space left on device", "out/x"), 3, "out/x: No space left on device"),
        (MemoryError(), 3, "out of memory"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (click.Abort(), 130, "interrupted"),
        (click.UsageError("two\nlines"), 2, "two lines"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_an_error_is_one_line_and_its_status(
    error: BaseException,
    status: int,
    says: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    code, said = status_of(error, capsys, monkeypatch)
    assert code == status
    assert says in said
    assert said.strip().count("\n") == 0
    assert said.strip().startswith("clearband: "), "click ends the line of a typed ^C first"


@pytest.mark.parametrize(
    "arguments",
    [["no-such-verb"], ["--no-such-option"], ["data", "status", "--nothing"], ["data", "no-such"]],
)
def test_a_wrong_word_is_one_line_and_status_2(arguments: list[str]) -> None:
    done = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == errors.ExitStatus.USAGE
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_without_a_verb_the_help_is_shown_line_by_line() -> None:
    done = subprocess.run(COMMAND, capture_output=True, text=True, check=False)
    shown = done.stdout + done.stderr
    assert "Traceback" not in shown
    for verb in cli.VERBS:
        assert any(line.split()[:1] == [verb] for line in shown.splitlines()), verb


def test_ctrl_c_ends_a_running_verb_with_status_130() -> None:
    body = "print('running', flush=True); import time; time.sleep(60)"
    process = subprocess.Popen(
        [sys.executable, "-c", FAKE_VERB.format(body=body)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "running\n"
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == errors.ExitStatus.INTERRUPTED
    assert said.split() == ["clearband:", "interrupted"]


def test_a_reader_that_goes_away_is_no_error() -> None:
    body = "click.echo('x' * 5_000_000)"
    read_end, write_end = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-c", FAKE_VERB.format(body=body)],
        stdout=write_end,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(write_end)
    os.read(read_end, 10)
    os.close(read_end)
    _, said = process.communicate(timeout=30)
    assert (process.returncode, said) == (0, "")


@pytest.mark.parametrize("arguments", [["--version"], ["data", "status"]])
def test_a_home_that_cannot_be_written_is_no_obstacle(arguments: list[str], tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file, so that nothing can be made below it", encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if key != "XDG_CACHE_HOME"}
    environment["HOME"] = str(tmp_path / "home")
    done = subprocess.run(
        [*COMMAND, *arguments], capture_output=True, text=True, check=False, env=environment, cwd=tmp_path
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_version_is_told() -> None:
    done = subprocess.run([*COMMAND, "--version"], capture_output=True, text=True, check=True)
    assert __version__ in done.stdout


def test_every_documented_exit_status_is_one_of_the_code() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "exit-status.md"
    listed = [
        line.split("|")[1].strip() for line in page.read_text(encoding="utf-8").splitlines() if "|" in line
    ]
    documented = {int(cell) for cell in listed if cell.isdigit()}
    assert documented == {int(status) for status in errors.ExitStatus}
