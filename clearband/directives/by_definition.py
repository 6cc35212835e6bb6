"""Who is a subsidiary or an affiliate in the words of one law, on a date."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from clearband.directives.maker_match import NO, MakerMatch, Register
from clearband.directives.ties import RELATION_WORDS, name_of, steps
from clearband.directives.truth import FALSE, TRUE, UNKNOWN
from clearband.model.control import ControlDefinition, ControlTest, ShareTest, Side, Test
from clearband.model.directive import NamedMaker
from clearband.register.control import Chain, Strength
from clearband.register.holdings import Share

_WORDS: Final = {"subsidiaries": "subsidiary", "affiliates": "affiliate", "parents": "parent"}
_FIRM: Final = frozenset({"controlled", "brand", "affiliate", "manufacturing"})
"""Kinds of links that are a question only where their source or dates are."""
_TRUTH: Final[dict[bool | None, int]] = {True: TRUE, None: UNKNOWN, False: FALSE}


@dataclass(frozen=True, slots=True)
class Defined:
    """One maker against one definition, on a day.

    Attributes:
        maker: Register id.
    """

    maker: str
    definition: ControlDefinition
    register: Register
    on: date
    known_on: date | None

    def named(self, named: NamedMaker) -> MakerMatch:
        """How the maker stands to one that the law names."""
        best = NO
        for word, test in self._tests(named.reach | named.unconfirmed):
            found = self._test(test, word, named.org)
            if found.truth != FALSE and word not in named.reach:
                tie = f"{self._name(self.maker)} is {_a(_WORDS[word])} of {self._name(named.org)}"
                question = f"{tie}: does the law reach that? Its wording was not confirmed"
                found = MakerMatch(UNKNOWN, found.control, question)
            best = max(best, found, key=lambda match: match.truth)
            if best.truth == TRUE:
                break
        return best

    def listed(self, reach: frozenset[str], member: Callable[[str], MakerMatch]) -> MakerMatch:
        """How the maker stands to the members of a list.

        Args:
            reach: The words of the law that are asked (``subsidiaries`` …).
            member: Whether an organisation is on the list.
        """
        best = NO
        for word, test in self._tests(reach):
            found = (
                self._held_together(test, word, member)
                if isinstance(test, ShareTest) and test.aggregate
                else self._under_a_member(test, word, member)
            )
            best = max(best, found, key=lambda match: match.truth)
        return best

    def _tests(self, reach: frozenset[str]) -> Iterator[tuple[str, Test]]:
        for word, tests in self.definition.tests:
            if word in reach:
                yield from ((word, test) for test in tests)

    def _test(self, test: Test, word: str, other: str) -> MakerMatch:
        tried = (
            self._controlled(test, word, side, other)
            if isinstance(test, ControlTest)
            else self._held(test, word, side, other)
            for side in test.sides
        )
        return max(tried, key=lambda match: match.truth, default=NO)

    def _under_a_member(self, test: Test, word: str, member: Callable[[str], MakerMatch]) -> MakerMatch:
        best = NO
        for above in self.register.control.above(self.maker, self.on, self.known_on):
            place = member(above)
            found = self._test(test, word, above) if place.truth > best.truth else NO
            if found.truth == TRUE and place.truth == UNKNOWN:
                found = MakerMatch(UNKNOWN, found.control, place.question)
            elif found.truth != FALSE and place.control:
                found = MakerMatch(found.truth, f"{found.control}; {place.control}", found.question)
            best = max(best, found, key=lambda match: match.truth)
        return best

    def _held_together(
        self,
        test: ShareTest,
        word: str,
        member: Callable[[str], MakerMatch],
        below: frozenset[str] = frozenset(),
    ) -> MakerMatch:
        """Whether members, or those that members hold so, hold enough of the maker together.

        Args:
            below: Those whose owners are being looked at already, in a chain or a circle.
        """
        places: dict[str, MakerMatch] = {}

        def counts(org: str) -> bool | None:
            place = places.setdefault(org, member(org))
            return None if place.truth == UNKNOWN else place.truth == TRUE

        held = self.register.holdings.share_of_those(counts, self.maker, test, self.on, self.known_on)
        truth = _TRUTH[held.meets(test)]
        if truth == FALSE:
            return NO
        owners = list(dict.fromkeys(link.owner for link in held.links))
        beneath = below | {self.maker}
        above = [
            replace(self, maker=org)._held_together(test, word, member, beneath)
            for org in owners
            if org not in beneath and places[org].truth == FALSE
        ]
        told = [match.control for match in above if match.control]
        words = f"{self.maker} is held {_per_cent(held)} by {' and '.join(owners)} {steps(held.links)}"
        by = "" if below else f", on the list or held so themselves {self._by(test, word)}"
        words = "; ".join([words, *told]) + by
        if truth == TRUE:
            return MakerMatch(TRUE, words)
        whose = " and ".join(map(self._name, owners))
        question = f"what share does {whose} hold in {self._name(self.maker)} on that day?"
        asked = [match.question for match in (*(places[org] for org in owners), *above) if match.question]
        if asked and _certain(held):
            return MakerMatch(UNKNOWN, words, asked[0])
        return MakerMatch(UNKNOWN, words, question + self._caught(test))

    def _controlled(self, test: ControlTest, word: str, side: Side, other: str) -> MakerMatch:
        if side == "common":
            return self._by_a_third(test, word, other)
        lower, upper = (self.maker, other) if side == "owner" else (other, self.maker)
        chain = self._above(lower).get(upper)
        if chain is None:
            return NO
        meant = chain.strength == Strength.CONTROL or (
            # Its source calls it an affiliate and leaves open which way: enough where each way is meant.
            chain.strength == Strength.AFFILIATION and "common" in test.sides and side in test.sides
        )
        words = f"{self._relation(side, chain, other)} {steps(chain.links)} {self._by(test, word)}"
        if meant:
            return MakerMatch(TRUE, words)
        return MakerMatch(UNKNOWN, words, self._control_question(word, side, chain, other))

    def _control_question(self, word: str, side: Side, chain: Chain, other: str) -> str:
        who, whom = self._name(self.maker), self._name(other)
        tie = self._relation(side, chain, other, who=who, whom=whom)
        if {link.kind for link in chain.links} <= _FIRM and chain.strength == Strength.POSSIBLE:
            return f"is it so that {tie}? Not every link was confirmed in a source"
        return f"{tie}: does that make it {_a(_WORDS[word])} in the sense of {self.definition.cite}?"

    def _by_a_third(self, test: ControlTest, word: str, other: str) -> MakerMatch:
        best = NO
        for third, mine, theirs in self._thirds(other):
            links = (*mine.links, *reversed(theirs.links))
            words = f"{self.maker} and {other} are both under {third} {steps(links)} {self._by(test, word)}"
            if min(mine.strength, theirs.strength) == Strength.CONTROL:
                return MakerMatch(TRUE, words)
            question = (
                f"does {self._name(third)} control both {self._name(self.maker)} and {self._name(other)}"
                f" in the sense of {self.definition.cite}?"
            )
            best = max(best, MakerMatch(UNKNOWN, words, question), key=lambda match: match.truth)
        return best

    def _held(self, test: ShareTest, word: str, side: Side, other: str) -> MakerMatch:
        if side == "common":
            return self._held_by_a_third(test, word, other)
        lower, upper = (self.maker, other) if side == "owner" else (other, self.maker)
        held = self._share(upper, lower, test)
        truth = _TRUTH[held.meets(test)]
        if truth == FALSE:
            return NO
        chain = self._above(lower).get(upper)
        tie = self._relation(side, chain, other) if chain else f"{lower} is held in part by {upper}"
        words = f"{tie} {steps(held.links)} {self._by(test, word)}"
        if truth == TRUE:
            return MakerMatch(TRUE, words)
        question = f"what share does {self._name(upper)} hold in {self._name(lower)} on that day?"
        return MakerMatch(UNKNOWN, words, question + self._caught(test))

    def _held_by_a_third(self, test: ShareTest, word: str, other: str) -> MakerMatch:
        best = NO
        for third, _, _ in self._thirds(other):
            mine, theirs = self._share(third, self.maker, test), self._share(third, other, test)
            truth = min(_TRUTH[mine.meets(test)], _TRUTH[theirs.meets(test)])
            if truth <= best.truth:
                continue
            links = (*mine.links, *theirs.links)
            words = f"{third} holds {self.maker} and {other} {steps(links)} {self._by(test, word)}"
            question = (
                f"what shares does {self._name(third)} hold in {self._name(self.maker)} and in"
                f" {self._name(other)} on that day?{self._caught(test)}"
            )
            best = MakerMatch(truth, words, question if truth == UNKNOWN else None)
        return best

    def _thirds(self, other: str) -> Iterator[tuple[str, Chain, Chain]]:
        """Whoever stands above both; who only holds a part of one that holds a part is too far."""
        mine, theirs = self._above(self.maker), self._above(other)
        for third in sorted((mine.keys() & theirs.keys()) - {self.maker, other}):
            if max(_parts(mine[third]), _parts(theirs[third])) <= 1:
                yield third, mine[third], theirs[third]

    def _above(self, org: str) -> Mapping[str, Chain]:
        return self.register.control.above(org, self.on, self.known_on)

    def _share(self, owner: str, owned: str, test: ShareTest) -> Share:
        return self.register.holdings.share(owner, owned, test, self.on, self.known_on)

    def _relation(
        self, side: Side, chain: Chain, other: str, *, who: str | None = None, whom: str | None = None
    ) -> str:
        kinds = {link.kind for link in chain.links}
        firm = kinds <= _FIRM
        if side == "owned":
            words = "is a parent of" if firm else "holds a part of, or is connected to,"
        elif firm:
            words = RELATION_WORDS["affiliate" if kinds & {"affiliate", "manufacturing"} else "controlled"]
        else:
            words = RELATION_WORDS["alleged" if "alleged" in kinds else "minority"]
        return f"{who or self.maker} {words} {whom or other}"

    def _name(self, org: str) -> str:
        return name_of(org, self.register)

    def _by(self, test: Test, word: str) -> str:
        doubt = "" if self.definition.verified else ", definition not confirmed"
        return f"({_WORDS[word]} by {self.definition.cite}: {test_words(test)}{doubt})"

    def _caught(self, test: ShareTest) -> str:
        return f" Caught is {test_words(test)} ({self.definition.cite})"


def test_words(test: Test) -> str:
    """A test in a few words."""
    if isinstance(test, ControlTest):
        return "control" if test.sides == ("owner",) else "control of one by the other or by a third"
    amount = f"{float(test.pct):g} %"
    how = "" if test.indirect == "none" else ", directly or indirectly"
    together = ", alone or together" if test.aggregate else ""
    return (
        f"{f'{amount} or more' if test.inclusive else f'more than {amount}'} of the {test.of}{how}{together}"
    )


def _per_cent(held: Share) -> str:
    low, high = f"{float(held.low):.4g}", f"{float(held.high):.4g}"
    return f"{low} %" if low == high else f"{low} to {high} %"


def _certain(held: Share) -> bool:
    return all(link.share_pct and link.verified and link.share_verified for link in held.links)


def _parts(chain: Chain) -> int:
    """How many links of a chain are less than control or affiliation, whoever confirmed them."""
    return sum(link.kind not in _FIRM for link in chain.links)


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
