"""Identify the makers of a whole equipment table.

Nothing is done once a record: signals are read once a distinct value, verdicts are reached once a distinct
set of claims, and both are looked up by number. A record's verdict depends on its own values only, so
neither the order of the table, nor other records, nor batches change it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import reduce

import polars as pl

from clearband.identify.decide import DECISION_SCHEMA, Decider
from clearband.identify.gather import Gatherer
from clearband.identify.kinds import Kinds
from clearband.identify.kinship import kinship
from clearband.identify.memory import Memory
from clearband.identify.mentioned import Mentions
from clearband.identify.piece_lists import PieceLists
from clearband.identify.sightings import Sightings
from clearband.identify.signal_columns import SignalColumn
from clearband.model.equipment import EQUIPMENT_SCHEMA, EXTRA_PREFIX
from clearband.model.evidence import EVIDENCE, MENTIONS, VERDICT_SCHEMA
from clearband.register import Register

Progress = Callable[[str, int, int], None]
"""Called with what is being done, the steps done and all steps."""

_STEPS = 4
_BESIDE = ("mac", "merged_from")
"""Columns beside those of the equipment table that are looked at."""
_ELSEWHERE = ("record_id", "evidence", "mentions")
_TABLE = {name: kind for name, kind in VERDICT_SCHEMA.items() if name not in _ELSEWHERE} | {
    "category_said": pl.String,
    "speaks_for": DECISION_SCHEMA["speaks_for"],
    "mentions_makers": DECISION_SCHEMA["mentions_makers"],
}


@dataclass(frozen=True)
class Identified:
    """The verdicts of one batch, by number.

    Attributes:
        numbers: For each record its row in ``table``, shape (n,).
        table: `VERDICT_SCHEMA` without ``record_id``, ``evidence`` and ``mentions``; the category as stated
            (``category_said``); and ``speaks_for`` and ``mentions_makers`` of
            `clearband.identify.decide.DECISION_SCHEMA`: a row for each verdict so far.
    """

    numbers: pl.Series
    table: pl.DataFrame
    signals: list[SignalColumn]
    mentions: list[SignalColumn]
    signatures: pl.Series
    sightings: Sightings


class Identifier:
    """Identifies batch after batch; what was found out for one is remembered for the next."""

    def __init__(self, register: Register, on: date, memory: Memory | None = None) -> None:
        """Nothing found out yet.

        Args:
            register: The organisations.
            on: Day on which ownership is looked at, to add up evidence for companies of one house.
        """
        self._memory = memory or Memory()
        self._gatherer = Gatherer(register, self._memory)
        self._mentions = Mentions(register, self._memory)
        self._decider = Decider(register, kinship(register, on), self._memory)
        self._kinds = Kinds(register, self._memory)
        self._table = pl.DataFrame(schema=_TABLE)

    def batch(self, equipment: pl.DataFrame, progress: Progress | None = None) -> Identified:
        """Identify a batch.

        Args:
            equipment: The equipment table; columns of `EQUIPMENT_SCHEMA` that are absent count as all null.
                In ``x_`` columns only mentions are looked for: they change no verdict. Texts may come as
                categories. A column ``mac`` has the one address of records that have no ``macs``. Of records
                that were merged, what each source said is heard (``merged_from``).
        """
        tell = progress or _quiet
        sightings = Sightings.of(equipment)
        equipment = with_all_columns(equipment)
        seen = sightings.table(equipment)
        tell("reading signals", 0, _STEPS)
        signals = self._gatherer.signals(seen)
        tell("reading mentions", 1, _STEPS)
        mentions = self._mentions.signals(seen)
        tell("weighing evidence", 2, _STEPS)
        said = self._kinds.stated.numbered(equipment["category"])
        claims = self._memory.claim_sets
        signatures = self._decider.signatures(
            [reduce(claims.joined, sightings.levels(one.claim_numbers())) for one in signals],
            self._kinds.stated.kinds_of(said),
            self._mentioned([*signals, *mentions], sightings),
        )
        self._decider.decide_new(self._kinds.stated.kinds)
        decided = self._decider.table
        numbers = self._kinds.numbers(equipment, said, signatures, decided)
        tell("joining", 3, _STEPS)
        return Identified(numbers, self._verdicts(), signals, mentions, signatures, sightings)

    def evidence(self, found: Identified) -> list[pl.Series]:
        """The columns ``evidence`` and ``mentions`` of a batch."""
        rows = len(found.numbers)
        evidence = PieceLists("evidence", EVIDENCE, rows)
        mentioned = PieceLists("mentions", MENTIONS, rows)
        for signal in (*found.signals, *found.mentions):
            ids = found.sightings.distinct_levels(signal.ids)
            evidence.add([observation.evidence for observation in signal.observations], *ids)
            mentioned.add([observation.mentions for observation in signal.observations], *ids)
        evidence.add(self._decider.extra, found.signatures)
        return [evidence.column(), mentioned.column()]

    def _mentioned(self, signals: list[SignalColumn], sightings: Sightings) -> pl.Series:
        none = pl.Series("mentioned", [0], dtype=pl.UInt32).new_from_index(0, sightings.rows)
        seen = (one.mention_numbers() for one in signals if one.mentions_any())
        numbers = (level for column in seen for level in sightings.levels(column))
        return reduce(self._memory.maker_sets.joined, numbers, none)

    def _verdicts(self) -> pl.DataFrame:
        kinds = self._kinds.table
        known = self._table.height
        if known < kinds.height:
            new = kinds[known:]
            decided = self._decider.table.drop("category")[new["signature"]]
            told = pl.concat([decided, new.drop("signature")], how="horizontal")
            self._table = pl.concat([self._table, told.select(self._table.columns)], rechunk=True)
        return self._table


def identify(
    equipment: pl.DataFrame, register: Register, *, on: date | None = None, progress: Progress | None = None
) -> pl.DataFrame:
    """Who made each piece of equipment.

    Args:
        equipment: The equipment table; see `Identifier.batch`.
        register: The organisations.
        on: Day on which ownership is looked at (default: today).
        progress: Told of each step.

    Returns:
        `VERDICT_SCHEMA`, one row a record, in the same order.
    """
    identifier = Identifier(register, on or date.today())  # noqa: DTZ011 - a calendar day
    found = identifier.batch(equipment, progress)
    ids = with_all_columns(equipment.select(pl.col("^record_id$")))["record_id"]
    table = found.table[found.numbers] if equipment.height else found.table.clear()
    whole = table.with_columns(ids, *identifier.evidence(found))
    (progress or _quiet)("done", _STEPS, _STEPS)
    return whole.select(pl.col(name).cast(dtype) for name, dtype in VERDICT_SCHEMA.items())


def _quiet(what: str, done: int, steps: int) -> None:
    del what, done, steps


def with_all_columns(equipment: pl.DataFrame) -> pl.DataFrame:
    """The table with all columns of `EQUIPMENT_SCHEMA`, those that it lacks null throughout."""
    known = [
        pl.col(name) if name in equipment.columns else pl.lit(None, dtype=dtype).alias(name)
        for name, dtype in EQUIPMENT_SCHEMA.items()
    ]
    kept = (name for name in equipment.columns if name.startswith(EXTRA_PREFIX) or name in _BESIDE)
    return equipment.select(*known, *kept)
