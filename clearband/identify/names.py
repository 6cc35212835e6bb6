"""Who is meant by a stated name, in any spelling and script."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from clearband.identify.folding import fold_words, has_cjk, romanise
from clearband.identify.long_texts import head
from clearband.identify.name_forms import DROPPED, core, is_placeholder, without_legal_form
from clearband.identify.name_index import KnownName, NameIndex, name_index
from clearband.identify.stated_names import GLUED_AT_LEAST, StatedNames, names_in
from clearband.identify.strangers import stranger_id
from clearband.identify.words import WORTH_TELLING
from clearband.register import Lookalike, Register

NameKind = Literal[
    "exact", "alias", "token", "fuzzy", "script", "homophone", "several", "inside", "lookalike", "unknown"
]

_SCORES: dict[NameKind, float] = {
    "exact": 1.0,
    "alias": 0.98,
    "token": 0.93,
    "script": 0.9,
    "fuzzy": 0.85,
    "inside": 0.6,
    "several": 0.5,
    "homophone": 0.3,
    "lookalike": 0.0,
    "unknown": 0.0,
}


_BT = "bt"
"""A carrier's whole name, and elsewhere a Hungarian legal form."""


@dataclass(frozen=True, slots=True)
class NameMatch:
    """What a stated name means.

    Attributes:
        maker: Register id, or a slug of the name when the register does not know it.
        known: Whether it is in the register.
        score: Likeness in [0, 1]; 0 for an unknown name.
        kind: ``exact``; an ``alias``; with ``token`` words around; ``fuzzy`` (misspelt); ``script``
            (transliterated); ``homophone`` (Chinese characters that only sound alike); one of ``several``
            makers named; ``inside`` other words; ``lookalike`` (resembles one of ours and is somebody else);
            ``unknown``.
        name: The register's name that matched, the look-alike's, or the text as stated.
        ambiguous: Others are called so too.
        abbreviation: Short and shared: never enough alone.
        alias_kind: Kind of the register's entry.
        others: Further organisations that bear exactly this name, or that the text names beside this one.
        words: The folded words of the register's name.
        until: Last date on which the name was the organisation's, as exact as known.
        source: Source of the name.
        note: What a reader should know, if anything.
    """

    maker: str
    known: bool
    score: float
    kind: NameKind
    name: str
    ambiguous: bool = False
    abbreviation: bool = False
    alias_kind: str = ""
    others: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    until: str | None = None
    source: str = ""
    note: str = ""

    @property
    def org_id(self) -> str | None:
        """Register id; None for a name that the register does not know."""
        return self.maker if self.known else None


def resolve_name(text: str | None, register: Register) -> NameMatch | None:
    """Who is meant by a stated name.

    Args:
        text: A maker's name as people write it, in any script.
        register: The organisations.

    Returns:
        None for a placeholder or a text without letters; a match with ``known`` False for a name that the
        register does not know.
    """
    match = resolve_one_name(text, register)
    if match is None or match.kind in ("exact", "alias", "lookalike"):
        return match
    named = names_in(text or "", register)
    makers = [one.maker for one in named.named]
    if len(makers) > 1 or (match.known and makers and makers != [match.maker]):
        return _several(named, register)
    if match.kind == "unknown" and makers:
        return replace(match, note=f"names {named.named[0].name} among words that are not understood")
    return match


def resolve_one_name(text: str | None, register: Register) -> NameMatch | None:
    """`resolve_name` for a text that is taken as one name."""
    if text is None:
        return None
    text = head(text)
    words = fold_words(text)
    index = name_index(register)
    silent = is_placeholder(words) and not (words == (_BT,) and _BT in index.by_key)
    if silent or not any(sign.isalpha() for word in words for sign in word):
        return None
    return (
        _lookalike_in_full(words, index, register)
        or _stated_plainly(words, index)
        or _lookalike(words, index, register)
        or _with_words_around(words, index)
        or _glued(words, index)
        or _misspelt(words, index)
        or _in_another_script(text, index)
        or _inside(words, register)
        or _unknown(text, words, register)
    )


def _several(named: StatedNames, register: Register) -> NameMatch:
    """Several makers: the first meant is one that a list may forbid, so that no reader misses it."""
    ordered = sorted(
        named.named, key=lambda one: register.organisations[one.maker].group not in WORTH_TELLING
    )
    first = ordered[0]
    return NameMatch(
        maker=first.maker,
        known=True,
        score=_SCORES["several"],
        kind="several",
        name=first.name,
        others=tuple(one.maker for one in ordered[1:]),
        source=first.source,
        note=f"the text names several makers: {', '.join(one.name for one in named.named)}",
    )


def resolve_names(texts: Iterable[str | None], register: Register) -> dict[str, NameMatch | None]:
    """`resolve_name` for many texts; each distinct one is resolved once."""
    return {text: resolve_name(text, register) for text in dict.fromkeys(texts) if text is not None}


def _match(name: KnownName, kind: NameKind) -> NameMatch:
    entry = name.entry
    note = f"the name was the organisation's until {entry.until}" if entry.until else ""
    if entry.ambiguous:
        note = "other organisations are called so too"
    return NameMatch(
        maker=entry.org_id,
        known=True,
        score=_SCORES[kind],
        kind=kind,
        name=entry.text,
        ambiguous=entry.ambiguous,
        abbreviation=name.is_abbreviation,
        alias_kind=entry.kind,
        others=name.others,
        words=name.words,
        until=entry.until,
        source=entry.source or "",
        note=note,
    )


def _stated_plainly(words: tuple[str, ...], index: NameIndex) -> NameMatch | None:
    for form in (words, without_legal_form(words)):
        name = index.by_key.get("".join(form))
        if name is not None:
            plain = name.entry.kind in ("name", "legal", "registrant", "listed")
            match = _match(name, "exact" if plain else "alias")
            shared = name.is_product_brand and index.registered.has("".join(form))
            return replace(match, abbreviation=True) if shared else match
    return None


def _lookalike_in_full(words: tuple[str, ...], index: NameIndex, register: Register) -> NameMatch | None:
    lookalike = index.lookalikes_in_full.get("".join(words))
    return _somebody_else(words, words, lookalike, register) if lookalike is not None else None


def _lookalike(words: tuple[str, ...], index: NameIndex, register: Register) -> NameMatch | None:
    short, kernel = without_legal_form(words), core(words)
    for form in (short, kernel):
        lookalike = index.lookalikes.get("".join(form))
        # The words of trade and place around it may be the name of one of ours: China Telecom.
        if lookalike is not None and (form == short or not _names_one(words, register)):
            return _somebody_else(words, short, lookalike, register)
    return None


def _somebody_else(
    words: tuple[str, ...], short: tuple[str, ...], lookalike: Lookalike, register: Register
) -> NameMatch:
    return NameMatch(
        maker=stranger_id(short, register),
        known=False,
        score=0.0,
        kind="lookalike",
        name=lookalike.name,
        words=words,
        source=lookalike.source,
        note=f"resembles {', '.join(lookalike.resembles)}: {lookalike.why_different}",
    )


def _with_words_around(words: tuple[str, ...], index: NameIndex) -> NameMatch | None:
    """The name is all that is left without words of trade and place."""
    name = index.by_key.get("".join(core(words)))
    if name is None or (name.is_product_brand and name.is_ordinary):
        return None  # Blade Network Technologies is a company, and not the one that had phones called so
    return _match(name, "token")


def _glued(words: tuple[str, ...], index: NameIndex) -> NameMatch | None:
    """The name is written together with a word of trade, place or legal form: Huaweitech, CiscoSystems."""
    key = "".join(core(words))
    for end in range(len(key) - 3, GLUED_AT_LEAST - 1, -1):
        name = index.by_key.get(key[:end])
        if name is not None and key[end:] in DROPPED and not (name.is_ordinary or name.is_abbreviation):
            return _match(name, "token")
    return None


def _misspelt(words: tuple[str, ...], index: NameIndex) -> NameMatch | None:
    for form in (without_legal_form(words), core(words)):
        key = "".join(form)
        if not key.isascii() or not key.isalpha():
            continue
        nearest = index.misspellings.nearest(key)
        known = [index.by_key[near] for near in nearest if near in index.by_key]
        if len(known) != 1 or len(nearest) != 1 or index.registered.has(key):
            continue
        return _match(known[0], "fuzzy")
    return None


def _in_another_script(text: str, index: NameIndex) -> NameMatch | None:
    words = fold_words(text)
    if text.isascii() or all(word.isascii() for word in words):
        return None
    short = core(words)
    if any(has_cjk(word) for word in short):
        return _sounds_like("".join(fold_words(romanise("".join(short)))), index)
    romanised = fold_words(romanise(" ".join(words)))
    for form in (without_legal_form(romanised), core(romanised)):
        name = index.by_key.get("".join(form)) or index.romanised.get("".join(form))
        if name is not None:
            return _match(name, "script")
    misspelt = _misspelt(romanised, index)
    return replace(misspelt, kind="script", score=_SCORES["script"]) if misspelt is not None else None


def _sounds_like(key: str, index: NameIndex) -> NameMatch | None:
    """Chinese characters that sound like a name may be anybody's: 达华 is not 大华."""
    name = index.by_key.get(key)
    return _match(name, "homophone") if name is not None and len(key) > 3 else None


def _names_one(words: tuple[str, ...], register: Register) -> bool:
    """Whether a name of the register stands anywhere among the words."""
    from clearband.identify.spotting import spot_words

    return any(not spot.name.is_product_brand for spot in spot_words(words, register))


def _inside(words: tuple[str, ...], register: Register) -> NameMatch | None:
    """The name stands among words that are not understood, in no phrase that denies it."""
    from clearband.identify.spotting import spot_words

    spots = [spot for spot in spot_words(words, register) if not spot.trap and not spot.name.is_product_brand]
    makers = {spot.name.entry.org_id for spot in spots}
    if len(makers) != 1 or spots[0].name.entry.ambiguous or spots[0].start:
        return None
    return _match(spots[0].name, "inside")


def _unknown(text: str, words: tuple[str, ...], register: Register) -> NameMatch:
    return NameMatch(
        maker=stranger_id(words, register), known=False, score=0.0, kind="unknown", name=text.strip()
    )
