"""``programmes/*.yaml``: a programme that pays for a replacement: its rules, money, dates and applicants."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from clearband.facts.schema.base import Fact, FactDate, FullDate, Slug, Text
from clearband.facts.schema.figures import Amount, Cited, Currency, Measured, NamedFigure, Year
from clearband.facts.schema.sources import Source

EventKind = Literal[
    "proposed",
    "law",
    "estimated",
    "rules",
    "window",
    "requested",
    "review",
    "approved",
    "pro-rata",
    "progress",
    "report",
    "top-up",
    "allocated",
]


class RuleFact(Cited):
    """A rule of the programme, with the figures that stand in it."""

    id: Slug
    what: Text
    day: FactDate | None = None
    figures: tuple[NamedFigure, ...] = ()
    note: Text | None = None


class ProgrammeEventFact(Cited):
    """One dated event, with the figures that were told."""

    id: Slug
    date: FactDate
    event: EventKind
    what: Text
    figures: tuple[NamedFigure, ...] = ()
    note: Text | None = None


class AllocationFact(Cited):
    """From a day on, the part of its approved amount that an applicant may draw in all."""

    from_: FullDate = Field(alias="from")
    fraction: Annotated[Amount, Field(le=1)]
    customers_at_most: int | None = Field(None, gt=0, description="Only applicants of at most so many.")
    what: Text
    note: Text | None = None


class ApplicantFact(Cited):
    """An organisation that asked for money, how much, and whose equipment it chose."""

    name: Text
    requested: Amount
    vendor: Slug | None = Field(None, description="The maker chosen, an organisation of the register.")
    note: Text | None = None


class FilerFact(Cited):
    """How many applications an organisation filed."""

    name: Text
    applications: int = Field(gt=0)


class OperatorFact(Cited):
    """A network as large as it really is: for trying a plan on."""

    name: Text
    figures: tuple[NamedFigure, ...]
    scope: Text | None = None
    places: tuple[Text, ...] = ()


class ProgrammeRemarkFact(Cited):
    """What stood in the way, or what an operator told about its work."""

    id: Slug
    by: Text | None = None
    what: Text


class SeriesPointFact(Measured, Cited):
    """One estimate of a series."""

    year: Year
    what: Text


class ProgrammeFile(Fact):
    """One programme."""

    id: Slug
    title: Text
    jurisdiction: Text
    currency: Currency
    directive: Slug | None = Field(None, description="The measure that it carries out.")
    as_of: FactDate
    rules: tuple[RuleFact, ...]
    allocations: tuple[AllocationFact, ...] = ()
    events: tuple[ProgrammeEventFact, ...]
    applicants: tuple[ApplicantFact, ...] = ()
    filers: tuple[FilerFact, ...] = ()
    operators: tuple[OperatorFact, ...] = ()
    obstacles: tuple[ProgrammeRemarkFact, ...] = ()
    statements: tuple[ProgrammeRemarkFact, ...] = ()
    estimates: tuple[SeriesPointFact, ...] = Field((), description="How the estimate of the whole grew.")
    gaps: tuple[Text, ...] = Field((), description="What was looked for and not read.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        days = [one.from_ for one in self.allocations]
        if days != sorted(days):
            raise ValueError("allocations are out of order; write the earliest first")
        return self


class ProgrammesPrinted(Fact):
    """What ``clearband data programme --json`` prints."""

    form: Literal["clearband/data-programmes/1"] = Field(alias="schema")
    facts_sha256: Text
    programmes: tuple[ProgrammeFile, ...]
    sources: dict[str, Source] = Field(description="The sources cited, by id.")
