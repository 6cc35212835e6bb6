"""A list on disk: drafting a step, and recording it when the table and the signatures allow it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from clearband.assess.strict_json import names_person
from clearband.errors import InputError
from clearband.listing.authority import authority_text, read_authority
from clearband.listing.checked import Checked, checked_before, remember
from clearband.listing.durable import write_durably
from clearband.listing.event_form import BodyForm, DraftForm, EventForm
from clearband.listing.log import (
    LogLine,
    append,
    event_of,
    line_of,
    locked,
    read_log,
    set_torn_aside,
    sha256_of,
)
from clearband.listing.refused import StepRefusedError
from clearband.listing.replay import BEGIN, Replay, replay
from clearband.listing.signatures import FORM, body_of, require_extra
from clearband.model.authority import Authority
from clearband.model.canonical import canonical, canonical_of_plain, plain
from clearband.model.listing import Ground, ListEvent, Signature

MAX_DRAFT: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class ListFolder:
    """The folder of an approved list: ``authority.yaml`` and ``log.jsonl``."""

    folder: Path

    @property
    def log(self) -> Path:
        """The log."""
        return self.folder / "log.jsonl"

    @property
    def authority_file(self) -> Path:
        """The authority's file, which says what the log's last event about it says."""
        return self.folder / "authority.yaml"

    def authority(self) -> Authority:
        """Whose list it is, as its file has it.

        Raises:
            InputError: There is no list here.
            FactsError: The authority's file breaks its schema.
        """
        path = self.authority_file
        if not path.is_file():
            raise InputError(
                "there is no list here", where=str(self.folder), remedy="clearband approved init begins one"
            )
        return read_authority(path)

    def replayed(
        self, known_on: date | None = None, *, afresh: bool = False, changing: bool = False
    ) -> Replay:
        """The log replayed, as far as it was known on a day, every signature checked once.

        Args:
            known_on: The last day of what is known.
            afresh: Check every signature again.
            changing: The authority's file may differ from the log, for the difference is to be recorded.

        Raises:
            InputError: The log was tampered with, or an event is refused, naming the line; or the authority's
                file is not what the log has.
        """
        require_extra()
        authority, name = self.authority(), str(self.log)

        def made(checked: Checked | None) -> Replay | None:
            lines = read_log(self.log)
            return replay(lines, authority, known_on=known_on, name=name, checked=checked, changing=changing)

        checked = None if afresh else checked_before(self.log)
        found = None
        if checked is not None:
            with suppress(InputError):  # said by the replay without
                found = made(checked)
        if found is None:
            checked = None
            found = made(None)
            assert found is not None
        if known_on is None and found.count > (checked.count if checked else 0):
            remember(self.log, Checked(found.count, found.head))
        return found


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded.

    Attributes:
        torn: Where a last line that had been cut off was moved to.
    """

    line: LogLine
    torn: Path | None


def draft(found: Replay, kind: str, entry: str, **parts: Any) -> ListEvent:
    """A step as it would be recorded next, without signatures.

    Args:
        found: The log so far.
        kind: Name of the step.
        entry: Id of the entry, or key of what entries hang on.
        parts: Other parts of `ListEvent`.
    """
    step = found.table.steps.get(kind)
    at = found.entries.get(entry) or found.dependencies.get(entry)
    head = found.authority_head if step and step.about == "authority" else at.head if at else None
    parts.setdefault("ground", Ground())
    return ListEvent(
        number=found.count,
        kind=kind,
        authority=found.authority.id,
        entry=entry,
        recorded=datetime.now(UTC).replace(microsecond=0),
        previous=found.head,
        after=head if step and step.signatures != "none" else None,
        **parts,
    )


def record(
    place: ListFolder, event: ListEvent, *, now: datetime | None = None, wait: float = 10.0
) -> Recorded:
    """Record a step as the log's next line.

    Args:
        place: The list.
        event: The step; number, hash of the line before and time of recording are set here.
        now: The time of recording. Default: now.
        wait: Seconds to wait for another writer.

    Raises:
        InputError: The table, the signatures or the form do not allow it; nothing is recorded.
        OutputError: Another writer holds the log, or it cannot be written; nothing is recorded.
    """
    with locked(place.log, wait):
        torn = set_torn_aside(place.log)
        found = place.replayed(changing=event.terms is not None)
        moment = (now or datetime.now(UTC)).replace(microsecond=0)
        event = replace(event, number=found.count, previous=found.head, recorded=moment)
        event = fitting(event)
        raw = line_of(event)
        line = LogLine(event, sha256_of(raw), raw)
        try:
            found.take(line)
        except StepRefusedError as error:
            raise InputError(error.what, where=f"{event.entry} {event.kind}", remedy=error.remedy) from None
        append(place.log, raw)
        if event.terms is not None:
            write_authority(place, event.terms)
    return Recorded(line, torn)


def begin(place: ListFolder, authority: Authority, *, now: datetime | None = None) -> None:
    """Begin a log in a folder without one: its first event says who decides.

    Raises:
        InputError: It could not stand in an ``authority.yaml``.
        OutputError: It cannot be written.
    """
    moment = (now or datetime.now(UTC)).replace(microsecond=0)
    found = Replay(authority)
    event = draft(found, BEGIN, authority.id, effective=moment.date(), cause="begun", terms=authority)
    event = fitting(replace(event, recorded=moment))
    raw = line_of(event)
    try:
        found.take(LogLine(event, sha256_of(raw), raw))
    except StepRefusedError as error:
        raise InputError(error.what, where=str(place.authority_file), remedy=error.remedy) from None
    write_durably(place.log, raw + b"\n")
    write_authority(place, authority)


def write_authority(place: ListFolder, authority: Authority) -> None:
    """Write ``authority.yaml`` as the log has it."""
    write_durably(place.authority_file, authority_text(authority).encode())


def check_forms(log: Path) -> Iterator[str]:
    """The hashes of a log's lines, each line held against the published form, byte by byte.

    Raises:
        InputError: A line does not fit it; names the line.
    """
    for line in read_log(log):
        where = f"{log} line {line.event.number + 1}"
        try:
            EventForm.model_validate_json(line.raw)
        except ValidationError as error:
            raise InputError(problem_of(error), where=where, remedy="see listing-event.schema.json") from None
        if canonical_of_plain(json.loads(line.raw)) != line.raw:
            raise InputError("the line is not in canonical form", where=where)
        yield line.sha256


def fitting(event: ListEvent) -> ListEvent:
    """The event in the types of the model, once it fits the published form.

    Raises:
        InputError: It does not; names the part.
    """
    raw = plain(event)
    where = f"{event.entry} {event.kind}"
    for text in _texts(raw):
        if names_person(text):
            raise InputError(
                "an e-mail address stands here; only organisations and roles are kept",
                where=where,
                remedy="name the organisation instead",
            )
    try:
        EventForm.model_validate(raw)
        return event_of(line_of(event))
    except ValidationError as error:
        raise InputError(problem_of(error), where=where, remedy="see listing-event.schema.json") from None


def _texts(raw: Any) -> Iterator[str]:
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, dict | list):
        for one in raw.values() if isinstance(raw, dict) else raw:
            yield from _texts(one)


def draft_text(event: ListEvent) -> dict[str, Any]:
    """A step on its way between deciders, as plain JSON values."""
    return {"form": FORM, "body": body_of(event), "signatures": plain(event.signatures)}


def read_draft(path: Path) -> ListEvent:
    """A step from its file.

    Raises:
        InputError: It is none.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_DRAFT + 1)
    except OSError as error:
        raise InputError(error.strerror or "cannot be read", where=str(path)) from None
    if len(raw) > MAX_DRAFT:
        raise InputError("too long for a draft of a decision", where=str(path))
    try:
        form = DraftForm.model_validate_json(raw)
    except ValidationError as error:
        raise InputError(
            problem_of(error), where=str(path), remedy="make it with clearband approved decide … --draft FILE"
        ) from None
    return event_of_draft(form.body, tuple(Signature(one.keyid, one.signature) for one in form.signatures))


def event_of_draft(body: BodyForm, signatures: tuple[Signature, ...]) -> ListEvent:
    """A draft as an event; what is set when it is recorded has placeholders."""
    raw = body.model_dump(mode="json", exclude_none=True)
    raw |= {"number": 0, "recorded": "1970-01-01T00:00:00Z", "previous": "0" * 64}
    return replace(event_of(canonical(raw)), signatures=signatures)


def problem_of(error: ValidationError) -> str:
    """The first problem in words."""
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(map(str, first["loc"]))
    return f"{place}: {first['msg']}" if place else first["msg"]
