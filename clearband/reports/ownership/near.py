"""The links of ownership around an organisation on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from clearband.model.organisation import ControlLink
from clearband.register.ownership import link_state
from clearband.register.register import Register

STEPS: Final = 4
"""Links upwards that are followed."""


@dataclass(frozen=True)
class Near:
    """An organisation among its owners and holdings.

    Attributes:
        centre: Its id.
        links: Those of owners first, the nearest first; then those of what it owns.
        level: Of each organisation: 0 is the centre, 1 its owners, -1 what it owns.
        uncertain: Whether each link, in the order of ``links``, may not have held on the day.
    """

    centre: str
    links: tuple[ControlLink, ...]
    level: dict[str, int]
    uncertain: tuple[bool, ...]


def near(register: Register, org_id: str, on: date, known_on: date | None = None) -> Near:
    """The links that hold on a day: upwards to all owners of owners, downwards one step.

    Args:
        on: The day; a link whose dates are too coarse to tell counts as one that may hold.
        known_on: Use only what was known on this day.
    """
    level, links = {org_id: 0}, list[ControlLink]()
    frontier = [org_id]
    for step in range(1, STEPS + 1):
        found = [
            link
            for owned in frontier
            for link in register.owners_of(owned)
            if _holds(link, on, known_on) and link not in links
        ]
        links += found
        frontier = list(dict.fromkeys(link.owner for link in found if link.owner not in level))
        level.update(dict.fromkeys(frontier, step))
    below = [link for link in register.links if link.owner == org_id and _holds(link, on, known_on)]
    for link in below:
        level.setdefault(link.owned, -1)
    links += [link for link in below if link not in links]
    unsure = tuple(link_state(link, on, known_on) == "maybe" for link in links)
    return Near(org_id, tuple(links), level, unsure)


def _holds(link: ControlLink, on: date, known_on: date | None) -> bool:
    return link_state(link, on, known_on) in ("holds", "maybe")
