"""A run's files are as they were when it ended, or it is told."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from clearband.workspace.backup import backup
from clearband.workspace.carry import compared, files_of
from clearband.workspace.errors import NotFoundError
from clearband.workspace.place import open_workspace
from clearband.workspace.restore import restore
from clearband.workspace.sweeping import sweep
from clearband.workspace.verify import verify
from clearband.workspace.view import write_view
from tests.workspace.people import somebody
from tests.workspace.test_runs import brought, executed


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A backup of a workspace with one run, and the run."""
    folder = tmp_path_factory.mktemp("run")
    workspace = open_workspace(folder / "team", make=True)
    analyst = somebody(workspace)
    row = executed(workspace, analyst, brought(workspace, analyst))
    seen = verify(workspace)
    # The upload, run.json, what that names, and the identities.
    assert (seen.files, seen.problems) == (9, ())
    assert backup(workspace, folder / "team.tar").problems == ()
    workspace.engine.dispose()
    return folder / "team.tar", row["id"]


@pytest.mark.parametrize(
    "name", ["runs/{}/run.json", "runs/{}/findings.parquet", "runs/{}/report.html", "identities/{}.parquet"]
)
@pytest.mark.parametrize("gone", [False, True])
def test_what_was_changed_or_is_gone_is_found(
    kept: tuple[Path, str], tmp_path: Path, name: str, gone: bool
) -> None:
    file, run_id = kept
    assert restore(file, tmp_path / "again").problems == ()
    path = tmp_path / "again" / name.format(run_id)
    if gone:
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-1] + b"x")
    workspace = open_workspace(tmp_path / "again")
    assert verify(workspace).problems == (f"{name.format(run_id)}: it is missing or was changed",)
    workspace.engine.dispose()


@pytest.mark.parametrize("name", ["drafts.parquet", "on-lists.parquet", ".hidden"])
def test_what_was_laid_beside_the_files_of_a_run_is_found(
    kept: tuple[Path, str], tmp_path: Path, name: str
) -> None:
    file, run_id = kept
    restore(file, tmp_path / "again")
    (tmp_path / "again" / "runs" / run_id / name).write_bytes(b"x")
    workspace = open_workspace(tmp_path / "again")
    assert verify(workspace).problems == (f"runs/{run_id}/{name}: it is no part of the run",)
    workspace.engine.dispose()


@pytest.mark.parametrize("name", ["record-record_answer.npy", "law.arrow", "equipment.parquet", "more.npy"])
def test_what_pages_read_is_what_the_run_says(kept: tuple[Path, str], tmp_path: Path, name: str) -> None:
    file, run_id = kept
    restore(file, tmp_path / "again")
    workspace = open_workspace(tmp_path / "again")
    place = workspace.view_folder(run_id)
    identities = pl.read_parquet(workspace.identities_file(run_id))
    write_view(workspace.run_folder(run_id), identities, place)
    assert verify(workspace).problems == ()
    path = place / name
    if name == "record-record_answer.npy":
        # Somebody shows the strictest answer as the mildest one.
        codes = np.load(path)
        np.save(path, np.full_like(codes, codes.max()))
    elif name == "law.arrow":
        # Compressed or not, the cells are the same: another version may write it otherwise.
        law = pl.read_ipc(path)
        law.write_ipc(path, compression="zstd")
        assert verify(workspace).problems == ()
        law.with_columns(answer=pl.lit("not-covered")).write_ipc(path)
    else:
        path.write_bytes(b"x")
    (problem,) = verify(workspace).problems
    assert problem.startswith(f"views/{run_id}/{name}: pages read it, and it is not what the run says")
    workspace.engine.dispose()


def test_a_damaged_earlier_run_is_told_in_a_line(kept: tuple[Path, str], tmp_path: Path) -> None:
    file, run_id = kept
    restore(file, tmp_path / "again")
    workspace = open_workspace(tmp_path / "again")
    files = files_of(workspace, run_id)
    files.identities.write_bytes(b"PAR1 no more")
    with pytest.raises(NotFoundError, match="are damaged"):
        compared(files, files)
    workspace.engine.dispose()


def test_what_a_server_prepares_anew_is_not_swept_away(kept: tuple[Path, str], tmp_path: Path) -> None:
    file, run_id = kept
    restore(file, tmp_path / "again")
    workspace = open_workspace(tmp_path / "again")
    now, left = (workspace.folder / "views" / f".{run_id}.clearband-partial-{n}" for n in "12")
    for path in (now, left):
        path.mkdir()
    os.utime(left, (0, 0))
    assert sweep(workspace) == [left]
    assert now.is_dir()
    workspace.engine.dispose()
