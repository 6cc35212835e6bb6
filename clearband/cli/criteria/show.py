"""``clearband criteria show``: one criterion, or a profile, whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Final

import click

from clearband.assess.catalogue import Catalogue, catalogue
from clearband.assess.profiles import gates_of
from clearband.cli.criteria.choosing import chosen_profile
from clearband.cli.criteria.printing import print_json
from clearband.errors import UsageError
from clearband.facts.problems import nearest_or
from clearband.model.criterion import TIERS, Criterion, Gate, Profile
from clearband.reports.plain_text import visible

_CRITERION: Final = re.compile(r"[A-Z]{3}-\d{2}")
_BASIS: Final = {
    "seen": "seen",
    "secondary": "through a secondary source",
    "general-knowledge": "from general knowledge: read it before quoting",
}


@click.command("show")
@click.argument("name", metavar="CRITERION|PROFILE")
@click.option("--profile", "profile_word", metavar="PROFILE", help="Show a criterion as this profile has it.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(name: str, profile_word: str | None, as_json: bool) -> None:
    """Show one criterion: question, scale, gates, evidence, sources. Or a profile: what it asks for."""
    held = catalogue()
    wanted = name.upper()
    if wanted in held.criteria:
        chosen = chosen_profile(profile_word) if profile_word else None
        criterion = held.criteria[wanted]
        schema, content = "clearband/criterion/1", asdict(criterion)
        lines = _of_criterion(criterion, held, chosen)
    elif _CRITERION.fullmatch(wanted):
        remedy = nearest_or(wanted, held.criteria, "`clearband criteria list` shows them")
        raise UsageError(f'"{name}" is no criterion', remedy=remedy)
    else:
        profile = chosen_profile(name)
        schema, content = "clearband/profile/1", asdict(profile)
        lines = _of_profile(profile, held)
    if as_json:
        print_json(schema, content)
        return
    for line in lines:
        click.echo(visible(line))


def _of_criterion(criterion: Criterion, held: Catalogue, profile: Profile | None) -> Iterator[str]:
    scale = (profile.scales.get(criterion.id) if profile else None) or criterion.scale
    weight = profile.weights.get(criterion.id) if profile else criterion.weight
    yield f"{criterion.id}  {criterion.title}"
    yield f"question   {criterion.question}"
    yield f"group      {held.groups[criterion.group].title}"
    yield f"asked of   {', '.join(criterion.applies_to)}"
    if scale.kind == "number":
        yield f"answer     a number, {scale.unit}: {scale.target} scores 1, {scale.fail} scores 0"
    else:
        good = "no" if criterion.polarity == "negative" else "yes"
        yield f"answer     {f'yes or no; {good} is good' if scale.kind == 'yes-no' else 'maturity, 0 to 4'}"
    yield "weight     left out by the profile" if weight is None else f"weight     {weight}"
    for name, what in criterion.details:
        yield f"detail     {name}: {what}"
    for gate in gates_of(profile, criterion) if profile else criterion.gates:
        yield f"gate       {_gate(gate)}"
    if criterion.political_legal:
        yield "political  describes exposure to states and law: alone it refuses no equipment of T4, T5"
    for kind in criterion.evidence_types:
        known = held.evidence_types[kind]
        stale = f", stale after {known.stale_after_months} months" if known.stale_after_months else ""
        yield f"evidence   {kind} ({known.default_level}{stale}): {known.what}"
    for threat in criterion.threats:
        yield f"threat     {threat}: {held.threats[threat]}"
    for pointer in criterion.pointers:
        framework = held.frameworks[pointer.framework]
        yield f"source     {framework.title}: {pointer.clause} [{_BASIS[pointer.basis]}]"


def _gate(gate: Gate) -> str:
    when = [
        gate.when.answer or "",
        f"{gate.when.at_least} or more" if gate.when.at_least is not None else "",
        f"below {gate.when.below}" if gate.when.below is not None else "",
        f"with detail {gate.when.detail}" if gate.when.detail else "",
    ]
    tiers = "" if set(gate.tiers) == set(TIERS) else f" in {', '.join(gate.tiers)}"
    others = ", ".join((*gate.with_groups, *gate.with_criteria))
    beside = f", only beside a finding of {others}" if others else ""
    return f"{gate.effect.value} when {', '.join(filter(None, when))}{tiers}{beside}: {gate.text}"


def _of_profile(profile: Profile, held: Catalogue) -> Iterator[str]:
    yield f"{profile.id}  {profile.title}"
    if profile.illustration:
        yield "note       an illustration: it is nobody's policy"
    yield f"authority  {profile.authority}, {profile.territory}"
    yield f"criteria   {len(profile.weights)} of {len(held.criteria)}"
    for name, policy in profile.tiers.items():
        yield (
            f"tier {name}    listed from {policy.list_at}, refused below {policy.refuse_below}; "
            f"evidence from {policy.least_level}, refusals from {policy.refuse_level}; "
            f"{policy.valid_months} months"
        )
    for name, reason in profile.reasons.items():
        yield f"changed    {name}: {reason}"
    yield f"designated {', '.join(profile.designated) or 'no country'}"
    yield f"binding    {', '.join(profile.binding) or 'no list'}"
    yield f"reply      {profile.reply_days} days; {profile.quorum} deciders sign"
    yield f"sha256     {profile.sha256}"
