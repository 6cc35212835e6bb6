"""``clearband criteria list``: the criteria by group, or the profiles that ship."""

from __future__ import annotations

from typing import get_args

import click

from clearband.cli.criteria.printing import print_json
from clearband.errors import UsageError
from clearband.facts.problems import nearest_or
from clearband.model.criterion import Criterion, SubjectKind
from clearband.reports.plain_text import count

_GATES = ("refuse", "suspend", "incomplete", "no-new-procurement", "condition", "reasons")


@click.command("list")
@click.option("--group", metavar="GROUP", help="Only those of one group.")
@click.option(
    "--for", "subject", type=click.Choice(get_args(SubjectKind)), help="Only those that apply to it."
)
@click.option("--effect", type=click.Choice(_GATES), help="Only those with a gate of this effect.")
@click.option("--profiles", is_flag=True, help="Instead, the profiles that ship.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    group: str | None, subject: str | None, effect: str | None, profiles: bool, as_json: bool
) -> None:
    """List the criteria by group, with weight, scale and the severest gate."""
    from clearband.assess.catalogue import catalogue

    if profiles:
        _profiles(as_json)
        return
    whole = catalogue()
    if group is not None and group not in whole.groups:
        known = ", ".join(whole.groups)
        raise UsageError(f'"{group}" is no group', remedy=nearest_or(group, whole.groups, known))
    kept = [
        one
        for one in whole.criteria.values()
        if group in (None, one.group)
        and (subject is None or subject in one.applies_to)
        and (effect is None or any(gate.effect == effect for gate in one.gates))
    ]
    if as_json:
        print_json("clearband/criteria/1", {"catalogue": whole.sha256, "criteria": kept})
        return
    for name, held in whole.groups.items():
        rows = [one for one in kept if one.group == name]
        if rows:
            click.echo(f"{held.title} ({name}), {held.suggested_share} % of the whole")
        for one in rows:
            click.echo(f"  {one.id}  {one.weight}  {one.scale.kind:<8}  {_gate(one):<18}  {one.title}")
    shown = count(len(kept), "criterion", "criteria")
    click.echo(f"{shown}; catalogue {whole.sha256[:12]} of {whole.compiled}")


def _profiles(as_json: bool) -> None:
    from clearband.assess.profiles import shipped_profiles

    held = shipped_profiles()
    if as_json:
        print_json("clearband/profiles/1", {"profiles": list(held.values())})
        return
    for one in held.values():
        mark = ", an illustration" if one.illustration else ""
        click.echo(f"{one.id:<14} {one.title} ({one.authority}{mark}), {one.sha256[:12]}")


def _gate(criterion: Criterion) -> str:
    held = {gate.effect.value for gate in criterion.gates}
    return next((effect for effect in _GATES if effect in held), "-")
