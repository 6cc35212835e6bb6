"""Several authorities side by side on a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from rich.table import Table

from clearband.model.canonical import plain as canonical_plain
from clearband.reports.plain_text import count, visible
from clearband.reports.terminal.text import plain, say

if TYPE_CHECKING:
    from rich.console import Console

    from clearband.listing.federation import FederatedRow, Position

SCHEMA: Final = "clearband/federated/1"


def federated_json(rows: Sequence[FederatedRow], authorities: Sequence[str], on: date) -> dict[str, Any]:
    """The view as plain JSON values."""
    return {
        "schema": SCHEMA,
        "on": on.isoformat(),
        "authorities": list(authorities),
        "subjects": [
            {
                "key": row.key,
                "subject": canonical_plain(row.subject),
                "differs": row.differs,
                "positions": [_position(one) for one in row.positions],
            }
            for row in rows
        ],
    }


def _position(one: Position) -> dict[str, Any]:
    listing = one.listing
    made: dict[str, Any] = {
        "authority": one.authority,
        "stance": one.stance,
        "recognises": list(one.recognised),
    }
    if listing is not None:
        made |= {"entry": listing.entry, "state": listing.state.value, "since": listing.since.isoformat()}
    return made


def print_federated(rows: Sequence[FederatedRow], authorities: Sequence[str], console: Console) -> None:
    """One row a subject, one column an authority."""
    table = Table(box=None, pad_edge=False)
    for name in ("subject", *authorities, ""):
        table.add_column(plain(console, name))
    for row in rows:
        cells = [_words(one) for one in row.positions]
        table.add_row(
            plain(console, visible(f"{row.subject.name} ({row.subject.kind})")),
            *(plain(console, cell) for cell in cells),
            plain(console, "they differ" if row.differs else ""),
        )
    console.print(table)
    differ = sum(row.differs for row in rows)
    say(console, f"{count(len(rows), 'subject')}, {differ} on which authorities differ")


def _words(one: Position) -> str:
    if one.recognised:
        return f"recognises {', '.join(one.recognised)}"
    if one.listing is None:
        return "silent"
    return one.listing.state.value if one.stance != "under-way" else f"under way: {one.listing.state.value}"
