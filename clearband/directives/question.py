"""What is asked of the law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from clearband.errors import UsageError

if TYPE_CHECKING:
    from clearband.directives.law import Law

INVENTORY_ACTIONS = ("procure", "use", "contract-with", "fund", "deploy", "report", "remove")
"""What the holder of equipment does with it; the supply side (import, sell …) is another question."""


@dataclass(frozen=True, slots=True)
class Questions:
    """Who acts, what is done, on which day, with the knowledge of which day.

    Attributes:
        on: The day the question is about.
        known_on: The day whose knowledge is used; None for everything the facts hold.
        actors_named: Whether somebody named the actors. Of actors that only stand for everybody, clauses that
            would make an open question of every item are not asked.
        found_on: The day on which items were found, from which the clocks of duties run; None for ``on``.
    """

    actors: tuple[str, ...]
    actions: tuple[str, ...]
    on: date
    known_on: date | None = None
    actors_named: bool = True
    found_on: date | None = None

    def __post_init__(self) -> None:
        check_found_on(self.found_on, self.on)

    @classmethod
    def default_for_inventory(
        cls,
        law: Law,
        on: date,
        *,
        actors: tuple[str, ...] = (),
        actions: tuple[str, ...] = (),
        known_on: date | None = None,
        found_on: date | None = None,
        jurisdictions: tuple[str, ...] | None = None,
    ) -> Questions:
        """The questions an inventory is screened with; what is not said is filled in.

        Without actors, every class of holder is asked; without actions, what holders do.

        Args:
            law: The measures.
            on: The day the question is about.
            actors: Who acts.
            actions: What is done.
            known_on: The day whose knowledge is used.
            found_on: The day on which items were found.
            jurisdictions: Without actors: ask only the holders of these.

        Raises:
            UsageError: An actor or action is not known (names the nearest), or the day of finding is still
                to come.
        """
        actors = tuple(dict.fromkeys(law.vocabulary.actor(word) for word in actors))
        actions = tuple(dict.fromkeys(law.vocabulary.action(word) for word in actions))
        everyone = tuple(
            word.id
            for word in law.vocabulary.actors.values()
            if word.side == "holder" and (jurisdictions is None or word.jurisdiction in jurisdictions)
        )
        return cls(
            actors or everyone,
            actions or INVENTORY_ACTIONS,
            on,
            known_on,
            actors_named=bool(actors),
            found_on=found_on,
        )

    @property
    def supply_side_not_asked(self) -> tuple[str, ...]:
        """Supply-side actions that were not asked, to be said with the answer."""
        return tuple(action for action in SUPPLY_ACTIONS if action not in self.actions)


def check_found_on(found_on: date | None, on: date) -> None:
    """Refuse a day of finding after the day of the question.

    Raises:
        UsageError: It is later.
    """
    if found_on is not None and found_on > on:
        raise UsageError(
            f"found on {found_on}, which is after the day of the question, {on}",
            remedy="name a day of finding that is not after --on",
        )


SUPPLY_ACTIONS = ("authorise", "import", "market", "sell", "export-to", "test")
