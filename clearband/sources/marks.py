"""Where the signs of a text table are that tell its cells and lines apart."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

_PIECE: Final = 1 << 18
"""Bytes compared at once: what is found of them stays in the processor's cache."""


Places = tuple[NDArray[np.int64], NDArray[np.int64]]


class Marks:
    """A text table as bytes, and where its quotation marks and line breaks are."""

    def __init__(self, utf8: bytes, known: Places | None = None, regular: str | None = None) -> None:
        """Nothing looked for yet.

        Args:
            known: Places of the quotation marks and of the line feeds, where they are known.
            regular: A separator beside which the quotation marks are known to be regular.
        """
        self.utf8 = utf8
        self._regular = regular
        if known is not None:
            self.quotes, self.breaks = known

    @cached_property
    def data(self) -> NDArray[np.uint8]:
        """The bytes as numbers, shape (n,)."""
        return np.frombuffer(self.utf8, dtype=np.uint8)

    @cached_property
    def quotes(self) -> NDArray[np.int64]:
        """Places of the quotation marks."""
        return _places(self.data, '"') if b'"' in self.utf8 else np.empty(0, dtype=np.int64)

    @cached_property
    def breaks(self) -> NDArray[np.int64]:
        """Places of the line feeds."""
        return _places(self.data, "\n")

    def quotes_are_regular(self, separator: str) -> bool:
        """Whether every quote opens, closes or doubles as RFC 4180 says."""
        return self._regular == separator or quotes_are_regular(self.data, self.quotes, separator)

    def line_ends_are_uniform(self) -> bool:
        """Whether each carriage return stands before a line feed."""
        if b"\r" not in self.utf8:
            return True
        breaks = self.breaks[int(self.data[0] == ord("\n")) :]
        before = self.data[breaks - 1] == ord("\r")
        return _number_of(self.data, "\r") == np.count_nonzero(before)

    def counts_before(self, sign: str, *places: NDArray[np.int64]) -> list[NDArray[np.int64]]:
        """How often a sign stands before each of some places.

        Args:
            sign: An ASCII character.
            places: Offsets in bytes up to the text's length, each of shape (k,).
        """
        words, counts = _counted(self.data, sign)
        found = []
        for offsets in places:
            word, bit = offsets >> 6, (offsets & 63).astype(np.uint64)
            below = words[word] & ((np.uint64(1) << bit) - np.uint64(1))
            found.append(counts[word] + np.bitwise_count(below))
        return found


def quotes_are_regular(data: NDArray[np.uint8], quotes: NDArray[np.int64], separator: str) -> bool:
    """Whether every quote opens, closes or doubles as RFC 4180 says.

    Args:
        data: A text as bytes.
        quotes: Places of all quotes of the text, or of those before the end of one of its lines.
    """
    if not len(quotes):
        return True
    if len(quotes) % 2:
        return False
    edges = np.zeros(256, dtype=np.bool_)
    edges[[ord(separator) & 0xFF, 0x0A, 0x0D]] = True
    opened, closed = quotes[::2], quotes[1::2]
    doubled = opened[1:] - closed[:-1] == 1
    opens = edges[data[np.maximum(opened - 1, 0)]] | (opened == 0)
    opens[1:] |= doubled
    closes = edges[data[np.minimum(closed + 1, len(data) - 1)]] | (closed == len(data) - 1)
    closes[:-1] |= doubled
    return bool(opens.all() and closes.all())


def _places(data: NDArray[np.uint8], sign: str) -> NDArray[np.int64]:
    """Where an ASCII character stands."""
    found = []
    for at, here in _pieces(data, sign):
        places = here.nonzero()[0]
        places += at
        found.append(places)
    return np.concatenate(found) if found else np.empty(0, dtype=np.int64)


def _number_of(data: NDArray[np.uint8], sign: str) -> int:
    """How often an ASCII character stands there."""
    return sum(int(np.count_nonzero(here)) for _, here in _pieces(data, sign))


def _pieces(data: NDArray[np.uint8], sign: str) -> Iterator[tuple[int, NDArray[np.bool_]]]:
    """Where a piece begins, and whether each of its bytes is a sign; the next piece takes its place."""
    memory = np.empty(min(_PIECE, len(data)), dtype=np.bool_)
    for at in range(0, len(data), _PIECE):
        piece = data[at : at + _PIECE]
        yield at, np.equal(piece, ord(sign), out=memory[: len(piece)])


def _counted(data: NDArray[np.uint8], sign: str) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """A bit for each byte that is the sign, in words of 64, and how many bits are set before each word."""
    bits = np.zeros(8 * (len(data) // 64 + 1), dtype=np.uint8)
    for at, here in _pieces(data, sign):
        packed = np.packbits(here, bitorder="little")
        bits[at // 8 : at // 8 + len(packed)] = packed
    words = bits.view("<u8")
    counts = np.zeros(len(words), dtype=np.int64)
    np.cumsum(np.bitwise_count(words[:-1]), out=counts[1:])
    return words, counts
