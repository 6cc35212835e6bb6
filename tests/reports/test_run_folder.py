"""The folder of a run: whole or not at all, the same bytes each time, and nobody's files harmed."""

from __future__ import annotations

import errno
import os
import resource
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from clearband.errors import OutputError, UsageError
from clearband.reports.folder import check_out, write_run
from clearband.screening.result import Screening
from tests.reports.made_screenings import SOURCES, many_records, screening_of

FILES = {
    "equipment.parquet", "findings.parquet", "findings.csv", "deadlines.csv", "summary.json", "report.html",
    "run.json",
}  # fmt: skip


def write(screening: Screening, out: Path, **options: object) -> None:
    write_run(screening, out, sources=SOURCES, **options)  # type: ignore[arg-type]


def left_behind(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_run_holds_all_its_files_and_the_tables_come_back_as_they_were(
    small: Screening, tmp_path: Path
) -> None:
    run = write_run(small, tmp_path / "run", sources=SOURCES)

    assert {path.name for path in run.folder.iterdir()} == FILES
    assert run.report == tmp_path / "run" / "report.html"
    assert pl.read_parquet(run.folder / "equipment.parquet").equals(small.equipment)
    assert pl.read_parquet(run.folder / "findings.parquet").equals(small.findings.whole())
    assert left_behind(tmp_path) == ["run"]


def test_the_report_can_be_left_out(small: Screening, tmp_path: Path) -> None:
    run = write_run(small, tmp_path / "run", report=False)
    assert run.report is None
    assert {path.name for path in run.folder.iterdir()} == FILES - {"report.html"}


def test_the_same_screening_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(screening_of(many_records(150)), tmp_path / name)
    for file in FILES:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes(), file


def test_the_time_stands_in_the_run_record_only_and_source_date_epoch_overrides_it(
    small: Screening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(small, tmp_path / "run", created=datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC))
    with_time = {path.name for path in (tmp_path / "run").iterdir() if b"2031" in path.read_bytes()}
    assert with_time == {"run.json"}

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    write(small, tmp_path / "run", created=datetime(2031, 5, 6, tzinfo=UTC))
    assert '"created": "1970-01-01T00:00:00Z"' in (tmp_path / "run" / "run.json").read_text()

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH=yesterday is not a number"):
        write(small, tmp_path / "other")
    assert left_behind(tmp_path) == ["run"]


def test_no_path_of_the_machine_gets_into_a_run(small: Screening, tmp_path: Path) -> None:
    write(small, tmp_path / "run")
    for path in (tmp_path / "run").iterdir():
        content = path.read_bytes()
        assert b"/somewhere" not in content
        assert str(tmp_path).encode() not in content


def test_an_empty_folder_and_an_earlier_run_are_replaced(small: Screening, tmp_path: Path) -> None:
    out = tmp_path / "run"
    out.mkdir()
    write(small, out)
    write(small, out, report=False)
    assert {path.name for path in out.iterdir()} == FILES - {"report.html"}
    assert left_behind(tmp_path) == ["run"]


def test_an_earlier_run_in_which_somebody_keeps_a_file_is_left_alone(
    small: Screening, tmp_path: Path
) -> None:
    out = tmp_path / "run"
    write(small, out)
    (out / "signed-statement.pdf").write_text("mine")
    with pytest.raises(OutputError, match=r"files that are not of it \(signed-statement.pdf\)"):
        write(small, out)
    assert (out / "signed-statement.pdf").read_text() == "mine"


def test_a_folder_with_other_files_is_refused_and_left_alone(small: Screening, tmp_path: Path) -> None:
    out = tmp_path / "thesis"
    out.mkdir()
    (out / "chapter-1.txt").write_text("words")
    (out / "run.json").write_text('{"schema": "of somebody else"}')
    with pytest.raises(
        OutputError, match="not empty and is no earlier run of Clearband; name another folder"
    ):
        write(small, out)
    assert left_behind(tmp_path) == ["thesis"]
    assert (out / "chapter-1.txt").read_text() == "words"


def test_a_file_in_the_place_is_refused(small: Screening, tmp_path: Path) -> None:
    (tmp_path / "run").write_text("a file")
    with pytest.raises(OutputError, match="a file is in the place of the folder"):
        write(small, tmp_path / "run")
    assert (tmp_path / "run").read_text() == "a file"


def test_a_missing_parent_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"the folder above it does not exist; make .*nowhere first"):
        check_out(tmp_path / "nowhere" / "run")


def test_a_parent_without_permission_is_refused(
    small: Screening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.geteuid() == 0:
        # Root may write everywhere: answer for a person who may not.
        monkeypatch.setattr(os, "access", lambda *_: False)
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="no permission to write in the folder above it"):
        write(small, tmp_path / "run")
    tmp_path.chmod(0o700)
    assert left_behind(tmp_path) == []


def test_the_folder_of_an_input_is_refused_even_when_it_is_a_run(small: Screening, tmp_path: Path) -> None:
    write(small, tmp_path / "run")
    equipment = tmp_path / "run" / "equipment.parquet"
    for inputs in ([equipment], [tmp_path / "link"]):
        (tmp_path / "link").unlink(missing_ok=True)
        (tmp_path / "link").symlink_to(equipment)
        with pytest.raises(OutputError, match="it holds the input"):
            check_out(tmp_path / "run", inputs)
    with pytest.raises(OutputError, match="is in the place of the folder"):
        check_out(equipment, [equipment])
    assert equipment.exists()


def test_a_link_to_a_folder_is_followed(small: Screening, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "disk")
    write(small, tmp_path / "out")
    assert (tmp_path / "disk" / "run.json").exists()
    assert (tmp_path / "out").is_symlink()


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=96k", "none", disk], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no right to mount a small disk: the size limit below shows the same")
    try:
        with pytest.raises(OutputError, match="run: the disk is full; nothing was written; free some space"):
            write(screening_of(many_records(400)), disk / "run")
        assert left_behind(disk) == []
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_file_size_limit_is_told_and_leaves_nothing_behind(tmp_path: Path) -> None:
    screening = screening_of(many_records(400))
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    try:
        with pytest.raises(OutputError, match="the disk is full"):
            write(screening, tmp_path / "run")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)
    assert left_behind(tmp_path) == []


@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_an_earlier_run_stays_as_it_was_when_writing_fails(
    small: Screening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    write(small, tmp_path / "run")
    before = {path.name: path.read_bytes() for path in (tmp_path / "run").iterdir()}

    def fail(*_: object) -> None:
        raise failure

    monkeypatch.setattr("clearband.reports.folder.write.write_findings_csv", fail)
    with pytest.raises((OutputError, KeyboardInterrupt)):
        write(small, tmp_path / "run")
    assert {path.name: path.read_bytes() for path in (tmp_path / "run").iterdir()} == before
    assert left_behind(tmp_path) == ["run"]


def test_an_earlier_run_comes_back_when_the_last_rename_fails(
    small: Screening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(small, tmp_path / "run")
    rename = Path.rename

    def only_aside(self: Path, target: Path) -> Path:
        if "partial" in self.name:
            raise OSError(errno.EIO, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", only_aside)
    with pytest.raises(OutputError, match="cannot be written: Input/output error"):
        write(small, tmp_path / "run", report=False)
    assert left_behind(tmp_path) == ["run"]
    assert (tmp_path / "run" / "report.html").exists()


_KILLED = """
import os, signal
from pathlib import Path
import clearband.reports.folder.write as writing
from tests.reports.made_screenings import SOURCES, screening_of, small_records
writing.write_findings_csv = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
writing.write_run(screening_of(small_records()), Path(os.environ["OUT"]), sources=SOURCES)
"""


def test_a_killed_process_leaves_no_run_and_a_folder_that_says_what_it_is(tmp_path: Path) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED], env={**os.environ, "OUT": str(tmp_path / "run")}, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert not (tmp_path / "run").exists()
    (remains,) = tmp_path.iterdir()
    assert remains.name.startswith(".run.clearband-partial-")
    # The remains do not stand in the way of the next run.
    assert check_out(tmp_path / "run") == tmp_path / "run"
