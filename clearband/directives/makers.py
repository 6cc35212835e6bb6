"""Whose products does a clause mean? A maker against the makers of a clause, on a date, through ownership."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from clearband.directives.brands import sold_under_its_name
from clearband.directives.by_definition import Defined
from clearband.directives.former_ties import day_matters, former_tie, made_before
from clearband.directives.labels import Hardware, hardware_sold
from clearband.directives.listed_makers import membership
from clearband.directives.maker_match import ANYBODY, NO, MakerMatch, MakerStatus, Register
from clearband.directives.ties import describe, name_of, tie
from clearband.directives.truth import FALSE, TRUE, UNKNOWN
from clearband.model.control import ControlDefinition
from clearband.model.directive import MakerRule, NamedMaker
from clearband.model.organisation import ControlPath
from clearband.register.ownership import first_day

MAKER_PLACEHOLDER: Final = "{maker}"
"""Stands for the stated name in texts that are made once for all makers of one kind."""

_MANY_NAMES: Final = 6
_REACH: Final = {
    "controlled": ("subsidiaries", "affiliates"),
    "affiliate": ("affiliates",),
    "parent": ("parents",),
}


class Maker:
    """One maker, with its relations and list memberships on the day of the question, read once.

    Args:
        org: Register id; for a named one the slug of its name (the law can name a maker that the register
            does not hold); None when unidentified.
        status: What is known of it.
        obtained: The day on which the item was obtained, where known: whose product it is was settled when
            it was made.
        may_make: Whether one whose kinds of products are these can have made the item.
    """

    def __init__(
        self,
        org: str | None,
        status: MakerStatus,
        register: Register,
        on: date,
        known_on: date | None,
        obtained: date | None = None,
        may_make: Callable[[Sequence[str]], bool] = lambda _: True,
    ) -> None:
        self.org = org
        self.status = status
        self._on = on
        self._known_on = known_on
        self._register = register
        self._obtained = obtained
        paths = register.relations(org, on, known_on) if org is not None and status == "identified" else ()
        self._paths = {path.target: path for path in paths}
        self.had_other_owners = any(map(day_matters, paths))
        sold = hardware_sold(register).get(org, ()) if org is not None and status == "identified" else ()
        self._sells = tuple(one for one in sold if may_make(one.products))

    def match(
        self, rules: Sequence[MakerRule], first_event: date = date.min, *, new: bool = False
    ) -> MakerMatch:
        """How the maker stands to all rules together (no rule: whoever it is).

        Args:
            rules: The makers that a limb means.
            first_event: The day from which its measure existed in any form; what ended before cannot matter.
            new: Whether the question is about equipment made after the day it is asked about.
        """
        if not rules:
            return ANYBODY
        matches = [self._match_rule(rule, first_event, new=new) for rule in rules]
        weakest = min(matches, key=lambda match: (match.truth, match.would_change is not None))
        if weakest.truth != TRUE:
            return weakest
        control = "; ".join(dict.fromkeys(match.control for match in matches if match.control)) or None
        since = max((match.since for match in matches if match.since), key=first_day, default=None)
        return MakerMatch(TRUE, control, since=since)

    def _match_rule(self, rule: MakerRule, first_event: date, *, new: bool) -> MakerMatch:
        if self.status == "any":
            return MakerMatch(UNKNOWN, question=rule.criterion) if rule.criterion_open else NO
        if self.status != "identified":
            return self._not_identified(rule)
        found = [self._named(named, rule, first_event, new=new) for named in rule.named]
        if rule.list_id is not None:
            found.append(self._listed(rule, rule.list_id))
        if self._sells and not rule.dealings and all(match.truth == FALSE for match in found):
            found.append(self._sold_under_its_name(rule))
        if rule.criterion_open:
            found.append(MakerMatch(UNKNOWN, question=rule.criterion))
        return max(found, key=lambda match: (match.truth, match.would_change is not None), default=NO)

    def _not_identified(self, rule: MakerRule) -> MakerMatch:
        if self.status == "named" and any(named.org == self.org for named in rule.named):
            return MakerMatch(TRUE, f"{self.org} is named")
        if not rule.named and rule.list_id is None:
            return MakerMatch(UNKNOWN, question=rule.criterion) if rule.criterion_open else NO
        if self.status == "named":
            question = (
                f"who owns or makes for {MAKER_PLACEHOLDER}? Nobody has checked; caught is a connection to "
            )
            return MakerMatch(UNKNOWN, question=question + self._whom(rule))
        question = f"who made it? If it was {self._whom(rule)}, the clause applies"
        return MakerMatch(UNKNOWN, question=question, unidentified=True)

    def _named(self, named: NamedMaker, rule: MakerRule, first_event: date, *, new: bool) -> MakerMatch:
        match = self._stands_to(named, rule, first_event, new=new)
        path = self._paths.get(named.org)
        if path is None or self._obtained is None or new or rule.dealings:
            return match
        return made_before(match, self.org or "", path, self._register, self._obtained, self._known_on)

    def _stands_to(self, named: NamedMaker, rule: MakerRule, first_event: date, *, new: bool) -> MakerMatch:
        path = self._paths.get(named.org)
        if path is not None and path.relation == "self":
            return MakerMatch(TRUE, f"{self.org} is named")
        if rule.definition is not None:
            found = self._abroad(rule.definition, self._defined(rule.definition).named(named))
            if found.truth != FALSE:
                return found
        if path is not None and path.relation == "former":
            # Who deals with a company deals with what it is that day, whatever it made before.
            return NO if rule.dealings else self._former(path, named, first_event, new=new)
        if path is None:
            return NO
        if named.which & set(_REACH.get(path.relation, ())):
            question = f"which company provides it? Caught is {self._full_name(named.org)}"
            return MakerMatch(UNKNOWN, describe(path), question)
        return NO if rule.definition is not None else self._by_relation(path, named)

    def _by_relation(self, path: ControlPath, named: NamedMaker) -> MakerMatch:
        """A relative of a named one, where the law's own definition was not read."""
        words, short = describe(path), tie(self.org or "", path, self._register)
        if named.reach & set(_REACH.get(path.relation, ())):
            if path.verified:
                return MakerMatch(TRUE, words)
            return MakerMatch(UNKNOWN, words, self._not_confirmed(path))
        if named.unconfirmed & set(_REACH.get(path.relation, ())):
            question = f"{short}: does the law reach that? Its wording was not confirmed"
            return MakerMatch(UNKNOWN, words, question)
        if path.relation == "affiliate" and "subsidiaries" in named.reach | named.unconfirmed:
            return MakerMatch(UNKNOWN, words, self._controls(path))
        if path.relation in _REACH or any(link.kind == "state-holding" for link in path.links):
            # That a state holds shares in both says nothing of the two.
            return NO
        if not (named.reach | named.unconfirmed) & {"subsidiaries", "affiliates"}:
            return NO
        question = f"{short}: does that make it a subsidiary or affiliate in the sense of the clause?"
        return MakerMatch(UNKNOWN, words, question)

    def _former(self, path: ControlPath, named: NamedMaker, first_event: date, *, new: bool) -> MakerMatch:
        return former_tie(
            self.org or "",
            path,
            named,
            self._register,
            obtained=self._obtained,
            first_event=first_event,
            new=new,
        )

    def _sold_under_its_name(self, rule: MakerRule) -> MakerMatch:
        meant = [one for one in self._sells if self._means(rule, one)]
        return sold_under_its_name(self.org or "", self._sells, meant, self._register)

    def _means(self, rule: MakerRule, hardware: Hardware) -> bool:
        """Whether a rule means the maker of some hardware today; former owners of it are too far."""
        maker = Maker(hardware.maker, "identified", self._register, self._on, self._known_on)
        maker._paths = {target: path for target, path in maker._paths.items() if path.relation != "former"}
        maker._sells = ()
        return maker._match_rule(replace(rule, criterion_open=False), date.min, new=True).truth != FALSE

    def _full_name(self, org: str) -> str:
        organisation = self._register.organisations.get(org)
        return organisation.name if organisation else org

    def _whom(self, rule: MakerRule) -> str:
        names = [name_of(named.org, self._register) for named in rule.named]
        if len(names) > _MANY_NAMES:
            names = [*names[:_MANY_NAMES], "another named maker"]
        if rule.list_id is not None:
            names.append(f"a member of the list {rule.list_id}")
        return " or ".join(names)

    def _listed(self, rule: MakerRule, list_id: str) -> MakerMatch:
        best = self._member(self.org or "", list_id, f"{self.org} is")
        if best.truth == TRUE or not rule.list_reach:
            return best
        if rule.definition is not None:
            found = self._defined(rule.definition).listed(
                rule.list_reach, lambda org: self._member(org, list_id, f"{org} is")
            )
            return max(best, self._abroad(rule.definition, found), key=lambda match: match.truth)
        for path in self._paths.values():
            reached = bool(rule.list_reach & set(_REACH.get(path.relation, ())))
            if not reached and not (path.relation == "affiliate" and "subsidiaries" in rule.list_reach):
                continue
            found = self._member(path.target, list_id, f"{describe(path)}, which is")
            if found.truth == TRUE and not (reached and path.verified):
                asked = self._not_confirmed(path) if reached else self._controls(path)
                found = MakerMatch(UNKNOWN, found.control, asked)
            best = max(best, found, key=lambda match: match.truth)
        return best

    def _member(self, org: str, list_id: str, words: str) -> MakerMatch:
        return membership(org, list_id, words, self._register, self._on, self._known_on)

    def _abroad(self, definition: ControlDefinition, found: MakerMatch) -> MakerMatch:
        """What a definition that reaches only entities of other countries leaves of a relative."""
        if definition.foreign_to is None or found.truth == FALSE:
            return found
        organisation = self._register.organisations.get(self.org or "")
        if organisation is not None and organisation.country_verified:
            return NO if organisation.country == definition.foreign_to else found
        question = f"is {self._full_name(self.org or '')} organised outside {definition.foreign_to}?"
        return MakerMatch(UNKNOWN, found.control, found.question or question)

    def _defined(self, definition: ControlDefinition) -> Defined:
        return Defined(self.org or "", definition, self._register, self._on, self._known_on)

    def _controls(self, path: ControlPath) -> str:
        """What to ask of one that is called an affiliate, where only subsidiaries are meant."""
        whom = self._full_name(path.target)
        return f"does {whom} control {self._full_name(self.org or '')}? It is called an affiliate"

    def _not_confirmed(self, path: ControlPath) -> str:
        words = tie(self.org or "", path, self._register)
        return f"is it so that {words}? Not every link was confirmed in a source"
