"""What an earlier run and a new one do not rest on alike: facts, own directive files, days, questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from clearband.screening.earlier import EarlierRun


def run_reasons(earlier: EarlierRun, after: Mapping[str, Any]) -> tuple[str, ...]:
    """What differs between an earlier run and a new one as wholes.

    Args:
        earlier: The earlier run.
        after: The record of the new one.
    """
    before = earlier.record
    found = []
    if before.get("facts_sha256") != after["facts_sha256"]:
        found.append("other facts")
    found.extend(_other_own_files(earlier.own_facts, after["own_facts"]))
    lists = before.get("enterprise_numbers"), after["enterprise_numbers"]
    if len({one["sha256"] if one else None for one in lists}) > 1:
        found.append(
            f"{'other' if all(lists) else 'with' if lists[1] else 'without'} list of enterprise numbers"
        )
    found.extend(_other_approved(before.get("approved", []), after.get("approved", [])))
    if before.get("clearband") != after["clearband"]:
        found.append(f"Clearband {before.get('clearband')} → {after['clearband']}")
    asked = before["settings"], after["settings"]
    for key, what in (("on", "day"), ("known_on", "day of knowledge")):
        if asked[0][key] != asked[1][key]:
            found.append(f"{what} {asked[0][key] or 'all'} → {asked[1][key] or 'all'}")
    for key, what in (
        ("actors_asked", "actors"), ("actions_asked", "actions"), ("purposes", "purposes of the profile"),
    ):  # fmt: skip
        if asked[0].get(key) != asked[1][key]:
            found.append(f"other {what}")
    return tuple(found)


def _other_approved(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> Iterator[str]:
    """Approved lists that are no longer asked, stand otherwise, or are newly asked."""
    then, now = ({one["authority"]: one for one in side} for side in (before, after))
    for authority in sorted(then.keys() | now.keys()):
        one, other = then.get(authority), now.get(authority)
        if one is None or other is None:
            yield f"{'without' if other is None else 'with'} the approved list of {authority}"
        elif (one["head"], one["grants"]) != (other["head"], other["grants"]):
            yield f"approved list of {authority} {one['events']} → {other['events']} events"


def other_day_of_finding(earlier: EarlierRun, after: Mapping[str, Any]) -> tuple[str, ...]:
    """Whether the clocks of duties run from another day; no answer rests on that."""
    before, now = earlier.record["settings"].get("found_on"), after["settings"]["found_on"]
    return () if before == now else (f"day of finding {before or 'not named'} → {now or 'not named'}",)


def own_files_left_out(earlier: EarlierRun, after: Mapping[str, Any]) -> tuple[str, ...]:
    """The user's own directive files that an earlier run used, and a new one does not in any form."""
    return _of_own_files(earlier.own_facts, after["own_facts"])[0]


def _other_own_files(before: list[dict[str, str]], after: list[dict[str, str]]) -> Iterator[str]:
    gone, other, new = _of_own_files(before, after)
    for what, files in (
        ("without your own directive file", gone),
        ("other text of your own directive file", other),
        ("with your own directive file", new),
    ):
        if files:
            yield f"{what}{'s' if len(files) > 1 else ''} {', '.join(files)}"


def _of_own_files(
    before: list[dict[str, str]], after: list[dict[str, str]]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Files no longer used, used with another text, and newly used; a moved or renamed one is the same."""
    texts = [{one["sha256"] for one in side} for side in (before, after)]
    then, now = (
        {one["file"] for one in side if one["sha256"] not in other}
        for side, other in ((before, texts[1]), (after, texts[0]))
    )
    return tuple(sorted(then - now)), tuple(sorted(then & now)), tuple(sorted(now - then))
