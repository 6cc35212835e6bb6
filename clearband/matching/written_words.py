"""Names as the words that a person reads, each with the word that it is kept as and its class."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl

from clearband.matching.lexicon import FUNCTION, LEGAL, kept_words, lexicon
from clearband.matching.text import Bytes, Offsets, buffers, latin
from clearband.matching.tokens import folded, hashed, split

_ARTICLE = "the"
"""Stands with the legal forms in the lexicon, since it tells as little; a person reads it as a word."""


class Written(NamedTuple):
    """A word of a name, or a phrase that is kept as one word.

    Attributes:
        text: As written, in small Latin letters: ``co ltd``, ``technologies``.
        kept: What it is kept as: ``limited``, ``technology``.
        sound: The same as it sounds and looks (`clearband.matching.tokens.folded`).
        legal: It is a legal form.
        function: It is a word such as "of".
    """

    text: str
    kept: str
    sound: str
    legal: bool
    function: bool


def written_words(names: pl.Series) -> list[tuple[Written, ...]]:
    """Take names apart. Shape (n,) in and out."""
    signs, ends, first = split(*buffers(latin(names)))
    texts = _texts(signs, ends)
    numbers = hashed(*folded(signs, ends))
    kept_signs, kept_ends, heads, spans = kept_words(signs, ends, first, numbers, lexicon().phrases)
    folds, fold_ends = folded(kept_signs, kept_ends)
    classes = lexicon().classes(hashed(folds, fold_ends))
    kept, sounds = _texts(kept_signs, kept_ends), _texts(folds, fold_ends)
    starts = np.concatenate(([0], np.cumsum(spans))).tolist()
    words = [
        Written(
            " ".join(texts[starts[at] : starts[at + 1]]),
            kept[at],
            sounds[at],
            bits & (LEGAL | FUNCTION) == LEGAL and kept[at] != _ARTICLE,
            bool(bits & FUNCTION) or kept[at] == _ARTICLE,
        )
        for at, bits in enumerate(classes.tolist())
    ]
    edges = heads.tolist()
    return [tuple(words[edges[at] : edges[at + 1]]) for at in range(len(names))]


def _texts(signs: Bytes, ends: Offsets) -> list[str]:
    text, edges = signs.tobytes().decode("ascii"), ends.tolist()
    return [text[edges[at] : edges[at + 1]] for at in range(len(edges) - 1)]
