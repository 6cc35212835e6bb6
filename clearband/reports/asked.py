"""The question a screening answered, read from ``summary["asked"]``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from clearband.reports.plain_text import visible
from clearband.reports.vocabulary import plain_id, titled

_SUPPLY_SIDE: Final = "authorising, importing, marketing, selling or exporting equipment"


@dataclass(frozen=True)
class Asked:
    """Who asked about which actions, on which day.

    Attributes:
        on: The day the question is about, ISO; None when unknown.
        known_on: The day whose knowledge was used, ISO.
        found_on: The day of finding that was named, ISO; None for the day of the question.
        actors: Actor classes asked for; may be empty when none was named.
        actions: Actions asked; may be empty when none was named.
        all_actors: No actor was named: every class was asked.
        default_actions: No action was named: only those of a buyer or operator were asked.
        not_asked: Measure and actors of what was left out because no actor named them.
    """

    on: str | None
    known_on: str | None
    actors: tuple[str, ...]
    actions: tuple[str, ...]
    all_actors: bool
    default_actions: bool
    not_asked: tuple[tuple[str, tuple[str, ...]], ...] = ()
    found_on: str | None = None

    @classmethod
    def of(cls, summary: Mapping[str, Any]) -> Self:
        """The question of a summary."""
        asked = summary.get("asked") or {}
        actors, all_actors = _words(asked, "actors")
        actions, default_actions = _words(asked, "actions")
        return cls(
            on=visible(asked.get("on")) or None,
            known_on=visible(asked.get("known_on")) or None,
            actors=actors,
            actions=actions,
            all_actors=all_actors,
            default_actions=default_actions,
            not_asked=tuple(
                (visible(left["title"]), tuple(map(visible, left["actors"])))
                for left in summary.get("not_asked") or ()
            ),
            found_on=visible(asked.get("found_on")) or None,
        )

    def date_words(self) -> str:
        """``as of 2026-11-22``, with the day of the knowledge when that is another."""
        words = f"as of {self.on}" if self.on else "on a date that is not recorded"
        if self.known_on and self.known_on != self.on:
            words += f", with what was known on {self.known_on}"
        return words

    def sentences(self) -> tuple[str, ...]:
        """Who was asked for, and what was not asked because nobody named it."""
        return (self._who(), self._what(), *self._left_out())

    def _left_out(self) -> tuple[str, ...]:
        if not self.not_asked:
            return ()
        named = "; ".join(f"{title} ({', '.join(map(plain_id, actors))})" for title, actors in self.not_asked)
        words = f"Not asked, because each makes an open question of every record: {named}."
        return (f"{words} Name the actor (--as) to ask it.",)

    def _who(self) -> str:
        if self.all_actors:
            return (
                "No actor was named, so every class of actor was asked: a record counts as prohibited when "
                "it is prohibited for any of them."
            )
        return f"Asked for: {'; '.join(map(titled, self.actors))}."

    def _what(self) -> str:
        names = ", ".join(map(plain_id, self.actions))
        if not self.default_actions:
            return f"Actions asked: {names}."
        asked = f"only those of a buyer or operator were asked ({names}), and " if names else ""
        return f"No action was named, so {asked}supply-side actions ({_SUPPLY_SIDE}) were not asked."


def _words(asked: Mapping[str, Any], kind: str) -> tuple[tuple[str, ...], bool]:
    """The words that were asked, and whether nobody named them (then ``KIND_asked`` has what was taken)."""
    named = asked.get(kind) or ()
    return tuple(map(visible, named or asked.get(f"{kind}_asked") or ())), not named
