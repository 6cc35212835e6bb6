"""Where the signs of a text table are that tell its cells and lines apart."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from clearband.sources.sign_bits import PIECE, Offsets, Words, behind, words_of


class Marks:
    """A text table as bytes, and where its quotation marks, line ends and separators are."""

    def __init__(self, utf8: bytes, quotes: Offsets | None = None, regular: str | None = None) -> None:
        """Nothing looked for yet.

        Args:
            quotes: Places of the quotation marks, where they are known.
            regular: A separator beside which the quotation marks are known to be regular.
        """
        self.utf8 = utf8
        self._regular = regular
        self._words: dict[str, Words] = {}
        if quotes is not None:
            self.quotes = quotes

    @cached_property
    def data(self) -> NDArray[np.uint8]:
        """The bytes as numbers, shape (n,)."""
        return np.frombuffer(self.utf8, dtype=np.uint8)

    @cached_property
    def quotes(self) -> Offsets:
        """Places of the quotation marks."""
        return _places(self.data, '"') if b'"' in self.utf8 else np.empty(0, dtype=np.int64)

    def bits(self, signs: str) -> list[Words]:
        """Where some ASCII characters stand (`clearband.sources.sign_bits`)."""
        new = "".join(sign for sign in signs if sign not in self._words)
        if new:
            self._words |= words_of(self.data, new)
        return [self._words[sign] for sign in signs]

    def quotes_are_regular(self, separator: str) -> bool:
        """Whether every quote opens, closes or doubles as RFC 4180 says."""
        return self._regular == separator or quotes_are_regular(self.data, self.quotes, separator)

    def line_ends_are_uniform(self) -> bool:
        """Whether each carriage return stands before a line feed."""
        if b"\r" not in self.utf8:
            return True
        returns, breaks = self.bits("\r\n")
        return not (behind(returns) & ~breaks).any()


def quotes_are_regular(data: NDArray[np.uint8], quotes: Offsets, separator: str) -> bool:
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


def _places(data: NDArray[np.uint8], sign: str) -> Offsets:
    """Where an ASCII character stands."""
    found = []
    memory = np.empty(min(PIECE, len(data)), dtype=np.bool_)
    for at in range(0, len(data), PIECE):
        piece = data[at : at + PIECE]
        places = np.equal(piece, ord(sign), out=memory[: len(piece)]).nonzero()[0]
        places += at
        found.append(places)
    return np.concatenate(found) if found else np.empty(0, dtype=np.int64)
