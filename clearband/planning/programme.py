"""A programme that pays for a replacement, replayed: what was asked, approved, paid, and missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from clearband.errors import UsageError
from clearband.facts.problems import nearest_or
from clearband.facts.store import compiled


@dataclass(frozen=True, slots=True)
class Told:
    """A figure of the programme with its source, or one that follows from others.

    Attributes:
        low, high: The figure, in ``unit``; the same where it is one number. None is an open end.
        date: As exact as it is known; None for a figure that follows from others.
        formula: How it follows from other figures; None for one that a source gives.
        verified: Whether it, or each figure that it follows from, was read in a source.
    """

    id: str
    what: str
    low: Decimal | None
    high: Decimal | None
    unit: str
    date: str | None
    sources: tuple[str, ...]
    verified: bool
    note: str | None = None
    formula: str | None = None

    @property
    def value(self) -> Decimal:
        """The number.

        Raises:
            ValueError: It is a range.
        """
        if self.low is None or self.low != self.high:
            raise ValueError(f"{self.id} is a range")
        return self.low


@dataclass(frozen=True, slots=True)
class Allocation:
    """From a day on, the part of its approved amount that an applicant may draw in all.

    Attributes:
        fraction: 0 to 1.
        customers_at_most: Only applicants of at most so many; None for all.
    """

    begins: date
    fraction: Decimal
    customers_at_most: int | None
    what: str
    sources: tuple[str, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class Drawable:
    """What an applicant may draw in all by a day. It is a cap: a claim follows the cost, and is reviewed.

    Attributes:
        amount: In the currency of the programme.
        missing: What was approved and cannot be drawn yet.
        fraction: The part that counts on the day; 0 before there is any.
        why: Which allocation counts, or why none does.
    """

    amount: Decimal
    missing: Decimal
    fraction: Decimal
    why: str
    sources: tuple[str, ...]
    verified: bool


@dataclass(frozen=True)
class Replay:
    """The money of a programme, each figure told or computed.

    Attributes:
        requested: Asked in all applications.
        approved: Reimbursable in all, the administration of the programme included.
        approved_first: Approved estimates of the first priority.
        appropriation: Money given at first; ``for_reimbursement`` is what of it could be paid out.
        pro_rata: Part of an approved estimate that each applicant of the first priority got.
        first_round: Drawable in the first round: the pro-rata part of ``approved_first``.
        kept_back: What the first round left of ``for_reimbursement``.
        shortfall: ``approved`` less ``appropriation``.
        top_up: Money added later.
        still_missing: ``shortfall`` less ``top_up``.
    """

    requested: Told
    approved: Told
    approved_first: Told
    appropriation: Told
    for_reimbursement: Told
    pro_rata: Told
    first_round: Told
    kept_back: Told
    shortfall: Told
    top_up: Told
    still_missing: Told

    def figures(self) -> tuple[Told, ...]:
        """All of them, in the order in which they arose."""
        return tuple(getattr(self, name) for name in self.__dataclass_fields__)


@dataclass(frozen=True)
class Programme:
    """A programme of the facts.

    Attributes:
        figures: Of its rules and events, by id.
        allocations: The earliest first.
        raw: All that the facts hold of it, as compiled.
    """

    id: str
    title: str
    currency: str
    figures: Mapping[str, Told]
    allocations: tuple[Allocation, ...]
    raw: Mapping[str, Any]

    def figure(self, name: str) -> Told:
        """A figure by its id.

        Raises:
            UsageError: There is none; names the nearest.
        """
        if name not in self.figures:
            remedy = nearest_or(name, self.figures, "clearband data programme shows all")
            raise UsageError(f'"{name}" is no figure of {self.id}', remedy=remedy)
        return self.figures[name]

    def drawable(self, approved: Decimal, on: date, *, customers: int | None = None) -> Drawable:
        """What an applicant may draw in all by a day.

        Args:
            approved: Its approved amount, in the currency of the programme.
            on: The day.
            customers: How many it has. None: taken for few enough for the first priority.

        Raises:
            UsageError: The amount is below zero, or the applicant is too large for the programme.
        """
        if approved < 0:
            raise UsageError("an approved amount is not below zero", remedy="correct it")
        most = self.figure("eligible-customers")
        if customers is not None and customers > most.value:
            raise UsageError(
                f"with {customers} customers it is too large for the programme",
                remedy=f"at most {most.value} customers are allowed",
            )
        begun = [one for one in self.allocations if one.begins <= on]
        open_to_it = [
            one
            for one in begun
            if customers is None or one.customers_at_most is None or customers <= one.customers_at_most
        ]
        if not open_to_it:
            why = (
                f"until {on} money was allocated to applicants of at most {begun[-1].customers_at_most} "
                "customers only"
                if begun
                else f"nothing was allocated before {self.allocations[0].begins}"
            )
            shown = begun[-1] if begun else self.allocations[0]
            return Drawable(Decimal(0), approved, Decimal(0), why, shown.sources, shown.verified)
        counts = open_to_it[-1]
        amount = approved * counts.fraction
        return Drawable(
            amount, approved - amount, counts.fraction, counts.what, counts.sources, counts.verified
        )

    def replay(self) -> Replay:
        """The money from asked to missing, computed from the figures of the facts."""
        told = self.figure
        approved, appropriation = told("approved"), told("appropriation")
        first, pro_rata, payable = told("approved-priority-1"), told("pro-rata"), told("for-reimbursement")
        top_up = told("top-up")
        round_one = _computed("first-round", "drawable in the first round", "x", first, pro_rata)
        shortfall = _computed("shortfall", "missing after the first money", "-", approved, appropriation)
        return Replay(
            told("requested"),
            approved,
            first,
            appropriation,
            payable,
            pro_rata,
            round_one,
            _computed("kept-back", "left of it by the first round", "-", payable, round_one),
            shortfall,
            top_up,
            _computed("still-missing", "missing after the later money", "-", shortfall, top_up),
        )


@lru_cache(maxsize=1)
def programmes() -> Mapping[str, Programme]:
    """The programmes of the facts by id, read once."""
    return {raw["id"]: _programme(raw) for raw in compiled().read("programmes")}


def us_reimbursement() -> Programme:
    """The programme of the United States for small carriers."""
    return programmes()["us-reimbursement"]


def _computed(name: str, what: str, sign: str, left: Told, right: Told) -> Told:
    value = left.value * right.value if sign == "x" else left.value - right.value
    return Told(
        name,
        what,
        value,
        value,
        left.unit,
        None,
        tuple(dict.fromkeys((*left.sources, *right.sources))),
        left.verified and right.verified,
        formula=f"{left.id} {sign} {right.id}",
    )


def _programme(raw: dict[str, Any]) -> Programme:
    figures = {
        figure["id"]: _told(figure, holder)
        for holder in (*raw["rules"], *raw["events"])
        for figure in holder["figures"]
    }
    allocations = tuple(
        Allocation(
            date.fromisoformat(one["from"]),
            Decimal(one["fraction"]),
            one.get("customers_at_most"),
            one["what"],
            tuple(one["sources"]),
            one["verified"],
        )
        for one in raw["allocations"]
    )
    return Programme(raw["id"], raw["title"], raw["currency"], figures, allocations, raw)


def _told(figure: dict[str, Any], holder: dict[str, Any]) -> Told:
    low, high = (figure.get("value", figure.get(end)) for end in ("low", "high"))
    return Told(
        figure["id"],
        figure["what"],
        None if low is None else Decimal(low),
        None if high is None else Decimal(high),
        figure["unit"],
        holder.get("date") or holder.get("day"),
        tuple(holder["sources"]),
        holder["verified"],
        figure.get("note"),
    )
