"""The files of a TUF repository: where they stand, and writing them so that a reader never sees half.

Layout, as any plain HTTP server can hand it out (TUF specification 1.0.34, section 7, consistent snapshots)::

    metadata/N.root.json  metadata/N.targets.json  metadata/N.AUTHORITY.json  metadata/N.snapshot.json
    metadata/timestamp.json        the only file that is ever replaced: with it a publication takes effect
    targets/AUTHORITY/SHA256.NAME
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, TargetFile
from tuf.api.serialization import DeserializationError

from clearband.errors import InputError, OutputError
from clearband.listing.durable import write_durably
from clearband.listing.safe_names import safe_name

_VERSIONED: Final = re.compile(r"([1-9][0-9]*)\.([A-Za-z0-9-]+)\.json")


@dataclass(frozen=True, slots=True)
class RepositoryFiles:
    """A repository on disk."""

    folder: Path

    def metadata_path(self, role: str, version: int | None = None) -> Path:
        """Where the metadata of a role stand; only the timestamp's have no version in their name."""
        name = f"{role}.json" if version is None else f"{version}.{role}.json"
        return self.folder / "metadata" / name

    def target_path(self, name: str, target: TargetFile) -> Path:
        """Where a target stands."""
        place, _, last = safe_name(name).rpartition("/")
        return self.folder / "targets" / place / f"{target.hashes['sha256']}.{last}"

    def newest_root(self) -> int:
        """The version of the newest root; 0 where there is none."""
        found = (_VERSIONED.fullmatch(path.name) for path in (self.folder / "metadata").glob("*.root.json"))
        return max((int(one[1]) for one in found if one), default=0)

    def read(self, role: str, version: int | None = None) -> Metadata[Any]:
        """The metadata of a role.

        Raises:
            InputError: They are missing or broken.
        """
        path = self.metadata_path(role, version)
        try:
            return Metadata[Any].from_bytes(path.read_bytes())
        except OSError as error:
            raise InputError(error.strerror or "cannot be read", where=str(path)) from None
        except (DeserializationError, RepositoryError) as error:
            raise InputError(f"no metadata of a repository: {error}", where=str(path)) from None

    def write_metadata(self, role: str, made: Metadata[Any], version: int | None = None) -> None:
        """Write metadata, on disk when this returns."""
        write_durably(self.metadata_path(role, version), made.to_bytes())

    def add_target(self, name: str, source: Path) -> TargetFile:
        """Put a file among the targets, beside whatever other versions of it there are."""
        target = TargetFile.from_file(safe_name(name), str(source), ["sha256"])
        path = self.target_path(name, target)
        if not (path.is_file() and path.stat().st_size == target.length):
            path.parent.mkdir(parents=True, exist_ok=True)
            staged = path.with_name(f".{path.name}.new")
            with source.open("rb") as read, staged.open("wb") as write:
                shutil.copyfileobj(read, write, 2**20)
                write.flush()
                os.fsync(write.fileno())
            staged.replace(path)
        return target

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the repository for writing; readers are not kept out.

        Raises:
            OutputError: Another command writes to it, or it cannot be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise OutputError(error.strerror or "cannot be written", where=str(self.folder)) from None
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError:
            raise OutputError("another command writes to the repository", where=str(self.folder)) from None
        finally:
            os.close(handle)
