"""The life of the measures: their events, and the stretches in which their clauses bind."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from clearband.directives.clock import known
from clearband.directives.law import Law
from clearband.directives.maker_match import Register
from clearband.directives.makers import Maker
from clearband.directives.truth import FALSE
from clearband.model.directive import Effect, Limb, Measure, Moment
from clearband.model.organisation import ControlLink
from clearband.register.ownership import first_day, is_known, known_end, last_day

SCHEMA: Final = "https://clearband.dev/schema/timeline-1.json"
_SHOWN: Final = (Effect.PROHIBITS, Effect.REQUIRES, Effect.ADVISES)
_NOT_LAW: Final = frozenset({"expected", "proposed"})


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time.

    Attributes:
        what: ``prohibits``, ``requires`` or ``advises``; of a maker: ``owner`` or ``list``.
        label: The clause, or whose the maker is.
        begins: First day; None when not known.
        ends: First day on which it is over; None when no end is known.
    """

    what: str
    label: str
    begins: date | None
    ends: date | None
    verified: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One measure; or, of the maker that was asked about, one owner or list."""

    id: str
    title: str
    group: str
    force: str
    verified: bool
    marks: tuple[Moment, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Rows on one axis.

    Attributes:
        first, last: The days that the axis runs from and to.
        on: The day of the question.
        known_on: The day whose knowledge is used; None for all of it.
    """

    first: date
    last: date
    on: date
    known_on: date | None
    rows: tuple[Row, ...]

    def as_json(self) -> dict[str, Any]:
        """The published form, ``facts/schemas/timeline.schema.json``."""
        return {
            "schema": SCHEMA,
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "on": self.on.isoformat(),
            "known_on": self.known_on.isoformat() if self.known_on else None,
            "rows": [_row_json(row) for row in self.rows],
        }


def _row_json(row: Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": row.title,
        "group": row.group,
        "force": row.force,
        "verified": row.verified,
        "events": [
            {"event": one.event, "date": one.text, "verified": one.verified, "note": one.note}
            for one in row.marks
        ],
        "spans": [
            {
                "what": one.what,
                "label": one.label,
                "begins": one.begins.isoformat() if one.begins else None,
                "ends": one.ends.isoformat() if one.ends else None,
                "verified": one.verified,
            }
            for one in row.spans
        ],
    }


def timeline(
    law: Law,
    register: Register,
    on: date,
    *,
    known_on: date | None = None,
    maker: str | None = None,
    links: Collection[ControlLink] = (),
    jurisdictions: Collection[str] = (),
    directives: Collection[str] = (),
    first: date | None = None,
    last: date | None = None,
) -> Timeline:
    """The life of measures, by jurisdiction, the earliest first.

    Args:
        law: The measures; drafts come last.
        register: The organisations.
        on: The day of the question.
        known_on: What was announced later is not shown.
        maker: Only measures that mean this organisation on some day; its own life goes first.
        links: The ownership of that maker.
        jurisdictions, directives: Only these; empty for all.
        first, last: The axis; None takes the events.
    """
    measures = dict(law.measures)
    limbs = list(law.limbs)
    for draft in law.drafts:
        measures[draft.measure.id] = draft.measure
        limbs += [limb for limb in draft.law.limbs if limb.directive == draft.measure.id]
    by_measure: dict[str, list[Limb]] = {}
    for limb in limbs:
        by_measure.setdefault(limb.directive, []).append(limb)
    meant = None if maker is None else _meant(maker, register, limbs, measures, links, on, known_on)
    drafts = {draft.measure.id for draft in law.drafts}
    rows = [
        _measure_row(measure, by_measure.get(key, []), known_on, draft=key in drafts)
        for key, measure in measures.items()
        if (meant is None or key in meant)
        and (not jurisdictions or measure.jurisdiction in jurisdictions)
        and (not directives or key in directives)
    ]
    rows = [row for row in rows if row.marks]
    rows.sort(key=lambda row: (row.group, min(mark.earliest for mark in row.marks), row.id))
    if maker is not None:
        rows[:0] = _maker_rows(maker, register, links, known_on)
    days = [day for row in rows for day in _days(row)]
    return Timeline(
        first or date(min([*days, on]).year, 1, 1),
        last or date(max([*days, on]).year + 1, 1, 1),
        on,
        known_on,
        tuple(rows),
    )


def _days(row: Row) -> Iterator[date]:
    for mark in row.marks:
        yield from (mark.earliest, mark.latest)
    for span in row.spans:
        yield from (day for day in (span.begins, span.ends) if day is not None)


def _measure_row(measure: Measure, limbs: Iterable[Limb], known_on: date | None, *, draft: bool) -> Row:
    marks = [one for one in measure.timeline if known_on is None or one.known_from <= known_on]
    marks.sort(key=lambda one: (one.earliest, one.latest))
    spans: dict[tuple[str, str, date, date | None], Span] = {}
    for limb in limbs:
        span = _span(limb, known_on)
        if span is not None and span.begins is not None:
            spans.setdefault((span.what, span.label, span.begins, span.ends), span)
    title = f"{measure.short_title} (draft, no law)" if draft else measure.short_title
    return Row(
        measure.id,
        title,
        measure.jurisdiction,
        measure.force.value,
        measure.verified,
        tuple(marks),
        tuple(sorted(spans.values(), key=lambda one: (one.begins or date.min, one.label))),
    )


def _span(limb: Limb, known_on: date | None) -> Span | None:
    """The stretch in which a limb binds; none for what has no day or only gives a power."""
    if limb.effect not in _SHOWN:
        return None
    starts = [known(clock, known_on) for clock in limb.starts]
    begun = [one for one in starts if one is not None and one.event not in _NOT_LAW]
    if len(begun) < len(limb.starts):
        return None
    begins = max(one.latest for one in begun)
    ends = [
        one.latest + timedelta(days=int(end.last_day_included))
        for end in limb.ends
        if (one := known(end.clock, known_on)) is not None
    ]
    over = min(ends, default=None)
    if over is not None and over <= begins:
        return None
    verified = limb.verified and all(one.verified for one in begun)
    return Span(limb.effect.value, limb.clause.partition("/")[0], begins, over, verified)


def _meant(
    maker: str,
    register: Register,
    limbs: Iterable[Limb],
    measures: dict[str, Measure],
    links: Iterable[ControlLink],
    on: date,
    known_on: date | None,
) -> set[str]:
    """The measures that mean a maker on some day: today, or a day on which whose it is changes."""
    days = {on}
    for link in links:
        days |= {first_day(text) for text in (link.begins, link.ends) if text}
        days |= {last_day(link.ends) - timedelta(days=1)} if link.ends else set()
    for limb in limbs:
        days |= {last_day(moment.text) for clock in limb.starts for moment in clock}
    makers = [Maker(maker, "identified", register, day, known_on) for day in sorted(days)]
    found = set()
    for limb in limbs:
        if limb.directive in found or not any(rule.named or rule.list_id for rule in limb.makers):
            continue
        since = measures[limb.directive].first_event
        if any(one.match(limb.makers, since).truth != FALSE for one in makers):
            found.add(limb.directive)
    return found


def _maker_rows(
    maker: str, register: Register, links: Iterable[ControlLink], known_on: date | None
) -> list[Row]:
    """Whose a maker was when, and on which lists it stands: one row each."""
    spans = [
        Span(
            "owner",
            f"{_name(link.owner, register)} ({link.relation}{_share(link)})",
            first_day(link.begins) if link.begins else None,
            last_day(ends) if (ends := known_end(link, known_on)) else None,
            link.verified,
        )
        for link in links
        if is_known(link, known_on)
    ]
    for one in register.designations(maker):
        since = one.begins or min(one.editions, default=None)
        begins = first_day(since) if since else None
        if known_on is None or begins is None or begins <= known_on:
            over = last_day(one.ends) if one.ends else None
            if over is not None and known_on is not None and over > known_on:
                over = None
            spans.append(Span("list", f"on the list {one.list_id}", begins, over, one.verified))
    spans.sort(key=lambda span: (span.begins or date.min, span.label))
    name = _name(maker, register)
    return [Row(maker, span.label, name, "maker", span.verified, (), (span,)) for span in spans]


def _share(link: ControlLink) -> str:
    return f" {link.share_pct} %" if link.share_pct else ""


def _name(org: str, register: Register) -> str:
    organisation = register.organisations.get(org)
    return organisation.name if organisation else org
