"""Bytes of a file behind some that are not in it, held once, in memory that is used again and again."""

from __future__ import annotations

import io
import os
from typing import BinaryIO


class ReadBytes:
    """Grows and is cut without being copied, as long as nobody else holds its bytes."""

    def __init__(self, front: bytes) -> None:
        """Nothing read yet.

        Args:
            front: What stands before the bytes of the file.
        """
        self._buffer = io.BytesIO()
        self._buffer.write(front)
        self._front = len(front)

    def read(self, file: BinaryIO, begin: int, size: int) -> None:
        """Hold other bytes than before.

        Args:
            begin: Where they are in the file.
            size: How many they are, where the file has so many.
        """
        file.seek(begin)
        there = max(min(size, os.fstat(file.fileno()).st_size - begin), 0)
        short = self._front + there - len(self)
        if short > 0:
            self._buffer.seek(short - 1, os.SEEK_END)
            self._buffer.write(b"\0")
        with self._buffer.getbuffer() as view, view[self._front : self._front + there] as behind:
            found = file.readinto(behind) if there else 0  # type: ignore[attr-defined]
        self._buffer.truncate(self._front + found)

    def __len__(self) -> int:
        return self._buffer.getbuffer().nbytes

    def add(self, more: bytes) -> None:
        """Put bytes behind the others."""
        self._buffer.seek(0, os.SEEK_END)
        self._buffer.write(more)

    def all(self) -> bytes:
        """What stands in front, and all bytes."""
        return self._buffer.getvalue()

    def up_to(self, end: int) -> bytes:
        """Those before a place; the others are let go."""
        self._buffer.truncate(end)
        return self._buffer.getvalue()
