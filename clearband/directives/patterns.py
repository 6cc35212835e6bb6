"""Combinations as columns: each distinct value meets a condition once; rows become codes of situations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

import numpy as np
import polars as pl
from numpy.typing import NDArray

from clearband.directives.labels import hardware_sold
from clearband.directives.law import Law
from clearband.directives.limb_day import Kind, LimbAt, Situation
from clearband.directives.maker_match import MakerMatch, Register
from clearband.directives.question import Questions
from clearband.directives.situations import Conditions
from clearband.directives.standings import Standings
from clearband.directives.truth import TRUE
from clearband.model.directive import Exemption, Limb

INPUT_COLUMNS: Final = (
    "maker", "maker_status", "maker_name", "category", "purpose", "made_in", "approval", "obtained",
)  # fmt: skip
"""Beside ``combo``; all text (``obtained`` may be a date), null when not known.

``maker_name`` is how texts call a maker that is not in the register. ``obtained`` is the day on which the
item was bought or put to use; it matters only for makers that belonged to others before, or
came to their owner later (`had_other_owners`).
"""

Codes = NDArray[np.int64]
Truths = NDArray[np.int8]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Pattern:
    """The distinct situations of one limb; ``codes`` gives each row the index of its situation."""

    codes: Codes
    situations: list[Situation]


class Combinations:
    """The combinations to judge, as codes of distinct values.

    Args:
        inputs: ``combo`` and `INPUT_COLUMNS`; a missing column counts as null.
        standings: How makers stand to the law, as far as that was found out before.
    """

    def __init__(
        self,
        inputs: pl.DataFrame,
        questions: Questions,
        law: Law,
        register: Register,
        standings: Standings | None = None,
    ) -> None:
        absent = [pl.lit(None, pl.String).alias(name) for name in INPUT_COLUMNS if name not in inputs.columns]
        frame = inputs.with_columns(absent).select(
            pl.col("combo").cast(pl.Int64), *(pl.col(name).cast(pl.String) for name in INPUT_COLUMNS)
        )
        self.combos = frame["combo"]
        self.names = frame.select(pl.coalesce("maker_name", "maker"))["maker_name"]
        # Makers that the register does not know stand to the law alike, unless the law calls them by name.
        status = pl.col("maker_status").fill_null(
            pl.when(pl.col("maker").is_null()).then(pl.lit("unidentified")).otherwise(pl.lit("identified"))
        )
        frame = frame.with_columns(
            status,
            pl.when((status == "identified") | pl.col("maker").is_in(sorted(law.named_makers)))
            .then("maker")
            .otherwise(pl.lit(""))
            .alias("maker"),
        )
        self.unknown_makers: Flags = (frame["maker"].fill_null("") == "").to_numpy()
        """The rows whose maker is neither in the register nor named by the law."""
        # A brand that sells hardware of others stands to the law by what kind of item it is.
        sells = pl.col("maker").is_in(sorted(hardware_sold(register)))
        frame = frame.with_columns(pl.when(sells).then("category").alias("sold_as"))
        self.height = frame.height
        self.conditions = Conditions(law)
        self._maker_codes, makers = _distinct(frame, "maker", "maker_status", "obtained", "sold_as")
        self._category_codes, categories = _distinct(frame, "category")
        self._purpose_codes, purposes = _distinct(frame, "purpose")
        self._made_in_codes, countries = _distinct(frame, "made_in")
        self._approval_codes, approvals = _distinct(frame, "approval")
        self.standings = standings or Standings(questions, law, register)
        self._makers = [self.standings.maker(*one) for one in makers]
        self._some_had_other_owners = any(maker.had_other_owners for maker in self._makers)
        self._categories = [category for (category,) in categories]
        self._purposes = [law.purposes.read(text) for (text,) in purposes]
        self._countries = [country for (country,) in countries]
        self._approvals = [law.approvals.read(text) for (text,) in approvals]
        self._found: dict[tuple[Any, ...], Truths] = {}
        """What conditions that several limbs have say of the rows."""

    def differs(self, at: LimbAt) -> Flags | None:
        """The rows whose maker stands otherwise to new equipment than to equipment of any age, if any."""
        if not self._some_had_other_owners or not at.limb.new_for:
            return None
        pairs = zip(self._match(at, new=False), self._match(at, new=True), strict=True)
        differing = np.array([held != new for held, new in pairs], dtype=np.bool_)
        return cast("Flags", differing[self._maker_codes]) if differing.any() else None

    def pattern(self, at: LimbAt, *, new: bool = False) -> Pattern:
        """Every row's situation under a limb.

        Args:
            at: The limb on its day.
            new: Whether it is about equipment made after that day.
        """
        limb = at.limb
        kinds: dict[MakerMatch, int] = {}
        matches = self._match(at, new=new)
        kind_of = np.array([kinds.setdefault(match, len(kinds)) for match in matches], np.int64)
        equipment = self._of_categories(limb, "equipment", self.conditions.equipment)
        purpose = self._once(
            ("purpose", limb.purposes),
            lambda: self._of_purposes(lambda reading: self.conditions.purpose(limb, reading)),
        )
        made_in = self._made_in(limb)
        stated = self._once(
            ("stated",), lambda: _gather(self._category_codes, self._categories, self.conditions.kind)
        )
        akin = self._of_categories(limb, "akin", self.conditions.akin)
        exemptions = [self._exemption(rule) for rule in limb.exemptions]
        asked = [self.conditions.purpose_question(limb, reading) for reading in self._purposes]
        asked_codes = {text: code for code, text in enumerate(dict.fromkeys(asked))}
        asks = _gather(self._purpose_codes, asked, asked_codes.__getitem__).astype(np.int64)
        packed = kind_of[self._maker_codes] * max(len(asked_codes), 1) + asks
        for truth in (equipment, purpose, made_in, stated, akin, *exemptions):
            packed = packed * 3 + truth
        _, first, codes = np.unique(packed, return_index=True, return_inverse=True)
        maker_kinds = list(kinds)
        situations = [
            Situation(
                maker_kinds[int(kind_of[self._maker_codes[row]])],
                int(equipment[row]),
                int(purpose[row]),
                int(made_in[row]),
                tuple(int(truth[row]) for truth in exemptions),
                Kind(int(stated[row])),
                asked[int(self._purpose_codes[row])],
                bool(akin[row]),
            )
            for row in first.tolist()
        ]
        return Pattern(codes.astype(np.int64), situations)

    def _match(self, at: LimbAt, *, new: bool) -> list[MakerMatch]:
        if not self._some_had_other_owners:
            return self.standings.matches(self._makers, at.limb.makers, date.min, new=False)
        return self.standings.matches(self._makers, at.limb.makers, at.measure.first_event, new=new)

    def _once(self, condition: tuple[Any, ...], find: Callable[[], Truths]) -> Truths:
        """What a condition says of the rows, found for the first limb that has it."""
        found = self._found.get(condition)
        if found is None:
            found = self._found[condition] = find()
        return found

    def _exemption(self, rule: Exemption) -> Truths:
        condition = ("exemption", rule.equipment, rule.purposes, rule.approvals)
        return self._once(condition, lambda: self._excused(rule))

    def _excused(self, rule: Exemption) -> Truths:
        parts = [np.full(self.height, TRUE, dtype=np.int8)]
        if rule.equipment:
            classes = self.conditions.law.equipment
            parts.append(
                _gather(
                    self._category_codes,
                    self._categories,
                    lambda category: classes.membership_of_any(category, rule.equipment),
                )
            )
        if rule.purposes:
            parts.append(self._of_purposes(lambda reading: reading.excuses(rule.purposes)))
        if rule.approvals:
            parts.append(
                _gather(self._approval_codes, self._approvals, lambda held: held.excuses(rule.approvals))
            )
        return cast("Truths", np.minimum.reduce(parts))

    def _of_categories(self, limb: Limb, name: str, truth: Callable[[Limb, str | None], int]) -> Truths:
        """What the equipment that a limb means says of the rows."""
        known = self.standings.truths(name, limb.equipment)
        return self._once(
            (name, limb.equipment),
            lambda: _gather(
                self._category_codes, self._categories, lambda category: truth(limb, category), known
            ),
        )

    def _made_in(self, limb: Limb) -> Truths:
        known = self.standings.truths("made in", (limb.made_in, limb.home))
        return self._once(
            ("made in", limb.made_in, limb.home),
            lambda: _gather(
                self._made_in_codes,
                self._countries,
                lambda country: self.conditions.made_in(limb, country),
                known,
            ),
        )

    def _of_purposes(self, truth: Callable[[Any], int]) -> Truths:
        return _gather(self._purpose_codes, self._purposes, truth)


def _distinct(frame: pl.DataFrame, *columns: str) -> tuple[Codes, list[tuple[Any, ...]]]:
    """Each row's index into the distinct values of the columns, and these values."""
    values = frame.select(columns).unique(maintain_order=True)
    indexed = values.with_row_index("__code")
    codes = frame.select(columns).join(
        indexed, on=list(columns), how="left", nulls_equal=True, maintain_order="left"
    )["__code"]
    return codes.to_numpy().astype(np.int64), values.rows()


def _gather(
    codes: Codes,
    values: Sequence[Any],
    truth: Callable[[Any], int],
    known: dict[Any, int] | None = None,
) -> Truths:
    """The truth of a condition, found once per distinct value and spread over the rows.

    Args:
        known: What was found before, by values; what is found is added.
    """
    if not values:
        return np.zeros(0, dtype=np.int8)
    if known is None:
        return np.array([truth(value) for value in values], dtype=np.int8)[codes]
    for value in values:
        if value not in known:
            known[value] = truth(value)
    return np.array([known[value] for value in values], dtype=np.int8)[codes]
