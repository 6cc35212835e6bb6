"""Clocks and statistics: what waits, what took how long, and what was overturned."""

from __future__ import annotations

from dataclasses import replace

from clearband.listing.due import due
from clearband.listing.statistics import Days, statistics
from clearband.model.authority import Clock
from clearband.model.listing import State
from tests.listing.made_list import AUTHORITY, MadeList, day
from tests.listing.test_states import revoked

CLOCKS = (Clock("submitted", 10, "accepted"), Clock("proposed", 30, "lapses"), Clock("appeal", 60, "upheld"))


def timed() -> MadeList:
    return MadeList(replace(AUTHORITY, clocks=CLOCKS))


def test_a_case_that_waits_longer_than_its_clock_is_told_with_what_silence_means() -> None:
    made = timed()
    made.step("submit", "2026-01-05")
    (found,) = due(made.replay, day("2026-01-10"), day("2026-02-01"))
    assert (str(found.day), found.what, found.about, found.then) == (
        "2026-01-15", "clock", "submitted", "silence: accepted")  # fmt: skip
    assert due(made.replay, day("2026-03-01"), day("2026-03-02")) == [found]  # overdue: still told
    made.step("accept", "2026-03-01")
    assert due(made.replay, day("2026-03-01"), day("2027-03-01")) == []


def test_an_appeal_has_a_clock_until_it_is_decided() -> None:
    made = timed()
    made.listed()
    revoked(made)
    made.step("appeal", "2026-04-10", refers="7")
    clocks = [one for one in due(made.replay, day("2026-05-01"), day("2027-01-01")) if one.what == "clock"]
    assert [(str(one.day), one.about, one.then) for one in clocks] == [
        ("2026-06-09", "appeal", "silence: upheld")
    ]


def test_what_steps_took_what_waits_and_what_was_late_is_counted() -> None:
    made = timed()
    made.step("submit", "2026-01-01")
    made.step("accept", "2026-01-21")
    made.step("assess", "2026-01-25")
    made.step("submit", "2026-02-01", entry="other")
    found = statistics(made.replay, None, day("2026-02-04"))
    assert found.took == {"accepted": Days(1, 4, 4, 4), "submitted": Days(1, 20, 20, 20)}
    assert found.waiting == {
        "application": Days(2, 18, 18, 34), "assessing": Days(1, 10, 10, 10), "submitted": Days(1, 3, 3, 3),
    }  # fmt: skip
    assert found.late == {"submitted": 1}


def test_outcomes_appeals_and_what_was_overturned_are_counted() -> None:
    made = timed()
    made.listed()
    revoked(made)
    made.step("appeal", "2026-04-10", refers="7")
    made.step("appeal-decided", "2026-05-10", refers="8", state=State.SUSPENDED, cause="partly-upheld")
    found = statistics(made.replay, None, day("2026-06-01"))
    assert found.outcomes == {"listed": 1, "revoked": 1}
    assert (found.appeals, found.causes, found.overturned) == (1, {"partly-upheld": 1}, 1)
    assert found.took["appeal"] == Days(1, 30, 30, 30)
    made.step("appeal", "2026-05-11", refers="9")
    made.step("appeal-decided", "2026-05-20", refers="10", state=State.SUSPENDED, cause="dismissed")
    assert (
        statistics(made.replay, None, day("2026-06-01")).overturned == 1
    )  # what was upheld is not overturned
    later = statistics(made.replay, day("2026-05-01"), day("2026-06-01"))
    assert (later.outcomes, later.appeals, later.overturned) == ({}, 1, 1)
    before = statistics(made.replay, None, day("2026-05-01"))
    assert (before.overturned, before.waiting["appeal"]) == (0, Days(1, 21, 21, 21))


def test_a_decision_that_holds_only_from_a_later_day_is_told_until_then() -> None:
    made = MadeList()
    made.proposed(State.LISTED, "2026-02-01")
    made.step("decide", "2026-06-01", recorded="2026-03-01", state=State.LISTED, until=day("2027-12-31"))
    told = [
        (str(one.day), one.what, one.about, one.then)
        for one in due(made.replay, day("2026-03-01"), day("2026-12-31"))
        if one.what != "reply-ends"
    ]
    assert told == [("2026-06-01", "takes-effect", "decide", "listed")]
    later = due(made.replay, day("2026-06-01"), day("2026-12-31"))
    assert [one for one in later if one.what == "takes-effect"] == []
