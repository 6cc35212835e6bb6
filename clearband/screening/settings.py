"""The settings of a screening: what was asked, filled in where nothing was said."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from clearband.directives.law import Law
from clearband.directives.question import Questions
from clearband.screening.profile import Profile, PurposeRule, read_profile


@dataclass(frozen=True)
class Settings:
    """Who asks, and what the equipment is for.

    Attributes:
        questions: Actors, actions and dates.
        purposes: Rules of the profile for records that state no purpose.
        asked_all_actors: No actor was named: every actor class was asked.
        asked_default_actions: No action was named: only a holder's actions were asked.
        reading: What the user said of how inputs are read: column meanings, encoding, separator, date order.
        own_facts: File and SHA-256 of each directive file of the user's own.
        enterprise_numbers: File and SHA-256 of the user's own copy of IANA's list, if one was given.
    """

    questions: Questions
    purposes: tuple[PurposeRule, ...] = ()
    profile_name: str | None = None
    asked_all_actors: bool = False
    asked_default_actions: bool = False
    reading: dict[str, Any] = field(default_factory=dict)
    own_facts: tuple[dict[str, str], ...] = ()
    enterprise_numbers: dict[str, str] | None = None

    def as_json(self) -> dict[str, Any]:
        """The settings as ``summary.json`` and ``run.json`` show them."""
        asked = self.questions
        return {
            "profile": self.profile_name,
            "actors": [] if self.asked_all_actors else list(asked.actors),
            "actions": [] if self.asked_default_actions else list(asked.actions),
            "actors_asked": list(asked.actors),
            "actions_asked": list(asked.actions),
            "on": asked.on.isoformat(),
            "known_on": asked.known_on.isoformat() if asked.known_on else None,
            "found_on": asked.found_on.isoformat() if asked.found_on else None,
            "purposes": [{"purpose": rule.purpose, "where": dict(rule.where)} for rule in self.purposes],
        }


def settings_for(
    law: Law,
    *,
    profile: Path | Profile | None = None,
    actors: tuple[str, ...] = (),
    actions: tuple[str, ...] = (),
    on: date | None = None,
    known_on: date | None = None,
    found_on: date | None = None,
    reading: dict[str, Any] | None = None,
    own_facts: tuple[dict[str, str], ...] = (),
    today: date,
) -> Settings:
    """What is asked: what was said outright goes before the profile, the profile before the defaults.

    Raises:
        UsageError: An actor, action or key is not known (names the nearest), or the day of finding is after
            the day of the question.
    """
    said = read_profile(profile) if isinstance(profile, Path) else profile or Profile()
    actors, actions = actors or said.actors, actions or said.actions
    questions = Questions.default_for_inventory(
        law,
        on or said.on or today,
        actors=actors,
        actions=actions,
        known_on=known_on or said.known_on,
        found_on=found_on or said.found_on,
    )
    return Settings(
        questions=questions,
        purposes=said.purposes,
        profile_name=said.name,
        asked_all_actors=not actors,
        asked_default_actions=not actions,
        reading=reading or {},
        own_facts=own_facts,
    )
