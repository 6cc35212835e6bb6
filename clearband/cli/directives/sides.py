"""What ``clearband directives diff`` compares: a word of the command line to one side of the comparison."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from clearband.errors import ClearbandError, FactsError, InputError, UsageError
from clearband.model.days import day_of

if TYPE_CHECKING:
    from clearband.directives.diff_sides import Side
    from clearband.directives.directive_files import DirectiveSource
    from clearband.facts.store import CompiledFacts
    from clearband.register.register import Register

PACKAGED: Final = "packaged"
_KNOWN: Final = "known:"


@dataclass(frozen=True)
class Asked:
    """One side as written.

    Attributes:
        on: Its own day, if it names one.
        folder: Where other facts lie; None for the packaged ones.
        is_day: Whether it is told by days and not by facts.
    """

    text: str
    on: date | None = None
    known_on: date | None = None
    folder: Path | None = None
    is_day: bool = False


def asked(text: str) -> Asked:
    """Read ``2020-08-13``, ``known:2020-08-13``, both with a comma, ``packaged``, or a folder.

    Raises:
        InputError: It is none of these.
    """
    if text == PACKAGED:
        return Asked(text)
    days: dict[str, date] = {}
    for part in text.split(","):
        name = "known_on" if part.startswith(_KNOWN) else "on"
        day = _day(part.removeprefix(_KNOWN))
        if day is None or name in days:
            break
        days[name] = day
    else:
        return Asked(text, days.get("on"), days.get("known_on"), is_day=True)
    folder = Path(text)
    if not folder.is_dir():
        raise InputError(
            "is no day and no folder",
            where=text,
            remedy="write YYYY-MM-DD, known:YYYY-MM-DD, packaged, or a folder of facts",
        )
    return Asked(text, folder=folder)


def _day(text: str) -> date | None:
    try:
        return day_of(text)
    except ValueError:
        return None


def sides(
    first: str,
    second: str,
    *,
    on: date | None,
    known_on: date | None,
    facts: tuple[Path, ...],
    today: date,
    adopted: bool = False,
) -> tuple[Side, Side]:
    """Both sides.

    Args:
        first: As written.
        second: As written.
        on: The day of the sides that name none.
        known_on: The day of knowledge of the sides that name none.
        facts: Folders with directive files to add to both.
        adopted: Judge drafts as if they were law.
        today: The day where none is named.

    Raises:
        UsageError: A day is compared with a version.
        InputError, FactsError: A side cannot be read.
    """
    words = asked(first), asked(second)
    if words[0].is_day != words[1].is_day:
        raise UsageError(
            "a day and a version of the facts cannot be compared",
            where=f"{first} and {second}",
            remedy="compare two days, or two versions on one day (--on)",
        )
    if on is not None and all(word.on for word in words):
        raise UsageError("both sides name a day", where="--on", remedy="leave the option out")
    read = [_read(word, facts) for word in words]
    # Words that only one side declares are asked of both: to the other they are words without a rule.
    every = [file.raw for one in read for file in one.own]
    made = [
        _side(word, one, every, word.on or on or today, word.known_on or known_on, adopted=adopted)
        for word, one in zip(words, read, strict=True)
    ]
    return made[0], made[1]


@dataclass(frozen=True)
class _Read:
    """The facts of one side and the user's own files."""

    facts: CompiledFacts
    register: Register
    own: tuple[DirectiveSource, ...]


def _read(word: Asked, facts: tuple[Path, ...]) -> _Read:
    from clearband.directives.directive_files import read_own
    from clearband.facts.store import compiled
    from clearband.register.register import load_register

    root = _facts_of(word.folder) if word.folder is not None else None
    own_dirs = facts if root is not None or word.folder is None else (word.folder, *facts)
    with _whole(word):
        held, register = (compiled(), load_register()) if root is None else _apart(root)
        return _Read(held, register, read_own(own_dirs, held, register) if own_dirs else ())


def _side(
    word: Asked,
    read: _Read,
    words_of: list[dict[str, Any]],
    on: date,
    known_on: date | None,
    *,
    adopted: bool,
) -> Side:
    from clearband.directives.diff_sides import Side
    from clearband.directives.law import law_of

    held, own = read.facts, read.own
    directives = {raw["id"]: raw for raw in [*held.read("directives"), *(file.raw for file in own)]}
    with _whole(word):
        return Side(
            PACKAGED if word.folder is None else word.text,
            str(held.read("manifest")["content_sha256"]),
            law_of(held, [file.raw for file in own], words_of, adopted=adopted),
            read.register,
            on,
            known_on,
            directives,
            {raw["id"]: raw for raw in _organisations(held)},
            {name: held.read(name) for name in ("equipment", "vocabulary", "control_definitions")},
            tuple(file.record for file in own),
            tuple(name for name, raw in sorted(directives.items()) if adopted and raw["status"] == "draft"),
        )


@contextmanager
def _whole(word: Asked) -> Iterator[None]:
    """Tell of facts that cannot be used in which folder they lie."""
    try:
        yield
    except FactsError as error:
        if word.folder is None or _facts_of(word.folder) is None:
            raise
        raise _in_folder(error, word.text) from error
    except KeyError as error:
        raise InputError(
            f"the facts do not fit together: {error} is missing",
            where=word.text,
            remedy="name a whole copy of clearband/facts",
        ) from error


def _in_folder(error: ClearbandError, folder: str) -> FactsError:
    """The same error, with the folder before the file."""
    return FactsError(error.what, where=f"{folder}: {error.where}", remedy=error.remedy)


def _organisations(facts: CompiledFacts) -> list[dict[str, Any]]:
    return [entry for file in facts.read("organisations") for entry in file["organisations"]]


def _facts_of(folder: Path) -> Path | None:
    """The folder of facts that is meant; None for one that holds directive files only."""
    for root in (folder, folder / "clearband" / "facts"):
        if (root / "organisations").is_dir():
            for name in ("vocabulary.yaml", "equipment.yaml", "directives"):
                if not (root / name).exists():
                    raise InputError(
                        f"holds no {name}", where=str(root), remedy="name a whole copy of clearband/facts"
                    )
            return root
    return None


def _apart(root: Path) -> tuple[CompiledFacts, Register]:
    from clearband.facts.store import compiled_apart
    from clearband.register.register import Register

    facts = compiled_apart(root)
    return facts, Register(facts)
