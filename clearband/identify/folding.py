"""Fold a name to comparable words: case, punctuation, accents and dotted abbreviations do not count."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_ASCII = "".join(sign.lower() if sign.isalnum() else " " for sign in map(chr, range(128)))
"""What each ASCII sign is folded to."""
_DOTTED = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?")
"""``Z.T.E.``, ``S.A.``, ``d.o.o.``: single letters with full stops are one word."""
_TWINS: Final = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеоресухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορυɑ", "ABESIJKMHOPCTYXaeopecyxijsABEZHIKMNOPTYXavopua"
)
"""Cyrillic and Greek letters that look like Latin ones, and those."""
_MIXED: Final = re.compile(r"\b(?=\w*[A-Za-z])(?=\w*[Ͱ-ӿɑ])\w+")
"""A word of Latin letters with Greek or Cyrillic ones among them."""
_CJK = re.compile(r"[㐀-䶿一-鿿豈-﫿]+")


def has_cjk(text: str) -> bool:
    """Whether the text holds Chinese characters (which mark no word boundaries)."""
    return not text.isascii() and _CJK.search(text) is not None


def fold_words(text: str) -> tuple[str, ...]:
    """The words of a text, in order, folded for comparison.

    Letters of every script are kept; Latin letters lose their accents; a run of Chinese characters is one
    word, apart from Latin letters and digits beside it.
    """
    text = text.replace("’", "").replace("'", "")
    if text.count(".") > 1:
        text = _DOTTED.sub(lambda run: run.group().replace(".", ""), text)
    if text.isascii():
        return tuple(text.translate(_ASCII).split())
    text = _MIXED.sub(_as_it_looks, unicodedata.normalize("NFKC", text)).casefold()
    return tuple(_CJK.sub(lambda run: f" {run.group()} ", "".join(map(_fold_sign, text))).split())


def _as_it_looks(word: re.Match[str]) -> str:
    """A word of two alphabets in Latin letters, when each of the others looks like one: ``Ηikvisiоn``."""
    latin = word.group().translate(_TWINS)
    return latin if latin.isascii() else word.group()


@lru_cache(maxsize=4096)
def _fold_sign(sign: str) -> str:
    category = unicodedata.category(sign)
    if category[0] == "M" or category == "Lm":  # vowel signs (Hindi), the long-vowel mark (Japanese)
        return sign
    if not sign.isalnum():
        return " "
    if sign < "ɐ":
        plain = unicodedata.normalize("NFKD", sign)
        return "".join(part for part in plain if not unicodedata.combining(part))
    return sign


def join_letters(words: tuple[str, ...]) -> tuple[str, ...]:
    """Join runs of single letters: ``z t e`` is ``zte``."""
    if 1 not in map(len, words):
        return words
    joined: list[str] = []
    run = ""
    for word in (*words, ""):
        if len(word) == 1 and word.isalpha() and not has_cjk(word):
            run += word
            continue
        if run:
            joined.append(run)
            run = ""
        if word:
            joined.append(word)
    return tuple(joined)


def romanise(text: str) -> str:
    """The text in Latin letters (华为 becomes HuaWei), by the anyascii tables."""
    from anyascii import anyascii

    return str(anyascii(text))


def slug(words: tuple[str, ...]) -> str:
    """Kebab-case id of a name: ``("rohde", "schwarz")`` is ``rohde-schwarz``."""
    text = "-".join(words)
    if not text.isascii():
        text = "-".join(fold_words(romanise(" ".join(words))))
    return text
