"""The comparable forms of a name: without its legal form, and without words of trade and place."""

from __future__ import annotations

from clearband.identify.folding import fold_words, has_cjk, join_letters
from clearband.identify.words import (
    CHINESE_ENDINGS,
    CHINESE_PLACES,
    CHINESE_TRADES,
    LEGAL_FORMS,
    PLACEHOLDERS,
    PLACES,
    TRADES,
)

_LEADING_FORMS = frozenset(
    ("the", "ao", "ooo", "oao", "zao", "pao", "pt", "ао", "ооо", "оао", "зао", "пао", "тов", "тоо", "ип")
)
_NOTHING_STATED = frozenset("".join(fold_words(word)) for word in PLACEHOLDERS)
_ORIGIN = frozenset({"made", "in"})
DROPPED = LEGAL_FORMS | TRADES | PLACES


def without_legal_form(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without legal forms at the end (and a few at the start); never empty for a non-empty name."""
    words = join_letters(words)
    start, end = 0, len(words)
    while end - start > 1 and words[end - 1] in LEGAL_FORMS:
        end -= 1
    while end - start > 1 and words[start] in _LEADING_FORMS:
        start += 1
    kept = words[start:end]
    if kept and has_cjk(kept[-1]):
        kept = (*kept[:-1], _without_ending(kept[-1], CHINESE_ENDINGS))
    return kept


def core(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without legal forms, trades and places at both ends; empty when nothing else is left."""
    words = without_legal_form(words)
    start, end = 0, len(words)
    while end > start and words[end - 1] in DROPPED:
        end -= 1
    while end > start and words[start] in DROPPED:
        start += 1
    kept = words[start:end]
    if len(kept) == 1 and has_cjk(kept[0]):
        kept = (_without_start(_without_ending(kept[0], CHINESE_TRADES), CHINESE_PLACES),)
    return kept


def is_placeholder(words: tuple[str, ...]) -> bool:
    """Whether a stated maker states nothing: ``n/a``, ``Unknown``, ``?``, ``未知``, ``Made in China`` …"""
    if not words:
        return True
    if len("".join(words)) == 1:
        return True
    return "".join(words) in _NOTHING_STATED or all(
        word in _NOTHING_STATED or word in LEGAL_FORMS or word in PLACES or word in _ORIGIN for word in words
    )


def _without_ending(word: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            return _without_ending(word[: -len(ending)], endings)
    return word


def _without_start(word: str, starts: tuple[str, ...]) -> str:
    for start in starts:
        if word.startswith(start) and len(word) - len(start) >= 2:
            return word[len(start) :]
    return word
