"""All names of the register by their comparable forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from clearband.identify.folding import fold_words, has_cjk, romanise
from clearband.identify.misspelling import Misspellings
from clearband.identify.name_forms import core, without_legal_form
from clearband.identify.registered_names import RegisteredNames
from clearband.identify.words import ORDINARY, PRODUCT_KINDS
from clearband.register import Lookalike, NameEntry, Register

_PARENTHESIS = re.compile(r"\s*\(([^)]*)\)")
JOINED_AT_LEAST: Final = 6
"""A name written apart ("HIK Vision") is recognised from this many letters on."""

_NOT_A_NAME = frozenset({"formerly", "until", "now", "security", "usa", "private", "hong", "networks"})


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name of the register under one of its forms.

    Attributes:
        words: The folded words of the form.
        entry: The register's entry.
        others: Organisations that bear the same name and are not the one meant first.
    """

    words: tuple[str, ...]
    entry: NameEntry
    others: tuple[str, ...] = ()

    @property
    def is_abbreviation(self) -> bool:
        """Whether it is short and shared, or an ordinary word for a line of products: never enough alone.

        A maker called Axon or Blade is hardly the one whose handsets were called so.
        """
        if self.is_product_brand and self.is_ordinary:
            return True
        return (
            self.entry.ambiguous
            and (self.entry.kind in ("abbreviation", "former-brand") or len("".join(self.words)) <= 3)
            and not has_cjk(self.entry.text)
        )

    @property
    def is_product_brand(self) -> bool:
        """Whether it names a line of products rather than the company."""
        return self.entry.kind in PRODUCT_KINDS

    @property
    def is_ordinary(self) -> bool:
        """Whether it is also an ordinary word, so that running text is no sign of it."""
        return "".join(self.words) in ORDINARY

    @property
    def is_found_in_texts(self) -> bool:
        """Whether running text can be searched for it."""
        return len("".join(self.words)) >= 3 and not self.is_ordinary and not self.is_abbreviation


class NameIndex:
    """Look names up by form.

    Args:
        register: The organisations.
    """

    def __init__(self, register: Register) -> None:
        self._register = register
        groups: dict[str, list[tuple[tuple[str, ...], NameEntry]]] = {}
        for entry in register.names:
            for words in _forms(entry):
                groups.setdefault("".join(words), []).append((words, entry))
        self.by_key: dict[str, KnownName] = {
            key: self._choose(key, group) for key, group in groups.items() if len(key) > 1
        }

    def _choose(self, key: str, group: list[tuple[tuple[str, ...], NameEntry]]) -> KnownName:
        """The organisation first meant by a name: the one called so by its id, else a covered one."""

        def rank(item: tuple[tuple[str, ...], NameEntry]) -> tuple[bool, bool, bool, bool, str, str]:
            words, entry = item
            return (
                entry.org_id.replace("-", "") != key,
                self._register.organisations[entry.org_id].group != "covered",
                # An alias as written tells more (ambiguous, until) than a form cut out of a longer name.
                "".join(fold_words(entry.text)) != key,
                len(words) > 1,
                entry.org_id,
                entry.text,
            )

        ordered = sorted(group, key=rank)
        words, entry = ordered[0]
        others = {other.org_id for _, other in ordered} - {entry.org_id}
        return KnownName(words, entry, tuple(sorted(others)))

    @cached_property
    def longest(self) -> int:
        """Words of the longest name."""
        return max(len(name.words) for name in self.by_key.values())

    @cached_property
    def romanised(self) -> dict[str, KnownName]:
        """Names by their form in Latin letters, where it differs."""
        forms: dict[str, KnownName] = {}
        for name in self.by_key.values():
            key = "".join(fold_words(romanise("".join(name.words))))
            if key not in self.by_key and len(key) > 3:
                forms.setdefault(key, name)
        return forms

    @cached_property
    def chinese(self) -> tuple[KnownName, ...]:
        """Names in Chinese characters, longest first: they are searched inside running text."""
        names = [name for name in self.by_key.values() if len(name.words) == 1 and has_cjk(name.words[0])]
        return tuple(sorted(names, key=lambda name: (-len(name.words[0]), name.words)))

    @cached_property
    def by_first_word(self) -> dict[str, tuple[KnownName, ...]]:
        """Names by their first word, those of most words first."""
        found: dict[str, list[KnownName]] = {}
        for name in self.by_key.values():
            found.setdefault(name.words[0], []).append(name)
        return {
            word: tuple(sorted(names, key=lambda name: (-len(name.words), name.words)))
            for word, names in found.items()
        }

    @cached_property
    def in_texts(self) -> dict[tuple[str, ...], KnownName]:
        """The names that running text can be searched for, by their words."""
        return {name.words: name for name in self.by_key.values() if name.is_found_in_texts}

    @cached_property
    def lengths(self) -> dict[str, tuple[int, ...]]:
        """How many words the names `in_texts` with this first word have, the most first."""
        found: dict[str, set[int]] = {}
        for words in self.in_texts:
            found.setdefault(words[0], set()).add(len(words))
        return {word: tuple(sorted(lengths, reverse=True)) for word, lengths in found.items()}

    @cached_property
    def written_apart(self) -> dict[str, KnownName]:
        """The names that running text may hold in several words ("HIK Vision"), by their joined form."""
        return {
            key: name
            for key, name in self.by_key.items()
            if len(key) >= JOINED_AT_LEAST and key.isalpha() and name.is_found_in_texts
        }

    @cached_property
    def opening(self) -> frozenset[str]:
        """Every word with which a name in running text can begin, written as it is or apart.

        Most texts have none of them and need no further look.
        """
        return frozenset(self.lengths) | {
            key[:end] for key in self.written_apart for end in range(1, len(key))
        }

    @cached_property
    def lookalikes(self) -> dict[str, Lookalike]:
        """Look-alike names by form; a form that is also a name of the register is left to the register."""
        found: dict[str, Lookalike] = {}
        for lookalike in self._register.lookalikes:
            words = fold_words(lookalike.name)
            for form in (without_legal_form(words), core(words)):
                key = "".join(form)
                if len(key) > 2 and key not in self.by_key:
                    found.setdefault(key, lookalike)
        return found

    @cached_property
    def lookalikes_in_full(self) -> dict[str, Lookalike]:
        """Look-alikes whose legal form alone tells them from one of ours (Teltronic AG, Arista Corp)."""
        ours = {"".join(fold_words(entry.text)) for entry in self._register.names}
        full = {"".join(fold_words(lookalike.name)): lookalike for lookalike in self._register.lookalikes}
        return {key: full[key] for key in full if key not in ours and key not in self.by_key}

    @cached_property
    def misspellings(self) -> Misspellings:
        """Names and look-alikes that a typed name may mean."""
        names = [
            key
            for key, name in self.by_key.items()
            if key.isascii() and key.isalpha() and not name.is_abbreviation and not name.is_ordinary
        ]
        return Misspellings([*names, *(key for key in self.lookalikes if key.isascii())])

    @cached_property
    def registered(self) -> RegisteredNames:
        """Names that others have registered with IEEE: a typed name that is one of them is no misspelling."""
        registrants = self._register.mac_blocks.registrants
        return RegisteredNames(one.name for one in registrants if one.org_id is None)

    def starting_with(self, words: tuple[str, ...]) -> frozenset[str]:
        """Organisations with a longer name that starts with these words."""
        return frozenset(
            name.entry.org_id
            for name in self.by_first_word.get(words[0], ())
            if len(name.words) > len(words) and name.words[: len(words)] == words
        )


def _forms(entry: NameEntry) -> list[tuple[str, ...]]:
    """The forms under which an entry is found: without legal form or parenthesis, and the id's words."""
    texts = [entry.text]
    inside = _PARENTHESIS.search(entry.text)
    if inside and entry.kind == "name":
        texts.append(_PARENTHESIS.sub("", entry.text))
        words = fold_words(inside.group(1))
        # "(Shenzhen)" says where, not who, like all that stands before a legal form: "(Xiamen) Co., Ltd."
        at_end = inside.end() == len(entry.text)
        if at_end and core(words) and words[0] not in _NOT_A_NAME:
            texts.append(inside.group(1))
    forms = [without_legal_form(fold_words(text)) for text in texts]
    if entry.kind in ("name", "legal"):
        short = core(fold_words(texts[-1] if len(texts) == 2 else texts[0]))
        if "".join(short) == entry.org_id.replace("-", ""):
            forms.append(short)
    return [form for form in dict.fromkeys(forms) if form]


@lru_cache(maxsize=4)
def name_index(register: Register) -> NameIndex:
    """The index of a register, built once."""
    return NameIndex(register)
