"""Profiles: an authority's policy over the catalogue, shipped or of one's own, resolved and checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from clearband.assess.catalogue import Catalogue, catalogue, gate_of, scale_of
from clearband.assess.profile_words import doubtful, unmet
from clearband.facts.compile import validated
from clearband.facts.kinds import KINDS
from clearband.facts.problems import Problem, Severity, raise_first
from clearband.facts.store import compiled
from clearband.model.canonical import sha256
from clearband.model.criterion import Criterion, Effect, Gate, Profile, SubjectKind, TierPolicy

_KIND: Final = next(kind for kind in KINDS if kind.name == "profiles")
_LOW_TIERS: Final = frozenset({"T4", "T5"})
"""Equipment of users and passive parts, which political-legal criteria alone may not refuse."""
_CHECK: Final = "clearband criteria check"
_DECIDES: Final = (Effect.REFUSE, Effect.SUSPEND)


@lru_cache(maxsize=1)
def shipped_profiles() -> dict[str, Profile]:
    """The profiles that ship, by id."""
    return {raw["id"]: profile_of(raw, catalogue()) for raw in compiled().read("profiles")}


def read_profile(path: Path) -> Profile:
    """A profile from a file of one's own.

    Raises:
        FactsError: It breaks its schema or a rule for profiles; names the file, the line and the remedy.
    """
    document, problems = validated(_KIND, path, path.name)
    raise_first(problems, _CHECK)
    assert document is not None
    raw = document.model.model_dump(mode="json", exclude_none=True)
    profile = profile_of(raw, catalogue())
    raise_first(list(lint(raw, profile, path.name)), _CHECK)
    return profile


def check_profile(path: Path) -> list[Problem]:
    """All that is wrong, or should be looked at, in a profile's file."""
    document, problems = validated(_KIND, path, path.name)
    if document is None:
        return problems
    raw = document.model.model_dump(mode="json", exclude_none=True)
    profile = profile_of(raw, catalogue())
    seldom = [_problem(path.name, *one, severity=severity) for severity, *one in doubtful(profile)]
    return [*problems, *lint(raw, profile, path.name), *seldom]


def profile_of(raw: dict[str, Any], base: Catalogue) -> Profile:
    """A profile resolved over the catalogue: what it does not name is as it stands there."""
    chosen = {one["id"]: one for one in raw.get("criteria", ())}
    left_out = {name for name, one in chosen.items() if one.get("leave_out")}
    shares = {name: group.suggested_share for name, group in base.groups.items()}
    shares |= {one["group"]: one["share"] for one in raw.get("groups", ())}
    profile = Profile(
        raw["id"],
        raw["title"],
        raw["authority"],
        raw["territory"],
        raw["illustration"],
        base.sha256,
        {
            name: chosen.get(name, {}).get("weight", criterion.weight)
            for name, criterion in base.criteria.items()
            if name not in left_out
        },
        shares,
        {one["tier"]: _tier(one) for one in raw["tiers"]},
        {name: scale_of(one["scale"]) for name, one in chosen.items() if "scale" in one},
        {name: tuple(map(gate_of, one["gates"])) for name, one in chosen.items() if "gates" in one},
        {name: one["reason"] for name, one in chosen.items()},
        {one["country"]: one.get("since", "") for one in raw.get("designated", ())},
        tuple(one["list"] for one in raw.get("binding", ())),
        raw["reply_days"],
        raw["quorum"],
        "",
    )
    return replace(profile, sha256=sha256(profile))


def _tier(raw: dict[str, Any]) -> TierPolicy:
    return TierPolicy(
        raw["tier"],
        raw["least_level"],
        raw["refuse_level"],
        Decimal(str(raw["list_at"])),
        Decimal(str(raw["refuse_below"])),
        raw["valid_months"],
        raw["interim_months"],
    )


def gates_of(profile: Profile, criterion: Criterion) -> tuple[Gate, ...]:
    """The gates of a criterion under a profile."""
    return profile.gates.get(criterion.id, criterion.gates)


def lint(raw: dict[str, Any], profile: Profile, where: str) -> Iterator[Problem]:
    """What the schema cannot see: words that the catalogue does not know, and what a profile may not do."""
    base = catalogue()
    for kind, names, known in (
        ("criterion", [one["id"] for one in raw.get("criteria", ())], base.criteria),
        ("group", [one["group"] for one in raw.get("groups", ())], base.groups),
    ):
        for name in names:
            if name not in known:
                what = f'"{name}" is no {kind} of the catalogue'
                yield _problem(where, name, what, f"`clearband criteria list` shows each {kind}")
    for severity, *told in unmet(profile):
        yield _problem(where, *told, severity=severity)
    for name, criterion in base.criteria.items():
        if name in profile.weights and criterion.political_legal:
            yield from _political(where, profile, criterion)
    yield from _political_score(where, profile)
    for effect in _DECIDES:
        for name, criterion in base.criteria.items():
            dropped = name not in profile.weights or name in profile.gates
            held = (
                {gate.effect for gate in gates_of(profile, criterion)} if name in profile.weights else set()
            )
            if dropped and effect not in held and any(gate.effect is effect for gate in criterion.gates):
                what = f"{name} no longer can {effect.value}: {profile.reasons.get(name, 'no reason')}"
                yield _problem(where, name, what, "make sure that this is meant", severity="warning")
    if sum(profile.group_weights.values()) == 0:
        yield _problem(where, "groups", "all groups have a share of 0", "give one a share")


def _political(where: str, profile: Profile, criterion: Criterion) -> Iterator[Problem]:
    remedy = "a political-legal criterion may set a condition there, or refuse beside another finding"
    for gate in gates_of(profile, criterion):
        low = _LOW_TIERS & set(gate.tiers)
        if gate.effect not in _DECIDES or not low:
            continue
        tiers = ", ".join(sorted(low))
        if not (gate.with_groups or gate.with_criteria):
            what = f"{criterion.id} alone would {gate.effect.value} equipment of {tiers}"
            yield _problem(where, criterion.id, what, remedy)
        elif alike := _alike(profile, criterion, gate):
            what = (
                f"{criterion.id} would {gate.effect.value} equipment of {tiers} beside {', '.join(alike)}, "
                "political-legal too"
            )
            yield _problem(where, criterion.id, what, "ask for a finding about the product or the conduct")


def _alike(profile: Profile, criterion: Criterion, gate: Gate) -> list[str]:
    """Political-legal criteria that are all that a gate needs beside its own; none where it needs more."""
    known = {name: one for name, one in catalogue().criteria.items() if name in profile.weights}
    named = [known[name] for name in gate.with_criteria if name in known]
    if any(not one.political_legal for one in named):
        return []
    of_groups = [
        one
        for one in known.values()
        if one.group in gate.with_groups and one.political_legal and one.id != criterion.id
        if any(held.effect is not Effect.INCOMPLETE for held in gates_of(profile, one))
    ]
    if gate.with_groups and not of_groups:
        return []
    return [one.id for one in (*named, *of_groups)]


def _political_score(where: str, profile: Profile) -> Iterator[Problem]:
    """Refuse weights with which political-legal criteria alone bring low-tier equipment below its line."""
    kinds = sorted({kind for one in catalogue().criteria.values() for kind in one.applies_to})
    for tier in sorted(_LOW_TIERS & set(profile.tiers)):
        for kind in kinds:
            left = _left_by_political(profile, kind)
            if left is not None and left < Fraction(profile.tiers[tier].refuse_below):
                what = (
                    f"political-legal criteria alone would bring a {kind} of {tier} to {float(left):.2f}, "
                    f"below refuse_below {profile.tiers[tier].refuse_below}"
                )
                remedy = "lower their weights or the shares of their groups, or refuse_below"
                yield _problem(where, "tiers", what, remedy)
                break


def _left_by_political(profile: Profile, kind: SubjectKind) -> Fraction | None:
    """The score where all political-legal criteria are at their worst and all others at their best."""
    good: defaultdict[str, int] = defaultdict(int)
    every: defaultdict[str, int] = defaultdict(int)
    for name, one in catalogue().criteria.items():
        if kind in one.applies_to and (weight := profile.weights.get(name, 0)):
            every[one.group] += weight
            good[one.group] += 0 if one.political_legal else weight
    total = sum(profile.group_weights[group] for group in every)
    if not total:
        return None
    return (
        sum(
            (profile.group_weights[group] * Fraction(good[group], every[group]) for group in every),
            Fraction(0),
        )
        / total
    )


def _problem(where: str, key: str, what: str, remedy: str, *, severity: Severity = "error") -> Problem:
    return Problem(severity, where, None, key, what, remedy)
