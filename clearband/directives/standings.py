"""What the law is on the day of a question, and how makers stand to it, found out once for a whole run."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date
from functools import partial
from typing import cast

from clearband.directives.law import Law
from clearband.directives.limb_day import LimbAt
from clearband.directives.maker_match import MakerMatch, MakerStatus, Register
from clearband.directives.makers import Maker
from clearband.directives.question import Questions
from clearband.directives.situations import Conditions
from clearband.model.directive import Limb, MakerRule

_Asked = tuple[int, date, bool]


class Standings:
    """Makers as the law sees them, for questions of one day and what was known on one day.

    What is remembered grows with makers, kinds and countries, not with combinations of them; a run over many
    batches keeps one.
    """

    def __init__(self, questions: Questions, law: Law, register: Register) -> None:
        self._questions, self._law, self._register = questions, law, register
        self._makers: dict[tuple[str | None, ...], Maker] = {}
        # The law lives as long as this: the place of a limb and its rules in memory is theirs alone.
        self._matches: dict[_Asked, dict[Maker, MakerMatch]] = {}
        self._rules: dict[int, tuple[MakerRule, ...]] = {}
        self._alike: dict[tuple[MakerRule, ...], tuple[MakerRule, ...]] = {}
        self._limbs: dict[int, LimbAt] = {}
        self._truths: dict[tuple[str, Hashable], dict[str | None, int]] = {}

    def maker(self, org: str | None, status: str, obtained: str | None, sold_as: str | None) -> Maker:
        """A maker, read once.

        Args:
            org, status: See `clearband.directives.makers.Maker`.
            obtained: ISO day on which the item was obtained, where known.
            sold_as: Category of the item, for brands that sell hardware of others.
        """
        key = (org, status, obtained, sold_as)
        if key not in self._makers:
            self._makers[key] = Maker(
                org,
                cast("MakerStatus", status),
                self._register,
                self._questions.on,
                self._questions.known_on,
                date.fromisoformat(obtained) if obtained else None,
                partial(self._law.equipment.may_be_made_by, sold_as),
            )
        return self._makers[key]

    def matches(
        self, makers: Sequence[Maker], rules: tuple[MakerRule, ...], first_event: date, *, new: bool
    ) -> list[MakerMatch]:
        """How each maker stands to the rules of a limb (`clearband.directives.makers.Maker.match`)."""
        known = self._matches.setdefault((id(self._one_of(rules)), first_event, new), {})
        for maker in makers:
            if maker not in known:
                known[maker] = maker.match(rules, first_event, new=new)
        return [known[maker] for maker in makers]

    def _one_of(self, rules: tuple[MakerRule, ...]) -> tuple[MakerRule, ...]:
        """The first rules that say the same: many limbs mean the same makers."""
        found = self._rules.get(id(rules))
        if found is None:
            found = self._rules[id(rules)] = self._alike.setdefault(rules, rules)
        return found

    def limb_at(self, limb: Limb) -> LimbAt:
        """A limb of the law on the day of the question (`clearband.directives.situations.Conditions.at`)."""
        found = self._limbs.get(id(limb))
        if found is None:
            asked = self._questions
            found = Conditions(self._law).at(limb, asked.on, asked.known_on, asked.found_on)
            self._limbs[id(limb)] = found
        return found

    def truths(self, condition: str, what: Hashable) -> dict[str | None, int]:
        """What was found out of a condition by the values it was asked for, to be added to.

        Args:
            condition: Its kind.
            what: What it asks of the values, the same for all limbs that ask the same.
        """
        return self._truths.setdefault((condition, what), {})
