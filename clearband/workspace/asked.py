"""What a run asks of the law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import Any

from clearband.directives.law import Law
from clearband.facts import yaml_text
from clearband.screening.profile import Profile, profile_of
from clearband.screening.settings import Settings, settings_for


@dataclass(frozen=True)
class Asked:
    """What is asked of the law; what is not said is filled in as ``clearband screen`` does.

    Attributes:
        profile: The text of a profile (YAML).
        actors, actions: Words of the vocabularies.
        on, known_on, found_on: Days, as the options of these names have it.
        today: The day on which it was asked, which stands for ``on`` where nothing else says it.
    """

    profile: str | None = None
    actors: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    on: date | None = None
    known_on: date | None = None
    found_on: date | None = None
    today: date | None = None

    def as_json(self) -> dict[str, Any]:
        """As the row of a run holds it."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return {
            name: value.isoformat()
            if isinstance(value, date)
            else list(value)
            if isinstance(value, tuple)
            else value
            for name, value in values.items()
        }

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Asked:
        """As `as_json` wrote it."""
        days = ("on", "known_on", "found_on", "today")
        return cls(
            profile=said.get("profile"),
            actors=tuple(said.get("actors") or ()),
            actions=tuple(said.get("actions") or ()),
            **{name: date.fromisoformat(said[name]) if said.get(name) else None for name in days},
        )

    def settings(self, law: Law, reading: dict[str, Any] | None = None) -> Settings:
        """The settings of the screening.

        Args:
            reading: What the user said of how inputs are read.

        Raises:
            UsageError: An actor, action or key is not known, or the day of finding is later than the
                question's.
            FactsError: The profile is no YAML.
        """
        return settings_for(
            law,
            profile=self._profile(),
            actors=self.actors,
            actions=self.actions,
            on=self.on,
            known_on=self.known_on,
            found_on=self.found_on,
            reading=reading,
            today=self.today or datetime.now(UTC).date(),
        )

    def _profile(self) -> Profile | None:
        if self.profile is None:
            return None
        return profile_of(yaml_text.parse(self.profile, where="profile"), "profile")
