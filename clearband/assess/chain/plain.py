"""Numbers and names as they are compared: letters and digits of any script, without capitals and signs."""

from __future__ import annotations

from functools import lru_cache

import polars as pl


def plain(text: pl.Expr) -> pl.Expr:
    """The letters and digits of a text, in small letters; empty is null."""
    signs = text.str.normalize("NFKC").str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", "")
    return pl.when(signs != "").then(signs)


@lru_cache(maxsize=65536)
def plain_text(text: str) -> str | None:
    """The same of one text."""
    found: str | None = pl.select(plain(pl.lit(text))).item()
    return found
