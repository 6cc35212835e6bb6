"""Bytes of a file behind some that are not in it, held once."""

from __future__ import annotations

import io
import os
from typing import BinaryIO


class ReadBytes:
    """Grows and is cut without being copied, as long as nobody else holds its bytes."""

    def __init__(self, front: bytes, file: BinaryIO, begin: int, size: int) -> None:
        """Read the first bytes.

        Args:
            front: What stands before them.
            begin: Where they are in the file.
            size: How many they are, where the file has so many.
        """
        self._buffer = io.BytesIO()
        self._buffer.write(front)
        file.seek(begin)
        there = min(size, os.fstat(file.fileno()).st_size - begin)
        if there > 0:
            self._buffer.seek(len(front) + there - 1)
            self._buffer.write(b"\0")
            with self._buffer.getbuffer() as view, view[len(front) :] as behind:
                found = file.readinto(behind)  # type: ignore[attr-defined]
            self._buffer.truncate(len(front) + found)

    def __len__(self) -> int:
        return self._buffer.getbuffer().nbytes

    def add(self, more: bytes) -> None:
        """Put bytes behind the others."""
        self._buffer.seek(0, os.SEEK_END)
        self._buffer.write(more)

    def all(self) -> bytes:
        """All of them."""
        return self._buffer.getvalue()

    def up_to(self, end: int) -> bytes:
        """Those before a place; the others are let go."""
        self._buffer.truncate(end)
        return self._buffer.getvalue()
