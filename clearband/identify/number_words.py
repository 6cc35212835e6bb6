"""Texts that differ only in numbers: to a search for names they are one.

"ISR4239H48, rack 12" and "ISR4101B07, rack 40" name the same makers in the same phrases, for no name and no
phrase of the register has such words in it. A list of a million devices has a text for each, and a few
thousand once such words are made alike.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import polars as pl

from clearband.identify.folding import fold_words
from clearband.identify.long_texts import LONGEST
from clearband.identify.name_index import name_index
from clearband.identify.traps import trap_phrases
from clearband.identify.words import PLACEHOLDERS
from clearband.register import Register

ALIKE: Final = "7q7"
"""Stands for a word with a digit that nothing asks for."""
_WORD: Final = r"[A-Za-z0-9]+[0-9][A-Za-z0-9]*|[0-9][A-Za-z0-9]+"
"""A word of two signs or more with a digit: one digit alone is a placeholder."""
_FOLDED_OTHERWISE: Final = r"[^\x00-\x7f]|'|[A-Za-z]\.[A-Za-z]\."
"""Other scripts, apostrophes and dotted abbreviations: where folding may join what is apart."""


def with_numbers_alike(texts: pl.Series, register: Register) -> pl.Series:
    """The texts with `ALIKE` for each word with a digit, where no name, phrase or placeholder has the word.

    `clearband.identify.spotting.spot_names`, `clearband.identify.stated_names.is_doubtful` and
    `clearband.identify.name_forms.is_placeholder` find the same in what is given as in the head of the text:
    words stay in their places, a name that is written apart has letters only, and so have words of doubt.

    Args:
        texts: Strings without nulls, shape (n,).
    """
    text = pl.col("text").str.slice(0, LONGEST)
    kept = text.str.contains(_FOLDED_OTHERWISE) | text.str.contains(_asked_for(register))
    alike = pl.when(kept).then(text).otherwise(text.str.replace_all(_WORD, ALIKE))
    return texts.alias("text").to_frame().select(alike.alias("text")).to_series()


@lru_cache(maxsize=4)
def _asked_for(register: Register) -> str:
    """A pattern of the words with a digit that something asks for."""
    names = {word for name in name_index(register).in_texts for word in name}
    placeholders = {word for one in PLACEHOLDERS for word in fold_words(one)}
    asked = sorted(
        word
        for word in names | trap_phrases(register).words | placeholders
        if len(word) > 1 and word.isascii() and any(sign.isdigit() for sign in word)
    )
    assert ALIKE not in asked
    return rf"(?i)(?:^|[^a-z0-9])(?:{'|'.join(asked)})(?:[^a-z0-9]|$)"
