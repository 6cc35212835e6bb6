"""What the ban costs: the same network with and without it, for cost alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from clearband.planning.answers.compare import Row
from clearband.reports.plain_text import visible

NO_BAN: Final = "no-ban-"
"""How names of scenarios without a ban begin."""


def like_for_like(rows: Sequence[Row]) -> tuple[Row | None, list[Row]]:
    """The scenario with the ban that is held against those without it, and these.

    Those without a ban ask for cost alone, and so must what is held against them: ``cost-alone``, or
    ``as-told`` where exposure has no price in the network.
    """
    by_name = {row.scenario.name: row for row in rows if row.outcome.cost}
    banned = next(
        (
            by_name[name]
            for name in ("cost-alone", "as-told")
            if name in by_name and not by_name[name].network.settings.exposure_price
        ),
        None,
    )
    return banned, [row for name, row in by_name.items() if name.startswith(NO_BAN)]


def ban_lines(rows: Sequence[Row], currency: str) -> Iterator[str]:
    """One line for each scenario without a ban, where there is one with it that is like it."""
    banned, without = like_for_like(rows)
    if banned is None:
        return
    cost, whole = banned.outcome.cost, banned.outcome.before_refunds
    for row in without:
        free, all_of_it = row.outcome.cost, row.outcome.before_refunds
        if not (cost and whole and free and all_of_it):
            continue
        yield (
            f"The ban costs {cost - free:,.0f} {currency}, {cost / free - 1:+.1%} "
            f"({whole / all_of_it - 1:+.1%} before refunds): {visible(banned.scenario.name)} held against "
            f"{visible(row.scenario.name)}."
        )
