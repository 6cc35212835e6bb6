"""Header words in many spellings and languages (``header_words.yaml``), and the field that each one means."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz, process

from clearband.facts import yaml_text
from clearband.model.equipment import EQUIPMENT_SCHEMA, EXTRA_PREFIX

VENDOR_MODEL: Final = "vendor_model"
"""A column that holds the maker and the model in one cell."""

IDENTITY: Final = "record_id"

REAL_MAKER: Final = "real_maker"
"""A column that names who made the hardware ("OEM"), whatever name is on the box."""

LABEL: Final = "label"
"""A column that is the brand where another names the real maker, and says nothing sure elsewhere."""

PLATFORM: Final = "platform"
"""The model in one tool's export, the operating system in another's."""

_DATA = yaml_text.load(Path(__file__).with_name("header_words.yaml"))


def _phrases(text: str) -> list[str]:
    return [phrase.strip() for phrase in text.split("|")]


_NOT_EQUIPMENT_IDS = frozenset(_DATA["not_equipment_ids"].split())
_FILLERS = frozenset(_DATA["fillers"].split())
KIND_WORDS = frozenset(_DATA["kinds"].split())
"""Words for kinds of equipment, in the normal form of :func:`normal_header`."""
_LITTLE = frozenset(_DATA["little"].split())
_NUMBER_WORDS = dict.fromkeys(("no", "nr", "num", "nbr", "numb", "numero", "nummer"), "number")
_OWN_NAMES = frozenset(EQUIPMENT_SCHEMA)
_NO_TEXT = frozenset({"source", "invalid", "ent_physical", "banners", "neighbors"})
"""Those of them that no column of text can be."""


def normal_header(text: str) -> str:
    """Lower case, no accents, words separated by one space; "#", "No.", "n°" and "Nr" are "number"."""
    if text.isascii():
        text = _JOINT.sub(" ", text).lower()
    else:
        text = _JOINT.sub(" ", unicodedata.normalize("NFKC", _NUMBER_SIGN.sub(" number ", text)))
        folded = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
        text = "".join(c for c in folded if not unicodedata.combining(c) or ord(c) > 0x3000)
        text = unicodedata.normalize("NFC", text).replace("№", " number ")
    words = _BETWEEN_WORDS.sub(" ", text.replace("#", " number ").replace("&", " and ")).split()
    return " ".join(_NUMBER_WORDS.get(word, _NR.sub("nummer", word)) for word in words)


_JOINT = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_NUMBER_SIGN = re.compile(r"\b[nN]\s?[°º]\s?")
_NR = re.compile(r"(?<=[a-z]{4})nr$")
""""Seriennr." is "Seriennummer"."""


_MIB_OBJECT = re.compile(
    r"(?:[a-z][\w-]*::|snmp[ _.-]+)?"
    r"(?:(?P<scalar>sys[a-z][a-z _]*)(?:\.0)?|(?P<entity>(?:ent_?physical|if_?phys)[a-z]+)(?:\.1|\.1001)?)",
    re.IGNORECASE,
)
"""How SNMP tools head a column: ``SNMPv2-MIB::sysDescr.0``. Entity 1 (some makers: 1001) is the chassis."""


def _index() -> dict[str, tuple[tuple[str, float], ...]]:
    index: dict[str, dict[str, float]] = {}
    for field, groups in _DATA["fields"].items():
        for weight, phrases in groups.items():
            for phrase in _phrases(phrases):
                known = index.setdefault(normal_header(phrase), {})
                known[field] = max(float(weight), known.get(field, 0.0))
    for maker in _phrases(_DATA["combined"]["makers"]):
        for model in _phrases(_DATA["combined"]["models"]):
            for joint in (" ", " and ", " or "):
                index.setdefault(maker + joint + model, {})[VENDOR_MODEL] = 1.0
    for model in _phrases(_DATA["model_or_part"]["models"]):
        for part in _phrases(_DATA["model_or_part"]["parts"]):
            for joint in (" ", " and ", " or ", " and or "):
                for phrase in (model + joint + part, part + joint + model):
                    index.setdefault(phrase, {})["model"] = 1.0
    return {phrase: tuple(fields.items()) for phrase, fields in index.items()}


def only_little_words(text: str) -> bool:
    """Whether a text adds nothing to a header ("of", "a")."""
    return not _without_little(normal_header(text))


def _without_little(phrase: str) -> str:
    return " ".join(word for word in phrase.split() if word not in _LITTLE)


_BY_PHRASE = _index()
_BY_BARE_PHRASE = {
    bare: fields
    for phrase, fields in reversed(_BY_PHRASE.items())
    if len(bare := _without_little(phrase)) > 3
}
"""The same without small words: "numéro du modèle" is "numéro de modèle"."""
_LONG_PHRASES = [phrase for phrase in _BY_PHRASE if len(phrase) >= 8 and phrase.isascii()]
_NOT_MISSPELT = frozenset({"manufactured", "manufacture", "manufacturing"})


def _identity_of_kind(words: list[str]) -> tuple[tuple[str, float], ...]:
    """ "Cam ID", "Radio #", "ONT number": the id of the kind of equipment that the sheet lists."""
    if (
        2 <= len(words) <= 3
        and words[-1] in ("id", "number", "tag")
        and not _NOT_EQUIPMENT_IDS & set(words[:-1])
    ):
        return ((IDENTITY, 0.7),)
    return ()


@cache
def fields_of_header(header: str) -> tuple[tuple[str, float], ...]:
    """Fields that a header may mean, each with how surely; empty when it means none.

    Besides fields of the equipment table the answer can name ``vendor_model``, ``type``, ``platform``,
    ``real_maker`` and ``label``.
    """
    plain = header.strip()
    if plain in _OWN_NAMES and plain not in _NO_TEXT:
        return ((plain, 1.2),)
    if plain.startswith(EXTRA_PREFIX) or len(plain) > 80:
        return ()
    if mib := _MIB_OBJECT.fullmatch(plain):
        plain = mib["scalar"] or mib["entity"]
    for text in (plain, re.sub(r"\(.*?\)|\[.*?\]", " ", plain)):
        phrase = normal_header(text)
        if phrase in _BY_PHRASE:
            return _BY_PHRASE[phrase]
        bare = _without_little(phrase)
        if bare != phrase and bare in _BY_BARE_PHRASE:
            return _BY_BARE_PHRASE[bare]
        words = phrase.split()
        if identity := _identity_of_kind(words):
            return identity
        kept = " ".join(word for word in words if word not in _FILLERS)
        if kept and kept != phrase and kept in _BY_PHRASE:
            return tuple((field, weight - 0.1) for field, weight in _BY_PHRASE[kept] if field != IDENTITY)
    return _either_way(plain) or _misspelt(normal_header(plain))


def _either_way(header: str) -> tuple[tuple[str, float], ...]:
    """One thing in two words or languages, "Typ / Model No.": what both sides of the stroke mean."""
    sides = [side for side in re.split(r"[/|]", header) if side.strip()]
    if len(sides) != 2:
        return ()
    one, other = (_BY_PHRASE.get(normal_header(side), ()) for side in sides)
    known = dict(other)
    both = tuple((field, min(weight, known[field]) - 0.1) for field, weight in one if field in known)
    if both:
        return tuple(pair for pair in both if pair[0] != IDENTITY)
    weights = {field: weight - 0.1 for field, weight in (*one, *other)}
    return (("model", weights["model"]),) if weights.keys() == {"model", "type"} else ()


def _misspelt(phrase: str) -> tuple[tuple[str, float], ...]:
    if len(phrase) < 8 or not phrase.isascii() or phrase in _NOT_MISSPELT:
        return ()
    near = process.extractOne(phrase, _LONG_PHRASES, scorer=fuzz.ratio, score_cutoff=91)
    if near is None or near[0][0] != phrase[0]:
        return ()
    return tuple((field, weight - 0.3) for field, weight in _BY_PHRASE[near[0]] if weight >= 0.9)
