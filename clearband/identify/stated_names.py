"""All makers that one stated text names: "Huawei/Ericsson", "ZTE or Nokia?", "Nokia (ex Huawei)".

A stated maker is read as one name first. What cannot be read so may hold several names, names that a phrase
denies, and signs of doubt; reading it as the name of an unknown company would miss them without a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from clearband.identify.folding import fold_words, has_cjk
from clearband.identify.long_texts import MOST_PARTS, head
from clearband.identify.name_forms import core, is_placeholder
from clearband.identify.name_index import name_index
from clearband.identify.spotting import Spot, spot_names
from clearband.identify.traps import trap_phrases
from clearband.identify.words import COMMENTS, EQUIPMENT_WORDS, LEGAL_FORMS, PLACEHOLDERS
from clearband.register import Register

_SEPARATOR: Final = re.compile(
    r"[/\\|;,+()\[\]{}\n、，；／｜（）・]|&(?!t\b)|\s-\s|\b(?:and|or|und|oder|et|ou|y|vs)\b|(?<=\w)\s+(?:и|или)\s+(?=\w)",
    re.IGNORECASE,
)
_ALTERNATIVE: Final = re.compile(r"[/\\|／｜]|\b(?:or|oder|ou|или)\b", re.IGNORECASE)
"""Signs that the parts beside them are two makers rather than one maker and a remark."""
_DOUBT: Final = re.compile(
    r"[?？]|疑似|可能|\b(?:or|oder|ou|или|maybe|may be|might be|prob|probably|possibly|perhaps|presumably"
    r"|poss|likely|unsure|uncertain|unconfirmed|unverified|suspected|supposedly|assumed|guess|guessed|tbc"
    r"|to be confirmed|evtl|eventuell|vermutlich|vielleicht|wahrscheinlich|peut[ -]être|quiz[aá]s?|talvez"
    r"|forse|возможно|вероятно)\b",
    re.IGNORECASE,
)

GLUED_AT_LEAST: Final = 5
"""Letters of a name that is recognised at the start of a longer word."""
_CAMEL: Final = re.compile(r"(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z])")

_WORD: Final = re.compile(r"\w+")
_DOUBT_OPENINGS: Final = frozenset(
    word for branch in _DOUBT.pattern.partition("(?:")[2].split("|") for word in _WORD.findall(branch)[:1]
) | {"quiza", "quizas", "quizá", "quizás"}
"""The first words of all phrases of doubt."""


@dataclass(frozen=True, slots=True)
class NamedMaker:
    """A maker that a text names.

    Attributes:
        weak: The name is a short shared abbreviation or a misspelling.
    """

    maker: str
    name: str
    source: str
    weak: bool = False


@dataclass(frozen=True, slots=True)
class StatedNames:
    """What a stated text names.

    Attributes:
        named: Makers of the register, each once, in the order of the text.
        denied: Makers that the text names in a phrase that denies them, with the phrase's meaning.
        rest: The first part of the text that names nobody we know, where the text has several parts.
        alternatives: Whether a sign of choice ("/", "or") stands between the parts.
        understood: Whether all words beside the names are words of doubt, comments, or of phrases that deny a
            name, so that nothing makes another company of it: "formerly Huawei, now Nokia", "made by ZTE".
        cut: Whether the text has more parts than are read one by one.
    """

    named: tuple[NamedMaker, ...] = ()
    denied: tuple[tuple[str, str], ...] = ()
    rest: str | None = None
    alternatives: bool = False
    understood: bool = False
    cut: bool = False


def is_doubtful(text: str) -> bool:
    """Whether who wrote the text was not sure: "ZTE?", "maybe Dahua", "Huawei (tbc)"."""
    folded = head(text).casefold()
    if _DOUBT_OPENINGS.isdisjoint(_WORD.findall(folded)) and not any(sign in folded for sign in "?？疑可"):
        return False  # most texts; the full pattern costs ten times as much
    return _DOUBT.search(folded) is not None


@lru_cache(maxsize=4096)
def names_in(text: str, register: Register) -> StatedNames:
    """All makers of the register that a stated text names.

    Names are looked for at word boundaries in the whole text, and each part between separators is read as a
    stated name, so that misspelt, transliterated and abbreviated ones are found too.
    """
    text = head(text)
    whole = fold_words(text)
    spots = spot_names(text, register)
    denied = {spot.name.entry.org_id: spot.trap for spot in spots if spot.trap}
    found: dict[str, NamedMaker] = {
        spot.name.entry.org_id: _spotted(spot)
        for spot in spots
        if not spot.trap and not spot.name.is_product_brand
    }
    parts = [part.strip(" .:-?") for part in _SEPARATOR.split(text)]
    rest = None
    read: set[str] = set()
    looked_at = list(dict.fromkeys(parts if len(parts) > 1 else _foreign_words(text)))
    for part in looked_at[:MOST_PARTS]:
        words = fold_words(_DOUBT.sub(" ", part))
        if not words or is_placeholder(words) or not core(words) or set(words) <= EQUIPMENT_WORDS:
            continue
        inside = spot_names(part, register)
        named = _read(" ".join(words), register) if not inside else None
        if named is not None and not _is_denied(words, whole, register):
            found.setdefault(named.maker, named)
            read.update(words)
        elif named is None and not inside:
            rest = rest or part
    for maker in found:
        denied.pop(maker, None)
    return StatedNames(
        tuple(found.values()),
        tuple(denied.items()),
        rest if len(parts) > 1 else None,
        _ALTERNATIVE.search(text) is not None,
        _is_understood(text, frozenset(read), register),
        len(looked_at) > MOST_PARTS,
    )


def _is_understood(text: str, read: frozenset[str], register: Register) -> bool:
    """Whether no word is left beside names, the words of parts read as names, and words that only comment."""
    words = fold_words(_DOUBT.sub(" ", text))
    named = {at for spot in spot_names(" ".join(words), register) for at in range(spot.start, spot.end)}
    plain = trap_phrases(register).words | COMMENTS | LEGAL_FORMS | PLACEHOLDERS | read
    return all(at in named or word in plain or word.isdigit() for at, word in enumerate(words))


def hidden_names_in(text: str, register: Register) -> tuple[str, ...]:
    """Makers that a text may mean without naming them at word boundaries: worth a mention, no more.

    Names that are also ordinary words or abbreviations ("Panda Security"), and names at the start of a longer
    word ("ZTEWelink", "Huaweitech").
    """
    text = head(text)
    index = name_index(register)
    words = fold_words(text)
    found: dict[str, None] = {}
    for at, word in enumerate(words):
        for name in index.by_first_word.get(word, ()):
            matches = words[at : at + len(name.words)] == name.words and len("".join(name.words)) > 2
            if matches and (name.is_ordinary or name.is_abbreviation):
                found[name.entry.org_id] = None
        for end in range(GLUED_AT_LEAST, len(word)):
            glued = index.by_key.get(word[:end])
            if glued is not None and not glued.is_ordinary and not glued.is_abbreviation:
                found[glued.entry.org_id] = None
    for spot in spot_names(_CAMEL.sub(" ", text), register):
        if not spot.trap:
            found[spot.name.entry.org_id] = None
    return tuple(found)


def _spotted(spot: Spot) -> NamedMaker:
    return NamedMaker(spot.name.entry.org_id, spot.name.entry.text, spot.name.entry.source or "register")


def _read(text: str, register: Register) -> NamedMaker | None:
    from clearband.identify.names import resolve_one_name

    match = resolve_one_name(text, register)
    if match is None or not match.known or match.kind in ("homophone", "inside"):
        return None
    weak = match.abbreviation or match.kind == "fuzzy"
    return NamedMaker(match.maker, match.name, match.source or "register", weak)


def _foreign_words(text: str) -> list[str]:
    """The words of a text in another alphabet, each of which may be a name: Хуавей Нокиа."""
    words = fold_words(text)
    return [word for word in words if not word.isascii() and not has_cjk(word)] if len(words) > 1 else []


def _is_denied(words: tuple[str, ...], whole: tuple[str, ...], register: Register) -> bool:
    """Whether a phrase around a part denies it, for names that running text does not show."""
    places = [at for at in range(len(whole)) if whole[at : at + len(words)] == words]
    return any(trap_phrases(register).around(whole, at, at + len(words)) for at in places)
