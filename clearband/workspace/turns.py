"""Work that takes long is done a few at a time; the next ones wait, and too many are turned away."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from clearband.workspace.errors import BusyError


class Turns:
    """Lets some in at a time.

    Args:
        at_once: How many.
        waiting: How many are in, or wait: each holds a thread that answers requests.
        what: What is under way, for those who are turned away.
    """

    def __init__(self, at_once: int, waiting: int, what: str) -> None:
        self._at_once = threading.BoundedSemaphore(at_once)
        self._waiting = threading.BoundedSemaphore(waiting)
        self._what = what

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn.

        Raises:
            BusyError: Too many wait.
        """
        with self.among_the_waiting(), self.at_once():
            yield

    @contextmanager
    def among_the_waiting(self) -> Iterator[None]:
        """Be one of those who are in, or wait.

        Raises:
            BusyError: Too many wait.
        """
        if not self._waiting.acquire(blocking=False):
            raise BusyError(self._what, remedy="try again in a minute")
        try:
            yield
        finally:
            self._waiting.release()

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Come in, one of those who wait."""
        with self._at_once:
            yield
