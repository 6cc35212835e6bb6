"""The terminal summary and the explanation: plain, narrow, and harmless."""

from __future__ import annotations

import io
from dataclasses import replace
from io import StringIO
from pathlib import Path

import polars as pl
import pytest
from rich.console import Console

from clearband.reports.explain import explain_record
from clearband.reports.terminal import print_explanation, print_summary
from clearband.reports.terminal.reading import print_reading
from clearband.screening.result import Screening
from clearband.sources import ColumnFound, TableReport
from tests.reports.made_screenings import HOSTILE, SOURCES, many_records, screening_of


def printed(screening: Screening, width: int = 80, run_dir: Path | None = None) -> str:
    stream = io.StringIO()
    print_summary(screening, Console(file=stream, width=width), run_dir=run_dir)
    return stream.getvalue()


def explained(screening: Screening, record_id: str) -> list[str]:
    row = screening.equipment.filter(pl.col("record_id") == record_id).row(0, named=True)
    findings = screening.findings.whole().filter(pl.col("record_id") == record_id).to_dicts()
    return explain_record(row, findings, sources=SOURCES)


def test_the_summary_says_what_was_found(small: Screening, tmp_path: Path) -> None:
    (tmp_path / "report.html").touch()
    text = printed(small, width=200, run_dir=tmp_path)
    lines = [" ".join(line.split()) for line in text.splitlines()]
    for line in (
        "7 records (21 units) screened as of 2026-11-22.",
        "3 records are prohibited.",
        "■ prohibited 3 5",
        "Huawei Technologies Co., Ltd. 3 0 3",
        "Pine Ridge 1 1 2",
        "a MAC address or the manufacturer on the type plate 1",
        "1 record with a maker named in a note: not evidence",
        "1 record with signals that contradict each other",
        f"Report: {tmp_path}/report.html",
    ):
        assert line in lines
    assert "US executive agency (federal-agency)" in text
    assert "subsidies for it [not verified]" in text


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_terminal_and_a_pipe_gets_no_escape(harmful: Screening, width: int) -> None:
    text = printed(harmful, width)
    assert max(map(len, text.splitlines())) <= width
    assert "\x1b" not in text


def test_long_lists_are_cut_and_counted() -> None:
    text = printed(screening_of(many_records(170)))
    assert "and 14 more sites" in text


def test_markup_and_control_characters_of_an_inventory_are_shown_as_text(harmful: Screening) -> None:
    assert "@site[bold]red[/]" in printed(harmful)
    stream = io.StringIO()
    row = harmful.equipment.filter(pl.col("record_id") == HOSTILE).row(0, named=True)
    print_explanation(row, [], Console(file=stream, width=80), sources=SOURCES)
    assert "[U+001B]]0;title[U+0007]" in stream.getvalue()
    assert "Category: [link=x]" in stream.getvalue()
    assert "\x1b" not in stream.getvalue()


def test_a_terminal_without_unicode_gets_escapes_not_a_crash(small: Screening) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii", write_through=True)
    print_summary(small, Console(file=stream, width=80))
    assert rb"\u25a0 prohibited" in stream.buffer.getvalue()


def test_an_explanation_goes_from_the_signals_to_the_law_to_the_sources(small: Screening) -> None:
    lines = [line.strip() for line in explained(small, "A-001")]
    for line in (
        "Record A-001, from sites.csv:A-001",
        "manufacturer: Huawei",
        "manufacturer “Huawei” speaks strongly for huawei: manufacturer of the maker (weight +7.5",
        "MAC address 02:00:00:00:00:01: locally administered address",
        "Huawei Technologies Co., Ltd. (huawei), confidence over 99%",
        "Category: Router, kind not told, known from: model",
        "huawei is named itself",
        "Answer for the record: ■ prohibited",
        "Clause: 47 CFR 54.10; 47 U.S.C. 1602 (named-equipment)",
        "For: federal agency, federal contractor",
        "Date: effective 2027-06-30, until 2030-01-01",
        "Would change it: a waiver of the agency's head",
        "Duty: file the annual report by 31 March",
        "ieee: IEEE MAC registries (data of 2026-10)",
    ):
        assert any(one.startswith(line) for one in lines), line
    assert any("[not verified: the facts were not read in their source]" in line for line in lines)
    titles = [line for line in explained(small, "A-001") if line[0].isdigit()]
    assert titles[0] == "1. What was read"
    assert titles[-1] == "8. Sources"


def test_an_explanation_of_the_unidentified_says_what_would_help_and_clears_nothing(small: Screening) -> None:
    lines = [line.strip() for line in explained(small, "MIX-1")]
    assert "Unidentified: the signals do not tell the maker. The record is not cleared." in lines
    assert "Most likely, below the threshold: huawei (41%)" in lines
    assert any(line.startswith("Would help most: the type plate") for line in lines)
    assert "No clause reaches the record." in lines


def test_an_explanation_tells_mentions_apart_from_evidence(small: Screening) -> None:
    lines = [line.strip() for line in explained(small, "NR-1")]
    assert "huawei is named in notes “replacement for Huawei NE40E”: says what it replaced" in lines


@pytest.mark.parametrize(("field", "told"), [("description", True), ("model", False)])
def test_where_no_column_was_taken_for_the_model_the_unread_ones_are_named(
    small: Screening, field: str, told: bool
) -> None:
    columns = (ColumnFound("Item", field, "header"), ColumnFound("Art.Bez.", "x_Art.Bez.", "kept"))
    table = TableReport("list.csv", None, "csv", header_row=1, rows_read=7, columns=columns)
    text = " ".join(printed(replace(small, tables=(table,))).split())
    named = 'list.csv: no column was taken for the model, and these were kept unread: Art.Bez.; --map "COLUMN'
    assert (named in text) == told


def test_the_summary_shows_what_each_column_was_taken_for_and_what_to_look_at() -> None:
    console = Console(file=StringIO(), width=100)
    print_reading(
        [
            TableReport(
                "list.csv",
                None,
                "csv",
                rows_read=2,
                columns=(
                    ColumnFound("Mfr", "manufacturer", "header"),
                    ColumnFound("Shelf", "x_Shelf", "kept"),
                ),
                warnings=("encoding guessed: Windows-1252", "\x1b[31mred"),
            ),
            TableReport("book.xlsx", "Cover", "xlsx", skipped="no header of an equipment table"),
        ],
        console,
    )
    text = console.file.getvalue()
    assert "Mfr = manufacturer" in text
    assert "kept unread: Shelf" in text
    assert "encoding guessed" in text
    assert "sheet Cover: not read" in text
    assert "\x1b" not in text
