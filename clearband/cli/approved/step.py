"""One command for each step of an entry, with the options that the step can say."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import click

from clearband.cli.approved.grounds import ground_of, outcome_of
from clearband.cli.approved.options import key_options, list_option, passphrases
from clearband.cli.approved.parts import conditions_of, read_subject
from clearband.cli.dates import Day, today
from clearband.errors import UsageError
from clearband.listing.record import ListFolder, draft, draft_text, fitting, record
from clearband.listing.replay import Replay
from clearband.listing.table import Step, table
from clearband.model.listing import ListEvent, State

_REVOCATION: Final = "propose-revocation"
_ALWAYS: Final = ("effective", "criteria", "evidence", "text", "by")


def _options(step: Step) -> dict[str, click.Option]:
    several: dict[str, Any] = {"multiple": True}
    causes = step.causes if step.id != "propose" else (*step.causes, *table().steps[_REVOCATION].causes)
    # A default of None, once given, would count as the option said.
    cause: dict[str, Any] = {"required": True} if len(causes) > 1 else {"default": causes[0]}
    day: dict[str, Any] = {"type": Day()}
    file: dict[str, Any] = {"type": click.Path(path_type=Path), "metavar": "FILE"}
    every = {
        "cause": click.Option(
            ["--cause"],
            type=click.Choice(list(dict.fromkeys(causes))),
            help="Code of the cause.",
            **cause,
        ),
        "effective": click.Option(
            ["--effective"],
            help="Day from which it holds. Default: "
            + ("that of the event that is corrected." if step.corrects else "today."),
            **day,
        ),
        "state": click.Option(["--state"], type=click.Choice(_states(step)), help="State it leads to."),
        "until": click.Option(["--until"], help="Last day of the listing, or of a certificate.", **day),
        "evidence_until": click.Option(["--evidence-until"], help="Last day of its evidence.", **day),
        "remove_by": click.Option(["--remove-by"], help="Day by which it is out of use.", **day),
        "reply_until": click.Option(
            ["--reply-until"],
            help="Last day for a reply. Default: as many days from today as the authority gives.",
            **day,
        ),
        "refers": click.Option(["--refers"], metavar="ID", help=_REFERS.get(step.id, "What it is about.")),
        "subject": click.Option(
            ["--subject"],
            help="YAML or JSON file of the subject, or of its assessment; for a new entry.",
            **file,
        ),
        "conditions": click.Option(
            ["--condition"], help="YAML or JSON file of a condition, or of several.", **several, **file
        ),
        "depends": click.Option(
            ["--depends"],
            metavar="KIND:ID",
            help="What the entry hangs on: entry:ID, certificate:ID, part:ID or list:ID.",
            **several,
        ),
        "assessment": click.Option(
            ["--assessment"], metavar="SHA256|FILE", help="SHA-256 of the assessment, or its file."
        ),
        "against_outcome": click.Option(
            ["--against-outcome"],
            metavar="TEXT",
            help="Why the state is another than the outcome of the assessment allows.",
        ),
        "profile_file": click.Option(
            ["--profile-file"], help="The assessment's profile, where it is none of the shipped ones.", **file
        ),
        "criteria": click.Option(["--criterion"], metavar="ID", help="Criterion it rests on.", **several),
        "evidence": click.Option(["--evidence"], metavar="ID", help="Evidence it rests on.", **several),
        "text": click.Option(["--text"], help="Reasons in words."),
        "by": click.Option(["--by"], metavar="WHO", help="Organisation or office that takes the step."),
    }
    return {name: option for name, option in every.items() if name in _said(step)}


_REFERS: Final = {
    "condition-met": "Id of the condition.",
    "correct": "Number of the event.",
    "appeal": "Number of the decision's event.",
    "stay": "Number of the appeal's event.",
    "appeal-decided": "Number of the appeal's event.",
    "supersede": "Id of the entry that takes its place.",
}


def _states(step: Step) -> list[str]:
    states = [*step.to, *step.proposes, *([State.REVOKED] if step.id == "propose" else [])]
    return [state.value for state in states]


def _said(step: Step) -> set[str]:
    """Names of the options that a step has."""
    said = {"cause", *_ALWAYS, *step.carries} - {"grounds"}
    if len(_states(step)) > 1:
        said.add("state")
    if step.to and step.about == "entry":
        said |= {"until", "evidence_until", "conditions", "depends", "remove_by", "assessment"}
    if "assessment" in said:
        said |= {"against_outcome", "profile_file"}
    if step.corrects:
        said |= {"until", "evidence_until", "conditions", "depends", "remove_by", "reply_until", "subject"}
    if step.case_to in ("draft", "submitted"):
        said.add("subject")
    if step.id == "dependency-noted" or step.id == "dependency-restored":
        said.add("until")
    return said


def step_command(name: str, line: str) -> click.Command:
    """The command of a step.

    Args:
        name: Id of the step.
        line: What the help says first.
    """
    step = table().steps[name]

    @list_option
    @key_options
    @click.option(
        "--draft",
        "draft_file",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Write the step to FILE for deciders to sign, and record nothing.",
    )
    def run(**said: Any) -> None:
        _run(name, **said)

    what = step.what if step.signatures == "none" else f"{step.what} {_NEEDED[step.signatures]}"
    made: click.Command = click.command(name, help=f"{line}\n\n{what}", short_help=line)(run)
    entry = "KEY" if step.about == "dependency" else "ENTRY"
    made.params = [click.Argument(["entry"], metavar=entry), *_options(step).values(), *made.params]
    if step.signatures == "none":
        made.params = [
            one for one in made.params if one.name not in ("keys", "passphrase_files", "draft_file")
        ]
    return made


_NEEDED: Final = {
    "one": "One decider signs.",
    "quorum": "As many deciders as the authority's quorum sign: each with --key here, or one after the other "
    "on a --draft.",
}


def _run(
    name: str,
    *,
    entry: str,
    folder: Path,
    keys: tuple[str, ...] = (),
    passphrase_files: tuple[Path, ...] = (),
    draft_file: Path | None = None,
    **said: Any,
) -> None:
    from clearband.listing.signatures import require_extra

    require_extra()
    kind = _REVOCATION if name == "propose" and said.get("state") == State.REVOKED else name
    place = ListFolder(folder)
    found = place.replayed()
    if table().steps[kind].corrects and said.get("effective") is None:
        said["effective"] = _day_of(found, entry, said.get("refers"))
    event = fitting(draft(found, kind, entry, **_parts(found, entry, table().steps[kind], said)))
    finished(place, found, event, keys, passphrase_files, draft_file)


def finished(
    place: ListFolder,
    found: Replay,
    event: ListEvent,
    keys: tuple[str, ...],
    passphrase_files: tuple[Path, ...],
    draft_file: Path | None,
) -> None:
    """Sign a step, and record it or write it to a draft."""
    from clearband.listing.keys import sign
    from clearband.reports.whole_file import whole_file

    ask = passphrases(keys, passphrase_files)
    for key in keys:
        event = sign(event, key, found.authority, ask)
    if draft_file is None:
        recorded(place, event)
    else:
        with whole_file(draft_file) as staged:
            staged.write_text(
                json.dumps(draft_text(event), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
            )
        click.echo(
            f"{draft_file}: {len(event.signatures)} of {found.authority.quorum} signatures; "
            "clearband approved sign adds one, clearband approved record records it"
        )


def _day_of(found: Replay, entry: str, number: str | None) -> date | None:
    """The day from which the event to be corrected holds; a correction that names none leaves it."""
    known = found.entries.get(entry)
    events = known.in_force_events() if known else []
    return next((one.effective for one in events if str(one.number) == number), None)


def _parts(found: Replay, entry: str, step: Step, said: dict[str, Any]) -> dict[str, Any]:
    parts = {
        name: said[name]
        for name in ("until", "evidence_until", "remove_by", "refers", "by")
        if said.get(name) is not None
    }
    causes = step.causes
    if said["cause"] not in causes:
        raise UsageError(
            f'"{said["cause"]}" is no cause of {step.id}', remedy=f"its causes are {', '.join(causes)}"
        )
    effective: date = said.get("effective") or today()
    if "reply_until" in step.carries or said.get("reply_until"):
        parts["reply_until"] = said.get("reply_until") or today() + timedelta(days=found.authority.reply_days)
    state = State(said["state"]) if said.get("state") else None
    return {
        **parts,
        "cause": said["cause"],
        "effective": effective,
        "state": None if step.id == _REVOCATION else state,
        "subject": read_subject(said["subject"]) if said.get("subject") else None,
        "conditions": conditions_of(said.get("condition") or ()),
        "depends": tuple(said.get("depends") or ()),
        "ground": replace(
            ground_of(
                found,
                entry,
                said.get("criterion") or (),
                said.get("evidence") or (),
                said.get("assessment"),
                said.get("text"),
            ),
            outcome=outcome_of(said.get("assessment"), said.get("profile_file")) if state else None,
            against_outcome=said.get("against_outcome"),
        ),
    }


def recorded(place: ListFolder, event: ListEvent) -> None:
    """Record a step and say so."""
    done = record(place, event)
    if done.torn is not None:
        click.echo(f"A last line that had been cut off was moved to {done.torn}.", err=True)
    line = done.line.event
    state = f" {line.state}" if line.state else ""
    click.echo(f"event {line.number}: {line.entry} {line.kind}{state} from {line.effective} ({line.cause})")
    if line.subject is not None and line.subject.maker is None:
        click.echo(
            f"{line.entry}: its subject names no maker of the register, so no screening answers by it; "
            "where the register has one (clearband who NAME), submit it with maker",
            err=True,
        )
