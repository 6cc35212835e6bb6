"""What a run has found out so far: what each distinct value says, and what each set of claims amounts to.

Values and sets have numbers in the order in which they came up. Nothing that is given out shows a number, so
that neither order nor batches of records change an answer.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, Generic, TypeVar

import polars as pl

from clearband.identify.numbering import Hashing, Numbering, row_hashes
from clearband.identify.observation import NOTHING, Claim, Observation
from clearband.identify.texts import Texts

_T = TypeVar("_T")


class PerEntry(Generic[_T]):
    """A number for each entry of a list that only grows, found once an entry."""

    def __init__(self, number_of: Callable[[_T], int]) -> None:
        self._number_of = number_of
        self._numbers = pl.Series("number", [], dtype=pl.UInt32)

    def of(self, entries: Sequence[_T]) -> pl.Series:
        """The numbers of the entries, in their order."""
        known = len(self._numbers)
        if known < len(entries):
            new = [self._number_of(entry) for entry in entries[known:]]
            self._numbers = pl.concat(
                [self._numbers, pl.Series("number", new, dtype=pl.UInt32)], rechunk=True
            )
        return self._numbers


_claimed = attrgetter(*(part.name for part in fields(Claim)))
"""What counts of a piece of evidence for the verdict, without the texts that differ from value to value."""


class _Sets(ABC):
    """Numbers for sets of what values say; those of several values are joined."""

    def __init__(self, hashing: Hashing) -> None:
        self._pairs = Numbering({"one": pl.UInt32, "other": pl.UInt32}, hashing)
        self._of_pairs = PerEntry(self._joined)

    @abstractmethod
    def _joined(self, pair: tuple[int, int]) -> int:
        """The number of what two numbers stand for together."""

    def joined(self, one: pl.Series, other: pl.Series) -> pl.Series:
        """The numbers of what each row has in either column, shape (n,); 0 is nothing."""
        more = (other > 0) & (other != one)
        if not more.any():
            return one
        pairs = pl.DataFrame({"one": one.filter(more), "other": other.filter(more)})
        numbers = self._pairs.numbers(pairs)
        joined = self._of_pairs.of(self._pairs.rows.rows()).gather(numbers)
        return one.scatter(more.arg_true(), joined)


class ClaimSets(_Sets):
    """Numbers for sets of claims: values that say the same are one for the combination."""

    def __init__(self, hashing: Hashing) -> None:
        super().__init__(hashing)
        self._numbers: dict[tuple[tuple[Any, ...], bool], int] = {((), False): 0}
        self.claims: list[tuple[Claim, ...]] = [()]
        """The claims of each number."""

    def number_of(self, observation: Observation) -> int:
        """The number of what an observation claims; a value that says nothing differs from no value."""
        return self._number(tuple(map(_claimed, observation.evidence)), there=observation is not NOTHING)

    def _number(self, claimed: tuple[tuple[Any, ...], ...], *, there: bool) -> int:
        number = self._numbers.setdefault((claimed, there), len(self._numbers))
        if number == len(self.claims):
            self.claims.append(tuple(Claim(*one) for one in claimed))
        return number

    def _joined(self, pair: tuple[int, int]) -> int:
        both = {_claimed(claim) for number in pair for claim in self.claims[number]}
        return self._number(tuple(sorted(both, key=repr)), there=True)


class MakerSets(_Sets):
    """Numbers for the makers that a record mentions, in the order of its signals."""

    def __init__(self, hashing: Hashing) -> None:
        super().__init__(hashing)
        self._numbers: dict[tuple[str, ...], int] = {(): 0}
        self.makers: list[tuple[str, ...]] = [()]
        """The makers of each number."""

    def number_of(self, observation: Observation) -> int:
        """The number of the makers that an observation mentions."""
        return self._number(mention.maker for mention in observation.mentions)

    def _number(self, makers: Iterable[str]) -> int:
        key = tuple(dict.fromkeys(makers))
        number = self._numbers.setdefault(key, len(self._numbers))
        if number == len(self.makers):
            self.makers.append(key)
        return number

    def _joined(self, pair: tuple[int, int]) -> int:
        return self._number((*self.makers[pair[0]], *self.makers[pair[1]]))


@dataclass
class Heard:
    """What the distinct texts of one signal say.

    Where many texts claim the same (`clearband.identify.signal_columns.Forms`), claims are those of forms.

    Attributes:
        texts: The texts; the first is null.
        observations: What each form of a text says, by its number; the first is `NOTHING`.
        forms, form_of: The forms, and for each text the number of its form; None where texts have no forms.
        in_full: What each text says where texts have forms, as far as it was asked for.
        claims: The number of each one's claim set.
        mentioned: The number of the makers that each mentions.
        speaks: 1 for each that gives evidence, else 0.
    """

    texts: Texts
    claims: PerEntry[Observation]
    mentioned: PerEntry[Observation]
    speaks: PerEntry[Observation] = field(
        default_factory=lambda: PerEntry(lambda observation: int(bool(observation.evidence)))
    )
    observations: list[Observation] = field(default_factory=lambda: [NOTHING])
    forms: Texts = field(default_factory=Texts)
    form_of: pl.Series | None = None
    in_full: list[Observation] = field(default_factory=lambda: [NOTHING])


class Memory:
    """What a run has found out so far."""

    def __init__(self, hashing: Hashing = row_hashes) -> None:
        """Nothing yet.

        Args:
            hashing: See `Numbering`.
        """
        self.hashing = hashing
        self.claim_sets = ClaimSets(hashing)
        self.maker_sets = MakerSets(hashing)
        self._heard: dict[str, Heard] = {}
        self._numberings: dict[str, Numbering] = {}
        self._texts: dict[str, Texts] = {}

    def heard(self, signal: str) -> Heard:
        """What the texts of a signal say."""
        if signal not in self._heard:
            self._heard[signal] = Heard(
                Texts(), PerEntry(self.claim_sets.number_of), PerEntry(self.maker_sets.number_of)
            )
        return self._heard[signal]

    @property
    def size(self) -> int:
        """How many distinct texts are remembered."""
        heard = sum(len(one.texts) + len(one.forms) for one in self._heard.values())
        return heard + sum(map(len, self._texts.values())) + sum(map(len, self._numberings.values()))

    def texts(self, name: str) -> Texts:
        """The texts of this name."""
        return self._texts.setdefault(name, Texts())

    def numbering(self, name: str, schema: dict[str, pl.DataType | type[pl.DataType]]) -> Numbering:
        """The numbering of this name."""
        if name not in self._numberings:
            self._numberings[name] = Numbering(schema, self.hashing)
        return self._numberings[name]
