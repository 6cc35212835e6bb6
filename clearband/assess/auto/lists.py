"""OWN-09, LEG-01 and LEG-09: lists and decisions that name the maker or its group."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from clearband.assess.auto.basis import AutoCase, Fact, Made, proof
from clearband.directives.reaching import measures_reaching
from clearband.model.assessment import Value
from clearband.model.organisation import Designation

_GROUP: Final = ("self", "controlled", "parent", "affiliate")
_SANCTIONS: Final = {"bis-entity-list": "US", "ndaa-1260h": "US", "ofac-ns-cmic": "US"}
"""Sanctions, entity and military-company lists, and whose they are."""
_MOST: Final = 6
"""Listings of one kind that are named as evidence, the maker's own and the strongest first."""

Listing = tuple[str, Designation, list[Fact]]


def group_listed(case: AutoCase) -> Made:
    """OWN-09: yes where the maker or one of its group is on a list; whether the list binds, beside it."""
    found: list[Listing] = []
    for path in case.register.relations(case.maker, case.on):
        if path.relation in _GROUP:
            for entry in case.register.designations(path.target):
                if case.listed(entry):
                    facts = [case.list_fact(path.target, entry), *map(case.link_fact, path.links)]
                    found.append((path.target, entry, facts))
    # An answer says no more than its evidence: what rests on weaker or stale facts is told apart.
    sure = [one for one in found if all(map(case.strong, one[2]))]
    if not found:
        return Made("no list that was read names it or its known group; its group may be larger")
    told = sure or found
    details = sorted({_detail(case, entry) for _, entry, _ in told})
    missing = {"binding", "advisory"} - set(details)
    names = sorted({f"{org} on {entry.list_id}" for org, entry, _ in told}, key=_own_first(case))
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    weaker = sorted(
        {f"{org} on {entry.list_id}" for org, entry, _ in found} - set(names), key=_own_first(case)
    )
    notes = (
        (f"not counted, for want of a recent official list or a verified tie: {', '.join(weaker[:_MOST])}",)
        if weaker
        else ()
    )
    return Made(
        f"{', '.join(names[:_MOST])}{more}",
        Value("yes"),
        _facts(case, told),
        tuple(details),
        tuple(sorted(missing)),
        notes,
    )


def applicant_listed(case: AutoCase) -> Made:
    """LEG-01: yes where the maker itself is on a list of sanctions, exports or military companies."""
    found = [
        (case.maker, entry, [case.list_fact(case.maker, entry)])
        for entry in case.register.designations(case.maker)
        if entry.list_id in _SANCTIONS and case.listed(entry)
    ]
    if not found:
        return Made("no list of sanctions, exports or military companies that was read names it")
    sure = [one for one in found if case.strong(one[2][0])] or found
    own = any(_SANCTIONS[entry.list_id] == case.profile.territory for _, entry, _ in sure)
    names = ", ".join(sorted(f"{entry.list_id} ({_SANCTIONS[entry.list_id]})" for _, entry, _ in sure))
    # Only lists of one country were read; who is whose ally is for the authority to say.
    details, still_open = (("own-country",), ("ally",)) if own else ((), ("ally", "own-country"))
    return Made(names, Value("yes"), _facts(case, sure), details, still_open)


def refused_elsewhere(case: AutoCase) -> Made:
    """LEG-09: jurisdictions in which a measure in force certainly names the maker; there may be more."""
    found = []
    for reaching in measures_reaching(case.maker, case.register, case.law, case.on):
        measure = case.law.measures[reaching.directive]
        abroad = measure.jurisdiction not in (case.profile.territory, "intl")
        if abroad and reaching.certain and reaching.state == "in force":
            found.append((measure.jurisdiction, reaching))
    if not found:
        return Made("no measure of another jurisdiction that was read names it")
    countries = sorted({country for country, _ in found})
    facts = tuple(
        case.fact(
            f"{country}: {one.title}, {one.state} since {one.date}",
            f"directive {one.directive}: {case.law.measures[one.directive].citation}",
            verified=one.verified,
        )
        for country, one in found
    )
    return Made(
        f"decided against in {', '.join(countries)}", Value(None, Decimal(len(countries)), None), facts
    )


def _facts(case: AutoCase, told: list[Listing]) -> tuple[Fact, ...]:
    ranked = sorted(told, key=lambda one: (one[0] != case.maker, len(one[2]), one[0], one[1].list_id))
    kept: list[Listing] = []
    for detail in ("binding", "advisory"):
        kept += [one for one in ranked if _detail(case, one[1]) == detail][:_MOST]
    return tuple(dict.fromkeys(proof(facts) for _, _, facts in kept))


def _detail(case: AutoCase, entry: Designation) -> str:
    return "binding" if entry.list_id in case.profile.binding else "advisory"


def _own_first(case: AutoCase) -> Callable[[str], tuple[bool, str]]:
    return lambda text: (not text.startswith(f"{case.maker} "), text)
