"""Places on published lists, on a date."""

from __future__ import annotations

from datetime import date

from clearband.directives.maker_match import NO, MakerMatch, Register
from clearband.directives.truth import FALSE, TRUE, UNKNOWN
from clearband.model.organisation import Designation
from clearband.register.ownership import first_day, last_day


def membership(
    org: str, list_id: str, words: str, register: Register, on: date, known_on: date | None
) -> MakerMatch:
    """Whether an organisation stands on a list by its own name.

    Args:
        words: What is said before "on the list".
    """
    best = _to_come(org, list_id, register, on, known_on)
    for designation in register.designations(org):
        if designation.list_id != list_id:
            continue
        truth, since = _on_list(designation, on, known_on)
        control = f"{words} on the list {list_id}" + (f" since {since}" if since else "")
        if truth == UNKNOWN or (truth == TRUE and not designation.verified):
            question = f"was it on the list {list_id} on that day? The dates or the source are not exact"
            best = max(best, MakerMatch(UNKNOWN, control, question), key=lambda match: match.truth)
        elif truth == TRUE:
            return MakerMatch(TRUE, control, since=since)
    return best


def _to_come(org: str, list_id: str, register: Register, on: date, known_on: date | None) -> MakerMatch:
    """No, and the day from which it stands on the list, where that is still to come."""
    days = [
        designation.begins or min(designation.editions, default="")
        for designation in register.designations(org)
        if designation.list_id == list_id
    ]
    later = [day for day in days if day and on < first_day(day) <= (known_on or date.max)]
    if not later:
        return NO
    return MakerMatch(FALSE, would_change=f"from its own place on the list {list_id} ({min(later)})")


def _on_list(designation: Designation, on: date, known_on: date | None) -> tuple[int, str | None]:
    since = designation.begins or min(designation.editions, default=None)
    if since is None:
        return UNKNOWN, None
    if first_day(since) > on or (known_on is not None and first_day(since) > known_on):
        return FALSE, since
    ends = designation.ends
    if ends is not None and last_day(ends) <= on and (known_on is None or first_day(ends) <= known_on):
        return FALSE, since
    unsure = last_day(since) > on or (ends is not None and first_day(ends) <= on < last_day(ends))
    return (UNKNOWN if unsure else TRUE), since
