"""Letters as a search compares them."""

from __future__ import annotations

import polars as pl


def folded(words: pl.Series) -> pl.Series:
    """Words without regard to case: STRASSE is straße, and the sigma at the end of a word is one.

    Both steps are those of Unicode (chapter 3.13, default case conversion), which work on whole columns. They
    leave the capital ẞ, which is none of ß there, a letter of its own.
    """
    plain = words.str.replace_all("ẞ", "ß", literal=True)
    return plain.str.to_uppercase().str.to_lowercase().str.replace_all("ς", "σ", literal=True)


def folded_text(text: str) -> str:
    """The same of one text, without blanks around it."""
    return str(folded(pl.Series([text.strip()]))[0])
