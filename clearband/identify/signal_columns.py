"""One signal of all records: its distinct values, what each says, and which record has which."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

import polars as pl

from clearband.identify.observation import NOTHING, Claim, Observation


@dataclass(frozen=True)
class SignalColumn:
    """A signal, column-wise.

    Attributes:
        name: The signal.
        ids: For each record the number of its value, shape (n,), 0 where it has none.
        observations: What each value says, by number; the first is `NOTHING`.
    """

    name: str
    ids: pl.Series
    observations: tuple[Observation, ...]

    def only_where(self, condition: pl.Series) -> SignalColumn:
        """The same signal, unseen where the condition is false."""
        ids = pl.select(pl.when(condition).then(self.ids).otherwise(0)).to_series().cast(pl.UInt32)
        return SignalColumn(self.name, ids, self.observations)

    def says_something(self) -> pl.Series:
        """For each record whether its value gives evidence, shape (n,)."""
        flags = pl.Series("says", [bool(observation.evidence) for observation in self.observations])
        return flags.gather(self.ids)


def text_signal(
    name: str, column: pl.Series, observe: Callable[[list[str]], Iterable[Observation]]
) -> SignalColumn:
    """A signal of one text a record.

    Args:
        column: Texts, shape (n,), null where absent.
        observe: What each of some distinct texts says, in their order.
    """
    numbered = numbered_values(column)
    texts: list[str] = numbered["value"].to_list()
    return SignalColumn(name, ids_of(column, numbered), (NOTHING, *observe(texts)))


def numbered_values(column: pl.Series) -> pl.DataFrame:
    """The distinct values of a column, sorted, numbered from 1 (columns ``value``, ``id``)."""
    distinct = column.drop_nulls().unique().sort().alias("value").to_frame()
    return distinct.with_row_index("id", offset=1)


def ids_of(column: pl.Series, numbered: pl.DataFrame) -> pl.Series:
    """The number of each value of a column, shape (n,), 0 for nulls."""
    joined = column.alias("value").to_frame().join(numbered, on="value", how="left", maintain_order="left")
    return joined["id"].fill_null(0)


_claimed = attrgetter(*(part.name for part in fields(Claim)))
"""What counts of a piece of evidence for the verdict, without the texts that differ from value to value."""


class ClaimSets:
    """Numbers for sets of claims: values that say the same are one for the combination."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[tuple[Any, ...], bool], int] = {((), False): 0}

    def number_of(self, observation: Observation) -> int:
        """The number of what an observation claims; a value that says nothing differs from no value."""
        key = (tuple(map(_claimed, observation.evidence)), observation is not NOTHING)
        return self._numbers.setdefault(key, len(self._numbers))

    def by_number(self) -> tuple[tuple[Claim, ...], ...]:
        """The claims of each number."""
        return tuple(tuple(Claim(*claimed) for claimed in claims) for claims, _ in self._numbers)


def claim_numbers(signal: SignalColumn, sets: ClaimSets) -> pl.Series:
    """For each record the number of its claim set, shape (n,)."""
    numbers = pl.Series(
        signal.name, [sets.number_of(observation) for observation in signal.observations], dtype=pl.UInt32
    )
    return numbers.gather(signal.ids)
