"""A published list as one page, which loads nothing and runs nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from clearband import __version__
from clearband.listing.table import table
from clearband.model.listing import Listing, Use
from clearband.reports.page.render import asset, environment
from clearband.reports.page.security import content_security_policy

SHOWN: Final = 2000
"""Entries on the page; the others are only in the list itself."""
NAME: Final = "index.html"


def write_page(
    listings: Sequence[Listing], folder: Path, *, title: str, on: date, note: str | None, log: dict[str, Any]
) -> str:
    """Write the page to a folder.

    Args:
        listings: The entries, in order.
        folder: Where to.
        title: Of the authority.
        on: Day of the list.
        note: What readers must know of the list as a whole.
        log: ``size`` and ``root`` of the log.

    Returns:
        Its name.
    """
    style = asset("published.css")
    states = table().states
    counts = Counter(one.state for one in listings)
    content = {
        "csp": content_security_policy(style),
        "style": style,
        "version": __version__,
        "title": title,
        "on": on,
        "note": note,
        "log": log,
        "states": [(state.value, what, counts[state]) for state, what in states.items() if counts[state]],
        "uses": [use.value for use in Use],
        "listings": [(one, [one.uses[use] for use in Use]) for one in listings[:SHOWN]],
        "total": len(listings),
        "left_out": max(0, len(listings) - SHOWN),
    }
    with (folder / NAME).open("wb") as file:
        environment().get_template("published.html.j2").stream(**content).dump(file, encoding="utf-8")
    return NAME
