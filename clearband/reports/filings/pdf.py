"""A draft as PDF, typeset by typst: tagged (PDF/UA-1), the same bytes each time, data never read as code."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from clearband.errors import DefectError, MissingExtraError, install_extra
from clearband.reports.filings.form import Filing
from clearband.reports.filings.glyphs import LATIN_NOTE, beyond_latin, displayable, in_latin, refused_by
from clearband.reports.filings.shown import shown

if TYPE_CHECKING:
    import typst

TEMPLATE: Final = Path(__file__).parent / "typst" / "filing.typ"
_STANDARD: Final = "ua-1"
MOST_ROWS: Final = 8_000
"""Rows of all tables: 5,000 wide ones are 500 pages, and take typst 10 s and 1.4 GB."""
_TRIES: Final = 20
"""How often a text that the fonts cannot show together is written in Latin letters instead."""


def as_pdf(filing: Filing, *, system_fonts: bool = True) -> bytes:
    """The draft as PDF.

    Args:
        filing: The draft.
        system_fonts: Whether fonts of the machine may show what the fonts inside typst cannot. They are only
            looked at when the draft holds such a sign, so that others look the same on every machine.

    Raises:
        MissingExtraError: typst is not installed.
        UsageError: The draft has too many rows for pages.
    """
    try:
        import typst
    except ImportError:
        raise MissingExtraError(
            "a PDF needs typst, which is not installed",
            remedy=f"{install_extra('pdf')}, or use --format html",
        ) from None
    content = shown(filing, MOST_ROWS)
    strange = beyond_latin(content)
    fonts = typst.Fonts(include_system_fonts=system_fonts and bool(strange), include_embedded_fonts=True)
    hidden = strange - displayable(strange, fonts)
    moment = int(datetime.combine(filing.on, time(), UTC).timestamp())
    compiler = typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=fonts)
    for _ in range(_TRIES):
        plain = in_latin(content, hidden) | {"latin_note": LATIN_NOTE} if hidden else content
        try:
            return _compiled(compiler, plain, moment)
        except typst.TypstError as error:
            refused = refused_by(error) - hidden
            if not refused:
                raise DefectError(
                    f"typst refused the draft: {' '.join(error.message.split())[:300]}",
                    remedy="please report it, and use --format html",
                ) from error
            hidden |= refused
    return _compiled(compiler, in_latin(content, strange) | {"latin_note": LATIN_NOTE}, moment)


def _compiled(compiler: typst.Compiler, content: dict[str, Any], moment: int) -> bytes:
    made = compiler.compile(
        format="pdf",
        sys_inputs={"filing": json.dumps(content, ensure_ascii=False)},
        pdf_standards=[_STANDARD],
        timestamp=moment,
    )
    if not isinstance(made, bytes):
        raise DefectError("typst made no PDF", remedy="please report it")
    return made
