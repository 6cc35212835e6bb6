"""A questionnaire that came back as a workbook or as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from clearband.assess.answered import Filled, day_text
from clearband.assess.questionnaire import EVIDENCE_COLUMNS, QUESTION_COLUMNS, SCHEMA
from clearband.assess.strict_json import MOST_BYTES, names_person, parse_json
from clearband.errors import InputError
from clearband.model.assessment import Assessment
from clearband.sources.excel import sheets
from clearband.sources.options import ReadOptions

SHEETS: Final = {"questions": "Questions", "evidence": "Evidence"}
COLUMNS: Final = {"questions": QUESTION_COLUMNS, "evidence": EVIDENCE_COLUMNS}
ABOUT: Final = "About"
ABOUT_ROWS: Final = ("schema", "assessment", "catalogue_sha256", "profile_sha256", "organisation")
"""The rows of the sheet About: what is said in column A, its value in column B."""
_DAYS: Final = ("collected", "expires")
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def read_filled(path: Path, assessment: Assessment) -> Filled:
    """What a vendor filled in.

    Raises:
        InputError: It is no questionnaire of this assessment, or nobody signed for it; names the cell.
    """
    try:
        data = path.read_bytes() if path.stat().st_size <= MOST_BYTES else None
    except OSError as error:
        raise InputError(error.strerror or "cannot be read", where=str(path)) from None
    if data is None:
        raise InputError(f"larger than {MOST_BYTES // 1_000_000} MB", where=str(path), remedy="send it again")
    if data[:2] == b"PK":
        return _workbook(data, str(path), assessment)
    return _document(parse_json(data, str(path)), str(path), assessment)


def _workbook(data: bytes, file: str, assessment: Assessment) -> Filled:
    grids: dict[str, Grid] = {}
    for about, columns in sheets(data, file, "xlsx", ReadOptions()):
        grids[about["sheet"]] = Grid(about.get("top", 0), about.get("left", 0), columns)
    for name in (ABOUT, *SHEETS.values()):
        if name not in grids:
            what = f'has no sheet "{name}"'
            raise InputError(what, where=file, remedy="send the questionnaire back as it was made")
    about_grid = grids[ABOUT]
    head = {about_grid.cell(row, 0): (about_grid.cell(row, 1), row) for row in range(len(ABOUT_ROWS) + 2)}
    organisation = _checked(
        {name: head.get(name, ("", 0))[0] for name in ABOUT_ROWS},
        assessment,
        lambda name: f"{file} {ABOUT}!B{head.get(name, ('', 0))[1] + 1}",
    )
    rows: dict[str, list[dict[str, str]]] = {}
    lines: dict[str, list[int]] = {}
    for part, sheet in SHEETS.items():
        grid, columns_of = grids[sheet], COLUMNS[part]
        for at, name in enumerate(columns_of):
            if grid.cell(0, at) != name:
                where = f"{file} {sheet}!{_LETTERS[at]}1"
                raise InputError(f'"{name}" must stand here', where=where, remedy="restore the header")
        found = [
            (row, {name: grid.cell(row, at) for at, name in enumerate(columns_of)}) for row in grid.rows()
        ]
        found = [(row, cells) for row, cells in found if row > 0 and any(cells.values())]
        lines[part] = [row for row, _ in found]
        rows[part] = [_days(cells) for _, cells in found]

    def place(part: str, number: int, column: str) -> str:
        columns_of = COLUMNS[part]
        letter = _LETTERS[columns_of.index(column)] if column in columns_of else "A"
        return f"{file} {SHEETS[part]}!{letter}{lines[part][number] + 1}"

    return Filled(organisation, rows["questions"], rows["evidence"], place)


class Grid:
    """The cells of a sheet, by row and column from 0.

    Args:
        top: Row of the first cell.
        left: Column of the first cell.
        columns: Texts.
    """

    def __init__(self, top: int, left: int, columns: list[list[str | None]]) -> None:
        self._top, self._left, self._columns = top, left, columns

    def cell(self, row: int, column: int) -> str:
        """The text of a cell, without blanks around it; empty where there is none."""
        row, column = row - self._top, column - self._left
        if not 0 <= column < len(self._columns) or not 0 <= row < len(self._columns[column]):
            return ""
        return (self._columns[column][row] or "").strip()

    def rows(self) -> range:
        """The rows that have cells."""
        return range(self._top, self._top + max(map(len, self._columns), default=0))


def _document(raw: Any, file: str, assessment: Assessment) -> Filled:
    if not isinstance(raw, dict):
        raise InputError("is no questionnaire", where=file, remedy="send it back as it was made")
    organisation = _checked(
        {name: str(raw.get(name, "")) for name in ABOUT_ROWS}, assessment, lambda name: f"{file} {name}"
    )
    rows: dict[str, list[dict[str, str]]] = {}
    for part, columns in COLUMNS.items():
        listed = raw.get(part, [])
        if not isinstance(listed, list):
            raise InputError("must be a list", where=f"{file} {part}", remedy="correct it")
        rows[part] = []
        for number, row in enumerate(listed):
            where = f"{file} {part}[{number}]"
            if not isinstance(row, dict):
                raise InputError("must be an object", where=where, remedy="correct it")
            for name, value in row.items():
                if name not in columns or not isinstance(value, str | int) or isinstance(value, bool):
                    what = "is no key of a questionnaire" if name not in columns else "must be a text"
                    raise InputError(what, where=f"{where}.{name}", remedy=f"keys are {', '.join(columns)}")
            rows[part].append(_days({name: str(value).strip() for name, value in row.items()}))
    return Filled(
        organisation,
        rows["questions"],
        rows["evidence"],
        lambda part, number, column: f"{file} {part}[{number}].{column}",
    )


def _days(cells: dict[str, str]) -> dict[str, str]:
    return {name: day_text(text) if name in _DAYS else text for name, text in cells.items()}


def _checked(head: Mapping[str, str], assessment: Assessment, where: Any) -> str:
    expected = {
        "schema": SCHEMA,
        "assessment": assessment.id,
        "catalogue_sha256": assessment.catalogue_sha256,
        "profile_sha256": assessment.profile_sha256,
    }
    for name, value in expected.items():
        if head[name] != value:
            what = f'"{head[name][:80]}" is not the {name} of this assessment'
            remedy = f"it is {value}; write the questionnaire of this assessment anew"
            raise InputError(what, where=where(name), remedy=remedy)
    if not head["organisation"]:
        what = "the organisation that answers is missing"
        raise InputError(what, where=where("organisation"), remedy="write its name (no person)")
    if names_person(head["organisation"]):
        what = "an e-mail address stands here; only organisations and roles are kept"
        raise InputError(what, where=where("organisation"), remedy="name the organisation instead")
    return head["organisation"]
