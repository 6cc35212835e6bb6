"""Where a workspace lies: a folder with the database (unless that is elsewhere), the files, and the runs."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from clearband.errors import OutputError
from clearband.workspace.database import open_database, require_unicode, sqlite_url
from clearband.workspace.errors import WorkspaceError
from clearband.workspace.schema import migrate, version
from clearband.workspace.store import Store

DATABASE_FILE: Final = "workspace.sqlite"


@dataclass(frozen=True)
class Workspace:
    """An open workspace.

    Attributes:
        folder: Of the files and runs.
        engine: The database.
    """

    folder: Path
    engine: Engine

    @cached_property
    def store(self) -> Store:
        """Uploads and attachments."""
        return Store(self.folder / "files")

    def run_folder(self, run_id: str) -> Path:
        """Where a run is written: as ``clearband screen --out`` writes it."""
        return self.folder / "runs" / run_id

    def identities_file(self, run_id: str) -> Path:
        """Parquet: ``identity`` and ``fingerprint`` of each record of a run, in their order."""
        return self.folder / "identities" / f"{run_id}.parquet"

    def view_folder(self, run_id: str) -> Path:
        """What is prepared of a run for pages; see `clearband.workspace.view`."""
        return self.folder / "views" / run_id


def open_workspace(folder: Path, database: str | None = None, *, make: bool = False) -> Workspace:
    """Open a workspace, and bring its tables to the version of the program.

    Args:
        folder: Where it lies.
        database: URL of the database; None is a SQLite file in the folder.
        make: Whether to make one where there is none.

    Raises:
        WorkspaceError: There is none, the database cannot be reached, or it is of a later version.
        OutputError: The folder cannot be made.
    """
    file = folder / DATABASE_FILE
    _require_its_database(folder, file, database, make=make)
    try:
        # What is in it is a team's own: nobody else on the machine reads it.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in ("files", "runs", "identities", "views"):
            (folder / name).mkdir(mode=0o700, exist_ok=True)
        if database is None and not file.exists():
            # The folder may have been there, open to others. What SQLite lays beside the file is as the file.
            file.touch(mode=0o600)
        if make:
            _require_writable(folder, *([file] if database is None else []))
    except OSError as error:
        raise OutputError(f"the folder cannot be made ({error.strerror})", where=str(folder)) from None
    engine = open_database(database or sqlite_url(file))
    try:
        _bring_up(engine, folder, make=make)
    except BaseException:
        engine.dispose()
        raise
    return Workspace(folder, engine)


def _require_writable(*places: Path) -> None:
    """A server that may only read would start, and fail at the first change.

    Raises:
        OutputError: One of them cannot be written.
    """
    for place in places:
        if not os.access(place, os.W_OK):
            raise OutputError(
                "it cannot be written",
                where=str(place),
                remedy="run as whoever owns the workspace, on a disk that can be written",
            )


def _bring_up(engine: Engine, folder: Path, *, make: bool) -> None:
    try:
        require_unicode(engine)
        if not make and version(engine) is None:
            raise WorkspaceError("the database has no workspace", remedy="clearband workspace init makes one")
        migrate(engine)
    except (sa.exc.OperationalError, sa.exc.DatabaseError) as error:
        reason = str(error.orig).splitlines()[0] if error.orig else "no reason given"
        raise WorkspaceError(f"the database cannot be used ({reason})", where=str(folder)) from None


def _require_its_database(folder: Path, file: Path, database: str | None, *, make: bool) -> None:
    """A workspace is opened with the database it was made with: where the variable that names it was
    forgotten, an empty one would be made beside its files and shown as if nothing were there.

    Raises:
        WorkspaceError: There is no workspace, or its tables are elsewhere than was said.
    """
    if database is None and not file.is_file():
        if any(_entries(folder / name) for name in ("files", "runs")):
            raise WorkspaceError(
                "it has files, and no tables: they are in another database",
                where=str(folder),
                remedy="name it in CLEARBAND_DATABASE",
            )
        if not make:
            raise WorkspaceError(
                "there is no workspace",
                where=str(folder),
                remedy="clearband workspace init makes one; where its tables are in PostgreSQL, "
                "name that in CLEARBAND_DATABASE",
            )
    if database is not None and file.is_file():
        raise WorkspaceError(
            f"it has tables of its own ({DATABASE_FILE}), and another database was named",
            where=str(folder),
            remedy="leave the database out, or name a folder without them",
        )


def _entries(folder: Path) -> list[Path]:
    """What is in a folder; nothing where there is none."""
    try:
        return list(folder.iterdir())
    except OSError:
        return []
