"""A run that was cut short anywhere goes on, and ends as if nothing had happened."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from clearband.errors import InputError, OutputError
from clearband.runs import journal as journal_module
from clearband.runs import write_chunk as write_chunk_module
from clearband.runs.part_file import write_part
from clearband.runs.progress import Meter, Progress
from clearband.runs.run import run_in_parts
from clearband.sources.stream.sizes import Sizes
from tests.runs.made_runs import files_of, job, run

SIZES = Sizes(bytes=60)


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """An inventory of few makers, for which the law is soon asked, in parts of some rows."""
    path = tmp_path / "few.csv"
    models = ("S5720", "AirScale", "S6730", "Airspan")
    makers = ("Huawei", "Nokia", "Huawei", "Nokia")
    rows = [f"{at},{maker},{model}\n" for at, (maker, model) in enumerate(zip(makers, models, strict=True))]
    path.write_text("Asset,Maker,Model\n" + "".join(rows * 2))
    return path


class PowerCutError(Exception):
    """The machine stopped here."""


def cut_at(step: int, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Let the run stop at the given write that was to become durable, before it is."""
    count = 0
    durable = journal_module.durable

    def stopping(descriptor: int) -> None:
        nonlocal count
        count += 1
        if count > step:
            raise PowerCutError
        durable(descriptor)

    monkeypatch.setattr(journal_module, "durable", stopping)
    return lambda: count


def run_cut_short(step: int, out: Path, inventory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        cut_at(step, patch)
        with pytest.raises(PowerCutError):
            run([inventory], out, SIZES)


def steps_of_a_run(few: Path, alone: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    with monkeypatch.context() as patch:
        steps = cut_at(10_000, patch)
        run([few], alone, SIZES)
        return steps()


def test_cut_at_any_write_and_resumed(tmp_path: Path, few: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = steps_of_a_run(few, tmp_path / "alone", monkeypatch)
    expected = files_of(tmp_path / "alone")
    assert len(list((tmp_path / "alone" / "parts").iterdir())) == 3
    # A part takes ten writes: by three parts, a cut comes before each of them. What follows is written anew.
    parts = 36
    for step in (*range(0, parts, 3), *range(parts, steps, 7)):
        out = tmp_path / f"cut{step}"
        run_cut_short(step, out, few, monkeypatch)
        begun = (out / ".unfinished" / "run.json").exists()
        if not begun and (out / "run.json").exists():
            with pytest.raises(OutputError, match="is finished"):
                run([few], out, SIZES, resume=True)
        else:
            run([few], out, SIZES, resume=begun)
        assert files_of(out) == expected, step


def test_cut_again_and_again(tmp_path: Path, few: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps_of_a_run(few, tmp_path / "alone", monkeypatch)
    out = tmp_path / "often"
    skipped = []
    for _ in range(40):
        begun = (out / ".unfinished" / "run.json").exists()
        with monkeypatch.context() as patch:
            cut_at(30, patch)
            try:
                skipped.append(run([few], out, SIZES, resume=begun).skipped_parts)
                break
            except PowerCutError:
                continue
    assert skipped
    assert skipped[0] > 0
    assert files_of(out) == files_of(tmp_path / "alone")


def unfinished(tmp_path: Path, inventory: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    out = tmp_path / "unfinished"
    run_cut_short(30, out, inventory, monkeypatch)
    assert len((out / ".unfinished" / "journal.jsonl").read_text().splitlines()) >= 1
    return out


def test_a_torn_line_of_the_journal_counts_for_nothing(
    tmp_path: Path, few: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = unfinished(tmp_path, few, monkeypatch)
    with (out / ".unfinished" / "journal.jsonl").open("a") as file:
        file.write('{"part": "part-0000')
    run([few], out, SIZES, resume=True)
    run([few], tmp_path / "alone", SIZES)
    assert files_of(out) == files_of(tmp_path / "alone")


def test_a_damaged_line_of_the_journal_is_told(
    tmp_path: Path, few: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = unfinished(tmp_path, few, monkeypatch)
    journal = out / ".unfinished" / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b'{"part": 1}\n' + b"".join(lines))
    with pytest.raises(
        OutputError, match=r"journal\.jsonl: line 1 is damaged, and with it the unfinished run"
    ):
        run([few], out, SIZES, resume=True)


def test_an_input_that_was_changed_is_refused(
    tmp_path: Path, few: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inventory = tmp_path / "inventory.csv"
    inventory.write_bytes(few.read_bytes())
    out = unfinished(tmp_path, inventory, monkeypatch)
    inventory.write_bytes(few.read_bytes().replace(b"Huawei", b"Nokia!", 1))
    os.utime(inventory, (1, 1))
    with pytest.raises(InputError, match=r"inventory\.csv: was changed since the run began"):
        run([inventory], out, SIZES, resume=True)


def test_another_question_is_refused(tmp_path: Path, few: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = unfinished(tmp_path, few, monkeypatch)
    with pytest.raises(InputError, match="columns is not as when the run began"):
        run([few], out, SIZES, columns="ids", resume=True)
    with pytest.raises(InputError, match="chunk rows is not as when the run began"):
        run([few], out, Sizes(rows=21, bytes=60), resume=True)


def test_a_part_that_was_changed_is_refused(
    tmp_path: Path, few: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = unfinished(tmp_path, few, monkeypatch)
    part = out / "parts" / "part-000000.parquet"
    part.write_bytes(part.read_bytes()[:-1] + b"?")
    with pytest.raises(OutputError, match="was changed since it was written"):
        run([few], out, SIZES, resume=True)


def test_an_unfinished_run_is_not_overwritten(
    tmp_path: Path, few: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = unfinished(tmp_path, few, monkeypatch)
    before = files_of(out)
    with pytest.raises(OutputError, match="not finished; go on with it by --resume"):
        run([few], out, SIZES)
    assert files_of(out) == before


def test_a_finished_run_is_neither_resumed_nor_overwritten(tmp_path: Path, few: Path) -> None:
    run([few], tmp_path / "out", SIZES)
    with pytest.raises(OutputError, match="the run to go on with is finished"):
        run([few], tmp_path / "out", SIZES, resume=True)
    with pytest.raises(OutputError, match="the folder is not empty"):
        run([few], tmp_path / "out", SIZES)


def test_two_runs_in_one_folder_are_refused(
    tmp_path: Path, few: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = unfinished(tmp_path, few, monkeypatch)
    with (out / ".unfinished" / "lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(OutputError, match="another run is writing there"):
            run([few], out, SIZES, resume=True)


def test_an_input_that_changes_while_it_is_read_is_refused(tmp_path: Path, few: Path) -> None:
    inventory = tmp_path / "inventory.csv"
    inventory.write_bytes(few.read_bytes())
    wanted = job([inventory], SIZES)

    def change(_: Progress) -> None:
        os.utime(inventory, (1, 1))

    with pytest.raises(InputError, match=r"inventory\.csv: was changed since the run began"):
        run_in_parts(wanted, tmp_path / "out", Meter(change, None))
    assert not (tmp_path / "out" / "run.json").exists()


def test_another_content_of_the_same_size_and_time_is_refused(
    tmp_path: Path, few: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inventory = tmp_path / "inventory.csv"
    inventory.write_bytes(few.read_bytes())
    before = inventory.stat()
    out = unfinished(tmp_path, inventory, monkeypatch)
    hashes = out / ".unfinished" / "inputs.json"
    assert json.loads(hashes.read_bytes())[0]["bytes"] == before.st_size
    inventory.write_bytes(few.read_bytes().replace(b"Huawei", b"Nokia!", 1))
    os.utime(inventory, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(InputError, match=r"inventory\.csv: was changed since the run began"):
        run([inventory], out, SIZES, resume=True)


def test_killed_while_the_journal_of_a_finished_run_is_removed(
    tmp_path: Path, few: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder may still be there; but it must not look like a run to go on with whose counts are gone."""

    rmtree = shutil.rmtree

    def killed(path: Path, *, ignore_errors: bool = False) -> None:
        if path.name != ".unfinished":
            rmtree(path, ignore_errors=ignore_errors)
            return
        (path / "part-000000" / "counts.parquet").unlink()
        raise PowerCutError

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", killed)
        with pytest.raises(PowerCutError):
            run([few], tmp_path / "out", SIZES)
    with pytest.raises(OutputError, match="the run to go on with is finished"):
        run([few], tmp_path / "out", SIZES, resume=True)
    run([few], tmp_path / "alone", SIZES)
    left = {
        name: content for name, content in files_of(tmp_path / "out").items() if ".unfinished" not in name
    }
    assert left == files_of(tmp_path / "alone")


def test_a_full_disk_is_told_and_the_run_goes_on(
    tmp_path: Path, few: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, parts = tmp_path / "out", []

    def full(kept: pl.DataFrame, added: pl.DataFrame, path: Path) -> None:
        if len(parts) == 2:
            # As the column engine words it.
            raise pl.exceptions.ComputeError("parquet: File out of specification: transport error")
        parts.append(path)
        write_part(kept, added, path)

    with monkeypatch.context() as patch:
        patch.setattr(write_chunk_module, "write_part", full)
        with pytest.raises(OutputError, match=r"cannot be written .* bytes are free .* --resume goes on"):
            run([few], out, SIZES)
    assert run([few], out, SIZES, resume=True).skipped_parts == 2
    run([few], tmp_path / "alone", SIZES)
    assert files_of(out) == files_of(tmp_path / "alone")
