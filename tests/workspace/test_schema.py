"""The tables are what the program says, on both databases, and are made whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from clearband.workspace import schema
from clearband.workspace.database import open_database, reading, sqlite_url, writing
from clearband.workspace.errors import WorkspaceError
from clearband.workspace.place import Workspace, open_workspace
from clearband.workspace.tables import METADATA


def test_migrations_make_the_tables_of_the_program(workspace: Workspace) -> None:
    with reading(workspace.engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_the_database_holds_to_the_words_of_a_column(workspace: Workspace) -> None:
    wanted = {
        (table.name, f"ck_{table.name}_{column.name}"): set(re.findall(r"'([^']+)'", str(one.sqltext)))
        for table in METADATA.tables.values()
        for column in table.columns
        for one in column.constraints
        if isinstance(one, sa.CheckConstraint)
    }
    assert len(wanted) == 8
    there = sa.inspect(workspace.engine)
    assert wanted == {
        (name, str(one["name"])): set(re.findall(r"'([^']+)'", one["sqltext"]))
        for name in METADATA.tables
        for one in there.get_check_constraints(name)
    }


def test_a_migration_that_is_cut_short_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_database(sqlite_url(tmp_path / "one.sqlite"))
    upgrade = schema.command.upgrade

    def cut(*given: object) -> None:
        upgrade(*given)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(schema.command, "upgrade", cut)
        with pytest.raises(KeyboardInterrupt):
            schema.migrate(engine)
    assert sa.inspect(engine).get_table_names() == []
    assert schema.migrate(engine)
    assert not schema.migrate(engine)


def test_a_later_version_is_refused(tmp_path: Path) -> None:
    made = open_workspace(tmp_path / "w", make=True)
    with writing(made.engine) as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(WorkspaceError, match="later version of clearband"):
        open_workspace(tmp_path / "w")


def test_no_workspace_and_odd_urls_are_told_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="there is no workspace"):
        open_workspace(tmp_path / "none")
    with pytest.raises(WorkspaceError, match="mysql is no database for a workspace"):
        open_database("mysql://h/n")
    with pytest.raises(WorkspaceError, match="cannot be read") as told:
        open_database("secret word")
    assert "secret" not in str(told.value)
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "workspace.sqlite").write_bytes(b"not a database, and longer than a header" * 99)
    with pytest.raises(WorkspaceError, match="the database cannot be used"):
        open_workspace(tmp_path / "broken")


def test_a_workspace_is_opened_with_its_own_database(tmp_path: Path, postgres: Callable[[], str]) -> None:
    url = postgres()
    folder = tmp_path / "team"
    open_workspace(folder, url, make=True).engine.dispose()
    with pytest.raises(WorkspaceError, match="there is no workspace") as none:
        open_workspace(folder)
    assert "CLEARBAND_DATABASE" in none.value.remedy
    (folder / "runs" / "a-run").mkdir()
    for make in (True, False):
        with pytest.raises(WorkspaceError, match="they are in another database"):
            open_workspace(folder, make=make)
    assert not (folder / "workspace.sqlite").exists()
    open_workspace(folder, url.replace("postgresql://", "postgres://")).engine.dispose()
    open_workspace(tmp_path / "laptop", make=True).engine.dispose()
    with pytest.raises(WorkspaceError, match="and another database was named"):
        open_workspace(tmp_path / "laptop", url)


def test_a_database_that_cannot_hold_every_name_is_refused(
    tmp_path: Path, postgres: Callable[[], str]
) -> None:
    server, _, _ = (url := postgres()).rpartition("/")
    engine = open_database(url)
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE bytes ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
    engine.dispose()
    with pytest.raises(WorkspaceError, match="encoded as SQL_ASCII") as told:
        open_workspace(tmp_path / "team", f"{server}/bytes", make=True)
    assert "UTF8" in told.value.remedy


def test_nobody_else_reads_the_database_in_a_folder_that_is_open_to_others(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    open_workspace(tmp_path, make=True).engine.dispose()
    left = [path for path in tmp_path.iterdir() if path.is_file()]
    assert [path.stat().st_mode & 0o077 for path in left] == [0] * len(left)
    assert left
