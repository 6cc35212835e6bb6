"""Everything of a workspace in one file: the rows first, then the files and runs that they name.

A tar file: ``database/TABLE.jsonl``, ``files/``, ``runs/``, ``identities/``, ``views/`` as they lie in the
workspace, and last ``manifest.json`` with the SHA-256 of each member. The rows are those of one moment. What
they name was stored before them and never changes, so that it can be read after them while others work.
"""

from __future__ import annotations

import hashlib
import json
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from clearband import __version__
from clearband.errors import OutputError
from clearband.reports.whole_file import whole_file
from clearband.workspace import clock, schema, trail
from clearband.workspace.database import reading
from clearband.workspace.place import Workspace
from clearband.workspace.rows import TABLES, write_rows
from clearband.workspace.tables import attachment, run, upload

FORM: Final = "https://clearband.dev/schema/workspace-backup-1.json"
MANIFEST: Final = "manifest.json"


@dataclass(frozen=True)
class Backup:
    """A backup that was written.

    Attributes:
        file: Where it lies.
        sha256: Of the file.
        bytes: Its size.
        entries: Of the audit trail in it.
        head: Hash of the last of these.
        members: Files in it, the manifest not counted.
        problems: What is missing or was changed in the workspace; the backup is of what there is.
    """

    file: Path
    sha256: str
    bytes: int
    entries: int
    head: str
    members: int
    problems: tuple[str, ...]


def backup(workspace: Workspace, file: Path) -> Backup:
    """Write a backup, whole or not at all, which only its owner can read.

    Raises:
        OutputError: There is a file in the place already, or it cannot be written.
        WorkspaceError: The database cannot be read.
    """
    if file.exists():
        raise OutputError("there is a file already", where=str(file), remedy="name another")
    with whole_file(file, private=True) as staged, staged.open("wb") as raw:
        out = _Hashing(raw)
        with tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT) as tar:
            told = _write(workspace, _Members(tar, file.parent))
        return Backup(file, out.digest.hexdigest(), out.bytes, *told)


def _write(workspace: Workspace, members: _Members) -> tuple[int, str, int, tuple[str, ...]]:
    with reading(workspace.engine) as connection:
        entries, head = trail.head(connection)
        for table in TABLES:
            with tempfile.TemporaryFile(dir=members.spool) as rows:
                write_rows(connection, table, rows)
                members.add(f"database/{table.name}.jsonl", rows)
        digests, runs = _files_named(connection), _runs_named(connection)
    for digest in digests:
        name = f"files/{digest[:2]}/{digest}"
        if members.add_file(name, workspace.folder / name) not in (digest, None):
            members.problems.append(f"{name}: its bytes were changed")
    for path in _lying_of(workspace, runs, members.problems):
        members.add_file(path.relative_to(workspace.folder).as_posix(), path)
    manifest = {
        "schema": FORM,
        "clearband": __version__,
        "tables": schema.newest(),
        "made_at": clock.now(),
        "trail": {"entries": entries, "head": head},
        "members": members.hashes,
    }
    number = len(members.hashes)
    members.add(MANIFEST, BytesIO(json.dumps(manifest, indent=1).encode()))
    return entries, head, number, tuple(members.problems)


def _files_named(connection: Connection) -> list[str]:
    named = {one for table in (upload, attachment) for one in connection.scalars(sa.select(table.c.sha256))}
    return sorted(named)


def _runs_named(connection: Connection) -> list[str]:
    done = sa.select(run.c.id).where(run.c.state == "done").order_by(run.c.id)
    return list(connection.scalars(done))


def _lying_of(workspace: Workspace, runs: list[str], problems: list[str]) -> Iterator[Path]:
    """The files of runs that are done."""
    for run_id in runs:
        if not workspace.run_folder(run_id).is_dir():
            problems.append(f"runs/{run_id}: it is missing")
        for name in (f"runs/{run_id}", f"identities/{run_id}.parquet", f"views/{run_id}"):
            place = workspace.folder / name
            paths = sorted(place.rglob("*")) if place.is_dir() else [place] if place.is_file() else []
            yield from (path for path in paths if path.is_file() and not path.is_symlink())


@dataclass
class _Members:
    """The members of a tar file, and their hashes.

    Attributes:
        tar: That is written.
        spool: A folder with room for what must be counted before it is written.
        hashes: Name to SHA-256 and size.
        problems: What could not be read.
    """

    tar: tarfile.TarFile
    spool: Path
    hashes: dict[str, dict[str, Any]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def add_file(self, name: str, path: Path) -> str | None:
        """Add a file; its hash, or None where it is missing, which is noted."""
        try:
            file = path.open("rb")
        except OSError as error:
            self.problems.append(f"{name}: {(error.strerror or 'it cannot be read').lower()}")
            return None
        with file:
            return self.add(name, file)

    def add(self, name: str, file: IO[bytes]) -> str:
        """Add what a file holds; its hash."""
        info = tarfile.TarInfo(name)
        info.size, info.mode = file.seek(0, 2), 0o600
        file.seek(0)
        read = _Hashing(file)
        self.tar.addfile(info, read)
        self.hashes[name] = {"sha256": read.digest.hexdigest(), "bytes": read.bytes}
        return read.digest.hexdigest()


class _Hashing(BytesIO):
    """A stream that hashes and counts what goes through it.

    Args:
        file: Where it comes from, or goes to.
    """

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file
        self.digest = hashlib.sha256()
        self.bytes = 0

    def read(self, size: int | None = -1) -> bytes:
        """As of the file."""
        return self._through(self._file.read(-1 if size is None else size))

    def write(self, data: Any) -> int:
        """As to the file."""
        self._file.write(self._through(bytes(data)))
        return len(data)

    def _through(self, data: bytes) -> bytes:
        self.digest.update(data)
        self.bytes += len(data)
        return data
