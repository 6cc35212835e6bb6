"""The definitions of subsidiary and affiliate, out of the compiled facts, for the makers of clauses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from clearband.errors import FactsError
from clearband.model.control import ControlDefinition, ControlTest, ShareTest, Test

_WORDS: Final = ("affiliates", "subsidiaries", "parents")
"""The widest first: what it says decides most often, and is then the one that is cited or asked for."""


@dataclass(frozen=True, slots=True)
class Definitions:
    """All definitions by id."""

    by_id: Mapping[str, ControlDefinition]

    @classmethod
    def from_facts(cls, file: Mapping[str, Any]) -> Definitions:
        """Read them from ``control_definitions`` as compiled."""
        return cls({raw["id"]: _definition(raw) for raw in file.get("definitions", ())})

    def of(self, makers: Mapping[str, Any], *measures: Mapping[str, Any]) -> ControlDefinition | None:
        """The definition that holds for some makers: their own, else that of the first measure with one.

        Args:
            makers: The ``makers`` of a clause or entry.
            measures: The measure of the clause, then the one that holds the entry.

        Raises:
            FactsError: There is no such definition, it does not define what is reached, or it cannot be asked
                of a list.
        """
        named = next((raw["affiliates_by"] for raw in (makers, *measures) if "affiliates_by" in raw), None)
        if named is None:
            return None
        where = str(measures[0]["id"])
        if named not in self.by_id:
            raise FactsError(
                f'"{named}" is no definition',
                where=where,
                remedy="write an id of control_definitions.yaml in `affiliates_by`",
            )
        found = self.by_id[named]
        reach = makers.get("member_of", {}).get("reach", ())
        defined = {word for word, _ in found.tests}
        for words in (reach, *(item.get("reach", ()) for item in makers.get("named", ()))):
            if words and defined and not defined & set(words):
                raise FactsError(
                    f'"{named}" does not say what {" or ".join(words)} are',
                    where=where,
                    remedy=f"write {' or '.join(sorted(defined))} in `reach`, or use another definition",
                )
        if any(test.sides != ("owner",) for word, tests in found.tests if word in reach for test in tests):
            raise FactsError(
                f'"{named}" looks below or beside the members of a list, which is not evaluated',
                where=where,
                remedy="use a definition whose sides are [owner], or name the makers",
            )
        return found


def _definition(raw: Mapping[str, Any]) -> ControlDefinition:
    tests = tuple((word, tuple(map(_test, raw[word]))) for word in _WORDS if raw.get(word))
    return ControlDefinition(
        raw["id"], raw["cite"], raw["says"], raw["verified"], tests, raw.get("foreign_to")
    )


def _test(raw: Mapping[str, Any]) -> Test:
    if "control" in raw:
        return ControlTest(tuple(raw["control"]))
    share = raw["share"]
    return ShareTest(
        tuple(share["sides"]),
        Fraction(share.get("at_least") or share["more_than"]),
        "at_least" in share,
        share["of"],
        share["indirect"],
        share.get("aggregate", False),
    )
