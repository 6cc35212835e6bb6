"""``kill -9`` at any moment: nothing acknowledged is lost, nothing is doubled, and all can be verified."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from clearband.workspace.backup import backup
from clearband.workspace.database import reading
from clearband.workspace.place import Workspace, open_workspace
from clearband.workspace.restore import restore
from clearband.workspace.tables import METADATA, decision
from clearband.workspace.verify import verify
from tests.workspace import killed
from tests.workspace.team import team
from tests.workspace.test_backup import empty, worked_in


def test_a_migration_that_is_killed_is_done_by_the_next(
    tmp_path: Path, database: str | None, request: pytest.FixtureRequest
) -> None:
    url = None if database is None else empty(request)
    deaths = 0
    # Every eighth statement, until it lives to the end.
    while killed.until_killed(killed.migrate, tmp_path / "team", url, 2 + 8 * deaths)[0]:
        deaths += 1
    assert deaths > 4
    workspace = open_workspace(tmp_path / "team", url, make=True)
    with reading(workspace.engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    team(workspace)
    assert verify(workspace).problems == ()
    workspace.engine.dispose()


def test_decisions_that_were_told_are_there_once(workspace: Workspace, database: str | None) -> None:
    of = team(workspace)
    told: list[str] = []
    # Before a decision is written, between its row and its entry, before it is committed, and so on.
    for deaths, at in enumerate((1, 5, 9, 24, 38, 52, 67), 1):
        died, said = killed.until_killed(killed.decide, workspace.folder, database, of.analyst, of.camera, at)
        assert died
        told += said
        seen = verify(workspace)
        assert seen.problems == ()
        with reading(workspace.engine) as connection:
            rows = connection.execute(sa.select(decision.c.id, decision.c.state)).all()
        assert set(told) <= {row.id for row in rows}
        # What was committed when it died, and not told yet, may be there.
        assert len(rows) <= len(told) + deaths
        assert sum(row.state == "in-force" for row in rows) <= 1
    assert len(told) > 5


def test_a_backup_that_is_killed_leaves_none(
    workspace: Workspace, database: str | None, tmp_path: Path
) -> None:
    worked_in(workspace)
    file = tmp_path / "one.tar"
    for at in (1, 7, 16, -1):
        died, _ = killed.until_killed(killed.back_up, workspace.folder, database, file, at)
        assert died
        assert not file.exists()
    assert verify(workspace).problems == ()
    made = backup(workspace, file)
    assert restore(file, tmp_path / "again", expect=made.head).problems == ()
