"""The authority's file and its history: the log says who decides, and how that may change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from clearband.facts.compile import validated
from clearband.facts.kinds import Kind
from clearband.facts.problems import raise_first
from clearband.facts.schema.authority import AuthorityFile
from clearband.listing.refused import StepRefusedError
from clearband.model.authority import Authority, Clock, Decider
from clearband.model.canonical import plain

KIND: Final = Kind("authority", "authority.yaml", "clearband.facts.schema.authority:AuthorityFile")
_RULES: Final = ("title", "profile", "quorum", "reply_days", "grants")


def read_authority(path: Path) -> Authority:
    """An authority from its file.

    Raises:
        FactsError: It breaks its schema; names the file, the line and the remedy.
    """
    document, problems = validated(KIND, path, str(path))
    raise_first(problems)
    assert document is not None
    raw = document.compiled
    deciders = [
        Decider(
            one["id"],
            one["keyid"],
            one["scheme"],
            one["public"],
            date.fromisoformat(one["since"]),
            date.fromisoformat(one["until"]) if one.get("until") else None,
        )
        for one in raw["deciders"]
    ]
    return Authority(
        raw["id"],
        raw["title"],
        raw.get("profile"),
        raw["quorum"],
        raw["reply_days"],
        tuple(deciders),
        raw.get("grants"),
        tuple(Clock(one["case"], one["days"], one["silence"]) for one in raw.get("clocks") or ()),
    )


def authority_text(authority: Authority) -> str:
    """``authority.yaml`` of an authority."""
    import yaml

    return yaml.safe_dump(_texts(plain(authority)), sort_keys=False, allow_unicode=True, width=200)


def _texts(value: Any) -> Any:
    """Numbers as texts, as the facts write them; without lists that are empty."""
    if isinstance(value, dict):
        return {name: _texts(part) for name, part in value.items() if part != []}
    if isinstance(value, list):
        return [_texts(one) for one in value]
    return str(value)


def differences(old: Authority, new: Authority) -> list[str]:
    """What is another in a new version of an authority, one text each; empty where nothing is."""
    return list(_differences(old, new))


def _differences(old: Authority, new: Authority) -> Iterator[str]:
    if old.id != new.id:
        yield f"id {old.id} becomes {new.id}"
    for name in _RULES:
        was, becomes = getattr(old, name), getattr(new, name)
        if was != becomes:
            yield f"{name} {'none' if was is None else was} becomes {'none' if becomes is None else becomes}"
    for one in old.deciders:
        if new.decider(one.keyid) is None:
            yield f"{_called(one)} is taken away"
    for one in new.deciders:
        before = old.decider(one.keyid)
        if before is None:
            yield f"{_in_words(one)}, is added"
        elif before != one:
            parts = [
                name for name in ("id", "scheme", "public", "since", "until")
                if getattr(before, name) != getattr(one, name)
            ]  # fmt: skip
            said = ", ".join(f"{name} {getattr(before, name)} becomes {getattr(one, name)}" for name in parts)
            yield f"{_called(before)}: {said}"
    if set(old.clocks) != set(new.clocks):
        yield "clocks are others"


def keys_in_words(authority: Authority) -> list[str]:
    """The deciders' keys with their first and last day, one text each."""
    return [_in_words(one) for one in authority.deciders]


def _in_words(one: Decider) -> str:
    return f"{_called(one)}, from {one.since}{f' to {one.until}' if one.until else ''}"


def _called(one: Decider) -> str:
    return f"key {one.keyid[:12]} of {one.id}"


def require_whole(authority: Authority) -> None:
    """Refuse an authority of the log that could not stand in an ``authority.yaml``.

    Raises:
        StepRefusedError: It could not.
    """
    try:
        AuthorityFile.model_validate(plain(authority))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        what = first["msg"].removeprefix("Value error, ")
        raise StepRefusedError(f"no authority: {f'{place}: ' if place else ''}{what}") from None


def require_may_become(old: Authority, new: Authority, day: date) -> None:
    """Refuse a change that would reach back, or after which nobody could decide.

    Args:
        old: As it was before.
        new: As it is to be.
        day: On which the change is recorded, and from which it holds.

    Raises:
        StepRefusedError: It is such a change.
    """
    if new.id != old.id:
        raise StepRefusedError(f"the list of {old.id} stays that of {old.id}", "begin a list of its own")
    if not differences(old, new):
        raise StepRefusedError("nothing changes", "change authority.yaml first")
    for one in new.deciders:
        before = old.decider(one.keyid)
        if before is not None and (before.id, before.scheme, before.public) != (
            one.id,
            one.scheme,
            one.public,
        ):
            raise StepRefusedError(
                f"{_called(before)} cannot become another key, or another's",
                "add a key with an id of its own",
            )
        if one.since < day and (before is None or before.since != one.since):
            raise StepRefusedError(
                f"{_called(one)} would decide from {one.since}, before the change is recorded, on {day}",
                "a key decides from the day of its recording at the earliest",
            )
    left = {one.id for one in new.deciders if one.until is None or one.until >= day}
    if len(left) < new.quorum:
        raise StepRefusedError(
            f"only {len(left)} deciders would have a key that has not ended, of {new.quorum} who must sign",
            "keep enough deciders",
        )
