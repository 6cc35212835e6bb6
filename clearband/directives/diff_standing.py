"""How every value of a situation stands to every limb of one side: what a comparison is made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from clearband.directives.diff_sides import Side, Values
from clearband.directives.labels import hardware_sold
from clearband.directives.maker_match import MakerMatch, MakerStatus
from clearband.directives.makers import Maker
from clearband.directives.situations import Conditions
from clearband.directives.truth import TRUE
from clearband.model.directive import Exemption

Table = NDArray[np.int8]
_HELD, _NEW = 0, 1
Acts = tuple[tuple[int, bool], ...]
"""Limbs that speak to an actor about an action, by number, and whether they mean new equipment there."""


@dataclass(frozen=True)
class Makers:
    """How makers stand to limbs.

    Attributes:
        codes: A row for each way in which a maker can stand; ``[row, limb, held or new]``. A code holds all
            of a match that an answer depends on; below 4 it is not met.
        rows: ``[maker, category]``: which row; it differs by category only for brands that sell hardware of
            others.
    """

    codes: Table
    rows: NDArray[np.int64]


class Standing:
    """One side, with everything that answers depend on.

    Args:
        side: The side.
        values: What situations are made of.
    """

    def __init__(self, side: Side, values: Values) -> None:
        self.side = side
        self._values = values
        self._conditions = Conditions(side.law)
        self.ats = tuple(self._conditions.at(limb, side.on, side.known_on) for limb in side.law.limbs)
        seen: Counter[tuple[str, str]] = Counter()
        names = []
        for limb in side.law.limbs:
            names.append((limb.directive, limb.clause, seen[limb.directive, limb.clause]))
            seen[limb.directive, limb.clause] += 1
        self.names = tuple(names)
        """Of each limb: measure, clause, and which of the limbs of that clause it is."""

    def keep_makers(self, values: Values, kept: Sequence[int]) -> None:
        """Go on with some of the makers only.

        Args:
            values: The values with these makers.
            kept: Their numbers before.
        """
        self.makers = Makers(self.makers.codes, self.makers.rows[list(kept)])
        self._values = values

    def acts(self, actor: str, action: str) -> Acts:
        """The limbs that speak to an actor about an action."""
        also = self.side.law.vocabulary.as_also(actor)
        return tuple(
            (number, action in limb.new_for)
            for number, limb in enumerate(self.side.law.limbs)
            if also & limb.actors and action in limb.actions
        )

    @cached_property
    def makers(self) -> Makers:
        """How each maker stands to each limb."""
        rows: dict[bytes, int] = {}
        codes: list[Table] = []
        places = np.zeros((len(self._values.makers), len(self._values.equipment)), dtype=np.int64)
        sold = hardware_sold(self.side.register)
        for number, name in enumerate(self._values.makers):
            by_flags: dict[tuple[bool, ...], int] = {}
            flags = self._flags(sold.get(name, ()))
            for place, flag in enumerate(flags):
                if flag not in by_flags:
                    table = self._stands(name, self._values.equipment[place])
                    by_flags[flag] = rows.setdefault(table.tobytes(), len(rows))
                    if len(codes) < len(rows):
                        codes.append(table)
                places[number, place] = by_flags[flag]
        return Makers(np.stack(codes), places)

    def _flags(self, sold: tuple[Any, ...]) -> list[tuple[bool, ...]]:
        """For each category, which of the makers whose hardware is sold can have made it."""
        may = self.side.law.equipment.may_be_made_by
        makes = [one.products for one in sold]
        return [tuple(may(category, kinds) for kinds in makes) for category in self._values.equipment]

    def _stands(self, name: str, category: str | None) -> Table:
        org, status = self.side.status_of(name)
        maker = Maker(
            org,
            cast("MakerStatus", status),
            self.side.register,
            self.side.on,
            self.side.known_on,
            may_make=partial(self.side.law.equipment.may_be_made_by, category),
        )
        kept: dict[tuple[int, date, int], int] = {}
        table = np.zeros((len(self.ats), 2), dtype=np.int8)
        for number, (at, rule) in enumerate(zip(self.ats, self._rule_numbers, strict=True)):
            since = at.measure.first_event if maker.had_other_owners else date.min
            for new in (_HELD, _NEW) if maker.had_other_owners else (_HELD,):
                key = (rule, since, new)
                if key not in kept:
                    kept[key] = _code(maker.match(at.limb.makers, since, new=bool(new)))
                table[number, new] = kept[key]
            if not maker.had_other_owners:
                table[number, _NEW] = table[number, _HELD]
        return table

    @cached_property
    def _rule_numbers(self) -> list[int]:
        """Of each limb, a number for the makers that it means: equal ones are asked once."""
        known: dict[Any, int] = {}
        return [known.setdefault(at.limb.makers, len(known)) for at in self.ats]

    @cached_property
    def equipment(self) -> list[Table]:
        """For each limb ``[category, condition]``: what it means, then what its exceptions mean."""
        kinds = [self._conditions.kind(one) for one in self._values.equipment]
        return [
            np.array(
                [
                    (
                        self._conditions.equipment(at.limb, one),
                        kind,
                        *(self._exempt_kind(rule, one) for rule in at.limb.exemptions),
                    )
                    for one, kind in zip(self._values.equipment, kinds, strict=True)
                ],
                dtype=np.int8,
            )
            for at in self.ats
        ]

    def _exempt_kind(self, rule: Exemption, category: str | None) -> int:
        if not rule.equipment:
            return TRUE
        return self.side.law.equipment.membership_of_any(category, rule.equipment)

    @cached_property
    def purposes(self) -> list[Table]:
        """For each limb ``[purpose, condition]``, as for equipment."""
        readings = [self.side.law.purposes.read(one) for one in self._values.purposes]
        return [
            np.array(
                [
                    (
                        self._conditions.purpose(at.limb, one),
                        *(
                            one.excuses(rule.purposes) if rule.purposes else TRUE
                            for rule in at.limb.exemptions
                        ),
                    )
                    for one in readings
                ],
                dtype=np.int8,
            )
            for at in self.ats
        ]

    @cached_property
    def made_in(self) -> list[Table]:
        """For each limb ``[country, 0]``."""
        return [
            np.array([(self._conditions.made_in(at.limb, one),) for one in self._values.made_in], np.int8)
            for at in self.ats
        ]


def _code(match: MakerMatch) -> int:
    return match.truth * 4 + match.unidentified * 2 + bool(match.question)
