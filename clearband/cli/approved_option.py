"""An approved list for a screening, as it stands on the day of the questions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clearband.directives.question import Questions
    from clearband.screening.approved import ApprovedList


def approved_list(folder: Path, questions: Questions) -> ApprovedList:
    """The list of a folder as of the day asked about, with the knowledge asked for.

    Raises:
        InputError: There is no list, or its log is broken.
    """
    from clearband.listing.as_of import as_of
    from clearband.listing.record import ListFolder
    from clearband.screening.approved import ApprovedList

    found = ListFolder(folder).replayed(questions.known_on)
    authority = found.authority
    listings = tuple(as_of(found, questions.on))
    return ApprovedList(authority.title, questions.on, listings, found.head, authority.grants)
