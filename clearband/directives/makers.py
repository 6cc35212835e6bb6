"""Whose products does a clause mean? A maker against the makers of a clause, on a date, through ownership."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal, Protocol

from clearband.directives.labels import Hardware, Organisations, hardware_sold
from clearband.directives.truth import FALSE, TRUE, UNKNOWN
from clearband.model.directive import MakerRule, NamedMaker
from clearband.model.organisation import ControlPath, Designation, Organisation
from clearband.register.ownership import first_day, last_day

MakerStatus = Literal["identified", "named", "unidentified", "any"]
"""In the register; a stated name that is not in it; not known; or the question is about whoever it is."""

MAKER_PLACEHOLDER: Final = "{maker}"
"""Stands for the stated name in texts that are made once for all makers of one kind."""


class Register(Organisations, Protocol):
    """What the evaluation asks of the register."""

    def relations(self, maker: str, on: date, known_on: date | None = None) -> tuple[ControlPath, ...]:
        """How the maker stands to other organisations on a date."""

    def designations(self, org_id: str) -> tuple[Designation, ...]:
        """The lists on which an organisation stands."""


@dataclass(frozen=True, slots=True)
class MakerMatch:
    """How a maker stands to the makers of a clause.

    Attributes:
        truth: Whether its products are meant.
        control: The path of ownership or list that says so, in words.
        question: When unknown: what would decide.
        unidentified: Whether it is unknown because nobody knows who made the item.
        would_change: When false: what would make its products meant after all.
        notes: When unknown: what is known and from where.
    """

    truth: int
    control: str | None = None
    question: str | None = None
    unidentified: bool = False
    would_change: str | None = None
    notes: tuple[str, ...] = ()


_FULL_DATE: Final = len("2020-11-17")
_MANY_NAMES: Final = 6
_NO: Final = MakerMatch(FALSE)
_ANYBODY: Final = MakerMatch(TRUE)
_REACH: Final = {
    "controlled": ("subsidiaries", "affiliates"),
    "affiliate": ("affiliates",),
    "parent": ("parents",),
}
_KEPT: Final = {
    "controlled": "controlled",
    "brand": "controlled",
    "affiliate": "affiliate",
    "manufacturing": "affiliate",
}
"""What kinds of links make of a maker while they last; the other kinds are less than affiliation."""
_WORDS: Final = {
    "controlled": "is controlled by",
    "affiliate": "is an affiliate of",
    "parent": "is a parent of",
    "minority": "is partly owned by, or a joint venture of,",
    "alleged": "is alleged to be connected to",
    "former": "formerly belonged to",
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
        self.had_other_owners = any(path.relation == "former" for path in paths)
        sold = hardware_sold(register).get(org, ()) if org is not None and status == "identified" else ()
        self._sells = tuple(one for one in sold if may_make(register.organisations[one.maker].makes))

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
            return _ANYBODY
        matches = [self._match_rule(rule, first_event, new=new) for rule in rules]
        weakest = min(matches, key=lambda match: match.truth)
        if weakest.truth != TRUE:
            return weakest
        control = "; ".join(dict.fromkeys(match.control for match in matches if match.control)) or None
        return MakerMatch(TRUE, control)

    def _match_rule(self, rule: MakerRule, first_event: date, *, new: bool) -> MakerMatch:
        if self.status == "any":
            return MakerMatch(UNKNOWN, question=rule.criterion) if rule.criterion_open else _NO
        if self.status != "identified":
            return self._not_identified(rule)
        found = [self._named(named, first_event, new=new) for named in rule.named]
        if rule.list_id is not None:
            found.append(self._listed(rule.list_id, rule.list_reach))
        if self._sells and not rule.dealings and all(match.truth == FALSE for match in found):
            found.append(self._sold_under_its_name(rule))
        if rule.criterion_open:
            found.append(MakerMatch(UNKNOWN, question=rule.criterion))
        return max(found, key=lambda match: (match.truth, match.would_change is not None), default=_NO)

    def _not_identified(self, rule: MakerRule) -> MakerMatch:
        if self.status == "named" and any(named.org == self.org for named in rule.named):
            return MakerMatch(TRUE, f"{self.org} is named")
        if not rule.named and rule.list_id is None:
            return MakerMatch(UNKNOWN, question=rule.criterion) if rule.criterion_open else _NO
        if self.status == "named":
            question = (
                f"who owns or makes for {MAKER_PLACEHOLDER}? Nobody has checked; caught is a connection to "
            )
            return MakerMatch(UNKNOWN, question=question + self._whom(rule))
        question = f"who made it? If it was {self._whom(rule)}, the clause applies"
        return MakerMatch(UNKNOWN, question=question, unidentified=True)

    def _named(self, named: NamedMaker, first_event: date, *, new: bool) -> MakerMatch:
        path = self._paths.get(named.org)
        if path is None:
            return _NO
        if path.relation == "self":
            return MakerMatch(TRUE, f"{self.org} is named")
        if path.relation == "former":
            return self._former(path, named, first_event, new=new)
        words, tie = describe(path), self._tie(path)
        if named.which & set(_REACH.get(path.relation, ())):
            question = f"which company provides it? Caught is {self._full_name(named.org)}"
            return MakerMatch(UNKNOWN, words, question)
        if named.reach & set(_REACH.get(path.relation, ())):
            if path.verified:
                return MakerMatch(TRUE, words)
            return MakerMatch(
                UNKNOWN, words, f"is it so that {tie}? Not every link was confirmed in a source"
            )
        if named.unconfirmed & set(_REACH.get(path.relation, ())):
            question = f"{tie}: does the law reach that? Its wording was not confirmed"
            return MakerMatch(UNKNOWN, words, question)
        if path.relation in _REACH or any(link.kind == "state-holding" for link in path.links):
            # That a state holds shares in both says nothing of the two.
            return _NO
        if not (named.reach | named.unconfirmed) & {"subsidiaries", "affiliates"}:
            return _NO
        question = f"{tie}: does that make it a subsidiary or affiliate in the sense of the clause?"
        return MakerMatch(UNKNOWN, words, question)

    def _former(self, path: ControlPath, named: NamedMaker, first_event: date, *, new: bool) -> MakerMatch:
        """A tie that has ended: what counts is whose product the item was when it was made."""
        kept = {_KEPT.get(link.kind) for link in path.links}
        reach = {"affiliates"} if kept - {"controlled"} else {"subsidiaries", "affiliates"}
        ends = min((link.ends for link in path.links if link.ends), key=last_day)
        begins = max((first_day(link.begins) for link in path.links if link.begins), default=None)
        before_it = self._obtained is not None and begins is not None and self._obtained < begins
        if last_day(ends) < first_event or before_it or not (named.reach | named.unconfirmed) & reach:
            return _NO
        who, whose = self._name(self.org or ""), self._name(path.target)
        later = f"if it was made before {ends}, when {who} still belonged to {whose}"
        during = self._obtained is not None and (
            self._obtained < last_day(ends) or (len(ends) < _FULL_DATE and self._obtained == last_day(ends))
        )
        if new or None in kept or (self._obtained is not None and not during):
            return MakerMatch(FALSE, would_change=later)
        if during:
            question = (
                f"it was obtained while {who} still belonged to {whose} (until {ends}): was it made then?"
            )
        else:
            question = f"when was it made? Until {ends} {who} belonged to {whose}"
        return MakerMatch(UNKNOWN, describe(path), question)

    def _sold_under_its_name(self, rule: MakerRule) -> MakerMatch:
        """A brand that sells, some or all of the time, hardware of makers that the rule means."""
        meant = [one for one in self._sells if self._means(rule, one)]
        if not meant:
            return _NO
        who = self._name(self.org or "")
        whose = " or ".join(dict.fromkeys(self._name(one.maker) for one in self._sells))
        return MakerMatch(
            UNKNOWN,
            "; ".join(f"{self.org} sells hardware of {one.maker} ({one.relation})" for one in meant),
            f"who made this unit? {who} sells hardware of {whose} under its own name",
            notes=tuple(
                f"if {self._name(one.maker)} made it: {one.relation}"
                f" ({one.source}{'' if one.sure else '; only reported'})"
                for one in meant
            ),
        )

    def _means(self, rule: MakerRule, hardware: Hardware) -> bool:
        """Whether a rule means the maker of some hardware today; former owners of it are too far."""
        maker = Maker(hardware.maker, "identified", self._register, self._on, self._known_on)
        maker._paths = {target: path for target, path in maker._paths.items() if path.relation != "former"}
        maker._sells = ()
        return maker._match_rule(replace(rule, criterion_open=False), date.min, new=True).truth != FALSE

    def _full_name(self, org: str) -> str:
        organisation = self._register.organisations.get(org)
        return organisation.name if organisation else org

    def _name(self, org: str) -> str:
        organisation = self._register.organisations.get(org)
        return short_name(organisation) if organisation else org

    def _tie(self, path: ControlPath) -> str:
        """A path in a few words, without its links."""
        return f"{self._name(self.org or '')} {_WORDS[path.relation]} {self._name(path.target)}"

    def _whom(self, rule: MakerRule) -> str:
        names = [self._name(named.org) for named in rule.named]
        if len(names) > _MANY_NAMES:
            names = [*names[:_MANY_NAMES], "another named maker"]
        if rule.list_id is not None:
            names.append(f"a member of the list {rule.list_id}")
        return " or ".join(names)

    def _listed(self, list_id: str, reach: frozenset[str]) -> MakerMatch:
        best = self._membership(self.org or "", list_id, f"{self.org} is")
        for path in self._paths.values():
            if best.truth == TRUE:
                break
            if not reach & set(_REACH.get(path.relation, ())):
                continue
            found = self._membership(path.target, list_id, f"{describe(path)}, which is")
            if found.truth == TRUE and not path.verified:
                question = f"is it so that {self._tie(path)}? Not every link was confirmed in a source"
                found = MakerMatch(UNKNOWN, found.control, question)
            best = max(best, found, key=lambda match: match.truth)
        return best

    def _membership(self, org: str, list_id: str, words: str) -> MakerMatch:
        best = _NO
        for designation in self._register.designations(org):
            if designation.list_id != list_id:
                continue
            truth, since = _on_list(designation, self._on, self._known_on)
            control = f"{words} on the list {list_id}" + (f" since {since}" if since else "")
            if truth == UNKNOWN or (truth == TRUE and not designation.verified):
                question = f"was it on the list {list_id} on that day? The dates or the source are not exact"
                best = max(best, MakerMatch(UNKNOWN, control, question), key=lambda match: match.truth)
            elif truth == TRUE:
                return MakerMatch(TRUE, control)
        return best


def _on_list(designation: Designation, on: date, known_on: date | None) -> tuple[int, str | None]:
    since = designation.begins or min(designation.editions, default=None)
    if since is None:
        return UNKNOWN, None
    if first_day(since) > on or (known_on is not None and first_day(since) > known_on):
        return FALSE, since
    ends = designation.ends
    if ends is not None and last_day(ends) <= on and (known_on is None or first_day(ends) <= known_on):
        return FALSE, since
    unsure = last_day(since) > on or (ends is not None and first_day(ends) <= on < last_day(ends))
    return (UNKNOWN if unsure else TRUE), since


def describe(path: ControlPath) -> str:
    """A path of ownership in words, link by link, with shares, dates and what was not confirmed."""
    if not path.links:
        return path.target
    steps = []
    for link in path.links:
        share = f" {link.share_pct} %" if link.share_pct else ""
        dates = " to ".join(text for text in (link.begins or "", link.ends or "") if text)
        steps.append(
            f"{link.owned} <- {link.owner} ({link.relation}{share}{', ' + dates if dates else ''}"
            f"{'' if link.verified else ', not confirmed'})"
        )
    return f"{_start(path)} {_WORDS[path.relation]} {path.target} [{'; '.join(steps)}]"


def _start(path: ControlPath) -> str:
    first = path.links[0]
    return first.owner if path.relation == "parent" else first.owned


_SHORT_NAMES: Final = frozenset({"brand", "short", "abbreviation"})


def short_name(organisation: Organisation) -> str:
    """The name as people say it: a brand or short form that is part of the full name, else the full name."""
    full = organisation.name.casefold()
    for alias in organisation.aliases:
        if alias.kind == "abbreviation" or (alias.kind in _SHORT_NAMES and alias.text.casefold() in full):
            return alias.text
    return organisation.name


def had_other_owners(
    makers: Iterable[str],
    named: Container[str],
    register: Register,
    on: date,
    known_on: date | None = None,
) -> frozenset[str]:
    """The makers of which the day an item was obtained can matter.

    Args:
        makers: Register ids.
        named: Organisations that the law names: makers that belonged to one of them before are found.
        register: The ownership.
        on: The day the question is about.
        known_on: The day whose knowledge is used.
    """
    return frozenset(
        maker
        for maker in makers
        if any(
            path.relation == "former" and path.target in named
            for path in register.relations(maker, on, known_on)
        )
    )
