"""report.html: complete without JavaScript, harmless, usable by keyboard and screen reader."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

import pytest

from clearband.reports.page import write_report
from clearband.screening.result import Screening
from tests.reports.made_screenings import (
    ASKED,
    CAMERA_PURPOSE,
    HOSTILE,
    SOURCES,
    camera,
    hostile,
    many_records,
    nokia,
    screening_of,
    small_records,
)
from tests.reports.reading_pages import Page, read_page


def page_of(screening: Screening, folder: Path, records: int = 2_000, **options: Any) -> Page:
    write_report(screening, folder / "report.html", records=records, sources=SOURCES, **options)
    return read_page((folder / "report.html").read_text(encoding="utf-8"))


@pytest.fixture
def page(small: Screening, tmp_path: Path) -> Page:
    return page_of(small, tmp_path)


@pytest.fixture
def harmful_page(harmful: Screening, tmp_path: Path) -> Page:
    return page_of(harmful, tmp_path)


def test_the_headline_says_how_many_for_whom_since_when_and_what_is_open(page: Page) -> None:
    words = page.by_id("result").words()
    assert "7 records (21 units) screened as of 2026-11-22." in words
    assert "3 records are prohibited." in words
    assert "US executive agency (federal-agency): 3 records, the earliest since 2019-08-13" in words
    assert "3 records are not decided, and not cleared: 2 unidentified" in words
    assert "No actor was named, so every class of actor was asked" in words
    assert (
        "supply-side actions (authorising, importing, marketing, selling or exporting equipment) were not"
        in words
    )


def test_a_named_actor_and_action_are_said(tmp_path: Path) -> None:
    asked = {**ASKED, "actors": ["federal-agency"], "actions": ["procure"], "known_on": "2020-01-01"}
    words = page_of(screening_of(small_records(), asked=asked), tmp_path).by_id("result").words()
    assert "as of 2026-11-22, with what was known on 2020-01-01." in words
    assert "Asked for: US executive agency (federal-agency). Actions asked: procure." in words


def test_default_actions_are_listed_beside_what_was_not_asked(tmp_path: Path) -> None:
    asked = {**ASKED, "known_on": None, "actors_asked": ["usf-recipient"], "actions_asked": ["use"]}
    words = page_of(screening_of(small_records(), asked=asked), tmp_path).by_id("result").words()
    assert "every class of actor was asked" in words
    assert "only those of a buyer or operator were asked (use), and supply-side actions" in words


def test_nothing_prohibited_is_not_said_to_be_clear(tmp_path: Path) -> None:
    records = [row for row in small_records() if row["answer"] != "prohibited"]
    words = page_of(screening_of(records), tmp_path).by_id("result").words()
    assert "No record was found to be prohibited. 3 records are not decided, and not cleared" in words


def test_what_must_be_decided_next_is_grouped_with_how_many_records_it_settles(page: Page) -> None:
    rows = [row.words() for row in page.by_id("decide").all("tr")]
    assert any(re.search(r"Is the camera used for .*\? 1 CAM-7", row) for row in rows)
    assert any(re.search(r"a MAC address or the manufacturer on the type plate 1 \?-1", row) for row in rows)


def test_a_measure_shows_its_date_its_answers_and_whether_it_is_verified(page: Page) -> None:
    rows = [row.words() for row in page.by_id("measures").all("tr")]
    assert any("section 889" in row and "2019-08-13" in row and row.endswith("verified") for row in rows)
    assert any("us-fcc-covered-list" in row and row.endswith("not verified") for row in rows)


def test_a_chart_has_a_title_a_description_and_its_numbers_in_a_table(page: Page) -> None:
    section = page.by_id("where")
    for chart in section.all("svg"):
        labels = (chart.attributes["aria-labelledby"] or "").split()
        assert all(page.by_id(label).text for label in labels)
    rows = [row.words() for row in section.all("tr")]
    assert "Cedar Falls 1 1 3" in rows
    assert "no site stated 1 0 1" in rows
    assert "Huawei Technologies Co., Ltd. 3 0 3" in rows


def test_a_record_appears_once_with_its_findings_and_evidence_inside(page: Page) -> None:
    (group,) = (body for body in page.by_id("records-table").all("tbody") if "A-001" in body.text)
    words = group.words()
    assert "prohibited" in words
    assert "Pub. L. 115-232, s. 889(a)(1)(A), (f)(3)(A)" in words
    assert "2019-08-13" in words
    assert "manufacturer “Huawei” speaks strongly for huawei" in words
    assert "MAC address “00:e0:fc:12:34:56”" in words
    assert "2027-06-30 until 2030-01-01" in words
    assert "over 99%" in words
    assert [link.attributes["href"] for link in group.all("a")] == ["#g1", "#g2", "#g3"]


def test_a_ground_that_records_share_is_written_out_once(page: Page) -> None:
    words = page.by_id("g1").words()
    assert words.startswith(
        "■ prohibited Pub. L. 115-232, s. 889(a)(1)(A), (f)(3)(A) named-telecom federal agency,"
    )
    assert words.endswith("report covered equipment found in performance within 1 business day 3")


def test_findings_with_the_same_question_ask_it_once_inside_a_record(tmp_path: Path) -> None:
    question = str(CAMERA_PURPOSE["question"])
    findings = [{**CAMERA_PURPOSE, "clause": f"limb-{number}"} for number in range(30)]
    page = page_of(screening_of([camera("CAM-7", "Town hall", findings=findings)]), tmp_path)
    (group,) = page.by_id("records-table").all("tbody")
    # Once as the question of the record, once inside.
    assert group.words().count(question) == 2
    assert "Evidence and 30 findings" in group.words()
    assert "and 6 review: see findings.csv" in group.words()


def test_brand_and_maker_are_both_shown_when_they_differ(page: Page) -> None:
    (group,) = (body for body in page.by_id("records-table").all("tbody") if "CAM-7" in body.text)
    assert "Hangzhou Hikvision Digital Technology Co., Ltd. brand on the box: LTS" in group.words()
    assert "Question: Is the camera used for" in group.words()


def test_mentions_contradictions_and_unreadable_cells_are_told(harmful_page: Page) -> None:
    words = harmful_page.by_id("remarks").words()
    assert "named in a note, not evidence" in words
    assert "NR-1 notes replacement for Huawei NE40E huawei says what it replaced" in words
    assert "manufacturer “Cisco” speaks strongly for cisco" in words
    assert "model “unknown” speaks against huawei" in words
    assert "quantity two[U+202E] is not a number; the row is kept" in words


def test_how_the_input_was_read_is_told(page: Page) -> None:
    words = page.by_id("input").words()
    assert "7 records read; 2 rows passed over (1 blank, 1 totals, 0 repeated headers, 0 lines" in words
    assert "encoding windows-1252, columns separated by semicolon, header in row 2" in words
    assert "the encoding is a guess" in words
    assert "HW addr macs its cells 12 hexadecimal digits" in words
    assert "Not read: no header was found" in words


def test_method_names_facts_inputs_sources_and_what_is_not_verified(page: Page) -> None:
    words = page.by_id("method").words()
    assert "ab" * 32 in words
    assert "sites.csv 1,234 " + "cd" * 32 in words
    assert "ieee IEEE MAC registries" in words
    assert "https://example.org/lts not described in the packaged sources" in words
    assert "FCC Covered List and the ban on using subsidies for it not verified 47 CFR 54.10" in words


def test_every_answer_is_explained_and_the_page_says_it_is_no_legal_advice(page: Page) -> None:
    words = page.by_id("glossary").words()
    for answer in (
        "prohibited",
        "unidentified",
        "review",
        "not yet",
        "exempt",
        "advised against",
        "not covered",
    ):
        assert answer in words
    assert "Not legal advice." in page.all("footer")[0].text


def test_a_large_run_shows_the_strictest_records_and_says_what_it_leaves_out(tmp_path: Path) -> None:
    page = page_of(screening_of(many_records(70)), tmp_path, records=25)
    shown = [body.attributes["data-answer"] for body in page.by_id("records-table").all("tbody")]
    assert shown == ["prohibited"] * 20 + ["unidentified"] * 5
    words = page.by_id("records").words()
    assert "45 of 70 records are left out of this page" in words
    assert "Left out: 7 unidentified, 10 review, 28 not covered" in words
    assert "findings.csv and findings.parquet hold all of them" in words


def test_long_lists_of_remarks_are_cut_and_say_so(tmp_path: Path) -> None:
    screening = screening_of([nokia(f"N-{number}") for number in range(230)])
    assert "30 more mentions are not shown here" in page_of(screening, tmp_path).by_id("remarks").words()


def test_nothing_is_fetched_and_nothing_but_the_pages_own_script_and_style_runs(harmful_page: Page) -> None:
    policy = next(
        meta.attributes["content"] or ""
        for meta in harmful_page.all("meta")
        if meta.attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for tag in ("script", "style"):
        (element,) = harmful_page.all(tag)
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
        assert set(element.attributes) == set()
    assert not [
        one for tag in ("link", "img", "iframe", "object", "base", "form") for one in harmful_page.all(tag)
    ]
    assert "@import" not in harmful_page.source
    assert "url(" not in harmful_page.all("style")[0].text


def test_hostile_text_stays_text(harmful_page: Page) -> None:
    attributes = [name for element in harmful_page.elements for name in element.attributes]
    assert not [name for name in attributes if name.startswith("on") or name in {"style", "src"}]
    assert len(harmful_page.all("script")) == 1
    assert HOSTILE in harmful_page.by_id("records-table").text
    links = [link.attributes["href"] or "" for link in harmful_page.all("a")]
    assert all(link.startswith(("#", "https://example.org/")) for link in links)


def test_no_hidden_or_control_character_reaches_the_page(harmful_page: Page) -> None:
    assert not re.findall(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", harmful_page.source
    )
    assert (
        "NE40E[U+202E]-X8A[U+2066] [U+001B][31mred[U+0007][U+200B]"
        in harmful_page.by_id("records-table").text
    )


def test_a_very_long_cell_is_cut_and_says_by_how_much(harmful_page: Page) -> None:
    assert "A" * 500 not in harmful_page.source
    assert "(9,840 more characters)" in harmful_page.source


def test_every_table_has_a_caption_and_headers_with_a_scope(harmful_page: Page) -> None:
    for table in harmful_page.all("table"):
        assert table.all("caption")[0].words()
        assert all(header.attributes.get("scope") in {"col", "row", "rowgroup"} for header in table.all("th"))


def test_landmarks_headings_and_links_lead_somewhere(harmful_page: Page) -> None:
    assert harmful_page.all("html")[0].attributes["lang"] == "en"
    assert [len(harmful_page.all(tag)) for tag in ("main", "header", "footer", "nav", "h1")] == [1] * 5
    assert harmful_page.all("a")[0].attributes["href"] == "#main"
    ids = [element.attributes["id"] for element in harmful_page.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    for link in harmful_page.all("a"):
        target = link.attributes["href"] or ""
        assert not target.startswith("#") or target[1:] in ids
    for region in (one for one in harmful_page.elements if one.attributes.get("role") == "region"):
        assert region.attributes["tabindex"] == "0"
        assert region.attributes["aria-label"]


def test_an_answer_is_a_word_with_a_shape_not_a_colour(page: Page) -> None:
    for answer in (
        one for one in page.all("span") if (one.attributes.get("class") or "").startswith("answer ")
    ):
        shape = answer.children[0]
        assert shape.attributes["aria-hidden"] == "true"
        assert answer.words() != shape.words()


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_colours_have_the_contrast_of_wcag_aa(page: Page, scheme: str) -> None:
    blocks = re.findall(r":root \{(.*?)\n\s*\}", page.all("style")[0].text, re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#\w+);", blocks[["light", "dark", "print"].index(scheme)]))
    inks = set(colours) - {"ground", "line", "stripe", "panel", "mark", "on-prohibited", "focus"}
    for ground in ("ground", "stripe", "panel", "mark"):
        for ink in inks:
            assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
    assert contrast(colours["on-prohibited"], colours["prohibited"]) >= 4.5


def contrast(one: str, other: str) -> float:
    """Contrast of two colours by WCAG 2.2, 1.4.3."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_an_empty_inventory_gives_a_page_that_says_so(tmp_path: Path) -> None:
    words = page_of(screening_of([]), tmp_path).by_id("result").words()
    assert "The inputs hold no record: nothing was screened." in words


def test_hundreds_of_very_long_cells_leave_the_page_small(tmp_path: Path) -> None:
    screening = screening_of([hostile(f"{HOSTILE}{number}") for number in range(300)])
    write_report(screening, tmp_path / "report.html", records=2_000, sources=SOURCES)
    assert (tmp_path / "report.html").stat().st_size < 2_000_000


def test_print_leaves_out_details_of_what_is_not_covered_and_says_where_they_are(page: Page) -> None:
    said: dict[str, set[str | None]] = {}
    for body in page.by_id("records-table").all("tbody"):
        (summary,) = body.all("summary")
        said.setdefault(body.attributes["data-answer"], set()).add(summary.attributes.get("data-print"))
    (where,) = said.pop("not-covered")
    assert where is not None
    assert "see equipment.parquet" in where
    assert set.union(*said.values()) == {None}


def test_print_points_from_a_record_to_the_grounds_by_their_numbers(page: Page) -> None:
    (group,) = (body for body in page.by_id("records-table").all("tbody") if "A-001" in body.text)
    assert [link.attributes["data-ground"] for link in group.all("a")] == ["1", "2", "3"]
    (number,) = {th.attributes["data-ground"] for th in page.by_id("g2").all("th")}
    assert number == "2"
