"""An approved list on a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from rich.table import Table

from clearband.listing.listing_form import listing_json
from clearband.model.canonical import plain as canonical_plain
from clearband.model.listing import Use
from clearband.reports.plain_text import count, visible
from clearband.reports.terminal.text import plain, say

if TYPE_CHECKING:
    from rich.console import Console

    from clearband.listing.changes import Change
    from clearband.listing.due import Due
    from clearband.listing.replay import Replay
    from clearband.model.listing import Listing

SCHEMA: Final = "https://clearband.dev/schema/approved-list-1.json"
CHANGES_SCHEMA: Final = "https://clearband.dev/schema/approved-diff-1.json"
DUE_SCHEMA: Final = "https://clearband.dev/schema/approved-due-1.json"


def list_json(replay: Replay, listings: Sequence[Listing], on: date, known_on: date | None) -> dict[str, Any]:
    """The list as plain JSON values, ``facts/schemas/approved-list.schema.json``."""
    return {
        "schema": SCHEMA,
        "authority": replay.authority.id,
        "on": on.isoformat(),
        "known_on": known_on.isoformat() if known_on else None,
        "events": replay.count,
        "head": replay.head,
        "listings": [listing_json(one) for one in listings],
    }


def print_list(listings: Sequence[Listing], console: Console, *, limit: int | None = None) -> None:
    """The entries, one a row."""
    shown = listings[:limit]
    _table(
        console,
        ("entry", "state", "until", "what may be done", "to be known"),
        ((one.entry, one.state, one.until, _may(one), _flags(one)) for one in shown),
    )
    if len(shown) < len(listings):
        say(
            console,
            f"and {count(len(listings) - len(shown), 'more entry', 'more entries')} (--limit 0 shows all)",
        )


def _flags(listing: Listing) -> str:
    case = f"case {listing.case}" if listing.case and listing.case != listing.state else ""
    return ", ".join(filter(None, (*listing.flags, case)))


def _may(listing: Listing) -> str:
    said = zip(Use, _says(listing), strict=True)
    return ", ".join(f"{use.value} {text}" for use, text in said if (use, text) != (Use.REMOVE_BY, "no"))


def _says(listing: Listing) -> list[str]:
    return [f"{said} {day}" if day else said for said, day in (listing.uses[use] for use in Use)]


def print_listing(listing: Listing, console: Console) -> None:
    """One entry: what it is, what may be done, its conditions, and how it came to it."""
    subject = listing.subject
    say(
        console,
        visible(f"{listing.entry}: {subject.name} ({subject.kind}, {subject.tier}, {subject.territory})"),
    )
    until = f", listed until {listing.until}" if listing.until else ""
    ends = f", evidence until {listing.evidence_until}" if listing.evidence_until else ""
    say(console, f"{listing.state} since {listing.since}{until}{ends}", indent=2)
    for use, said in zip(Use, _says(listing), strict=True):
        say(console, f"{use.value:<10} {said}", indent=2)
    if flags := _flags(listing):
        say(console, f"flags      {visible(flags)}", indent=2)
    if listing.depends:
        say(console, f"hangs on   {visible(', '.join(listing.depends))}", indent=2)
    for one in listing.conditions:
        state = "open" if one.id in listing.open_conditions else "met"
        late = f", then {one.if_late}" if one.if_late else ""
        say(
            console,
            visible(f"condition  {one.id} ({state}): {one.text}, by {one.owner}, due {one.due}{late}"),
            indent=2,
        )
    say(console, "why", indent=2)
    for line in listing.why:
        say(console, visible(line), indent=4)


def print_changes(found: Sequence[Change], console: Console, *, limit: int | None = None) -> None:
    """What changed, one entry a row."""
    if not found:
        say(console, "Nothing changes.")
        return
    rows = (
        (
            one.entry,
            one.before.state if one.before else "not on the list",
            one.after.state if one.after else "not on the list",
            ", ".join([*one.uses, *one.parts]) if one.before and one.after else "",
            one.after.why[-1] if one.after else "",
        )
        for one in found[:limit]
    )
    _table(console, ("entry", "before", "after", "changes", "last step"), rows)
    if limit is not None and len(found) > limit:
        say(console, f"and {count(len(found) - limit, 'more')} (--limit 0 shows all)")


def changes_json(
    found: Iterable[Change], first: Mapping[str, Any], second: Mapping[str, Any]
) -> dict[str, Any]:
    """What changed as plain JSON values, ``facts/schemas/approved-diff.schema.json``."""
    return {
        "schema": CHANGES_SCHEMA,
        "before": dict(first),
        "after": dict(second),
        "changes": [
            {
                "entry": one.entry,
                "before": listing_json(one.before) if one.before else None,
                "after": listing_json(one.after) if one.after else None,
                "uses": [use.value for use in one.uses],
                "parts": list(one.parts),
            }
            for one in found
        ],
    }


def print_due(found: Sequence[Due], hang: Mapping[str, Sequence[str]], console: Console) -> None:
    """What is due, and what hangs on what."""
    if not found:
        say(console, "Nothing is due.")
    else:
        _table(console, ("day", "entry", "what", "about", "then"),
               ((one.day, one.entry, one.what, one.about, one.then) for one in found))  # fmt: skip
    if hang:
        say(console, "")
        _table(console, ("hangs on", "entries", "which"),
               ((key, len(names), ", ".join(names)) for key, names in hang.items()))  # fmt: skip


def due_json(found: Iterable[Due], hang: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The same as plain JSON values, ``facts/schemas/approved-due.schema.json``."""
    return {
        "schema": DUE_SCHEMA,
        "due": [canonical_plain(one) for one in found],
        "hangs_on": {key: list(names) for key, names in hang.items()},
    }


def _table(console: Console, headers: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False, header_style="underline")
    for head in headers:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*(plain(console, visible(cell, 300)) for cell in row))
    console.print(table)
