"""Worksheet for the yearly report on covered equipment and services (Secure Networks Act; 47 CFR 1.50007)."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from clearband.errors import UsageError
from clearband.facts.store import compiled
from clearband.reports.filings.form import Choice, CitedSource, Filing, Line, Lines, Said, Section
from clearband.reports.filings.left_over import excepted, not_reached, open_records
from clearband.reports.filings.record_table import (
    FROM,
    MAKER,
    MODEL,
    QUANTITY,
    RECORD,
    Shown,
    category,
    record_table,
)
from clearband.reports.filings.remarks import remarks
from clearband.reports.filings.screened import Screened, cited_measures
from clearband.reports.filings.sorted_out import State, of_state, questions, sorted_out, units
from clearband.reports.plain_text import count

ACTOR: Final = "advanced-communications-provider"
ACT: Final = "us-secure-networks-act"
LIST: Final = "us-fcc-covered-list"
_CLAUSE: Final = "annual-report"
_ACTIONS: Final = ("report", "use")
_FIRST_LIST: Final = "2021-03-12"
_SINCE: Final = date(2018, 8, 14)
_AFTER_LISTING: Final = 60
"""Days: what was listed later is reported when it was obtained from so long after the listing on."""
_QUESTIONS: Final = 6
_STATUTE: Final = CitedSource(
    id="47 U.S.C. 1604",
    what="who reports, from which day on it was obtained, the certification instead, and the justification",
    url="https://uscode.house.gov/view.xhtml?req=granuleid:USC-prelim-title47-section1604",
)
_FORM: Final = CitedSource(
    id="FCC Form 5641",
    what="the form of the report (OMB 3060-1270); its first fields were read, the later ones were not",
    url="https://omb.report/icr/202306-3060-002/doc/132398800",
)
_RULE: Final = CitedSource(
    id="47 CFR 1.50007",
    what="type, location, date obtained, and any removal and replacement plans of each item. The rule "
    "itself was not read: compare with the portal",
    verified=False,
)


def fcc_annual(screened: Screened) -> Filing:
    """The worksheet.

    Raises:
        UsageError: The run did not ask for a provider of advanced communications service.
    """
    asked = screened.asks(ACTOR, _ACTIONS)
    if not asked:
        raise UsageError(
            "the run did not ask the law for a provider of advanced communications service",
            where=str(screened.folder),
            remedy=f"screen with --as {ACTOR} --action use --action report",
        )
    records = _with_days(sorted_out(screened, (ACT,), ACTOR, asked, sure=pl.col("question") == _asks()))
    return Filing(
        kind="fcc-annual",
        title="Secure Networks Act: worksheet for the yearly report to the FCC",
        subtitle="Covered communications equipment or services in the network on 31 December",
        on=screened.on,
        rests_on=screened.rests_on(),
        sections=(
            _about(screened),
            Section(
                title="Report or certification", cite="47 U.S.C. 1604", blocks=(_choice(records, screened),)
            ),
            _items(records),
            excepted(records),
            open_records(records),
            not_reached(records, "the Secure Networks Act"),
            remarks(screened),
            _accuracy(),
        ),
        sources=(_STATUTE, _FORM, _RULE, *cited_measures((ACT, LIST))),
    )


def _asks() -> str:
    """The one question that is left where an item is covered for certain: when it was obtained."""
    measure = next(one for one in compiled().read("directives") if one["id"] == ACT)
    question: str = next(one["asks"] for one in measure["clauses"] if one["id"] == _CLAUSE)
    return question


def _with_days(records: pl.DataFrame) -> pl.DataFrame:
    """The records with ``reported from``, and how the day obtained stands to it as ``by its day``."""
    listed = pl.col("since").str.to_date(strict=False)
    start = (
        pl.when(pl.col("since") == _FIRST_LIST)
        .then(pl.lit(_SINCE))
        .otherwise(listed.dt.offset_by(f"{_AFTER_LISTING}d"))
    )
    return records.with_columns(start.alias("reported from")).with_columns(
        pl.when(pl.col("acquired_on") >= pl.col("reported from"))
        .then(pl.lit("on or after: reported"))
        .when(pl.col("acquired_on") < pl.col("reported from"))
        .then(pl.lit("before"))
        .alias("by its day")
    )


def _due(screened: Screened) -> tuple[str, str] | None:
    """The day that the run found the report to be due on, and the 31 December that it is about."""
    for entry in screened.summary["deadlines"]:
        if any(one["directive"] == ACT and one["clause"] == _CLAUSE for one in entry["clauses"]):
            return entry["due"], f"{int(entry['due'][:4]) - 1}-12-31"
    return None


def _about(screened: Screened) -> Section:
    due = _due(screened)
    early = due is not None and screened.on.isoformat() < due[1]
    said = [
        Said(
            text="A worksheet for the report that a provider of advanced communications service files by 31 "
            "March on what was in its network on 31 December before, made of one inventory. It is filed in "
            "the FCC's portal, by the provider, with a certification of its accuracy.",
            sources=("47 U.S.C. 1604", "FCC Form 5641"),
        )
    ]
    if early and due is not None:
        said.append(
            Said(
                text=f"The inventory was screened as of {screened.on}: what comes or goes until {due[1]} is "
                f"not in it.",
                tone="open",
            )
        )
    return Section(
        title="What this is",
        blocks=(
            *said,
            Lines(
                title="Filer and report",
                lines=(
                    Line(label="FCC Registration Number (FRN)", cite="Form 5641, 1", needed="fill in"),
                    Line(label="Name of the filer", cite="Form 5641, 2", needed="fill in"),
                    Line(label="Address, telephone, website", cite="Form 5641, 3", needed="fill in"),
                    Line(
                        label="Due",
                        value=due[0] if due else None,
                        basis="the run's deadlines",
                        needed="the run found nothing that is, or may be, reported",
                    ),
                    Line(
                        label="About what was in the network on",
                        value=due[1] if due else None,
                        basis="31 December before the day it is due",
                        needed="the run found nothing that is, or may be, reported",
                    ),
                    Line(label="Law asked as of", value=screened.on.isoformat(), basis="the run"),
                ),
            ),
        ),
    )  # fmt: skip


def _choice(records: pl.DataFrame, screened: Screened) -> Choice:
    covered, undecided = of_state(records, State.COVERED), of_state(records, State.OPEN)
    beside = of_state(records, State.EXEMPT, State.LATER)
    says, decide = [], []
    if records.is_empty():
        says.append("The inputs hold no record: nothing was screened, and the data says nothing.")
        decide.append("An inventory of the network.")
    if covered.height:
        by_day = {word: of.height for (word,), of in covered.partition_by("by its day", as_dict=True).items()}
        says.append(f"{count(covered.height, 'record is', 'records are')} covered ({units(covered)}):")
        for word, told in (
            ("on or after: reported", "obtained on or after the day from which it is reported"),
            ("before", "obtained before that day"),
            (None, "with no day on which it was obtained in the data"),
        ):
            if number := by_day.get(word):
                says.append(f"{count(number, 'record')} {told}.")
        if by_day.get(None):
            decide.append(f"On which day was each of the {by_day[None]:,} obtained?")
    if beside.height:
        says.append(
            f"{count(beside.height, 'record is', 'records are')} of a covered maker, with a named exception "
            f"or reached only later ({units(beside)}): see the table. "
            "The certification is that there is none in the network."
        )
        decide.append("Is the item covered equipment on the day of the report?")
    if undecided.height:
        says.append(
            f"{count(undecided.height, 'record is', 'records are')} open "
            f"({units(undecided)}). While any is, the data "
            "does not speak for a certification that there is none."
        )
        decide += questions(undecided, _QUESTIONS)
    if unread := len(screened.summary["not_read"]):
        says.append(f"{count(unread, 'table')} of the inputs could not be read: what stands there is open.")
        decide.append("What is in the tables that could not be read?")
    nothing = (
        records.height and not covered.height and not beside.height and not undecided.height and not unread
    )
    if nothing:
        says.append(
            "Nothing covered and nothing open is among what was read. What is not in the inventory was not "
            "looked at."
        )
        decide.append("Is the inventory the whole network, services included?")
    return Choice(
        title="Which of the two",
        cite="47 U.S.C. 1604(a) and (b)",
        options=(
            "the provider reports the covered equipment or services obtained on or after the day that counts",
            "the provider certifies that it has no covered equipment or service in its network",
        ),
        state="speaks-for-yes"
        if covered.height
        else "nothing-found"
        if nothing
        else "open"
        if records.height
        else "nothing-asked",
        says=tuple(says),
        would_decide=tuple(decide),
    )


def _items(records: pl.DataFrame) -> Section:
    covered = of_state(records, State.COVERED)
    cost = pl.when(pl.col("unit_cost").is_not_null()).then(
        pl.format(
            "{} {}",
            # As stated: 1200.0000 of the column is 1200, and 12.5000 is 12.5.
            pl.col("unit_cost").cast(pl.String).str.strip_chars_end("0").str.strip_chars_end("."),
            pl.col("currency").fill_null("(currency not stated)"),
        )
    )
    table = record_table(
        covered,
        (
            RECORD,
            FROM,
            Shown("type", category(), 1.2),
            MAKER,
            MODEL,
            Shown("location: site", "site", 1.1),
            Shown("region", "region", 0.8),
            QUANTITY,
            Shown("obtained", "acquired_on", 1.15),
            Shown("installed", "installed_on", 1.15),
            Shown("reported from", "reported from", 1.15),
            Shown("by its day", "by its day", 0.9),
            Shown("cost of a unit in the inventory", cost, 0.9),
            Shown("removal or replacement plan", None, 1.2),
            Shown("removed and replaced under the reimbursement programme", None, 1.2, choices=("yes", "no")),
            Shown("plans to go on obtaining or using it, and why", None, 1.2),
            Shown("justification", None, 1.2),
        ),
        title="Covered equipment and services",
        short="covered",
        empty="No record is covered for certain; open records follow.",
        note="The day of installation is not the day on which it was obtained, and stands beside it for "
        "what it is.",
    )
    return Section(
        title="What is reported of each item",
        cite="47 CFR 1.50007; 47 U.S.C. 1604(c)",
        wide=True,
        blocks=(table,),
    )


def _accuracy() -> Section:
    lines = (
        Line(
            label="Certification of accuracy, by an official of the filer",
            needed="made in the portal, by the filer alone",
        ),
        Line(label="Title of the certifying official", needed="fill in there"),
        Line(label="Day of the certification", needed="fill in there"),
    )
    return Section(
        title="Certification", cite="47 CFR 1.50007", blocks=(Lines(title="Left empty here", lines=lines),)
    )
