"""Each test of a workspace runs on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from clearband.workspace.database import open_database
from clearband.workspace.place import Workspace, open_workspace
from clearband.workspace.schema import migrate
from tests.cli.conftest import clearband as clearband
from tests.postgres import CannotStartError, cluster, free_port


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], str]]:
    """Makes an empty workspace database at each call, and gives its URL."""
    made = 0
    try:
        with cluster(tmp_path_factory.mktemp("postgres") / "data", free_port()) as server:
            template = open_database(f"{server}/template1")
            migrate(template)
            template.dispose()
            admin = sa.create_engine(
                f"{server.replace('postgresql', 'postgresql+psycopg')}/postgres", isolation_level="AUTOCOMMIT"
            )

            def make() -> str:
                nonlocal made
                made += 1
                with admin.connect() as connection:
                    connection.exec_driver_sql(f"CREATE DATABASE made_{made}")
                return f"{server}/made_{made}"

            yield make
            admin.dispose()
    except CannotStartError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str | None:
    """The URL of an empty workspace's database; None is the file in its folder."""
    return str(request.getfixturevalue("postgres")()) if request.param == "postgresql" else None


@pytest.fixture
def workspace(tmp_path: Path, database: str | None) -> Iterator[Workspace]:
    """An empty workspace."""
    made = open_workspace(tmp_path / "workspace", database, make=True)
    yield made
    made.engine.dispose()
