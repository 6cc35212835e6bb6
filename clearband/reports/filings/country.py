"""A brief about a country: its measures with dates, and what is known of its networks, in neutral words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from clearband import __version__
from clearband.directives.law import Law, load_law
from clearband.directives.timeline import Row, timeline
from clearband.facts.store import compiled, content_hash
from clearband.impact.places import jurisdictions_of
from clearband.register.register import load_register
from clearband.reports.filings.country_exposure import exposure, place_name, run_section
from clearband.reports.filings.form import CitedSource, Column, Filing, RestsOn, Said, Section, Table
from clearband.reports.filings.screened import Screened, cited_measures
from clearband.reports.plain_text import count
from clearband.reports.sources import packaged_sources
from clearband.reports.vocabulary import plain_id

_EVENTS: Final = "events"
_NOT_FOUND: Final = ("allegation", "investigation", "charge")
"""States of a matter in which nobody has found anything yet."""


def country_brief(country: str, on: date, screened: Screened | None = None) -> Filing:
    """The brief.

    Args:
        country: As `clearband.impact.places.country_code` gives it.
        on: The day.
        screened: A run, whose findings under the country's measures are told too.
    """
    homes = jurisdictions_of(country)
    law = load_law()
    rows = timeline(law, load_register(), on, jurisdictions=homes).rows
    raw = {one["id"]: one for one in compiled().read("directives")}
    known, cited = exposure(country)
    sections = [
        _about(country, homes, rows, on),
        _measures(rows, raw, on),
        _coming(rows, law, on),
        _dates(rows),
        *known,
        _matters([raw[row.id] for row in rows]),
    ]
    if screened is not None:
        sections.insert(1, run_section(screened, [row.id for row in rows]))
    return Filing(
        kind="country",
        title=f"Country brief: {place_name(country)}",
        subtitle="Measures on telecommunications suppliers, and what is known of exposure",
        on=on,
        rests_on=screened.rests_on() if screened else _facts_alone(),
        sections=tuple(sections),
        sources=(*cited_measures(row.id for row in rows), *_published(cited)),
    )


def _facts_alone() -> RestsOn:
    return RestsOn(clearband=__version__, facts_sha256=content_hash())


def _published(ids: Iterable[str]) -> Iterator[CitedSource]:
    held = packaged_sources()
    for one in sorted(set(ids) & held.keys()):
        yield CitedSource(
            id=one,
            what=held[one]["what"],
            url=held[one].get("url"),
            verified=held[one].get("read") is not False,
        )


def _about(country: str, homes: Sequence[str], rows: Sequence[Row], on: date) -> Section:
    whose = " and of ".join(homes)
    said = [
        Said(
            text=f"Measures of {whose} as these facts hold them, and published figures about its "
            f"networks, as of {on}. What is not verified was not read in its source and says so. A measure "
            "that is not here may exist."
        )
    ]
    if not rows:
        text = f"These facts hold no measure of {country}. That does not say that there is none."
        said.append(Said(text=text, tone="open"))
    return Section(title="What this is", wide=True, blocks=tuple(said))


def _standing(row: Row, on: date) -> str:
    """Where a measure stands on a day, from the stretches in which its clauses bind."""
    begun = [span for span in row.spans if span.begins is not None and span.begins <= on]
    held = [span for span in begun if span.ends is None or span.ends > on]
    if held:
        return f"in force since {min(span.begins for span in held if span.begins is not None)}"
    ahead = [span.begins for span in row.spans if span.begins is not None and span.begins > on]
    if ahead:
        return f"from {min(ahead)}"
    if begun:
        return f"ended {max(span.ends for span in begun if span.ends is not None)}"
    last = row.marks[-1] if row.marks else None
    return f"{last.event} {last.text}" if last else "no date is held"


def _measures(rows: Sequence[Row], raw: Mapping[str, Mapping[str, Any]], on: date) -> Section:
    told = []
    for row in rows:
        measure = raw[row.id]
        doubts = [*measure["unverified_parts"], *(f"disputed: {one}" for one in measure.get("disputes", ()))]
        told.append(
            (
                measure["short_title"], measure["issuer"], measure["citation"], row.group, measure["force"],
                ", ".join(dict.fromkeys(span.what for span in row.spans)) or "",
                _standing(row, on),
                "; ".join(one["says"] for one in measure["clauses"] if one.get("says")),
                "yes" if row.verified else "no",
                "; ".join(doubts),
            )
        )  # fmt: skip
    table = Table(
        title="",
        columns=(
            Column(title="measure", width=1.4),
            Column(title="issuer", width=1.1),
            Column(title="citation", width=1.2),
            Column(title="of", width=0.4),
            Column(title="force", width=0.7),
            Column(title="does", width=0.8),
            Column(title="standing", width=1),
            Column(title="says", width=4),
            Column(title="verified", width=0.6),
            Column(title="not verified, or disputed", width=2),
        ),
        rows=tuple(told),
        empty="None is held.",
        note="Each is of binding force or not, as the column says; guidance binds nobody.",
        short="measures",
    )
    return Section(title="Measures", wide=True, blocks=(table,))


def _coming(rows: Sequence[Row], law: Law, on: date) -> Section:
    found: dict[tuple[str, str, str], bool] = {}
    titles = {row.id: row.title for row in rows}
    for row in rows:
        for mark in row.marks:
            if mark.latest > on:
                found[mark.text, row.title, _event(mark.event, mark.note)] = mark.verified
        for span in row.spans:
            for day, word in ((span.begins, "begins"), (span.ends, "ends")):
                if day is not None and day > on:
                    found[day.isoformat(), row.title, f"{plain_id(span.label)} {word}: {span.what}"] = (
                        span.verified
                    )
    for limb in law.limbs:
        for duty in limb.duties if limb.directive in titles else ():
            if duty.by is not None and duty.by > on:
                found[duty.by.isoformat(), titles[limb.directive], duty.text] = duty.verified
    table = Table(
        title="",
        columns=(
            Column(title="day"),
            Column(title="measure", width=1.6),
            Column(title="what", width=4),
            Column(title="verified", width=0.7),
        ),
        rows=tuple((*key, "yes" if found[key] else "no") for key in sorted(found)),
        empty="These facts name no day that is ahead.",
        short="days to come",
    )
    return Section(title="Days to come", blocks=(table,))


def _dates(rows: Sequence[Row]) -> Section:
    told = sorted(
        (mark.text, row.title, plain_id(mark.event), mark.note or "", "yes" if mark.verified else "no")
        for row in rows
        for mark in row.marks
    )
    table = Table(
        title="",
        columns=(
            Column(title="day"), Column(title="measure", width=1.6), Column(title="event", width=1.1),
            Column(title="note", width=4), Column(title="verified", width=0.7),
        ),
        rows=tuple(told),
        empty="None is held.",
        short="dates",
    )  # fmt: skip
    return Section(title="How the measures came about", blocks=(table,))


def _event(event: str, note: str | None) -> str:
    return f"{plain_id(event)} ({note})" if note else plain_id(event)


def _named(value: Any) -> set[str]:
    """Organisations that clauses and entries of a measure name."""
    if isinstance(value, dict):
        own = {value["org"]} if isinstance(value.get("org"), str) else set()
        return own.union(*map(_named, value.values()))
    if isinstance(value, list):
        return set().union(*map(_named, value))
    return set()


def _matters(measures: Sequence[Mapping[str, Any]]) -> Section:
    """Public matters of the makers that the measures name: each called what it is."""
    held = compiled().read(_EVENTS)
    register = load_register().organisations
    makers = (
        set().union(*(_named([one["clauses"], one["entries"]]) for one in measures)) if measures else set()
    )
    rows = [
        (
            one["date"],
            ", ".join(register[name].name if name in register else name for name in one["organisations"]),
            plain_id(one["kind"]),
            f"{plain_id(one['status'])} (no finding)"
            if one["status"] in _NOT_FOUND
            else plain_id(one["status"]),
            one["summary"] + (f" Outcome: {one['outcome']}" if one.get("outcome") else ""),
            one.get("company_response") or "not seen in the sources read",
            one["source"],
            "yes" if one["verified"] else "no",
        )
        for one in sorted(held["events"], key=lambda one: (one["date"], one["id"]))
        if makers & set(one["organisations"])
    ]
    table = Table(
        title="",
        columns=(
            Column(title="date", width=0.9),
            Column(title="about", width=1.3),
            Column(title="kind", width=1),
            Column(title="state of the matter", width=1.1),
            Column(title="what is said", width=3.4),
            Column(title="the company's answer", width=1.8),
            Column(title="source", width=1.5),
            Column(title="verified", width=0.6),
        ),
        rows=tuple(rows),
        empty="These facts hold no public matter of a maker that these measures name.",
        short="matters",
    )
    text = (
        f"{count(len(rows), 'public matter')} of makers that the measures above name, as of {held['as_of']}. "
        "An allegation, an investigation or a charge is not a finding of guilt; the state is that of the "
        "sources read, and a newer ruling may exist."
    )
    return Section(title="What is said of the makers named", wide=True, blocks=(Said(text=text), table))
