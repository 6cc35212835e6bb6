"""``clearband assess answer``: one answer, with evidence."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from clearband.cli.assess.policy import counted, write
from clearband.cli.dates import Day
from clearband.errors import InputError, UsageError

if TYPE_CHECKING:
    from clearband.model.assessment import Assessment, Assessor, CriterionAnswer


@click.command("answer")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("criterion")
@click.argument("value", metavar="VALUE")
@click.option("--by", required=True, metavar="ORGANISATION", help="Who answers: an organisation.")
@click.option("--vendor", is_flag=True, help="It is the vendor who answers. Default: an assessor.")
@click.option("--detail", "details", multiple=True, metavar="ID", help="A statement of it that holds.")
@click.option("--no-details", is_flag=True, help="None of the statements of the criterion holds.")
@click.option("--reason", metavar="TEXT", help="Why; not-applicable needs one.")
@click.option("--evidence", multiple=True, metavar="ID", help="Evidence that is in the assessment already.")
@click.option("--document", type=click.Path(path_type=Path), metavar="FILE", help="New evidence: its file.")
@click.option("--title", metavar="TEXT", help="Title of new evidence.")
@click.option("--type", "kind", metavar="TYPE", help="Its type, such as audit-report.")
@click.option(
    "--level", type=click.Choice(["E0", "E1", "E2", "E3", "E4", "E5"]), help="Default: of its type."
)
@click.option("--source", metavar="TEXT", help="Where it is from.")
@click.option("--collected", type=Day(), help="Day it was collected. Default: that of the assessment.")
@click.option("--expires", type=Day(), help="First day on which it no longer counts.")
@click.option(
    "--holder", metavar="ORGANISATION", help="It is closed: only its hash, level and holder are told."
)
@click.option("--declared", type=Day(), help="Day on which the assessor declared its interests.")
@click.option("--tie", "ties", multiple=True, metavar="TEXT", help="A tie that it declared; several allowed.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Default: FILE itself.")
def command(
    file: Path,
    criterion: str,
    value: str,
    by: str,
    vendor: bool,
    details: tuple[str, ...],
    no_details: bool,
    reason: str | None,
    evidence: tuple[str, ...],
    out: Path | None,
    declared: date | None,
    ties: tuple[str, ...],
    **item: Any,
) -> None:
    """Answer CRITERION with VALUE: yes, no, unknown, not-applicable, a number, or a range as LOW..HIGH."""
    from clearband.assess.document import assessment_of, read_assessment, written
    from clearband.assess.strict_json import parse_json
    from clearband.assess.taking import added
    from clearband.model.assessment import CriterionAnswer

    assessment = read_assessment(file)
    told = details if details else () if no_details else None
    origin = "vendor" if vendor else "assessor"
    items = _evidence(item, assessment.on)
    names = (*evidence, *(one.id for one in items))
    answer = CriterionAnswer(criterion, _value(value), origin, by, names, told, (), reason)
    made = added(
        assessment,
        answers=(answer,),
        evidence=items,
        assessors=_declared(by, declared, ties),
    )
    # What was typed is held to the same form as what is read: no persons, no impossible days.
    write(out or file, assessment_of(parse_json(written(made), str(file)), str(file)))
    click.echo(f"{out or file}: {criterion} {value}, {counted(len(made.answers), 'answer')} in all")
    if (why := _idle(made, answer)) is not None:
        click.echo(f"{criterion}: the answer does not count: {why}", err=True)


def _idle(assessment: Assessment, answer: CriterionAnswer) -> str | None:
    """Why an answer does not count, where any evidence at all (E1) is asked for; None: it may."""
    from clearband.assess.catalogue import catalogue
    from clearband.assess.standing import standings

    kind = assessment.subject.kind
    if kind not in catalogue().criteria[answer.criterion].applies_to:
        return f"it is not asked of a {kind}"
    held = standings(assessment, catalogue().evidence_types, "E1")[answer.criterion]
    (own,) = [one for one in held if (one.answer.origin, one.answer.by) == (answer.origin, answer.by)]
    return own.why_not


def _value(text: str) -> Any:
    from clearband.model.assessment import Value

    words: tuple[Literal["yes", "no", "unknown", "not-applicable"], ...]
    words = ("yes", "no", "unknown", "not-applicable")
    for word in words:
        if text == word:
            return Value(word)
    low, dots, high = text.partition("..")
    try:
        ends = [Decimal(end) if end else None for end in ((low, high) if dots else (low, low))]
    except InvalidOperation:
        ends = []
    if not ends or ends == [None, None]:
        raise UsageError(f'"{text}" is no answer', remedy=f"write {', '.join(words)}, 0.5 or 0.2..0.5")
    return Value(None, *ends)


def _evidence(item: dict[str, Any], on: date) -> tuple[Any, ...]:
    from clearband.assess.catalogue import catalogue
    from clearband.model.assessment import EvidenceItem
    from clearband.model.canonical import sha256

    if not any(item.values()):
        return ()
    missing = [name for name in ("title", "kind", "source") if not item[name]]
    if missing:
        words = ", ".join(f"--{'type' if name == 'kind' else name}" for name in missing)
        raise UsageError("new evidence needs a title, a type and a source", remedy=f"add {words}")
    types = catalogue().evidence_types
    if item["kind"] not in types:
        raise UsageError(f'"{item["kind"]}" is no type of evidence', remedy=f"there are {', '.join(types)}")
    digest = None if item["document"] is None else _digest(item["document"])
    parts = (item["kind"], item["level"] or types[item["kind"]].default_level, item["title"], item["source"])
    collected, expires = item["collected"] or on, item["expires"]
    name = f"ev-{sha256([*parts, collected, digest])[:10]}"
    closed = item["holder"] is not None
    return (EvidenceItem(name, *parts, collected, expires, digest, closed, item["holder"]),)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(error.strerror or "cannot be read", where=str(path)) from None


def _declared(by: str, declared: date | None, ties: tuple[str, ...]) -> tuple[Assessor, ...]:
    from clearband.model.assessment import Assessor

    if declared is None:
        if ties:
            raise UsageError("a tie is declared on a day", remedy="add --declared")
        return ()
    return (Assessor(by, "assessor", declared, ties),)
