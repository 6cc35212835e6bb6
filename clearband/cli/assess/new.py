"""``clearband assess new``: begin an assessment."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from clearband.cli.assess.policy import counted, profile_called, write
from clearband.cli.dates import Day, today
from clearband.errors import UsageError

if TYPE_CHECKING:
    from clearband.model.criterion import SubjectKind
    from clearband.register import Register

_TIERS: Final = ("T1", "T2", "T3", "T4", "T5")
_KINDS: Final = ("manufacturer", "site", "product-line", "release", "component", "service")


@click.command("new")
@click.argument("name")
@click.option(
    "--kind", type=click.Choice(_KINDS), default="manufacturer", show_default=True, help="What is assessed."
)
@click.option(
    "--tier", type=click.Choice(["T1", "T2", "T3", "T4", "T5"]), required=True, help="Of its equipment."
)
@click.option("--category", metavar="ID", help="Category of equipment.")
@click.option("--release", metavar="TEXT", help="Release of the product.")
@click.option("--scope", metavar="TEXT", help="What of it is assessed.")
@click.option("--maker", metavar="NAME", help="Its maker. Default for a manufacturer: NAME.")
@click.option(
    "--profile",
    "policy",
    default="example-us",
    show_default=True,
    metavar="ID|FILE",
    help="The authority's profile: one that ships, or a file.",
)
@click.option("--on", type=Day(), help="The day of the assessment (YYYY-MM-DD). Default: today.")
@click.option("--id", "name_id", metavar="SLUG", help="Id of the assessment.")
@click.option("--no-automatic", is_flag=True, help="Leave out what the register answers by itself.")
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="FILE", help="Where to write.")
def command(
    name: str,
    kind: SubjectKind,
    tier: str,
    category: str | None,
    release: str | None,
    scope: str | None,
    maker: str | None,
    policy: str,
    on: date | None,
    name_id: str | None,
    no_automatic: bool,
    out: Path,
) -> None:
    """Begin an assessment of NAME: a maker, or what --kind says."""
    from clearband.assess.catalogue import catalogue
    from clearband.assess.document import assessment_of, written
    from clearband.assess.strict_json import parse_json
    from clearband.model.assessment import Assessment, Subject
    from clearband.register import load_register

    if out.exists():
        raise UsageError("is there already", where=str(out), remedy="choose another file, or move it away")
    profile, register, day = profile_called(policy), load_register(), on or today()
    org = _maker(maker or (name if kind == "manufacturer" else None), register, asked=maker is not None)
    slug = _slug(org if org and kind == "manufacturer" else name)
    full = register.organisations[org].name if org and kind == "manufacturer" else name
    subject = Subject(kind, slug, full, org, tier, profile.territory, category, release, scope)
    made = Assessment(
        name_id or f"{slug}-{tier.lower()}-{day}",
        subject,
        day,
        profile.id,
        catalogue().sha256,
        profile.sha256,
        (),
        (),
        (),
    )
    made = assessment_of(parse_json(written(made), "the new assessment"), "the new assessment")
    if not no_automatic:
        from clearband.assess.automatic import automatic, with_automatic
        from clearband.directives.law import load_law

        made = with_automatic(made, automatic(made, profile, register, load_law()))
    write(out, made)
    known = sum(answer.value.word != "unknown" for answer in made.answers)
    who = f"register: {org}" if org else "not in the register"
    click.echo(f"{out}: {full} ({who}), {counted(known, 'answer')} from the register")


def _maker(name: str | None, register: Register, *, asked: bool) -> str | None:
    if name is None:
        return None
    from clearband.identify.meant import register_ids

    found = register_ids(name, register)
    if name.casefold() in found:  # an id is nobody else's
        return name.casefold()
    if len(found) > 1:
        remedy = f"it can mean {', '.join(found[:6])}; name one with --maker"
        raise UsageError(f'"{name}" is not clear', remedy=remedy)
    if asked and not found:
        raise UsageError(f'the register knows no "{name}"', remedy="leave --maker out")
    return found[0] if found else None


def _slug(text: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
    return slug[:80] or "subject"
