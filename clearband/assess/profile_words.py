"""What a profile says that nothing can ever meet: gates beside their scale, words that nobody knows."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from clearband.assess.catalogue import catalogue
from clearband.facts.country_codes import country_codes
from clearband.facts.problems import Severity, nearest_or
from clearband.facts.store import compiled
from clearband.model.criterion import Profile

Found = tuple[Severity, str, str, str]
"""Severity, key, what is wrong, what to do."""
_LIST: Final = "`clearband criteria list` shows them"
_LEAST_QUORUM: Final = 2
"""Of an approved list: one decider decides nothing alone."""


def unmet(profile: Profile) -> Iterator[Found]:
    """Gates that no answer could meet, and countries that there are not.

    Such a gate would stay *not met* for ever, which reads as if it had been asked and passed.
    """
    base = catalogue()
    for name, criterion in base.criteria.items():
        if name not in profile.weights or not (name in profile.gates or name in profile.scales):
            continue
        words = profile.scales.get(name, criterion.scale).kind == "yes-no"
        details = {detail for detail, _ in criterion.details}
        for gate in profile.gates.get(name, criterion.gates):
            if words != (gate.when.answer is not None):
                remedy = "write answer: 'yes' or 'no'" if words else "write below or at_least"
                asked = "yes or no" if words else "a number"
                yield "error", name, f"{name} is answered by {asked}, which its gate does not ask for", remedy
            if gate.when.detail and gate.when.detail not in details:
                remedy = nearest_or(
                    gate.when.detail, details, f"it has {', '.join(sorted(details)) or 'none'}"
                )
                yield "error", name, f'"{gate.when.detail}" is no detail of {name}', remedy
            yield from _known(name, "group", gate.with_groups, base.groups)
            yield from _known(name, "criterion", gate.with_criteria, base.criteria)
    territories = country_codes() | {"EU"}
    for key, codes, held in (
        ("territory", [profile.territory], territories),
        ("designated", list(profile.designated), country_codes()),
    ):
        for code in codes:
            if code not in held:
                yield "error", key, f'"{code}" is no country', "write two letters of ISO 3166-1, such as CN"


def _known(criterion: str, what: str, names: Collection[str], known: Collection[str]) -> Iterator[Found]:
    for name in names:
        if name not in known:
            remedy = nearest_or(name, known, _LIST)
            yield "error", criterion, f'"{name}" is no {what} of the catalogue', remedy


def doubtful(profile: Profile) -> Iterator[Found]:
    """What is allowed and seldom meant: nobody designated, no list that binds, one that names nobody."""
    if not profile.designated:
        what = "no country is designated: answers of the register count none"
        yield "warning", "designated", what, "name them, or make sure that this is meant"
    if not profile.binding:
        what = "no list binds: a maker on any list is at most advised against by OWN-09"
        yield "warning", "binding", what, "name them, or make sure that this is meant"
    held = [one for file in compiled().read("organisations") for one in file["organisations"]]
    lists = {entry["list"] for one in held for entry in one["designations"]}
    for name in profile.binding:
        if name not in lists:
            what = f'no organisation of the register is on a list "{name}": nobody will be found on it'
            yield "warning", "binding", what, nearest_or(name, lists, f"lists are {', '.join(sorted(lists))}")
    if profile.quorum < _LEAST_QUORUM:
        yield "warning", "quorum", "an approved list needs two or more to sign", "write 2 or more"
