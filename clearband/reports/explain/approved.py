"""What approved lists say of a record, and what would change that, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from clearband.reports.approved import SAYS, which_list
from clearband.reports.explain.step import Lines, Row, shown
from clearband.reports.plain_text import visible

_USES: Final = {
    "buy": "buy",
    "expand": "expand",
    "keep": "keep in use",
    "fix": "take fixes",
    "remove_by": "remove by",
}


def what_lists_say(lists: Sequence[tuple[Row, Row]]) -> Lines:
    """For each list its answer, the entry it rests on, which list it was, and what would decide."""
    lines: Lines = []
    for held, row in lists:
        says = SAYS.get(row["list_says"]) or shown(row, "list_says", 40)
        lines.append((0, f"{visible(held['title'], 200)}: {says}"))
        entry = f"entry {shown(row, 'list_entry', 120)}: " if row["list_entry"] else ""
        lines.append((1, f"{entry}{shown(row, 'list_note', 400)}"))
        if row["list_entry"]:
            uses = (f"{words}: {shown(row, use, 60)}" for use, words in _USES.items())
            lines.append((1, "; ".join(uses)))
        lines += [(1, f"would decide: {visible(one, 300)}") for one in row["would_change"] or ()]
        lines += [(1, f"listed alternative: {visible(one, 200)}") for one in row["alternatives"] or ()]
        lines.append((1, visible(which_list(held), 400)))
    return lines
