"""What differs between two versions of the facts: measures, organisations and words, part by part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from clearband.directives.diff_sides import Raw, Side

Change = Literal["added", "removed", "edited"]
_NOT_LAW = frozenset({"cases"})
"""Examples in a directive file: they test the law and are none of it."""


@dataclass(frozen=True, slots=True)
class PartEdit:
    """A part of an edited thing: ``clauses``, ``own-use``; the name is empty for a part that is one value."""

    part: str
    name: str
    change: Change


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing that is not the same in both versions.

    Attributes:
        kind: ``measure``, ``organisation``, or ``facts`` (a file of words or definitions).
        parts: Of an edited thing: what in it.
    """

    kind: Literal["measure", "organisation", "facts"]
    id: str
    change: Change
    parts: tuple[PartEdit, ...] = ()


def edits(a: Side, b: Side) -> tuple[Edit, ...]:
    """Everything that is in one version only or not the same in both, measures first."""
    return (
        *_of("measure", a.directives, b.directives),
        *_of("organisation", a.organisations, b.organisations),
        *_of("facts", a.others, b.others),
    )


def _of(
    kind: Literal["measure", "organisation", "facts"], first: Mapping[str, Raw], second: Mapping[str, Raw]
) -> Iterator[Edit]:
    for name in sorted(first.keys() | second.keys()):
        if name not in second:
            yield Edit(kind, name, "removed")
        elif name not in first:
            yield Edit(kind, name, "added")
        else:
            parts = tuple(_parts(first[name], second[name]))
            if parts:
                yield Edit(kind, name, "edited", parts)


def _parts(first: Raw, second: Raw) -> Iterator[PartEdit]:
    for part in sorted((first.keys() | second.keys()) - _NOT_LAW):
        one, other = first.get(part), second.get(part)
        if one == other:
            continue
        held, new = _named(one), _named(other)
        if held is None or new is None:
            yield PartEdit(part, "", "added" if one is None else "removed" if other is None else "edited")
            continue
        changes = [
            PartEdit(part, name, "removed" if name not in new else "added" if name not in held else "edited")
            for name in dict.fromkeys((*held, *new))
            if held.get(name) != new.get(name)
        ]
        # The same things in another order.
        yield from changes or [PartEdit(part, "", "edited")]


_NAMES = (("id",), ("event", "date"), ("owner", "kind", "from"), ("list", "name_on_list", "from"), ("kind",))


def _named(items: Any) -> dict[str, Any] | None:
    """Things of a list by their names; None where they have none of their own."""
    if items is None:
        return {}
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        return None
    for keys in _NAMES:
        if all(keys[0] in item for item in items):
            named = {" ".join(str(item[key]) for key in keys if key in item): item for item in items}
            return named if len(named) == len(items) else None
    return None
