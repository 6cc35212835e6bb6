"""Draft of the two reports of FAR 52.204-25(d): within one business day, and within ten of the first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import polars as pl

from clearband.directives.calendars import add_business_days, calendar_name
from clearband.facts.store import compiled
from clearband.reports.filings.form import Filing, Line, Lines, Said, Section, Table
from clearband.reports.filings.left_over import excepted, open_records
from clearband.reports.filings.record_table import (
    BRAND,
    FROM,
    MODEL,
    PART,
    QUANTITY,
    RECORD,
    SITE,
    Shown,
    item_description,
    record_table,
)
from clearband.reports.filings.remarks import remarks
from clearband.reports.filings.screened import Screened
from clearband.reports.filings.section_889_law import FAR, limbs, sources, together
from clearband.reports.filings.sorted_out import State, of_state, units
from clearband.reports.plain_text import count

_COUNTRY: Final = "US"
_FIRST: Final = "first-report"
_CLAUSE: Final = "report"
_CITED: Final = ("FAR 52.204-25(d) (Nov 2021)",)
_WHO: Final = (
    "A contractor that finds covered telecommunications equipment or services, used as a substantial or "
    "essential component of any system or as critical technology, during the performance of a contract, or "
    "is told of it by a subcontractor at any tier or by any other source, reports to the contracting "
    "officer, unless the contract itself sets other procedures for reporting; for contracts of the "
    "Department of Defense at https://dibnet.dod.mil. For an indefinite delivery contract, it "
    "reports to the officers of the affected orders too, or, for the Department of Defense, names the "
    "contract and those orders in the report."
)
_NOT_SAID: Final = (
    "Whether an item is such a component, and whether it was found during the performance of a contract, is "
    "not in the data."
)
_NOTHING: Final = (
    "The data names no item that is covered for certain. Open records stand below, and are not cleared."
)


def section_889_report(screened: Screened, found: date | None = None) -> Filing:
    """The drafts of both reports.

    Args:
        screened: The run.
        found: The day on which the items were identified, or the contractor was told of them; None takes the
            day of finding of the run, else the day that it is about.

    Raises:
        UsageError: The run did not ask for a federal contractor.
    """
    both = together(*limbs(screened))
    covered = of_state(both, State.COVERED)
    return Filing(
        kind="section-889-report",
        title="Section 889: drafts of the reports of FAR 52.204-25(d)",
        subtitle="Within one business day of the finding, and within ten business days of the first report",
        on=screened.on,
        rests_on=screened.rests_on(),
        sections=(
            _about(covered),
            _when(screened, found),
            _first(covered),
            _second(),
            excepted(both, (Shown("provide", "provide", 1.2), Shown("use", "use", 1.2))),
            open_records(both),
            remarks(screened),
        ),
        sources=sources(),
    )


def _about(covered: pl.DataFrame) -> Section:
    said = [
        Said(text=_WHO, sources=_CITED),
        Said(text=_NOT_SAID, tone="open"),
    ]
    if covered.is_empty():
        said.append(Said(text=_NOTHING, tone="open"))
    else:
        items = count(covered.height, "record is", "records are")
        told = f"{items} covered for certain ({units(covered)})."
        said.append(Said(text=told, tone="strong"))
    return Section(title="What this is", cite="FAR 52.204-25(d)(1)", blocks=tuple(said))


def _clock() -> tuple[int, int]:
    """Business days of the first report and of the second, as the facts have them."""
    measure: Mapping[str, Any] = next(one for one in compiled().read("directives") if one["id"] == FAR)
    clause = next(one for one in measure["clauses"] if one["id"] == _CLAUSE)
    first = next(int(duty["business_days"]) for duty in clause["duties"] if duty.get("id") == _FIRST)
    second = next(int(duty["business_days"]) for duty in clause["duties"] if duty.get("after") == _FIRST)
    return first, second


def _when(screened: Screened, found: date | None) -> Section:
    named = found or screened.run.found_on
    day = named or screened.on
    one, ten = _clock()
    first = add_business_days(day, one, _COUNTRY)
    second = add_business_days(first, ten, _COUNTRY)
    measure = next(held for held in compiled().read("directives") if held["id"] == FAR)
    basis = "named with --found" if found else "the run's --found-on" if named else None
    lines = (
        Line(
            label="Found on",
            value=named.isoformat() if named else None,
            basis=basis,
            needed=f"name it with --found; counted below as if found on {screened.on}, the day that the run "
            "is about",
        ),
        Line(
            label=f"First report, within {count(one, 'business day')}",
            cite="(d)(2)(i)",
            value=f"{first:%a} {first.isoformat()}",
            basis=f"counted from {day}; Saturdays, Sundays and {calendar_name(_COUNTRY)} left out",
        ),
        Line(label="First report submitted on", needed="fill in; the second report is counted from it"),
        Line(
            label=f"Second report, within {count(ten, 'business day')} of the first",
            cite="(d)(2)(ii)",
            value=f"{second:%a} {second.isoformat()}",
            basis=f"counted from {first}, the last day for the first report: earlier if that is submitted "
            "earlier",
        ),
    )
    doubts = tuple(
        Said(text=f"Not verified: {one}.", tone="open", sources=(FAR,)) for one in measure["unverified_parts"]
    )
    return Section(
        title="When", cite="FAR 52.204-25(d)(2)", blocks=(Lines(title="Days", lines=lines), *doubts)
    )


def _first(covered: pl.DataFrame) -> Section:
    lines = Lines(
        title="For the whole report",
        lines=(
            Line(label="Contract number", needed="fill in"),
            Line(label="Order number(s), if applicable", needed="fill in"),
            Line(label="Reported to: contracting officer, or DIBNet", needed="fill in"),
        ),
    )
    return Section(
        title="First report",
        cite="FAR 52.204-25(d)(2)(i)",
        wide=True,
        blocks=(lines, _items(covered)),
    )  # fmt: skip


def _items(covered: pl.DataFrame) -> Table:
    return record_table(
        covered,
        (
            RECORD,
            FROM,
            Shown("supplier name", None, 1.1),
            Shown("supplier UEI", None, 0.8),
            Shown("supplier CAGE code", None, 0.8),
            BRAND,
            Shown("made by", "maker_name", 1.5),
            MODEL,
            PART,
            Shown("wholesaler number", None, 0.9),
            Shown("item description", item_description(), 1.3),
            QUANTITY,
            SITE,
            Shown("contract or order", None, 0.9),
            Shown("mitigation undertaken or recommended", None, 1.4),
        ),
        title="Items found",
        short="items",
        empty="No item is covered for certain: there is nothing to report yet.",
        note="The supplier is who sold it, and not the maker: an inventory seldom says.",
    )


def _second() -> Section:
    labels = (
        "Further information about mitigation actions undertaken or recommended",
        "Efforts undertaken to prevent the use or submission of covered equipment or services",
        "Additional efforts that will be made to prevent it in future",
    )
    lines = tuple(
        Line(label=label, needed="the contractor's account; no inventory holds it") for label in labels
    )
    return Section(
        title="Second report",
        cite="FAR 52.204-25(d)(2)(ii)",
        wide=True,
        blocks=(Lines(title="Left empty here", lines=lines),),
    )
