"""The forms of a model text under which its number is compared with the schemes of the register."""

from __future__ import annotations

import re

import polars as pl

_WORD = re.compile(r"[㐀-䶿一-鿿]+|[^\W_㐀-䶿一-鿿]+")
_EDGES = re.compile(r"^[^\w]+|[^\w+)]+$")
_GAPS = re.compile(r"[\s_]+")
_JOINTS = re.compile(r"[\s_-]+")
_LONGEST = 80
"""A longer text is no model number."""
_LOOKED_AT = 400
"""Characters whose edges are cleaned: the pattern takes quadratic time on a long run of signs."""


def without_first_words(text: str, count: int) -> str:
    """The text after its first ``count`` words, as `clearband.identify.folding.fold_words` counts them."""
    for number, word in enumerate(_WORD.finditer(text), start=1):
        if number == count:
            return text[word.end() :].strip(" -_:,;/")
    return text if not count else ""


def from_first_number(text: str) -> str:
    """The text from its first blank-separated part with a digit on."""
    parts = text.split()
    for at, part in enumerate(parts):
        if any(sign.isdigit() for sign in part):
            return " ".join(parts[at:])
    return ""


def number_forms(text: str) -> tuple[str, ...]:
    """The ways a model number is written: as it is, with hyphens, with blanks, and without gaps."""
    text = _EDGES.sub("", text.strip()[:_LOOKED_AT])[:_LONGEST]
    if not text:
        return ()
    parts = _JOINTS.split(text)
    forms = (text, _GAPS.sub("-", text), " ".join(parts), "".join(parts))
    return tuple(dict.fromkeys(forms))


def plain_forms(texts: pl.DataFrame) -> pl.DataFrame:
    """`number_forms` of whole texts and of them `from_first_number`, for texts of printable ASCII signs.

    Args:
        texts: Columns ``at`` and ``text``.

    Returns:
        Columns ``at`` and ``form``, each pair once.
    """
    text = pl.col("text")
    # A part is what stands between blanks; of one with a digit all before it has none.
    from_number = text.str.extract(r"^[^0-9]*? *([^ ]*[0-9].*)$").str.replace_all(" +", " ")
    candidates = pl.concat([texts, texts.select("at", from_number.str.strip_chars(" "))]).drop_nulls("text")
    edges = r"^[^\w]+|[^\w+)]+$"
    cut = text.str.strip_chars(" ").str.slice(0, _LOOKED_AT).str.replace_all(edges, "").str.slice(0, _LONGEST)
    whole = candidates.select("at", text=cut).filter(text != "").unique()
    written = (
        text,
        text.str.replace_all("[ _]+", "-"),
        *(text.str.replace_all("[ _-]+", to) for to in (" ", "")),
    )
    return pl.concat(whole.select("at", form=form) for form in written).unique()
