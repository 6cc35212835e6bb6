"""Makers named where a name is no evidence, in every column that may name one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import polars as pl

from clearband.identify.bags import bag_signal, in_lists
from clearband.identify.entity_rows import read_entity_rows
from clearband.identify.long_texts import LONGEST
from clearband.identify.memory import Memory
from clearband.identify.mentions import mentions_in
from clearband.identify.name_index import name_index
from clearband.identify.number_words import with_numbers_alike
from clearband.identify.observation import Observation
from clearband.identify.signal_columns import Forms, SignalColumn, text_signal
from clearband.identify.words import WORTH_TELLING
from clearband.model.equipment import EXTRA_PREFIX
from clearband.register import Register

_COLUMNS: Final = ("notes", "owner", "site", "network", "sys_name")
_SAMPLE: Final = 2_000
_MOSTLY_DISTINCT: Final = 0.95
_MANY: Final = 200_000
"""A column of which this share of a sample differs, or that has had so many values, is looked through for
names before its values are kept."""


class Mentions:
    """Reads the mentions of batch after batch; each distinct value that may name a maker is read once."""

    def __init__(self, register: Register, memory: Memory) -> None:
        self._register = register
        self._memory = memory

    def signals(self, equipment: pl.DataFrame) -> list[SignalColumn]:
        """The makers named in each column that is no evidence."""
        signals = [self._each(name, equipment[name]) for name in _COLUMNS]
        for name, kind in equipment.schema.items():
            if not (name.startswith(EXTRA_PREFIX) and isinstance(kind, pl.String | pl.Categorical)):
                continue
            # A second maker's column that says the same, or was taken for the blank, tells nothing new.
            signal = self._each(name, equipment[name])
            told = signal.mention_numbers() > 0
            if told.any():
                other = _lower(equipment[name]).ne_missing(_lower(equipment["manufacturer"]))
                signals.append(signal.only_where(other & told))
        parts = read_entity_rows(equipment["ent_physical"]).parts
        return [
            *signals,
            bag_signal("parts", parts, lambda texts: self._read("ent_physical", texts), self._memory),
            self._neighbors(equipment["neighbors"]),
        ]

    def _each(self, name: str, column: pl.Series) -> SignalColumn:
        signal = f"mention {name}"
        many = len(self._memory.heard(signal).observations) > _MANY
        if column.dtype == pl.String and (many or _mostly_distinct(column)):
            column = with_names_only(column, self._register)
        return text_signal(
            signal, column, lambda texts: self._read(name, texts), self._memory, self._forms(name)
        )

    def _forms(self, name: str) -> Forms:
        return Forms(
            lambda texts: with_numbers_alike(texts, self._register), lambda forms: self._read(name, forms)
        )

    def _read(self, name: str, texts: Iterable[str]) -> list[Observation]:
        return [Observation((), mentions_in(name, text, self._register)) for text in texts]

    def _neighbors(self, column: pl.Series) -> SignalColumn:
        fields = ("sys_name", "sys_descr", "port_descr")
        text = pl.concat_str(
            [pl.element().struct.field(name) for name in fields], separator=" ", ignore_nulls=True
        )
        texts = in_lists(column, text)
        return bag_signal("neighbors", texts, lambda values: self._read("neighbors", values), self._memory)


def with_names_only(column: pl.Series, register: Register) -> pl.Series:
    """The texts that may name a maker worth telling, null elsewhere.

    A name in a text leaves its letters behind in the text without its other signs, however it is written: in
    several words, with full stops, in capitals. Texts of other scripts are all kept.
    """
    text = pl.col("text")
    letters = text.str.slice(0, LONGEST).str.replace_all(r"[^A-Za-z0-9]+", "")
    may_name = letters.str.contains_any(list(_letters_of_names(register)), ascii_case_insensitive=True)
    other_script = text.str.len_bytes() != text.str.len_chars()
    return column.alias("text").to_frame().select(pl.when(may_name | other_script).then(text)).to_series()


def _lower(column: pl.Series) -> pl.Series:
    return column.cast(pl.String).str.to_lowercase()


def _mostly_distinct(column: pl.Series) -> bool:
    sample = column.drop_nulls().head(_SAMPLE)
    return len(sample) == _SAMPLE and sample.n_unique() >= _MOSTLY_DISTINCT * _SAMPLE


@lru_cache(maxsize=4)
def _letters_of_names(register: Register) -> tuple[str, ...]:
    index = name_index(register)
    forms = {"".join(words): name for words, name in index.in_texts.items()} | index.written_apart
    return tuple(
        sorted(
            letters
            for letters, name in forms.items()
            if letters.isascii() and register.organisations[name.entry.org_id].group in WORTH_TELLING
        )
    )
