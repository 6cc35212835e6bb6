"""A run's files are as they were when it ended, or it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearband.workspace.backup import backup
from clearband.workspace.place import open_workspace
from clearband.workspace.restore import restore
from clearband.workspace.verify import verify
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
