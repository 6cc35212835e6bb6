"""The conditions of a limb, each against one distinct value of an input: the cells of the matrices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from clearband.directives.attributes import Reading
from clearband.directives.equipment_classes import UNSPECIFIED
from clearband.directives.law import Law
from clearband.directives.limb_day import Kind, LimbAt, Words, limb_at
from clearband.directives.truth import FALSE, TRUE, UNKNOWN, all_of, any_of
from clearband.model.directive import Exemption, Limb

FOREIGN = "foreign"
"""Country of production: abroad, without saying where."""


@dataclass(frozen=True)
class Conditions:
    """Conditions of limbs under one law; results are kept per distinct value by the callers."""

    law: Law

    def equipment(self, limb: Limb, category: str | None) -> int:
        """Whether a category is in the classes a limb means."""
        return all_of(self.law.equipment.membership_of_any(category, classes) for classes in limb.equipment)

    def akin(self, limb: Limb, category: str | None) -> int:
        """Whether a category is of the same kind of product as what a limb means: 1 or 0."""
        return int(any(self.law.equipment.akin(category, classes) for classes in limb.equipment))

    def purpose(self, limb: Limb, reading: Reading) -> int:
        """Whether the stated purposes are among those a limb means."""
        return all_of(reading.any_holds(purposes) for purposes in limb.purposes)

    def purpose_question(self, limb: Limb, reading: Reading) -> str | None:
        """What to ask about an item of which some purposes are known: the listed ones that may still hold."""
        if not reading.understood:
            return None
        left = [
            self.law.purposes.title(purpose)
            for purposes in limb.purposes
            if reading.any_holds(purposes) == UNKNOWN
            for purpose in purposes
            if purpose not in reading.ruled_out
        ]
        titles = " or ".join(title[:1].lower() + title[1:] for title in dict.fromkeys(left))
        return f"is it also used for {titles}?" if left else None

    def made_in(self, limb: Limb, country: str | None) -> int:
        """Whether the country of production is one a limb means."""
        return all_of(_produced(country, countries, limb.home) for countries in limb.made_in)

    def exemption(self, rule: Exemption, category: str | None, purpose: Reading, approval: Reading) -> int:
        """Whether the condition of an exception holds (its dates apart)."""
        found = []
        if rule.equipment:
            found.append(self.law.equipment.membership_of_any(category, rule.equipment))
        if rule.purposes:
            found.append(purpose.excuses(rule.purposes))
        if rule.approvals:
            found.append(approval.excuses(rule.approvals))
        return all_of(found)

    def at(self, limb: Limb, on: date, known_on: date | None, found_on: date | None = None) -> LimbAt:
        """A limb on the day of the question, with the questions it may have to ask."""
        return limb_at(limb, self.law.measures[limb.directive], on, known_on, self._words(limb), found_on)

    def kind(self, category: str | None) -> Kind:
        """What a category says of the kind of an item."""
        if category == UNSPECIFIED:
            return Kind.EQUIPMENT
        return Kind.UNKNOWN if category is None else Kind.STATED

    def _words(self, limb: Limb) -> Words:
        facts = self.law.equipment
        classes = min(limb.equipment, key=len, default=())
        things = tuple(name for name in classes if facts.membership(UNSPECIFIED, name) != FALSE)
        kinds = ("", "", "")
        if classes:
            kinds = (
                facts.what_kind(classes, service=True),
                facts.what_kind(things, service=False),
                facts.one_of(classes),
            )
        purposes = "; ".join(self.law.purposes.title(p).lower() for group in limb.purposes for p in group)
        where = "where was it produced? " + (
            "Caught is what was produced abroad"
            if any(FOREIGN in group for group in limb.made_in)
            else "Caught is production in " + ", ".join(c for group in limb.made_in for c in group)
        )
        used = f"what is it used for? Caught is: {purposes}"
        return Words(kinds, used, where, (classes, things, ()))


def _produced(country: str | None, wanted: tuple[str, ...], home: str) -> int:
    if country is None:
        return UNKNOWN
    return any_of(_produced_in(country, place, home) for place in wanted)


def _produced_in(country: str, place: str, home: str) -> int:
    if place == FOREIGN:
        return FALSE if country == home else TRUE
    if country == FOREIGN:
        return FALSE if place == home else UNKNOWN
    return TRUE if country == place else FALSE
