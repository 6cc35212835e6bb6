"""Whom and what a clause or entry means, its exceptions and its duties, in lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clearband.reports.plain_text import count

Raw = dict[str, Any]


def whose_and_what(part: Raw) -> Iterator[str]:
    """The makers with their reach, equipment classes, purposes and countries of a clause or entry.

    Args:
        part: As compiled; what it does not narrow has no line.
    """
    makers = list(_makers(part.get("makers", {})))
    if part.get("covers"):
        makers.append(f"what stands in {part['covers']}")
    if makers:
        yield f"makers    {'; '.join(makers)}"
    for name, heading in (("equipment", "equipment"), ("purposes", "purposes"), ("made_in", "made in")):
        if part.get(name):
            yield f"{heading:<9} {', '.join(part[name])}"


def exception_words(item: Raw) -> str:
    """One exception: its name, where it stands, what it says, and from when to when."""
    cite = f" ({item['cite']})" if item.get("cite") else ""
    dates = "".join(
        f", {name} {_when(item[name])}" for name in ("from", "until", "through") if item.get(name)
    )
    return f"{item['id']}{cite}: {item['text']}{dates}"


def duty_words(duty: str | Raw) -> str:
    """One duty: what, who, and by when."""
    if isinstance(duty, str):
        return duty
    mark = "" if duty["verified"] else " [not verified]"
    who = f" ({', '.join(duty['actors'])})" if duty.get("actors") else ""
    return f"{duty['text']}{who}{_clock(duty)}{mark}"


def _clock(duty: Raw) -> str:
    """The clock in words, after a colon; nothing where there is none."""
    if "by" in duty:
        return f": by {duty['by']}"
    if "yearly" in duty:
        return f": every year by {duty['yearly']}"
    if not {"business_days", "days"} & duty.keys():
        return ""
    key = "business_days" if "business_days" in duty else "days"
    after = duty["after"]
    what = "it was found" if after == "found" else after if " " in after else f"{after} was done"
    return f": within {count(duty[key], key.removesuffix('s').replace('_', ' '))} after {what}"


def definitions_used(raw: Raw, definitions: list[Raw]) -> list[Raw]:
    """The definitions of subsidiary and affiliate that a measure names anywhere."""
    makers = [part.get("makers", {}) for part in (*raw.get("entries", ()), *raw.get("clauses", ()))]
    used = {part["affiliates_by"] for part in (raw, *makers) if "affiliates_by" in part}
    return [one for one in definitions if one["id"] in used]


def _makers(rule: Raw) -> Iterator[str]:
    for named in rule.get("named", ()):
        parts = [_reach(named.get("reach", ()))]
        if named.get("unconfirmed"):
            parts.append(f"not confirmed: {', '.join(named['unconfirmed'])}")
        words = "; ".join(part for part in parts if part)
        yield f"{named['org']}{f' ({words})' if words else ''}"
    if "member_of" in rule:
        reach = _reach(rule["member_of"].get("reach", ()))
        yield f"whoever is on the list {rule['member_of']['list']}{f' ({reach})' if reach else ''}"
    if "criterion" in rule:
        yield f"by a test: {rule['criterion']['text']}"


def _reach(reach: list[str]) -> str:
    return f"with {', '.join(reach)}" if reach else ""


def _when(clock: Any) -> str:
    """A date, or the history of one: the last that was named."""
    last = clock[-1] if isinstance(clock, list) else clock
    return str(last.get("date") or last["event"]) if isinstance(last, dict) else str(last)
