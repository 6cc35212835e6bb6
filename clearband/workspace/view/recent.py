"""What was worked out lately, kept for those who ask the same; bounded in bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final, Generic, TypeVar

Value = TypeVar("Value")

_AROUND: Final = 1_000
"""Bytes of the objects around a value, about."""
_OF_LETTER: Final = 2
"""Bytes of a key for each letter that it is written with, about."""


class Recent(Generic[Value]):
    """Values by key, the longest unused of which go first.

    Args:
        most: Bytes in all; a single value may have more.
        size: Bytes of a value, without its key.
    """

    def __init__(self, most: int, size: Callable[[Value], int]) -> None:
        self._most, self._size = most, size
        self._values: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._held = 0
        self._lock = threading.Lock()

    @property
    def held(self) -> int:
        """Bytes of all values that are held, with their keys."""
        return self._held

    def __len__(self) -> int:
        return len(self._values)

    def forget(self, key: Hashable) -> None:
        """Let the value of a key go, if it is held."""
        with self._lock:
            if key in self._values:
                self._held -= self._values.pop(key)[1]

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of a key, made where it is not held. Two who ask at once may both make it."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key][0]
        value = make()
        size = self._size(value) + _AROUND + _OF_LETTER * len(repr(key))
        with self._lock:
            if key in self._values:
                self._held -= self._values.pop(key)[1]
            self._values[key] = (value, size)
            self._held += size
            while self._held > self._most and len(self._values) > 1:
                self._held -= self._values.popitem(last=False)[1][1]
        return value
