"""How a maker stands to the makers of a clause, and what is asked of the register to tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, Protocol

from clearband.directives.labels import Organisations
from clearband.directives.truth import FALSE, TRUE
from clearband.model.organisation import ControlPath, Designation
from clearband.register.control import ControlGraph
from clearband.register.holdings import Holdings

MakerStatus = Literal["identified", "named", "unidentified", "any"]
"""In the register; a stated name that is not in it; not known; or the question is about whoever it is."""


class Register(Organisations, Protocol):
    """What the evaluation asks of the register."""

    @property
    def control(self) -> ControlGraph:
        """Who can control whom."""

    @property
    def holdings(self) -> Holdings:
        """Who holds what share of whom."""

    def relations(self, maker: str, on: date, known_on: date | None = None) -> tuple[ControlPath, ...]:
        """How the maker stands to other organisations on a date."""

    def designations(self, org_id: str) -> tuple[Designation, ...]:
        """The lists on which an organisation stands."""


@dataclass(frozen=True, slots=True)
class MakerMatch:
    """How a maker stands to the makers of a clause.

    Attributes:
        truth: Whether its products are meant.
        control: The path of ownership or list that says so, in words.
        question: When unknown: what would decide.
        unidentified: Whether it is unknown because nobody knows who made the item.
        would_change: When false: what would make its products meant after all.
        notes: When unknown: what is known and from where.
        since: When true by a place on a list: the day from which it holds, as exact as known.
    """

    truth: int
    control: str | None = None
    question: str | None = None
    unidentified: bool = False
    would_change: str | None = None
    notes: tuple[str, ...] = ()
    since: str | None = None


NO: Final = MakerMatch(FALSE)
ANYBODY: Final = MakerMatch(TRUE)
