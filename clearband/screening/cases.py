"""From batches of equipment to cases: what records of one verdict, purpose and origin have in common.

The law is asked of a case, never of a record. A case is known by what decides it, not by the texts it came
from: a million spellings, addresses and sites end in a few thousand cases.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from clearband.directives.law import Law
from clearband.identify.memory import Memory
from clearband.identify.tuples import Tuples
from clearband.identify.verdicts import Identified, Identifier, with_all_columns
from clearband.register import Register
from clearband.screening.approved import OnLists, on_the_lists
from clearband.screening.approved_list import ApprovedList
from clearband.screening.combos import LAW_INPUTS, LawInputs
from clearband.screening.profile import PLACES, apply_purposes, pattern_matches
from clearband.screening.purposes import only_understood, with_purposes_read
from clearband.screening.settings import Settings

_DAY_ZERO: Final = 1_000_000
"""Added to days since 1970, so that 0 is no day."""
_OF_RECORDS: Final = ("purpose", *PLACES, "made_in", "acquired_on", "installed_on")
"""What a case needs of one of its records."""


@dataclass(frozen=True)
class CaseBatch:
    """A batch with its cases.

    Attributes:
        numbers: For each record the number of its case, shape (n,).
        identified: The verdicts; a case's is in ``Cases.table``, too.
        lists: What approved lists say of each record, where any was given.
    """

    numbers: pl.Series
    identified: Identified
    lists: OnLists | None


class Cases:
    """The cases that came up so far.

    Attributes:
        table: A row a case: the verdict, its category after doubts, ``purpose``, ``purpose_lost`` (stated,
            and not understood), ``made_in_of_case``, and ``combo_came``, the number of its combination in
            ``combos``.
    """

    def __init__(
        self,
        settings: Settings,
        register: Register,
        law: Law,
        approved: Sequence[ApprovedList] = (),
        memory: Memory | None = None,
    ) -> None:
        self._settings = settings
        self._register = register
        self._law = law
        self._approved = approved
        self._memory = memory or Memory()
        self.identifier = Identifier(register, settings.questions.on, self._memory)
        self._inputs = LawInputs(settings.questions, register, law)
        self._keys = Tuples()
        self._combos = self._memory.numbering("combination", LAW_INPUTS)
        self._verdicts = pl.DataFrame()
        self.table = pl.DataFrame()

    @property
    def combos(self) -> pl.DataFrame:
        """`LAW_INPUTS`: the distinct combinations, in the order in which they came up."""
        return self._combos.rows

    @property
    def remembered(self) -> int:
        """How many distinct texts are remembered."""
        return self._memory.size

    def batch(self, equipment: pl.DataFrame) -> CaseBatch:
        """The cases of a batch of equipment; columns that are absent count as all null."""
        equipment = with_all_columns(equipment)
        identified = self.identifier.batch(equipment)
        self._read_new_verdicts(identified.table)
        numbers = identified.numbers
        lists = self._on_lists(equipment, numbers) if self._approved else None
        approval = (
            lists.approvals if lists else pl.Series([None], dtype=pl.String).new_from_index(0, len(numbers))
        )
        keys = [
            numbers,
            self._text("purpose", equipment["purpose"]),
            self._place(equipment),
            self._text("made_in", equipment["made_in"]),
            self._obtained(equipment, numbers),
            self._text("approval", approval),
        ]
        known = len(self._keys)
        cases = self._keys.numbers(keys)
        if len(self._keys) > known or not self.table.width:
            self._add_new(known, cases, equipment, approval)
        return CaseBatch(cases, identified, lists)

    def _read_new_verdicts(self, table: pl.DataFrame) -> None:
        known = self._verdicts.height
        new = table[known:]
        if not new.height and self._verdicts.width:
            return
        read = self._with_doubts(new).with_columns(self._inputs.moved(new))
        self._verdicts = pl.concat([self._verdicts, read], rechunk=True) if known else read

    def _with_doubts(self, verdicts: pl.DataFrame) -> pl.DataFrame:
        """A plain word such as "module" means two things where the maker makes both: the category says so."""
        for doubt in self._law.equipment.doubts:
            makers = [one.id for one in self._register.organisations.values() if doubt["makes"] in one.makes]
            said = pl.col("category_said").str.to_lowercase().str.strip_chars() == doubt["word"]
            verdicts = verdicts.with_columns(
                pl.when(said & pl.col("maker").is_in(makers) & (pl.col("category_basis") == "stated"))
                .then(pl.lit(doubt["category"]))
                .otherwise("category")
                .alias("category")
            )
        return verdicts

    def _on_lists(self, equipment: pl.DataFrame, numbers: pl.Series) -> OnLists:
        wanted = ("maker", "maker_name", "maker_status", "category", "would_help")
        table = self._verdicts.select(wanted)[numbers].with_columns(
            equipment["record_id"], equipment["model"], equipment["part_number"]
        )
        return on_the_lists(table, self._approved, self._register, self._law)

    def _text(self, name: str, column: pl.Series) -> pl.Series:
        return self._memory.texts(f"case {name}").numbers(column)

    def _place(self, equipment: pl.DataFrame) -> pl.Series:
        """Which patterns of the profile's rules a record's site, network and owner match, as one number."""
        none = pl.Series([0], dtype=pl.UInt32).new_from_index(0, equipment.height)
        matched = {}
        for column in PLACES:
            patterns = {
                pattern for rule in self._settings.purposes for name, pattern in rule.where if name == column
            }
            if patterns:
                ids = self._text(f"place {column}", equipment[column])
                texts = self._memory.texts(f"case place {column}").texts
                for at, pattern in enumerate(sorted(patterns)):
                    matched[f"{column} {at}"] = pattern_matches(texts, pattern).gather(ids)
        if not matched:
            return none
        frame = pl.DataFrame(matched)
        return self._memory.numbering("place", dict(frame.schema)).numbers(frame)

    def _obtained(self, equipment: pl.DataFrame, numbers: pl.Series) -> pl.Series:
        """The period in which an item was obtained as a number, where the law asks for it, else 0."""
        none = pl.Series("obtained", [0], dtype=pl.UInt32).new_from_index(0, equipment.height)
        moved = self._verdicts["moved"].gather(numbers)
        if not moved.any():
            return none
        rows = equipment.select("acquired_on", "installed_on").filter(moved)
        days = rows.select(self._inputs.obtained().cast(pl.Int32) + _DAY_ZERO).to_series()
        return none.scatter(moved.arg_true(), days.fill_null(0).cast(pl.UInt32))

    def _add_new(self, known: int, cases: pl.Series, equipment: pl.DataFrame, approval: pl.Series) -> None:
        """Ask what the law looks at of one record of each new case."""
        first = (
            cases.alias("case")
            .to_frame()
            .with_row_index("row")
            .filter(pl.col("case") >= known)
            .unique("case", keep="first")
            .sort("case")["row"]
        )
        verdicts = self._verdicts[[verdict for verdict, *_ in self._keys.rows[known:]]]
        records = equipment.select(_OF_RECORDS)[first].with_columns(pl.col(pl.Categorical).cast(pl.String))
        table = pl.concat([verdicts, records], how="horizontal").with_columns(approval=approval.gather(first))
        table = with_purposes_read(table, self._law)
        lost = pl.col("purpose").is_not_null() & pl.col("purpose_read").is_null()
        table = table.with_columns(lost.alias("purpose_lost"))
        table = only_understood(table)
        table = apply_purposes(table, self._settings.purposes)
        table = with_purposes_read(table, self._law)
        combos = self._combos.numbers(self._inputs.of(table))
        kept = table.select(
            *verdicts.columns,
            "purpose",
            "purpose_lost",
            combos.alias("combo_came"),
            made_in_of_case="made_in",
        )
        self.table = pl.concat([self.table, kept], rechunk=True) if known else kept
