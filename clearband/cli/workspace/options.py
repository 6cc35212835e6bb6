"""Which workspace a command is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from clearband.errors import MissingExtraError, install_extra

if TYPE_CHECKING:
    from clearband.workspace.place import Workspace

_Command = TypeVar("_Command", bound=Callable[..., Any])

FOLDER: Final = click.option(
    "--workspace",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="CLEARBAND_WORKSPACE",
    default=Path("clearband-workspace"),
    metavar="DIR",
    help="Folder of the workspace; else that of CLEARBAND_WORKSPACE. Default: clearband-workspace.",
)
DATABASE: Final = click.option(
    "--database",
    envvar="CLEARBAND_DATABASE",
    metavar="URL",
    help="Its PostgreSQL, such as postgresql://HOST/NAME; else that of CLEARBAND_DATABASE, where fewer see a "
    "password; else a SQLite file in the folder.",
)
JSON: Final = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def workspace_options(command: _Command) -> _Command:
    """``--workspace`` and ``--database``."""
    return FOLDER(DATABASE(command))


@dataclass(frozen=True)
class Place:
    """A workspace that a command is told of.

    Attributes:
        folder: Where it lies.
        database: URL, or None for the file in the folder.
    """

    folder: Path
    database: str | None

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Turn what a database says when it fails into one line.

        Raises:
            MissingExtraError: The packages for workspaces are not installed.
        """
        try:
            import alembic  # noqa: F401
            import sqlalchemy as sa
        except ImportError:
            raise MissingExtraError(
                "a workspace needs sqlalchemy and alembic, which are not installed",
                where="clearband workspace",
                remedy=install_extra("web"),
            ) from None
        try:
            yield
        except sa.exc.DBAPIError as error:
            from clearband.workspace.failures import failure

            raise failure(error, str(self.folder)) from None

    @contextmanager
    def opened(self, *, make: bool = False) -> Iterator[Workspace]:
        """The workspace, open.

        Args:
            make: Whether to make it where there is none.
        """
        with self.telling():
            from clearband.workspace.place import open_workspace

            workspace = open_workspace(self.folder, self.database, make=make)
            try:
                yield workspace
            finally:
                workspace.engine.dispose()
