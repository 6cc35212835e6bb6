"""The questionnaire as a workbook or as JSON."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, Final

from clearband.assess.catalogue import Catalogue
from clearband.assess.filled_workbook import ABOUT, ABOUT_ROWS, COLUMNS, SHEETS
from clearband.assess.questionnaire import DONE, SCHEMA, Question
from clearband.model.assessment import Assessment
from clearband.model.criterion import LEVELS

_WIDTHS: Final = {"question": 60, "how": 40, "state": 14, "details": 18, "reason": 40, "evidence": 24}
_ROWS: Final = 200
"""Rows of the sheet of evidence that have drop-downs."""


def as_json(assessment: Assessment, asked: Sequence[Question]) -> bytes:
    """The questionnaire as JSON: fill in ``organisation``, the questions' answers, and the evidence."""
    rows = [{name: one.cell(name) for name in COLUMNS["questions"]} for one in asked]
    content: dict[str, Any] = {**_about(assessment), "questions": rows, "evidence": []}
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def as_workbook(assessment: Assessment, asked: Sequence[Question], base: Catalogue) -> bytes:
    """The questionnaire as a workbook: texts only, no formula and no link, with drop-downs."""
    import xlsxwriter

    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **plain})
    # The day of the assessment, and not that of the writing: the same inputs give the same bytes.
    book.set_properties({"created": datetime.combine(assessment.on, time()), "title": assessment.id})
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    done = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#E2EFDA"})
    sheet = book.add_worksheet(SHEETS["questions"])
    _head(sheet, COLUMNS["questions"], bold)
    at = {name: number for number, name in enumerate(COLUMNS["questions"])}
    for row, one in enumerate(asked, 1):
        for name, column in at.items():
            sheet.write_string(row, column, one.cell(name), done if one.state == DONE else wrap)
        kind = {"validate": "list", "source": list(one.words)}
        if one.number:
            listed = ", ".join(one.words)
            kind |= {"error_type": "information", "error_message": f"A number, or {listed}."}
        sheet.data_validation(row, at["answer"], row, at["answer"], kind)
    items = book.add_worksheet(SHEETS["evidence"])
    _head(items, COLUMNS["evidence"], bold)
    choices = {"type": list(base.evidence_types), "level": list(LEVELS), "closed": ["yes", "no"]}
    for name, source in choices.items():
        column = COLUMNS["evidence"].index(name)
        items.data_validation(1, column, _ROWS, column, {"validate": "list", "source": source})
    about = book.add_worksheet(ABOUT)
    about.set_column(0, 1, 70)
    for row, (name, value) in enumerate(_about(assessment).items()):
        about.write_string(row, 0, name, bold)
        about.write_string(row, 1, value)
    book.close()
    return out.getvalue()


def _head(sheet: Any, columns: Sequence[str], bold: Any) -> None:
    sheet.freeze_panes(1, 1)
    for column, name in enumerate(columns):
        sheet.set_column(column, column, _WIDTHS.get(name, 16))
        sheet.write_string(0, column, name, bold)


def _about(assessment: Assessment) -> dict[str, str]:
    values = (SCHEMA, assessment.id, assessment.catalogue_sha256, assessment.profile_sha256, "")
    return dict(zip(ABOUT_ROWS, values, strict=True))
