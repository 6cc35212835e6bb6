"""Whom and what a clause or entry means, and its exceptions, in lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

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
    return str(last["date"]) if isinstance(last, dict) else str(last)
