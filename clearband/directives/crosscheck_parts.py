"""Clauses, entries and exceptions that would do something else than who wrote them can have meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from clearband.directives.calendars import JURISDICTIONS
from clearband.facts.problems import Found, Path

Raw = dict[str, Any]
_NEVER_OWED: Final = ("advises", "enables", "licenses")
_NARROWS: Final = ("makers", "equipment", "purposes", "made_in", "covers", "see", "relaxes")


def crosscheck_parts(raw: Raw) -> Iterator[Found]:
    """Parts without a condition, and keys of exceptions that do nothing.

    Args:
        raw: The file as compiled.
    """
    for key in ("entries", "clauses"):
        for number, part in enumerate(raw.get(key, ())):
            place: Path = (key, number)
            yield from _duties(part, place)
            yield from _uncounted_holidays(part, place, raw["jurisdiction"])
            if not any(part.get(one) for one in _NARROWS):
                what = f'"{part["id"]}" is about everything that anybody made'
                yield "warning", place, what, "say of what: makers, equipment, purposes, made_in or covers"
            for nth, exception in enumerate(part.get("exceptions", ())):
                yield from _exception(exception, (*place, "exceptions", nth), part.get("actions"))


def _duties(part: Raw, place: Path) -> Iterator[Found]:
    """Duties count from the finding, an event, or another one that stands before them."""
    if part.get("duties") and part.get("effect") in _NEVER_OWED:
        what = f'the duties of "{part["id"]}", which {part["effect"]}, are never shown'
        yield (
            "warning",
            (*place, "duties"),
            what,
            "only prohibits and requires bind anybody; say it in `says`",
        )
    before = ["found"]
    for number, duty in enumerate(part.get("duties", ())):
        if isinstance(duty, str):
            continue
        here = (*place, "duties", number)
        for nth, actor in enumerate(duty.get("actors", ())):
            if actor not in part["actors"]:
                what = f'"{part["id"]}" does not bind {actor}'
                yield "error", (*here, "actors", nth), what, f"its actors are {', '.join(part['actors'])}"
        if " " not in duty["after"] and duty["after"] not in before:
            what = f'no duty before this one has the id "{duty["after"]}"'
            yield "error", (*here, "after"), what, f"count from {', '.join(before)} or an event"
        if duty.get("id") in before:
            yield "error", (*here, "id"), f'the id "{duty["id"]}" stands twice', "rename one"
        before += [duty["id"]] if "id" in duty else []


def _uncounted_holidays(part: Raw, place: Path, jurisdiction: str) -> Iterator[Found]:
    """Business days of a jurisdiction without a calendar come too early, never too late."""
    if jurisdiction in JURISDICTIONS:
        return
    for number, duty in enumerate(part.get("duties", ())):
        if not isinstance(duty, str) and "business_days" in duty:
            what = f'there is no calendar of "{jurisdiction}": only Saturdays and Sundays are left out'
            remedy = f"expect a later day, or write days; calendars: {', '.join(JURISDICTIONS)}"
            yield "warning", (*place, "duties", number, "business_days"), what, remedy


def _exception(exception: Raw, place: Path, actions: list[str] | None) -> Iterator[Found]:
    """An exception, with the actions of its clause if it stands in one."""
    name = f'the exception "{exception["id"]}"'
    if not any(exception["when"].values()):
        what = f"{name} asks nothing and would hold for everything"
        yield "error", (*place, "when"), what, "say what must be known: purposes, equipment or approvals"
    for number, action in enumerate(exception.get("actions", ())):
        if actions is not None and action not in actions:
            what = f'"{action}" is no action of the clause'
            yield "error", (*place, "actions", number), what, f"its actions are {', '.join(actions)}"
    if "question" in exception and exception["if_unknown"] != "review":
        yield "warning", (*place, "question"), f"{name} is never asked for", "add if_unknown: review"
