"""Files of a workspace, each under the SHA-256 of its bytes: equal files lie once, and none changes."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from clearband.errors import OutputError
from clearband.workspace.errors import InvalidError, NotFoundError

_INCOMING: Final = "incoming"
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_HEX: Final = frozenset("0123456789abcdef")


@dataclass(frozen=True)
class Stored:
    """A file that lies in the store, durably.

    Attributes:
        sha256: Its name.
        bytes: Its size.
    """

    sha256: str
    bytes: int


@dataclass(frozen=True)
class Store:
    """The folder of files.

    Attributes:
        folder: Made where it is missing.
    """

    folder: Path

    def put(self, chunks: Iterable[bytes], *, at_most: int) -> Stored:
        """Store a stream of bytes. When this returns, a power cut no longer loses them.

        Args:
            chunks: The bytes, in pieces.
            at_most: Bytes allowed.

        Raises:
            InvalidError: There are more; nothing is stored.
            OutputError: The disk is full or refuses; nothing is stored.
        """
        incoming = self.folder / _INCOMING
        part = incoming / secrets.token_hex(16)
        digest, size = hashlib.sha256(), 0
        try:
            incoming.mkdir(parents=True, exist_ok=True)
            try:
                with part.open("xb") as file:
                    for chunk in chunks:
                        size += len(chunk)
                        if size > at_most:
                            raise InvalidError(
                                f"the file is larger than {at_most:,} bytes",
                                remedy="divide it, or raise the limit",
                            )
                        digest.update(chunk)
                        file.write(chunk)
                    file.flush()
                    os.fsync(file.fileno())
                place = self._place(digest.hexdigest())
                place.parent.mkdir(exist_ok=True)
                part.replace(place)
                for folder in (place.parent, self.folder):
                    _sync(folder)
            finally:
                part.unlink(missing_ok=True)
        except OSError as error:
            what = "the disk is full" if error.errno in _FULL else f"it cannot be stored ({error.strerror})"
            raise OutputError(what, where=self.folder.name, remedy="make room, then try again") from None
        return Stored(digest.hexdigest(), size)

    def path(self, sha256: str) -> Path:
        """Where a file lies.

        Raises:
            NotFoundError: There is none of this name.
        """
        if len(sha256) != hashlib.sha256().digest_size * 2 or not set(sha256) <= _HEX:
            raise NotFoundError("this is no SHA-256", where=sha256[:80])
        place = self._place(sha256)
        if not place.is_file():
            raise NotFoundError("the store has no file of this hash", where=sha256)
        return place

    def intact(self, sha256: str) -> bool:
        """Whether a file lies there and its bytes have the hash of its name."""
        try:
            with self.path(sha256).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except (NotFoundError, OSError):
            return False

    def sweep(self) -> None:
        """Remove what uploads that were cut short left behind. Only while nobody uploads."""
        for left in (self.folder / _INCOMING).glob("*"):
            left.unlink(missing_ok=True)

    def _place(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
