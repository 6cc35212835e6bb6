"""A draft as a workbook: texts only, no formula and no link, with drop-downs where a field has choices."""

from __future__ import annotations

import io
import re
from datetime import datetime, time
from typing import Any, Final

from clearband.errors import UsageError
from clearband.reports.filings.form import NOT_KNOWN, Choice, Filing, Lines, Said, Table
from clearband.reports.filings.shown import foot, hashes
from clearband.reports.plain_text import visible

_MOST_ROWS: Final = 200_000
"""Of a sheet; JSON holds more."""
_MOST_SIGNS: Final = 32_000
"""A cell of a workbook holds 32,767 signs."""
_ABOUT: Final = "about"
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")
_NUMBER: Final = re.compile(r"-?\d{1,15}(?:\.\d+)?")
_SIGN_WIDTH: Final = 11
_Row = list[tuple[str, Any]]
"""Texts of a row of the first sheet, with their formats."""


def as_workbook(filing: Filing) -> bytes:
    """The draft as a workbook: a first sheet with what is said, then one sheet a table.

    Raises:
        UsageError: A table has more rows than a sheet holds.
    """
    import xlsxwriter

    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    out = io.BytesIO()
    # A row at a time: a sheet of 200,000 rows is never whole in memory.
    book = xlsxwriter.Workbook(out, {"constant_memory": True, **plain})
    # The day that the draft is about, and not that of the writing: the same inputs give the same bytes.
    book.set_properties(
        {"created": datetime.combine(filing.on, time()), "title": f"{filing.draft}: {filing.title}"}
    )
    _Book(book, filing).write()
    book.close()
    return out.getvalue()


class _Book:
    def __init__(self, book: Any, filing: Filing) -> None:
        self.book, self.filing = book, filing
        wrapped = {"text_wrap": True, "valign": "top"}
        self.text = book.add_format(wrapped)
        self.bold = book.add_format({**wrapped, "bold": True})
        self.draft = book.add_format({"bold": True, "font_color": "#8F1717"})
        self.head = book.add_format({**wrapped, "bold": True, "bg_color": "#EEF2F6", "bottom": 1})
        self.fill = book.add_format({**wrapped, "bg_color": "#FFF4D6"})
        self.number = book.add_format({"valign": "top", "num_format": "#,##0.####"})

    def write(self) -> None:
        """All sheets."""
        about = self._sheet(_ABOUT)
        about.set_column(0, 0, 46)
        about.set_column(1, 2, 60)
        for at, texts in enumerate(self._about()):
            for column, (text, form) in enumerate(texts):
                about.write_string(at, column, visible(text, _MOST_SIGNS), form)
        names = {_ABOUT}
        for part in self.filing.sections:
            for block in part.blocks:
                if isinstance(block, Table):
                    self._table(block, _name(block.short or block.title or part.title, names))

    def _about(self) -> list[_Row]:
        filing, bold, text = self.filing, self.bold, self.text
        rows: list[_Row] = [
            [(filing.draft, self.draft)],
            [(filing.title, bold)],
            [(filing.subtitle, text)],
            [(foot(filing), text)],
        ]
        for part in filing.sections:
            rows += [[], [(part.title, bold), (part.cite or "", text)]]
            for block in part.blocks:
                rows += self._block(block)
        rows += [[], [("Sources", bold)]]
        for one in filing.sources:
            unread = "" if one.verified else " (not verified)"
            rows.append([(one.id, text), (f"{one.what}{unread}", text), (one.url or "", text)])
        rows += [[], [("What this draft rests on", bold)]]
        rows += [[(name, text), (value, text)] for name, value in hashes(filing.rests_on)]
        return rows

    def _block(self, block: Said | Lines | Choice | Table) -> list[_Row]:
        bold, text = self.bold, self.text
        if isinstance(block, Said):
            return [[(block.text, bold if block.tone != "plain" else text)]]
        if isinstance(block, Lines):
            rows: list[_Row] = [[(block.title, bold)]]
            for one in block.lines:
                label = f"{one.label} ({one.cite})" if one.cite else one.label
                value = (NOT_KNOWN, self.fill) if one.value is None else (one.value, text)
                beside = one.needed if one.value is None else one.basis
                rows.append([(label, text), value, (beside or "", text)])
            return rows
        if isinstance(block, Choice):
            rows = [
                [(block.title, bold), (block.cite, text)],
                *([(f"☐ {one}", text)] for one in block.options),
            ]
            rows.append([("What the data says (nothing is ticked here)", bold)])
            rows += [[("", text), (one, text)] for one in block.says]
            if block.would_decide:
                rows.append([("What would decide", bold)])
                rows += [[("", text), (one, text)] for one in block.would_decide]
            return rows
        told = f"{len(block.rows):,} rows, on a sheet of their own" if block.rows else block.empty
        return [[(block.title or block.short, bold), (told, text)]]

    def _sheet(self, name: str) -> Any:
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        # An ampersand begins a code in headers of a workbook.
        title = self.filing.title.replace("&", "&&")[:120]
        sheet.set_header(f"&L&B{self.filing.draft}&R{title}")
        sheet.set_footer(f"&L{foot(self.filing)}&Rpage &P of &N")
        return sheet

    def _table(self, table: Table, name: str) -> None:
        if len(table.rows) > _MOST_ROWS:
            raise UsageError(f"{len(table.rows):,} rows are too many for a sheet", remedy="use --format json")
        if not table.rows:
            return
        sheet = self._sheet(name)
        sheet.freeze_panes(2, 1)
        sheet.repeat_rows(0, 1)
        sheet.write_string(0, 0, self.filing.draft, self.draft)
        sheet.write_string(0, 1, visible(f"{table.title} {table.note}".strip(), _MOST_SIGNS))
        for column, one in enumerate(table.columns):
            sheet.set_column(column, column, max(8, min(50, one.width * _SIGN_WIDTH)))
            sheet.write_string(1, column, one.title, self.head)
            if one.choices:
                choice = {"validate": "list", "source": list(one.choices)}
                sheet.data_validation(2, column, len(table.rows) + 1, column, choice)
        sheet.autofilter(1, 0, len(table.rows) + 1, len(table.columns) - 1)
        for row, cells in enumerate(table.rows, 2):
            for column, cell in enumerate(cells):
                self._cell(sheet, row, column, cell, number=table.columns[column].number)

    def _cell(self, sheet: Any, row: int, column: int, cell: str | None, *, number: bool) -> None:
        if cell is None:
            sheet.write_blank(row, column, None, self.fill)
        elif number and _NUMBER.fullmatch(plain := cell.replace(",", "")):
            sheet.write_number(row, column, float(plain), self.number)
        else:
            sheet.write_string(row, column, visible(cell, _MOST_SIGNS), self.text)


def _name(wanted: str, taken: set[str]) -> str:
    """A name of a sheet: at most 31 signs, none that a workbook refuses, each once."""
    name = _FORBIDDEN.sub(" ", wanted).strip()[:28] or "table"
    number = 1
    while (unique := name if number == 1 else f"{name} {number}").casefold() in taken:
        number += 1
    taken.add(unique.casefold())
    return unique
