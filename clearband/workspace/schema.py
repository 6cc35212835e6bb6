"""Bring the tables of a workspace to the version of the program."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

from clearband.workspace import trail
from clearband.workspace.database import reading, writing
from clearband.workspace.errors import WorkspaceError

_SCRIPTS: Final = Path(__file__).parent / "migrations"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    # A per cent sign in the path would be read as the start of a reference.
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def newest() -> str:
    """The version that this program works with."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


def version(engine: Engine) -> str | None:
    """The version of the tables; None where there are none."""
    with reading(engine) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def migrate(engine: Engine) -> bool:
    """Make the tables, or bring them to the version of the program: all at once or not at all.

    Returns:
        Whether anything was to be done.

    Raises:
        WorkspaceError: The tables are of a later version of the program.
    """
    found = version(engine)
    if found == newest():
        return False
    if found is not None:
        _require_known(found)
    with writing(engine) as connection:
        # Two programs that start at once: the second finds nothing to do.
        trail.lock(connection)
        upgrade(connection, newest())
    return True


def upgrade(connection: Connection, to: str) -> None:
    """Make the tables of a version, or bring them to it, in the transaction of a connection.

    Args:
        to: A version that this program knows.

    Raises:
        WorkspaceError: It does not.
    """
    _require_known(to)
    command.upgrade(_config(connection), to)


def _require_known(found: str) -> None:
    if found not in {one.revision for one in ScriptDirectory.from_config(_config()).walk_revisions()}:
        raise WorkspaceError(
            f"the workspace is of a later version of clearband ({found[:40]})",
            remedy="install that version, or restore a backup",
        )
