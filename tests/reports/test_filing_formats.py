"""A draft in each format: hostile texts stay texts, names of any script are shown, the bytes are the same."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import jsonschema_rs
import openpyxl
import pytest
import typst

from clearband.errors import MissingExtraError, UsageError
from clearband.reports.filings import glyphs
from clearband.reports.filings.form import Choice, Column, Filing, Line, Lines, RestsOn, Said, Section, Table
from clearband.reports.filings.page import as_page
from clearband.reports.filings.pdf import as_pdf
from clearband.reports.filings.write import FORMATS, as_json
from tests.cli.report.conftest import HOSTILE, pages_of, squeezed
from tests.needed import missing, program
from tests.reports.reading_pages import read_page

SCHEMA = Path(__file__).resolve().parents[2] / "clearband" / "facts" / "schemas" / "filing.schema.json"


def filing(texts: tuple[str, ...] = HOSTILE, rows: int = 1) -> Filing:
    columns = (
        Column(title="text"),
        Column(title="units", number=True),
        Column(title="to fill", fill=True, choices=("yes", "no")),
        Column(title="never known"),
    )
    table = Table(
        title="Items",
        columns=columns,
        rows=tuple((one, "1,200", None, None) for one in texts) * rows,
        short="items",
    )
    return Filing(
        kind="section-889",
        title="Worksheet & more",
        subtitle=texts[0],
        on=date(2026, 11, 24),
        rests_on=RestsOn(clearband="0.1.0", facts_sha256="a" * 64, run_sha256="b" * 64, inputs=texts[:2]),
        sections=(
            Section(
                title="Fields",
                blocks=(
                    Said(text=texts[-1], tone="open", sources=("one",)),
                    Lines(
                        title="Who",
                        lines=(
                            Line(label="name", needed="ask the filer", cite="(e)(1)"),
                            *(Line(label="told", value=one, basis="the inventory") for one in texts),
                        ),
                    ),
                    Choice(
                        title="It",
                        cite="(d)",
                        options=("will", "will not"),
                        state="open",
                        says=texts,
                        would_decide=texts,
                    ),
                ),
            ),
            Section(title="Table", wide=True, blocks=(table,)),
        ),
    )


def text_of_pdf(made: bytes, folder: Path) -> str:
    (folder / "made.pdf").write_bytes(made)
    return "\n".join(pages_of(folder / "made.pdf"))


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_draft_gives_the_same_bytes(form: str) -> None:
    assert FORMATS[form](filing()) == FORMATS[form](filing())


def test_json_is_of_the_published_form() -> None:
    validator = jsonschema_rs.validator_for(json.loads(SCHEMA.read_bytes()))
    validator.validate(json.loads(as_json(filing())))
    with pytest.raises(jsonschema_rs.ValidationError):
        validator.validate(json.loads(as_json(filing())) | {"draft": "final"})


def test_hostile_texts_stay_texts_on_the_page() -> None:
    page = as_page(filing()).decode()
    assert "<script" not in page
    assert "49" not in {one.words() for one in read_page(page).all("td")}
    words = " ".join(one.words() for one in read_page(page).all("body"))
    assert "<script>alert(1)</script>" in words
    assert "[U+202E]gnp.exe" in words


def test_on_paper_the_mark_of_a_draft_has_a_place_of_its_own_and_hides_no_line() -> None:
    style = as_page(filing()).decode().split("@page", 1)[1]
    assert '@top-left { content: "DRAFT — not a filing"' in style
    assert "position: fixed" not in style


def test_hostile_texts_stay_texts_in_the_pdf(tmp_path: Path) -> None:
    found = squeezed(text_of_pdf(as_pdf(filing()), tmp_path))
    for text in (
        "<script>alert(1)</script>",
        '#panic("x") *bold* $x$ @ref <label>',
        "[U+202E]gnp.exe",
        "(100 more characters)",
    ):
        assert squeezed(text) in found
    assert found.count("xxxxxxxxxx") > 20


def test_names_in_any_script_are_shown_or_written_in_latin_letters(tmp_path: Path) -> None:
    without = text_of_pdf(as_pdf(filing(), system_fonts=False), tmp_path)
    assert "HuaWeiJiShuYouXianGongSi†" in squeezed(without)
    assert "[U+F0000]†" in squeezed(without)
    assert squeezed(glyphs.LATIN_NOTE) in squeezed(without)
    as_pdf(filing(), system_fonts=True)
    plain = filing(("Telefonaktiebolaget LM Ericsson", "Nokia Oyj", "Лаборатория Касперского"))
    kept = text_of_pdf(as_pdf(plain, system_fonts=False), tmp_path)
    assert "†" not in kept
    assert "Лаборатория" in kept


def test_a_script_that_a_font_of_the_machine_has_is_kept(tmp_path: Path) -> None:
    fonts = typst.Fonts(include_system_fonts=True)
    if glyphs.displayable({"华"}, fonts) != {"华"}:
        missing("a font with Chinese characters", "fonts-droid-fallback")
    assert "华为技术有限公司" in squeezed(text_of_pdf(as_pdf(filing()), tmp_path))


def test_signs_that_cannot_be_shown_are_found_among_those_that_can() -> None:
    fonts = typst.Fonts(include_system_fonts=False)
    assert glyphs.displayable({"é", "Ж", "华", "한", "\U000f0000", "ω"}, fonts) == {"é", "Ж", "ω"}
    assert glyphs.displayable(set(), fonts) == set()


def test_every_page_says_that_it_is_a_draft_and_what_it_rests_on(tmp_path: Path) -> None:
    (tmp_path / "made.pdf").write_bytes(as_pdf(filing(rows=30)))
    pages = pages_of(tmp_path / "made.pdf")
    assert len(pages) > 5
    for number, page in enumerate(pages, 1):
        assert "DRAFT — not a filing" in page
        assert "As of 2026-11-24 · facts aaaaaaaaaaaaaaaa · run bbbbbbbbbbbbbbbb" in page
        assert f"page {number} of {len(pages)}" in page
    # The head of a table stands on each of its pages.
    assert all("never known" in page or "to fill" not in page for page in pages)
    assert sum("never known" in page for page in pages) > 3


def test_a_pdf_says_that_it_is_tagged() -> None:
    made = as_pdf(filing())
    assert b"pdfuaid:part" in made
    assert b"/MarkInfo" in made


def test_a_workbook_holds_no_formula_and_no_link_and_has_drop_downs() -> None:
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"](filing())))
    assert book.sheetnames == ["about", "items"]
    for sheet in book:
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
        assert sheet.oddHeader.left.text == "&BDRAFT — not a filing"
    sheet = book["items"]
    assert sheet.freeze_panes == "B3"
    assert sheet["B3"].value == 1200
    assert [cell.value for cell in sheet["A"][2:]] == [*HOSTILE[:5], "[U+202E]gnp.exe", *HOSTILE[6:]]
    (choice,) = sheet.data_validations.dataValidation
    assert (choice.formula1, str(choice.sqref)) == ('"yes,no"', "C3:C12")
    assert sheet.print_title_rows == "$1:$2"


@pytest.mark.parametrize(("make", "most"), [(as_pdf, 8_000), (as_page, 20_000)])
def test_too_many_rows_for_pages_are_refused_and_not_cut(make: Callable[[Filing], bytes], most: int) -> None:
    many = filing(("one",), rows=most + 1)
    with pytest.raises(UsageError, match=f"{most + 1:,} rows are too many for pages"):
        make(many)
    assert len(json.loads(as_json(many))["sections"][1]["blocks"][0]["rows"]) == most + 1


def test_without_typst_a_pdf_is_refused_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingExtraError, match=r"pip install '.\[pdf\]'"):
        as_pdf(filing())


def test_a_browser_shows_the_page_without_a_word_of_script(tmp_path: Path) -> None:
    browser = shutil.which("google-chrome") or program("chromium", "chromium")
    path = tmp_path / "made.html"
    path.write_bytes(as_page(filing()))
    shown = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
         "--disable-background-networking", "--disable-sync", "--dump-dom",
         f"--user-data-dir={tmp_path / 'profile'}", path.as_uri()],
        check=True, capture_output=True, text=True, timeout=60,
    ).stdout  # fmt: skip
    assert read_page(shown).all("table")


def test_words_and_hashes_of_a_pdf_can_be_searched_and_copied(tmp_path: Path) -> None:
    told = filing(("Telecommunications representations, interconnection", "carrier-inventory.csv"))
    found = " ".join(text_of_pdf(as_pdf(told), tmp_path).split())
    assert "Telecommunications representations, interconnection" in found
    assert "a" * 64 in found


def test_a_part_number_is_broken_behind_a_hyphen_and_a_day_is_not(tmp_path: Path) -> None:
    columns = tuple(Column(title=f"c{at}") for at in range(16))
    row = ("CE6428H-48S6CQ", *("x",) * 14, "2026-11-24")
    table = Table(title="Items", columns=columns, rows=(row,), short="items")
    parts = (Section(title="T", wide=True, blocks=(table,)),)
    found = text_of_pdf(as_pdf(filing(("one", "two")).model_copy(update={"sections": parts})), tmp_path)
    assert "CE6428H-48S6CQ" not in found
    assert "CE6428H-48S6CQ" in found.replace("\u200b", "").replace("-\n", "-")
    assert "2026-11-24" in found


@pytest.mark.unwatched
def test_five_thousand_items_are_all_there(tmp_path: Path) -> None:
    names = tuple(f"item {number}" for number in range(5_000))
    many = filing(("one", "two"))
    table = filing(names).sections[1]
    whole = many.model_copy(update={"sections": (*many.sections[:1], table)})
    found = text_of_pdf(as_pdf(whole), tmp_path).split("\n")
    assert set(names) <= {" ".join(line.split()[:2]) for line in found}
    page = as_page(whole).decode()
    assert all(f"<bdi>{name}</bdi>" in page for name in names[::500])
    sheet = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"](whole)), read_only=True)["items"]
    assert [row[0] for row in sheet.iter_rows(min_row=3, values_only=True)] == list(names)


def test_a_word_of_letters_alone_is_broken_and_a_tall_row_goes_on_a_next_page(tmp_path: Path) -> None:
    (tmp_path / "made.pdf").write_bytes(as_pdf(beside_long_ones()))
    pages = pages_of(tmp_path / "made.pdf")
    lines = [line.strip() for page in pages for line in page.split("\n")]
    assert max(line.count("Q") for line in lines) < 40
    assert squeezed("".join(lines)).count("Q") == 60
    # Each line of the foot stands by itself: nothing runs over it.
    for number, page in enumerate(pages, 1):
        assert f"page {number} of {len(pages)}" in page
    assert sum("tall" in page for page in pages) > 1


def beside_long_ones() -> Filing:
    """Thirty narrow columns, one with a word of letters that no line holds and one with a very long text."""
    columns = tuple(Column(title=f"c{at}") for at in range(30))
    row = ("Q" * 60, *("x",) * 28, "tall " * 60)
    table = Table(title="Items", columns=columns, rows=(("a",) * 30, row), short="items")
    made = filing(("one", "two"))
    return made.model_copy(
        update={"sections": (*made.sections[:1], Section(title="T", wide=True, blocks=(table,)))}
    )


def test_no_heading_and_no_introduction_stands_at_the_foot_of_a_page_without_its_table(
    tmp_path: Path,
) -> None:
    rows = tuple((f"row {at}",) for at in range(40))
    table = Table(title="Things", columns=(Column(title="thing"),), rows=rows, note="A note.", short="t")
    for lines in (27, 29, 31):
        before = Table(title="", columns=(Column(title="before"),), rows=(("x",),) * lines, short="b")
        parts = (
            Section(title="Before", wide=True, blocks=(before,)),
            Section(title="After", wide=True, blocks=(Said(text="Said first."), table)),
        )
        (tmp_path / "made.pdf").write_bytes(
            as_pdf(filing(("one", "two")).model_copy(update={"sections": parts}))
        )
        for page in pages_of(tmp_path / "made.pdf"):
            assert ("Said first." in page) == ("row 0\n" in page)
