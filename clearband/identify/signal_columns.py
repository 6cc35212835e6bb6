"""One signal of all records: its distinct values, what each says, and which record has which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import polars as pl

from clearband.identify.memory import Heard, Memory, PerEntry
from clearband.identify.observation import Observation
from clearband.identify.texts import NONE, Numbers

Observe = Callable[[list[str]], Iterable[Observation]]
"""What each of some distinct texts says, in their order."""


@dataclass(frozen=True)
class Forms:
    """How texts are made alike that claim and mention the same, so that each form is read once.

    Attributes:
        of: The form of each of some distinct texts, shape (n,).
        observe: What forms say: the same as their texts, apart from the texts that are shown.
    """

    of: Callable[[pl.Series], pl.Series]
    observe: Observe


@dataclass(frozen=True)
class SignalColumn:
    """A signal, column-wise.

    Attributes:
        name: The signal.
        numbers: For each record the number of its value, 0 where it has none.
        heard: What was heard so far.
        observe: What values say.
    """

    name: str
    numbers: Numbers
    heard: Heard
    observe: Observe

    @property
    def ids(self) -> pl.Series:
        """For each record the number of its value, shape (n,), 0 where it has none."""
        return self.numbers.ids

    @property
    def observations(self) -> Sequence[Observation]:
        """What each value says, by number; the first is `NOTHING`."""
        heard = self.heard
        if heard.form_of is None:
            return heard.observations
        new: list[str] = heard.texts.texts[len(heard.in_full) :].to_list()
        heard.in_full.extend(self.observe(new))
        return heard.in_full

    def only_where(self, condition: pl.Series) -> SignalColumn:
        """The same signal, unseen where the condition is false."""
        if self._is_silent:
            return self
        ids = pl.select(pl.when(condition).then(self.ids).otherwise(0)).to_series().cast(pl.UInt32)
        return replace(self, numbers=Numbers(ids))

    def says_something(self) -> pl.Series:
        """For each record whether its value gives evidence, shape (n,)."""
        return self._look_up(self.heard.speaks) > 0

    def claim_numbers(self) -> pl.Series:
        """For each record the number of its claim set, shape (n,)."""
        if self._is_silent:
            return self.ids.alias(self.name)  # nothing claims nothing
        return self._look_up(self.heard.claims).alias(self.name)

    def mentions_any(self) -> bool:
        """Whether any value seen so far mentions a maker."""
        return bool(self.heard.mentioned.of(self.heard.observations).max())

    def mention_numbers(self) -> pl.Series:
        """For each record the number of the makers that its value mentions, shape (n,)."""
        return self._look_up(self.heard.mentioned).alias(self.name)

    @property
    def _is_silent(self) -> bool:
        """Whether nothing was ever seen."""
        return len(self.heard.observations) == 1

    def _look_up(self, what: PerEntry[Observation]) -> pl.Series:
        numbers, form_of = self.numbers, self.heard.form_of
        if form_of is not None:
            numbers = numbers.then(form_of)
        return numbers.look_up(what.of(self.heard.observations))


def only_where(condition: pl.Series, column: pl.Series) -> pl.Series:
    """A column of texts, null where the condition is false, shape (n,)."""
    if not condition.any():
        return pl.Series(column.name, [None], dtype=pl.String).new_from_index(0, len(column))
    return pl.select(pl.when(condition).then(column)).to_series()


def text_signal(
    name: str, column: pl.Series, observe: Observe, memory: Memory, forms: Forms | None = None
) -> SignalColumn:
    """A signal of one text a record.

    Args:
        column: Texts, shape (n,), null where absent; strings or categories.
        observe: What texts say.
        memory: What was found out before.
        forms: How texts are made alike first; the same for all batches.
    """
    numbers = memory.heard(name).texts.numbered(column)
    if forms is not None:
        return _formed_signal(name, numbers, observe, memory, forms)
    return numbered_signal(name, numbers, observe, memory)


def numbered_signal(name: str, numbers: Numbers, observe: Observe, memory: Memory) -> SignalColumn:
    """A signal of one text a record, given by the number that the text has in the memory."""
    heard = memory.heard(name)
    new: list[str] = heard.texts.texts[len(heard.observations) :].to_list()
    if new:
        heard.observations.extend(observe(new))
    return SignalColumn(name, numbers, heard, observe)


def _formed_signal(
    name: str, numbers: Numbers, observe: Observe, memory: Memory, forms: Forms
) -> SignalColumn:
    heard = memory.heard(name)
    if heard.form_of is None:
        heard.form_of = pl.Series("form", [NONE], dtype=pl.UInt32)  # of no text
    new = heard.texts.texts[len(heard.form_of) :]
    if len(new):
        heard.form_of = pl.concat([heard.form_of, heard.forms.numbers(forms.of(new)).alias("form")])
        heard.form_of = heard.form_of.rechunk()
    new_forms: list[str] = heard.forms.texts[len(heard.observations) :].to_list()
    if new_forms:
        heard.observations.extend(forms.observe(new_forms))
    return SignalColumn(name, numbers, heard, observe)


def derived_signal(
    name: str, signal: SignalColumn, change: Callable[[Observation], Observation], memory: Memory
) -> SignalColumn:
    """The values of a signal that has no forms, read another way."""
    heard = memory.heard(name)
    new = signal.observations[len(heard.observations) :]
    heard.observations.extend(map(change, new))
    return SignalColumn(name, signal.numbers, heard, signal.observe)
