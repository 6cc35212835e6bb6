"""``clearband directives check``: is a directive file right, and does it say what its examples say?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from clearband.cli.facts_option import facts_option
from clearband.errors import ExitStatus
from clearband.identify.meant import case_maker
from clearband.reports.plain_text import count, visible

if TYPE_CHECKING:
    from clearband.directives.cases import CaseResult
    from clearband.directives.directive_files import DirectiveSource
    from clearband.facts.problems import Problem

SCHEMA: Final = "https://clearband.dev/schema/directives-check-1.json"


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE_OR_DIR]...")
@facts_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(paths: tuple[Path, ...], facts: tuple[Path, ...], as_json: bool) -> int:
    """Check directive files, and ask the examples that they carry.

    Without files the packaged measures are checked. Ends with 0 when all is right (warnings pass), 1 when an
    example is answered otherwise than it says, 3 when a file cannot be used.
    """
    from clearband.directives.cases import run_cases
    from clearband.directives.directive_files import case_warnings, check_files
    from clearband.directives.law import law_of
    from clearband.facts.equipment_words import equipment_words
    from clearband.facts.store import compiled
    from clearband.register.register import load_register

    register = load_register()
    reading = check_files((*paths, *facts), compiled(), register)
    problems, results = list(reading.problems), []
    if not _errors(problems):
        own = [file.raw for file in reading.files if not file.packaged]
        law, words = law_of(compiled(), own), equipment_words()
        every = [*compiled().read("directives"), *own]
        for file in reading.files:
            asked = list(
                run_cases(file.raw, every, law, register, lambda name: case_maker(name, register), words)
            )
            results += [(file, result) for result in asked]
            problems += case_warnings(file, law, register, asked)
    if as_json:
        click.echo(json.dumps(_as_json(reading.files, problems, results), ensure_ascii=False, indent=2))
    else:
        for line in _lines(reading.files, problems, results):
            click.echo(line)
    if _errors(problems):
        return ExitStatus.INPUT_UNUSABLE
    return ExitStatus.FAIL_ON_MET if any(result.wrong for _, result in results) else ExitStatus.DONE


Asked = list[tuple["DirectiveSource", "CaseResult"]]


def _errors(problems: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity == "error"]


def _line(file: DirectiveSource, result: CaseResult) -> int | None:
    return file.document.line_of(("cases", result.number))


def _lines(files: Sequence[DirectiveSource], problems: list[Problem], results: Asked) -> Iterator[str]:
    for problem in problems:
        yield visible(f"{problem.severity}: {problem.one_line()}")
    failed = [(file, result) for file, result in results if result.wrong]
    for file, result in failed:
        where = f"case: {file.name} line {_line(file, result)}"
        yield visible(f"{where}: {result.question}: {'; '.join(result.wrong)}")
        if result.said is not None and result.said.because:
            yield f"  because {visible(result.said.because[0].note)}"
            if result.said.question:
                yield f"  question {visible(result.said.question)}"
            for name, value in result.said.read_as.items():
                yield f"  read as {name}: {visible(value if isinstance(value, str) else ', '.join(value))}"
    errors = _errors(problems)
    clauses = sum(len(file.raw.get("clauses", ())) for file in files)
    parts = [count(len(files), "measure"), count(clauses, "clause"), count(len(results), "case")]
    parts += [f"{len(failed)} failed", count(len(problems) - len(errors), "warning")]
    if errors:
        parts = [count(len(errors), "error"), "no case was asked"]
    yield ", ".join(parts)


def _as_json(files: Sequence[DirectiveSource], problems: list[Problem], results: Asked) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "measures": [
            {"file": file.name, "id": file.raw["id"], "status": file.raw["status"]} for file in files
        ],
        "problems": [asdict(problem) for problem in problems],
        "cases": [
            {
                "file": file.name,
                "line": _line(file, result),
                "measure": result.directive,
                "question": result.question,
                "expected": result.case["answer"],
                "found": result.said.answer.value if result.said else None,
                "wrong": list(result.wrong),
                "because": [reason.note for reason in result.said.because[:1]] if result.said else [],
            }
            for file, result in results
        ],
    }
