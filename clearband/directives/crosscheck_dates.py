"""The dates of a directive file: references into its timeline, and parts that can never hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, Final

from clearband.directives.clock import can_begin, known
from clearband.directives.definitions import Definitions
from clearband.directives.limbs import build_limbs
from clearband.directives.moments import clock_of, end_of
from clearband.errors import FactsError
from clearband.facts.problems import Found, Path, nearest_or
from clearband.model.directive import Clock, End

Raw = dict[str, Any]
_DATED: Final = ("from", "until", "through")


def crosscheck_dates(raw: Raw) -> Iterator[Found]:
    """References to events that do not exist, and dates that contradict each other.

    Args:
        raw: The file as compiled.
    """
    events = [f"{event['event']} {event['date']}" for event in raw["timeline"]]
    for number, event in enumerate(raw["timeline"]):
        if event.get("earliest", "") > event["date"]:
            yield (
                "error",
                ("timeline", number, "earliest"),
                "earliest is later than the date",
                "earliest is the first day that a source gives",
            )
        if event.get("known_from", event["date"])[: len(event["date"])] > event["date"]:
            what = "known_from is later than the date: nobody would have known of it on its day"
            yield "warning", ("timeline", number, "known_from"), what, "correct one of them"
    yield from _counted_from(raw, events)
    for place, part in _dated_parts(raw):
        if "until" in part and "through" in part:
            what = "until and through both say when it ends"
            yield (
                "error",
                (*place, "through"),
                what,
                "until is the first day without it, through the last with it",
            )
        missing = [
            found for key in _DATED if key in part for found in _missing(part[key], (*place, key), events)
        ]
        yield from missing
        if len(place) > 2 and not missing and _never_holds(raw, part):
            what = f"{_name(place, part)} ends before it begins"
            yield "error", place, what, "correct `from`, `until` or `through`"


def _dated_parts(raw: Raw) -> Iterator[tuple[Path, Raw]]:
    """Clauses, their duties, and exceptions of clauses and entries, with their places."""
    for key in ("entries", "clauses"):
        for number, part in enumerate(raw.get(key, ())):
            if key == "clauses":
                yield (key, number), part
            for nth, exception in enumerate(part.get("exceptions", ())):
                yield (key, number, "exceptions", nth), exception
            for nth, duty in enumerate(part.get("duties", ())):
                if not isinstance(duty, str):
                    yield (key, number, "duties", nth), duty


def _name(place: Path, part: Raw) -> str:
    return f'the exception "{part["id"]}"' if "exceptions" in place else "the duty"


def _counted_from(raw: Raw, events: Sequence[str]) -> Iterator[Found]:
    """Events that duties count from: there, begun some day, and known by their day."""
    for place, part in _dated_parts(raw):
        after = part.get("after", "") if "duties" in place else ""
        if " " not in after:
            continue
        here = (*place, "after")
        missing = list(_missing(after, here, events))
        yield from missing
        if missing:
            continue
        moment = clock_of(raw, after, "effective")[0]
        if moment.earliest != moment.latest:
            what = f'no days can be counted from "{after}", which is no day'
            yield "error", here, what, "give its day in the timeline, or write the duty as text"
        elif not can_begin(moment):
            what = f'"{after}" never begins, so nothing can be counted from it'
            yield "error", here, what, "count from an event that is law"


def _missing(when: Any, place: Path, events: Sequence[str]) -> Iterator[Found]:
    for number, item in enumerate(when if isinstance(when, list) else [when]):
        inner = (*place, number) if isinstance(when, list) else place
        event = item if isinstance(item, str) else item.get("event")
        if event is not None and event not in events:
            shown = nearest_or(event, events, f"the timeline has {', '.join(events)}")
            yield "error", inner, f'"{event}" is no event of the timeline', f"write NAME DATE; {shown}"


def _never_holds(raw: Raw, part: Raw) -> bool:
    end = end_of(raw, part)
    return (
        end is not None and "from" in part and _over_first([clock_of(raw, part["from"], "effective")], [end])
    )


def _over_first(starts: Sequence[Clock], ends: Sequence[End]) -> bool:
    """Whether an end comes before there is a day on which all starts have come."""
    begins = [moment.earliest for clock in starts if (moment := known(clock, None)) is not None]
    first_without = [
        moment.latest + timedelta(days=int(end.last_day_included))
        for end in ends
        if (moment := known(end.clock, None)) is not None
    ]
    return bool(begins and first_without) and min(first_without) <= max(begins)


def never_holding(raw: Raw, others: Sequence[Raw], definitions: Definitions) -> Iterator[Found]:
    """Clauses that end before they begin, and so never hold.

    Args:
        raw: A file in which nothing else is wrong.
        others: The other measures.
        definitions: What the laws call a subsidiary or affiliate.
    """
    places = {clause["id"]: number for number, clause in enumerate(raw.get("clauses", ()))}
    try:
        limbs = build_limbs([*({**one, "clauses": ()} for one in others), raw], definitions=definitions)
    except FactsError as error:  # a definition that does not say what is reached
        yield "error", _place_of_definition(raw), error.what, error.remedy
        return
    never: dict[int, bool] = {}
    too_early: dict[tuple[int, str], bool] = {}
    for limb in limbs:
        number = places.get(limb.clause.partition("/")[0])
        if limb.directive != raw["id"] or number is None:
            continue
        # An entry that came after the end of a clause is no mistake; a clause that nothing ever met is.
        never[number] = never.get(number, True) and _over_first(limb.starts, limb.ends)
        for rule in limb.exemptions:
            if rule.end is not None and not rule.separate:
                over = _over_first(limb.starts, [rule.end])
                too_early[number, rule.id] = too_early.get((number, rule.id), True) and over
    for number in (number for number, over in never.items() if over):
        what = f'the clause "{raw["clauses"][number]["id"]}" ends before it begins'
        yield "error", ("clauses", number), what, "correct `from`, `until` or `through`"
    for number, name in (item for item, over in too_early.items() if over and not never[item[0]]):
        what = f'the exception "{name}" ends before the clause begins, and never holds'
        yield "warning", ("clauses", number), what, "correct the dates, or take it out"


def _place_of_definition(raw: Raw) -> Path:
    if "affiliates_by" in raw:
        return ("affiliates_by",)
    named = (
        (key, number, "makers", "affiliates_by")
        for key in ("entries", "clauses")
        for number, part in enumerate(raw.get(key, ()))
        if "affiliates_by" in part.get("makers", {})
    )
    return next(named, ())
