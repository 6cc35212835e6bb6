"""The life of the measures: what is drawn, and that every form says the same."""

from __future__ import annotations

import html as markup
from datetime import date

from clearband.directives.law import load_law
from clearband.directives.timeline import Row, Timeline, timeline
from clearband.register import load_register
from clearband.reports.timeline.picture import html, svg
from clearband.reports.timeline.terminal import lines

ON = date(2026, 11, 26)


def drawn(*directives: str, known_on: date | None = None, maker: str | None = None) -> Timeline:
    register = load_register()
    links = register.owners_of(maker) if maker else ()
    return timeline(
        load_law(), register, ON, known_on=known_on, maker=maker, links=links, directives=directives
    )


def only(found: Timeline) -> Row:
    assert len(found.rows) == 1
    return found.rows[0]


def test_a_bar_begins_on_the_day_a_clause_does_and_events_stand_where_they_happened() -> None:
    row = only(drawn("us-ndaa-fy2019-889-a1a"))
    assert {("prohibits", date(2019, 8, 13), None)} <= {(s.what, s.begins, s.ends) for s in row.spans}
    assert ("signed", "2018-08-13") in {(mark.event, mark.text) for mark in row.marks}


def test_a_stay_ends_the_bar_and_the_rule_that_comes_back_has_another() -> None:
    spans = [(s.begins, s.ends) for s in only(drawn("us-bis-affiliates-rule")).spans]
    assert spans == [(date(2025, 9, 29), date(2025, 11, 10)), (date(2026, 11, 10), None)]


def test_what_was_announced_later_is_not_drawn() -> None:
    early = only(drawn("us-bis-affiliates-rule", known_on=date(2025, 10, 1)))
    assert [(s.begins, s.ends) for s in early.spans] == [(date(2025, 9, 29), None)]
    assert drawn("us-fcc-25-71", known_on=date(2020, 1, 1)).rows == ()


def test_of_a_maker_its_owners_go_first_and_only_measures_that_mean_it_follow() -> None:
    found = drawn(maker="lorex")
    owners = [row for row in found.rows if row.force == "maker"]
    assert any("Dahua" in row.title and row.spans[0].ends == date(2022, 11, 23) for row in owners)
    ids = {row.id for row in found.rows}
    assert "us-ndaa-fy2019-889-a1a" in ids
    assert "us-ndaa-fy2018-1634-kaspersky" not in ids


def test_of_a_maker_only_what_was_known_is_drawn() -> None:
    owners = [row for row in drawn(maker="lorex", known_on=date(2019, 1, 1)).rows if row.force == "maker"]
    assert not any("Skywatch" in row.title for row in owners)
    dahua = next(row for row in owners if "Dahua" in row.title)
    assert dahua.spans[0].ends is None


def test_no_line_is_wider_than_the_terminal_and_each_measure_has_one() -> None:
    found = drawn()
    shown = list(lines(found, 100))
    assert max(map(len, shown)) <= 100
    assert sum(line.startswith("  ") for line in shown) >= len(found.rows)


def test_every_event_of_the_drawing_is_in_the_table_and_nothing_runs() -> None:
    found = drawn("uk-designated-vendor-direction-huawei-2022")
    page = html(found)
    for mark in only(found).marks:
        assert f"{mark.text} {mark.event}" in page
    assert "<script" not in page
    assert "default-src 'none'" in markup.unescape(page)
    assert "http" not in svg(found, alone=True).replace("http://www.w3.org/2000/svg", "")
