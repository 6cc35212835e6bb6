"""Columns of words as numbers: small integers beside the distinct words, in the order they sort in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl

Codes = npt.NDArray[Any]
GAP: Final = 0
"""The code of what is absent; words count from 1."""


@dataclass(frozen=True)
class Coded:
    """A column.

    Attributes:
        codes: One a row, unsigned, of the least width that holds them.
        words: What each code from 1 on stands for, in the order they sort in.
    """

    codes: Codes
    words: pl.Series

    def code_of(self, word: str) -> int:
        """The code of a word; -1 where no row has it."""
        place = self.words.search_sorted(word) if self.words.is_sorted() else -1
        if place >= 0:
            found = place < len(self.words) and self.words[place] == word
            return int(place) + 1 if found else -1
        places = (self.words == word).arg_true()
        return int(places[0]) + 1 if len(places) else -1

    def word(self, code: int) -> str | None:
        """What a code stands for."""
        return None if code == GAP else str(self.words[code - 1])


def coded(column: pl.Series, ranks: dict[str, int] | None = None) -> Coded:
    """Code a column of text.

    Args:
        column: Null is a gap.
        ranks: Order of the words; None is alphabetical without regard to case.
    """
    words = column.drop_nulls().unique()
    if ranks is None:
        keys = words.str.to_lowercase()
    else:
        keys = words.replace_strict(ranks, default=len(ranks), return_dtype=pl.Int64)
    words = pl.DataFrame({"word": words, "key": keys}).sort("key", "word")["word"]
    kind = pl.Enum(words)
    codes = column.cast(kind).to_physical().cast(pl.UInt32) + 1
    return Coded(narrowed(codes.fill_null(GAP).to_numpy(), len(words)), words)


def narrowed(numbers: Codes, largest: int) -> Codes:
    """Numbers in the narrowest unsigned type that holds the largest."""
    return numbers.astype(np.min_scalar_type(largest), copy=False)


def write_words(words: pl.Series, path: Path) -> None:
    """Store words so that they can be mapped."""
    pl.DataFrame({"word": words.cast(pl.String)}).write_ipc(path, compression="uncompressed")


def read_words(path: Path) -> pl.Series:
    """Words that were stored; mapped, not read."""
    return pl.read_ipc(path)["word"]
