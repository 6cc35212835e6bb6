"""Where the signs of a text table are that tell its cells and lines apart."""

from __future__ import annotations

from functools import cached_property, reduce
from typing import Final

import numpy as np
from numpy.typing import NDArray

_PIECE: Final = 1 << 18
"""Bytes compared at once: what is found of them stays in the processor's cache."""


Places = tuple[NDArray[np.int64], NDArray[np.int64]]


class Marks:
    """A text table as bytes, and where its quotation marks and line breaks are."""

    def __init__(self, utf8: bytes, known: Places | None = None) -> None:
        """Nothing looked for yet.

        Args:
            known: Places of the quotation marks and of the line feeds, where they are known.
        """
        self.utf8 = utf8
        if known is not None:
            self.quotes, self.breaks = known

    @cached_property
    def data(self) -> NDArray[np.uint8]:
        """The bytes as numbers, shape (n,)."""
        return np.frombuffer(self.utf8, dtype=np.uint8)

    @cached_property
    def quotes(self) -> NDArray[np.int64]:
        """Places of the quotation marks."""
        return self._quotes_and_breaks[0] if b'"' in self.utf8 else np.empty(0, dtype=np.int64)

    @cached_property
    def breaks(self) -> NDArray[np.int64]:
        """Places of the line feeds."""
        return self._quotes_and_breaks[1]

    @cached_property
    def _quotes_and_breaks(self) -> Places:
        """Both, found in one pass: who asks for the one asks for the other, too."""
        found = _places(self.data, '"', "\n")
        are_quotes = self.data[found] == ord('"')
        return found[are_quotes], found[~are_quotes]

    def line_ends_are_uniform(self) -> bool:
        """Whether each carriage return stands before a line feed."""
        if b"\r" not in self.utf8:
            return True
        returns = _places(self.data, "\r")
        return bool(returns[-1] + 1 < len(self.data) and (self.data[returns + 1] == ord("\n")).all())

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


def _places(data: NDArray[np.uint8], *signs: str) -> NDArray[np.int64]:
    """Where any of some ASCII characters stands."""
    found = []
    for at in range(0, len(data), _PIECE):
        piece = data[at : at + _PIECE]
        here = reduce(np.bitwise_or, (piece == ord(sign) for sign in signs))
        found.append(np.flatnonzero(here) + at)
    return np.concatenate(found) if found else np.empty(0, dtype=np.int64)


def _counted(data: NDArray[np.uint8], sign: str) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """A bit for each byte that is the sign, in words of 64, and how many bits are set before each word."""
    bits = np.zeros(8 * (len(data) // 64 + 1), dtype=np.uint8)
    for at in range(0, len(data), _PIECE):
        packed = np.packbits(data[at : at + _PIECE] == ord(sign), bitorder="little")
        bits[at // 8 : at // 8 + len(packed)] = packed
    words = bits.view("<u8")
    counts = np.zeros(len(words), dtype=np.int64)
    np.cumsum(np.bitwise_count(words[:-1]), out=counts[1:])
    return words, counts
