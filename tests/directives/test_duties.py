"""Duties with clocks: the day on which each is due, in the calendar of the jurisdiction."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pydantic import ValidationError

from clearband.cli.main import main
from clearband.directives.answer import AskAnswer
from clearband.directives.ask import ask
from clearband.directives.calendars import add_business_days, calendar_name
from clearband.directives.question_words import Question
from clearband.facts.equipment_words import equipment_words

from .conftest import REGISTER
from .test_language import asked as asked_of
from .test_language import clause, compiled_form, law_of, measure


@pytest.mark.parametrize(
    ("day", "count", "jurisdiction", "due"),
    [
        ("2026-11-24", 1, "US", "2026-11-25"),  # Tuesday
        ("2026-11-25", 1, "US", "2026-11-27"),  # the day before Thanksgiving
        ("2026-11-27", 1, "US", "2026-11-30"),  # Friday
        ("2026-11-28", 1, "US", "2026-11-30"),  # Saturday
        ("2026-12-24", 1, "US", "2026-12-28"),  # Christmas on a Friday
        ("2026-07-02", 1, "US", "2026-07-06"),  # 4 July on a Saturday, kept on Friday
        ("2026-12-31", 1, "US", "2027-01-04"),  # over the end of the year
        ("2026-12-24", 1, "UK", "2026-12-29"),  # Boxing Day in lieu on Monday
        ("2026-12-24", 1, "EU", "2026-12-25"),  # no calendar of its own
        ("2026-11-27", 10, "US", "2026-12-11"),
    ],
)
def test_business_days_leave_out_weekends_and_holidays(
    day: str, count: int, jurisdiction: str, due: str
) -> None:
    assert add_business_days(date.fromisoformat(day), count, jurisdiction).isoformat() == due


def test_a_jurisdiction_without_calendar_says_so() -> None:
    assert calendar_name("EU") == "no public holidays left out"


def asked(*more: str) -> dict[str, Any]:
    arguments = ["ask", "--json", "--maker", "Huawei", "--equipment", "router", "--actor",
                 "federal-contractor", "--action", "use", *more]  # fmt: skip
    answer: dict[str, Any] = json.loads(CliRunner().invoke(main, arguments, catch_exceptions=False).stdout)
    return answer


def test_the_second_report_counts_from_the_day_the_first_is_due() -> None:
    said = asked("--on", "2026-11-26", "--found-on", "2026-11-25")
    due = {(one["due"], one["counted_from"]) for one in said["deadlines"]}
    assert due == {("2026-11-27", "2026-11-25"), ("2026-12-11", "2026-11-27")}
    assert any(text.endswith("US federal holidays)") for text in said["duties"])


def test_without_a_day_of_finding_the_clock_runs_from_the_day_of_the_question() -> None:
    assert {one["counted_from"] for one in asked("--on", "2026-06-01")["deadlines"]} == {
        "2026-06-01",
        "2026-06-02",
    }


def test_a_deadline_that_is_past_says_so() -> None:
    said = asked("--on", "2026-11-26", "--found-on", "2026-01-05")
    assert all(one["overdue"] for one in said["deadlines"])
    assert any("which is past" in text for text in said["duties"])


def test_a_law_that_is_not_in_force_yet_owes_nothing() -> None:
    assert "deadlines" not in asked("--on", "2018-09-01")


def test_duties_of_the_same_words_keep_their_own_days() -> None:
    duties = [
        {"text": "report", "id": "first", "days": "1"},
        {"text": "report", "days": "2", "after": "first"},
    ]
    law = law_of(measure(evaluation="clauses", clauses=[clause(duties=duties)]))
    texts = [text.partition(" (")[0] for text in asked_of(law).duties]
    assert texts == ["report: by Wed 2021-06-02", "report: by Fri 2021-06-04"]


@pytest.mark.parametrize("keys", [{}, {"days": "3", "business_days": "3"}, {"days": "0"}])
def test_a_duty_with_keys_has_exactly_one_clock(keys: dict[str, str]) -> None:
    duty = {"text": "report", **keys}
    with pytest.raises(ValidationError):
        compiled_form(measure(evaluation="clauses", clauses=[clause(duties=[duty])]))


def due(duties: list[Any], on: str = "2021-06-01", found_on: str | None = None, **changes: Any) -> list[str]:
    """The duties of a clause in force since 2020-01-01, as answered: text and day."""
    timeline = [{"date": "2020-01-01", "event": "effective"}, {"date": "2021-03-06", "event": "amended"}]
    raw = measure(evaluation="clauses", timeline=timeline, clauses=[clause(duties=duties, **changes)])
    return [text.partition(" (")[0] for text in answered(raw, on, found_on).duties]


def answered(
    raw: dict[str, Any], on: str = "2021-06-01", found_on: str | None = None, purpose: str | None = None
) -> AskAnswer:
    question = Question(
        "nokia",
        "federal-agency",
        "procure",
        date.fromisoformat(on),
        "switch",
        purpose,
        found_on=date.fromisoformat(found_on) if found_on else None,
    )
    return ask(question, law_of(raw), REGISTER, lambda name: (name,), equipment_words())


@pytest.mark.parametrize(
    ("found_on", "day"),
    [
        ("2021-03-30", "report: by Wed 2021-03-31"),
        ("2021-03-31", "report: by Wed 2021-03-31"),
        ("2021-04-01", "report: by Thu 2022-03-31"),
        ("2019-05-01", "report: by Tue 2020-03-31"),  # the clause began in 2020
    ],
)
def test_a_yearly_duty_is_due_on_the_first_such_day_after_the_finding(found_on: str, day: str) -> None:
    on = max("2020-01-01", found_on)
    assert due([{"text": "report", "yearly": "03-31"}], on, found_on) == [day]


def test_a_yearly_duty_of_a_past_finding_is_past_and_the_next_one_is_ahead() -> None:
    duty = [{"text": "report", "yearly": "03-31"}]
    both = ["report: by Wed 2021-03-31, which is past", "report: by Thu 2022-03-31"]
    assert due(duty, "2021-06-01", "2021-01-04") == both
    assert due(duty, "2021-03-31", "2021-01-04") == ["report: by Wed 2021-03-31"]


def test_days_count_from_an_event_of_the_timeline_whenever_it_was_found() -> None:
    counted = [{"text": "certify", "days": "90", "after": "amended 2021-03-06"}]
    assert due(counted, found_on="2020-05-05") == ["certify: by Fri 2021-06-04"]
    counted = [{"text": "certify", "business_days": "1", "after": "amended 2021-03-06"}]
    assert due(counted, "2021-03-01") == ["certify: by Mon 2021-03-08"]


def test_what_the_law_wants_by_a_day_is_told_before_the_clause_begins_and_only_then_ahead() -> None:
    later: dict[str, Any] = {"from": {"date": "2027-12-31", "known_from": "2021-01-01"}}
    duties = ["tell somebody", {"text": "remove it", "by": "2027-12-31"}, {"text": "report", "days": "3"}]
    assert due(duties, "2026-11-26", **later) == ["remove it: by Fri 2027-12-31"]
    assert due([{"text": "remove it", "by": "2026-01-01"}], "2026-11-26", **later) == []
    assert len(due(duties, "2028-01-01", **later)) == 3
    assert "remove it: by Fri 2027-12-31, which is past" in due(duties, "2028-01-01", **later)


def test_a_day_still_ahead_is_told_only_of_makers_that_the_clause_means() -> None:
    later: dict[str, Any] = {"from": {"date": "2027-12-31", "known_from": "2021-01-01"}}
    duties = [{"text": "remove it", "by": "2027-12-31"}]
    assert due(duties, makers={"named": [{"org": "huawei"}]}, **later) == []


def test_nothing_is_counted_from_before_the_clause_began() -> None:
    assert due([{"text": "report", "days": "1"}], "2020-01-01", "2019-05-01") == ["report: by Thu 2020-01-02"]


def test_a_duty_that_was_changed_is_owed_as_it_was_on_the_day_of_finding() -> None:
    duties = [
        {"text": "report", "id": "old", "days": "1", "until": "amended 2021-03-06"},
        {"text": "say more", "days": "10", "after": "old"},
        {"text": "report", "id": "new", "days": "3", "from": "amended 2021-03-06"},
        {"text": "say more", "days": "20", "after": "new"},
    ]
    assert due(duties, "2021-03-05") == ["report: by Sat 2021-03-06", "say more: by Tue 2021-03-16"]
    assert due(duties, "2021-03-06") == ["report: by Tue 2021-03-09", "say more: by Mon 2021-03-29"]


def test_an_exception_that_holds_leaves_nothing_to_do() -> None:
    for_sale = [{"id": "e", "text": "own money", "when": {"purposes": ["own-money"]}}]
    raw = measure(
        evaluation="clauses",
        clauses=[clause(duties=[{"text": "remove it", "by": "2027-12-31"}], exceptions=for_sale)],
    )
    assert answered(raw, purpose="own money").deadlines == ()
    assert len(answered(raw).deadlines) == 1


def test_a_day_that_nobody_confirmed_says_so() -> None:
    duty = {"text": "go", "by": "2027-01-01", "verified": "false"}
    raw = measure(evaluation="clauses", clauses=[clause(duties=[duty])])
    assert answered(raw).duties == ("go: by Fri 2027-01-01 (the day that the law names; not verified)",)


@pytest.mark.parametrize(
    "keys",
    [
        {"yearly": "02-29"},
        {"yearly": "3-31"},
        {"yearly": "03-31", "days": "3"},
        {"by": "2027-01-01", "after": "effective 2020-01-01"},
    ],
)
def test_a_clock_that_cannot_be_meant_is_refused(keys: dict[str, str]) -> None:
    duty = {"text": "report", **keys}
    with pytest.raises(ValidationError):
        compiled_form(measure(evaluation="clauses", clauses=[clause(duties=[duty])]))


@pytest.mark.parametrize(
    ("event", "what", "remedy"),
    [
        ("effective 2020-02-01", "is no event of the timeline", "write NAME DATE"),
        ("amended 2021-03", "which is no day", "give its day in the timeline"),
        ("proposed 2019-01-01", "never begins", "count from an event that is law"),
    ],
)
def test_days_are_counted_only_from_an_event_with_a_day(
    event: str, what: str, remedy: str, tmp_path: Path
) -> None:
    raw = f"""
id: northfield-policy-9
title: A policy
jurisdiction: US
issuer: Northfield
citation: none
kind: policy
force: binding
timeline:
  - {{date: 2019-01-01, event: proposed}}
  - {{date: 2020-01-01, event: effective}}
  - {{date: 2021-03, event: amended}}
clauses:
  - id: buying
    cite: s. 1
    effect: prohibits
    says: nothing of Nokia
    actors: [federal-agency]
    actions: [procure]
    makers: {{named: [{{org: nokia}}]}}
    from: effective 2020-01-01
    duties:
      - {{text: certify, days: 30, after: {event}}}
"""
    (tmp_path / "policy.yaml").write_text(raw, encoding="utf-8")
    result = CliRunner().invoke(main, ["directives", "check", str(tmp_path)], standalone_mode=False)
    assert result.return_value == 3
    line = next(line for line in result.output.splitlines() if what in line)
    assert "line 23: clauses[0].duties[0].after" in line
    assert remedy in line


def days(maker: str, equipment: str, actor: str, action: str, on: str, *more: str) -> list[str]:
    """The deadlines that the packaged law gives an answer, as measure and day."""
    arguments = [
        "ask",
        "--json",
        "--maker",
        maker,
        "--equipment",
        equipment,
        "--actor",
        actor,
        "--action",
        action,
    ]
    done = CliRunner().invoke(main, [*arguments, "--on", on, *more], catch_exceptions=False)
    return [f"{one['directive']} {one['due']}" for one in json.loads(done.stdout).get("deadlines", ())]


UK = "uk-designated-vendor-direction-huawei-2022"
OPERATOR = "public-telecom-provider-uk"
KASPERSKY = "us-ndaa-fy2018-1634-kaspersky"
DFARS = "us-ndaa-fy2018-1656"


@pytest.mark.parametrize(
    ("maker", "equipment", "actor", "action", "on", "expected"),
    [
        ("Huawei", "gnb", OPERATOR, "remove", "2026-11-26", [f"{UK} 2027-12-31"]),
        # Whether the router serves 5G is not told: what it would owe then is.
        ("Huawei", "core router", OPERATOR, "use", "2023-06-30", [
            f"{UK} {day}" for day in ("2023-01-28", "2023-12-31", "2027-12-31")
        ]),
        ("Huawei", "olt", OPERATOR, "use", "2023-01-01", [f"{UK} 2023-01-28", f"{UK} 2023-10-31"]),
        ("Nokia", "gnb", OPERATOR, "use", "2026-11-26", []),
        ("Huawei", "gnb", OPERATOR, "use", "2022-12-01", [
            f"{UK} {day}" for day in ("2023-01-28", "2023-07-31", "2027-12-31")
        ]),
        ("Huawei", "5G core", "public-telecom-provider-de", "use", "2026-11-26",
         ["de-5g-agreements-2024 2026-12-31"]),
        ("ZTE", "gnb", "public-telecom-provider-se", "use", "2024-11-26",
         ["se-pts-5g-licence-conditions-2020 2025-01-01"]),
        # Canada only asks: advice leaves nothing to do.
        ("Huawei", "gnb", "public-telecom-provider-ca", "use", "2026-11-26", []),
        ("Kaspersky", "antivirus", "federal-agency", "use", "2017-11-12", [
            f"{KASPERSKY} {day}" for day in ("2017-11-12", "2017-12-12")
        ]),
        ("Kaspersky", "antivirus", "federal-agency", "use", "2026-11-26", []),
        ("Kaspersky", "antivirus", "federal-contractor", "procure", "2023-12-01", [
            f"{KASPERSKY} {day}" for day in ("2023-12-04", "2023-12-18")  # 1 and 10 business days
        ]),
        ("Kaspersky", "antivirus", "federal-contractor", "procure", "2023-12-04", [
            f"{KASPERSKY} {day}" for day in ("2023-12-07", "2023-12-21")  # 3 and 10
        ]),
    ],
)  # fmt: skip
def test_a_day_is_told_to_whom_the_law_binds(
    maker: str, equipment: str, actor: str, action: str, on: str, expected: list[str]
) -> None:
    ours = {UK, KASPERSKY, "de-5g-agreements-2024", "se-pts-5g-licence-conditions-2020"}
    told = days(maker, equipment, actor, action, on)
    assert [one for one in told if one.partition(" ")[0] in ours] == expected


def test_defence_contractors_have_three_and_thirty_business_days_since_2021() -> None:
    told = {
        on: [
            one.partition(" ")[2]
            for one in days(
                "Huawei", "router", "federal-contractor", "procure", on, "--purpose", "nuclear deterrence"
            )
            if one.startswith(DFARS)
        ]
        for on in ("2021-01-14", "2021-01-15")
    }  # 18 January and 15 February 2021 were holidays
    assert told == {"2021-01-14": ["2021-01-15", "2021-02-01"], "2021-01-15": ["2021-01-21", "2021-03-05"]}


def test_what_is_in_the_network_is_reported_by_the_end_of_march() -> None:
    report = "us-secure-networks-act"
    for on, day in (("2022-03-01", "2022-05-05"), ("2026-11-26", "2027-03-31"), ("2027-03-31", "2027-03-31")):
        told = days("Huawei", "rru", "advanced-communications-provider", "report", on)
        assert told == [f"{report} {day}"]


def test_a_duty_of_some_actors_is_owed_by_them_alone() -> None:
    report = {"text": "report", "days": 1, "actors": ["federal-contractor"]}
    certify = {"text": "certify", "actors": ["federal-contractor"]}
    of_two = clause(actors=["federal-agency", "federal-contractor"], duties=["remove", report, certify])
    law = law_of(measure(evaluation="clauses", actors=of_two["actors"], clauses=[of_two]))
    owed = {actor: asked_of(law, actor=actor) for actor in of_two["actors"]}
    assert owed["federal-agency"].duties == ("remove",)
    assert owed["federal-agency"].deadlines == ()
    assert [text.partition(":")[0] for text in owed["federal-contractor"].duties] == [
        "remove",
        "report",
        "certify",
    ]
    assert [reason.clause for reason in owed["federal-agency"].because] == [of_two["id"]]


def test_an_agency_does_not_owe_the_reports_of_its_contractors() -> None:
    arguments = ["ask", "--json", "--maker", "Huawei", "--equipment", "router", "--actor", "federal-agency",
                 "--action", "procure", "--on", "2026-11-26"]  # fmt: skip
    said = json.loads(CliRunner().invoke(main, arguments, catch_exceptions=False).stdout)
    assert said["answer"] == "prohibited"
    assert "deadlines" not in said
    assert any("a contractor that finds covered equipment must report it" in text for text in said["duties"])


def _ask(maker: str, actor: str, action: str, *more: str) -> list[dict[str, Any]]:
    arguments = ["ask", "--json", "--maker", maker, "--actor", actor, "--action", action, *more]
    answer = json.loads(CliRunner().invoke(main, arguments, catch_exceptions=False).stdout)
    found: list[dict[str, Any]] = answer["deadlines"]
    return found


def test_a_report_that_was_missed_is_told_beside_the_next_one() -> None:
    said = _ask("huawei", "advanced-communications-provider", "report", "--equipment", "router",
                "--on", "2022-06-01", "--found-on", "2022-03-01")  # fmt: skip
    assert [(one["due"], one["overdue"]) for one in said] == [("2022-05-05", True), ("2023-03-31", False)]


def test_terms_are_those_that_were_known_on_the_day_of_knowledge() -> None:
    kaspersky = ("kaspersky", "federal-contractor", "procure", "--equipment", "software",
                 "--on", "2023-12-10", "--found-on", "2023-12-05")  # fmt: skip
    assert _ask(*kaspersky)[0]["clock"].startswith("3 business days")
    assert _ask(*kaspersky, "--known-on", "2023-06-01")[0]["clock"].startswith("1 business day ")
