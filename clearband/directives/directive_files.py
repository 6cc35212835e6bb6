"""Directive files, the user's own and the packaged ones: read, and checked against all else that is known."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from clearband.directives.cases import LEAST, CaseResult, days_without_case
from clearband.directives.crosscheck import Known, crosscheck
from clearband.directives.law import Law
from clearband.directives.own_words import problems_of_words
from clearband.directives.reach_cases import reach_without_case
from clearband.errors import InputError
from clearband.facts.compile import validated
from clearband.facts.document import Document
from clearband.facts.kinds import KINDS
from clearband.facts.problems import Found, Problem, key_of, raise_first
from clearband.facts.store import ROOT, CompiledFacts
from clearband.register.register import Register

MAX_FILES: Final = 500
MAX_DEPTH: Final = 5
_KIND: Final = next(kind for kind in KINDS if kind.name == "directives")
_PACKAGED: Final = ROOT.resolve() / "directives"
_ENDS: Final = (".yaml", ".yml")
_SHOW_WORDS: Final = "clearband directives list --vocabulary shows words for equipment and purposes"

_ADD_RELATIVE: Final = (
    "add one with its id as maker (clearband who NAME shows it); a brand's name may be read as its owner"
)


@dataclass(frozen=True, slots=True)
class DirectiveSource:
    """A directive file that can be used.

    Attributes:
        raw: As compiled.
        sha256: Of its bytes.
        packaged: Whether it is one of the packaged files.
    """

    name: str
    sha256: str
    document: Document
    raw: dict[str, Any]
    packaged: bool

    @property
    def record(self) -> dict[str, str]:
        """What the record of a run says of it; where the file lay says nothing of the run."""
        return {"file": Path(self.name).name, "sha256": self.sha256}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, and what is wrong with it; files with errors are not among ``files``."""

    files: tuple[DirectiveSource, ...]
    problems: tuple[Problem, ...]


def read_own(paths: Sequence[Path], facts: CompiledFacts, register: Register) -> tuple[DirectiveSource, ...]:
    """The directive files below some folders, all fit to be used.

    Raises:
        FactsError: A file has an error; names file, line and remedy, and says how many more there are.
        InputError: A folder holds no directive file or too many.
    """
    reading = check_files(paths, facts, register)
    raise_first(reading.problems, "clearband directives check")
    return tuple(file for file in reading.files if not file.packaged)


def check_files(paths: Sequence[Path], facts: CompiledFacts, register: Register) -> Reading:
    """The directive files named, or below folders named, with everything that is wrong.

    Args:
        paths: Files and folders; none means the packaged ones. Below a folder every ``.yaml`` and ``.yml``
            file is taken, at most `MAX_FILES` and `MAX_DEPTH` deep; links that lead out of it are not
            followed.
        facts: The packaged facts.
        register: The organisations.

    Raises:
        InputError: A path does not exist, or a folder holds no directive file or too many.
    """
    known = {raw["id"]: raw for raw in facts.read("directives")}
    files: list[DirectiveSource] = []
    problems: list[Problem] = []
    found = _found(paths or [_PACKAGED])
    for name, path in found:
        document, wrong = validated(_KIND, path, name)
        problems += wrong
        if document is not None:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            packaged = path.is_relative_to(_PACKAGED)
            files.append(DirectiveSource(name, digest, document, document.compiled, packaged))
    taken = dict.fromkeys(known, "the packaged facts")
    for file in files:
        if file.packaged:
            continue
        other = taken.setdefault(file.raw["id"], file.name)
        if other != file.name:
            what = f'the id "{file.raw["id"]}" is used by {other} already'
            problems.append(_problem(file, ("error", ("id",), what, "give the measure an id of its own")))
        known.setdefault(file.raw["id"], file.raw)
    problems += [_problem(file, one) for file, one in problems_of_words(files, facts.read("vocabulary"))]
    things = known_things(known, facts, register)
    problems += [_problem(file, one) for file in files for one in crosscheck(file.raw, things)]
    order = {name: number for number, (name, _) in enumerate(found)}
    problems.sort(key=lambda problem: (order[problem.file], problem.line or sys.maxsize))
    broken = {problem.file for problem in problems if problem.severity == "error"}
    return Reading(tuple(file for file in files if file.name not in broken), tuple(problems))


def case_warnings(
    file: DirectiveSource, law: Law, register: Register, asked: Sequence[CaseResult]
) -> list[Problem]:
    """What is weak in the examples of a file: too few, days or reach left out, words not understood.

    Args:
        law: Built with the file.
        register: The organisations.
        asked: Its cases.
    """
    found: list[Found] = []
    for case in asked:
        for key in case.not_understood:
            what = f'"{case.case[key]}" is not understood and counts as not known'
            found.append(("warning", ("cases", case.number, key), what, _SHOW_WORDS))
    number_of_cases = len(file.raw.get("cases", ()))
    if number_of_cases < LEAST:
        few = f"{number_of_cases} of {LEAST} cases" if number_of_cases else "no case"
        found.append(("warning", ("cases",), few, f"write at least {LEAST}"))
    place = {one["id"]: ("clauses", number) for number, one in enumerate(file.raw.get("clauses", ()))}
    for clause, day in days_without_case(file.raw, law):
        what = f"no case asks on {day} and on the day before, where the answer of {clause} changes"
        found.append(("warning", place[clause], what, "add both under cases"))
    for clause, reach in reach_without_case(file.raw, asked, register):
        what = f"no case asks about one of the {' or '.join(reach)} that {clause} reaches"
        found.append(("warning", place[clause], what, _ADD_RELATIVE))
    return sorted((_problem(file, one) for one in found), key=lambda problem: problem.line or 0)


def known_things(directives: dict[str, Any], facts: CompiledFacts, register: Register) -> Known:
    """What directive files may refer to."""
    lists = {one.list_id for org in register.organisations.values() for one in org.designations}
    return Known(directives, facts, register.organisations.keys(), lists)


def _problem(file: DirectiveSource, found: Found) -> Problem:
    severity, place, what, remedy = found
    return Problem(severity, file.name, file.document.line_of(place), key_of(place), what, remedy)


def _found(paths: Iterable[Path]) -> list[tuple[str, Path]]:
    """Every file by the name that messages call it, each once, in the order of names below each path."""
    files: dict[Path, str] = {}
    for path in paths:
        if path.is_dir():
            below = sorted(_below(path))
            if not below:
                raise InputError(
                    "holds no .yaml file", where=str(path), remedy="name a folder with directive files"
                )
            shown = Path() if path == _PACKAGED else path
            for one in below:
                files.setdefault(one.resolve(), str(shown / one.relative_to(path)))
        elif path.exists():
            files.setdefault(path.resolve(), str(path))
        else:
            raise InputError("there is no such file or folder", where=str(path), remedy="correct the path")
        if len(files) > MAX_FILES:
            raise InputError(f"more than {MAX_FILES} files", where=str(path), remedy="name a smaller folder")
    return [(name, path) for path, name in files.items()]


def _below(folder: Path) -> Iterator[Path]:
    root = folder.resolve()
    for here, folders, names in os.walk(folder):
        depth = len(Path(here).relative_to(folder).parts)
        folders[:] = [name for name in folders if not name.startswith(".")] if depth < MAX_DEPTH else []
        for name in names:
            path = Path(here) / name
            wanted = name.endswith(_ENDS) and not name.startswith(".") and path.is_file()
            if wanted and path.resolve().is_relative_to(root):
                yield path
