"""An earlier run as the start of another: what its inputs said, and the settings it was made with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from clearband.directives.law import Law
from clearband.directives.question import Questions
from clearband.errors import InputError
from clearband.model.equipment import EQUIPMENT_SCHEMA, EXTRA_PREFIX, MERGED_COLUMNS
from clearband.screening.drafts import DRAFTS_SCHEMA
from clearband.screening.profile import Profile, PurposeRule, read_profile
from clearband.screening.purposes import PURPOSE_NOT_UNDERSTOOD
from clearband.screening.settings import Settings
from clearband.sources import Inventory
from clearband.sources.inventory import InputFile, TableReport

_STATED: Final = {"category": "category_stated", "brand": "brand_stated", "purpose": "purpose_stated"}
"""Where a run keeps what the input said of columns that hold more than that."""


@dataclass(frozen=True)
class EarlierRun:
    """A run that was read back.

    Attributes:
        name: How it is called in messages.
        sha256: Of its ``run.json``.
        record: The content of ``run.json``.
        summary: The content of ``summary.json``.
        equipment: Its equipment with verdicts and answers.
        drafts: What its drafts said of each record.
        merges: What was merged to make its equipment; None where nothing was.
    """

    name: str
    sha256: str
    record: Mapping[str, Any]
    summary: Mapping[str, Any]
    equipment: pl.DataFrame
    drafts: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=DRAFTS_SCHEMA))
    merges: pl.DataFrame | None = None

    @property
    def on(self) -> date:
        """The day it was asked about."""
        return self._day("on") or date.min

    @property
    def known_on(self) -> date | None:
        """The day whose knowledge it used."""
        return self._day("known_on")

    @property
    def found_on(self) -> date | None:
        """The day of finding that it was given; None also for a run that knew of none."""
        # Runs of earlier versions do not have the key.
        return self._day("found_on") if "found_on" in self.record["settings"] else None

    def _day(self, key: str) -> date | None:
        text = self.record["settings"][key]
        return date.fromisoformat(text) if text else None

    @property
    def own_facts(self) -> list[dict[str, str]]:
        """File and SHA-256 of each of the user's own directive files that it used."""
        return list(self.record.get("own_facts", []))

    def as_json(self) -> dict[str, Any]:
        """What the ``run.json`` of a later run says of it."""
        found = {"run_sha256": self.sha256, "facts_sha256": self.record["facts_sha256"]}
        found |= {"clearband": self.record["clearband"], "on": self.on.isoformat()}
        return found | {
            name: value
            for name, value in (
                ("known_on", self.record["settings"]["known_on"]),
                ("created", self.record.get("created")),
                ("own_facts", self.own_facts),
            )
            if value
        }

    def inventory(self) -> Inventory:
        """The equipment as its inputs said it.

        Raises:
            InputError: The run does not hold all that its inputs said.
        """
        try:
            not_read = tuple(
                TableReport(entry["file"], entry["sheet"], "", skipped=entry["reason"])
                for entry in self.summary["not_read"]
            )
            inputs = tuple(
                InputFile("", entry["file"], "", entry["sha256"], entry["bytes"])
                for entry in self.record["inputs"]
            )
        except (KeyError, TypeError) as error:
            raise _not_understood(f"inputs: {error}", self.name) from error
        return Inventory(as_stated(self.equipment, self.name), not_read, inputs)


def as_stated(equipment: pl.DataFrame, name: str) -> pl.DataFrame:
    """The equipment table that a run was made from.

    Args:
        equipment: The table of the run, with verdicts and answers.
        name: The run, for messages.

    Raises:
        InputError: A column is missing or of another type.
    """
    kept = {column: _STATED.get(column, column) for column in EQUIPMENT_SCHEMA}
    for column, held in kept.items():
        if equipment.schema.get(held) != EQUIPMENT_SCHEMA[column]:
            raise InputError(
                f"its equipment does not keep the {column} that the inputs said",
                where=name,
                remedy="it is of another version of Clearband: screen the inputs again",
            )
    problem = pl.element().struct.field("problem")
    told_of_purpose = (problem == PURPOSE_NOT_UNDERSTOOD) & (pl.element().struct.field("column") == "purpose")
    own = pl.col("invalid").list.filter(~told_of_purpose)
    return equipment.select(
        *(pl.col(held).alias(column) for column, held in kept.items()),
        pl.col(
            [
                column
                for column in equipment.columns
                if column.startswith(EXTRA_PREFIX) or column in MERGED_COLUMNS
            ]
        ),
    ).with_columns(
        pl.when(pl.col("invalid").list.len() > 0, pl.col("purpose").is_not_null())
        .then(pl.when(own.list.len() > 0).then(own))
        .otherwise("invalid")
        .alias("invalid")
    )


def settings_again(
    law: Law,
    earlier: EarlierRun,
    *,
    profile: Path | None = None,
    actors: tuple[str, ...] = (),
    actions: tuple[str, ...] = (),
    on: date | None = None,
    known_on: date | None = None,
    found_on: date | None = None,
    own_facts: tuple[dict[str, str], ...] = (),
) -> Settings:
    """The settings of an earlier run; what is said now goes before them.

    Raises:
        InputError: The record of the run cannot be understood.
        UsageError: An actor or action is not known (any more), or the day of finding is after the day of the
            question.
    """
    said = read_profile(profile) if profile else Profile()
    try:
        held = earlier.record["settings"]
        rules = tuple(
            PurposeRule(str(rule["purpose"]), tuple(sorted(rule["where"].items())))
            for rule in held["purposes"]
        )
        asked = tuple(map(str, held["actors"])), tuple(map(str, held["actions"]))
        days = earlier.on, earlier.known_on, earlier.found_on
        name, reading = held["profile"], dict(held["reading"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _not_understood(f"settings: {error}", earlier.name) from error
    actors, actions = actors or said.actors or asked[0], actions or said.actions or asked[1]
    questions = Questions.default_for_inventory(
        law,
        on or said.on or days[0],
        actors=actors,
        actions=actions,
        known_on=known_on or said.known_on or days[1],
        found_on=found_on or said.found_on or days[2],
    )
    settings = Settings(
        questions=questions,
        purposes=rules,
        profile_name=name,
        asked_all_actors=not actors,
        asked_default_actions=not actions,
        reading=reading,
        own_facts=own_facts,
    )
    return replace(settings, purposes=said.purposes, profile_name=said.name) if profile else settings


def _not_understood(what: str, name: str) -> InputError:
    return InputError(
        f"the record of the run cannot be understood ({what})", where=name, remedy="screen the inputs again"
    )
