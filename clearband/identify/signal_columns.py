"""One signal of all records: its distinct values, what each says, and which record has which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from clearband.identify.memory import Heard, Memory
from clearband.identify.observation import Observation


@dataclass(frozen=True)
class SignalColumn:
    """A signal, column-wise.

    Attributes:
        name: The signal.
        ids: For each record the number of its value, shape (n,), 0 where it has none.
        heard: What each value says, by number.
    """

    name: str
    ids: pl.Series
    heard: Heard

    @property
    def observations(self) -> Sequence[Observation]:
        """What each value says, by number; the first is `NOTHING`."""
        return self.heard.observations

    def only_where(self, condition: pl.Series) -> SignalColumn:
        """The same signal, unseen where the condition is false."""
        ids = pl.select(pl.when(condition).then(self.ids).otherwise(0)).to_series().cast(pl.UInt32)
        return SignalColumn(self.name, ids, self.heard)

    def says_something(self) -> pl.Series:
        """For each record whether its value gives evidence, shape (n,)."""
        flags = pl.Series("says", [bool(observation.evidence) for observation in self.observations])
        return flags.gather(self.ids)

    def claim_numbers(self) -> pl.Series:
        """For each record the number of its claim set, shape (n,)."""
        if len(self.observations) == 1:
            return self.ids.alias(self.name)  # nothing was ever seen, and nothing claims nothing
        return self.heard.claims.of(self.observations).gather(self.ids).alias(self.name)

    def mentions_any(self) -> bool:
        """Whether any value seen so far mentions a maker."""
        return bool(self.heard.mentioned.of(self.observations).max())

    def mention_numbers(self) -> pl.Series:
        """For each record the number of the makers that its value mentions, shape (n,)."""
        return self.heard.mentioned.of(self.observations).gather(self.ids).alias(self.name)


def text_signal(
    name: str,
    column: pl.Series,
    observe: Callable[[list[str]], Iterable[Observation]],
    memory: Memory,
) -> SignalColumn:
    """A signal of one text a record.

    Args:
        column: Texts, shape (n,), null where absent; strings or categories.
        observe: What each of some distinct texts says, in their order.
        memory: What was found out before.
    """
    return numbered_signal(name, memory.heard(name).texts.numbers(column), observe, memory)


def numbered_signal(
    name: str, ids: pl.Series, observe: Callable[[list[str]], Iterable[Observation]], memory: Memory
) -> SignalColumn:
    """A signal of one text a record, given by the number that the text has in the memory, shape (n,)."""
    heard = memory.heard(name)
    new: list[str] = heard.texts.texts[len(heard.observations) :].to_list()
    if new:
        heard.observations.extend(observe(new))
    return SignalColumn(name, ids, heard)


def derived_signal(
    name: str, signal: SignalColumn, change: Callable[[Observation], Observation], memory: Memory
) -> SignalColumn:
    """The values of a signal, read another way."""
    heard = memory.heard(name)
    new = signal.observations[len(heard.observations) :]
    heard.observations.extend(map(change, new))
    return SignalColumn(name, signal.ids, heard)
