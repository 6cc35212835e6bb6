"""What changed in the law: exactly the situations that ``ask`` answers otherwise on the two sides."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import product

import pytest

from clearband.directives.ask import ask
from clearband.directives.diff import LawDiff, diff
from clearband.directives.diff_fold import boxes
from clearband.directives.diff_sides import STAND_INS, UNIDENTIFIED, UNREGISTERED, UNRELATED, Side
from clearband.directives.law import load_law
from clearband.directives.question_words import Question
from clearband.facts.equipment_words import equipment_words
from clearband.register.register import load_register
from tests.laws import THOROUGH

pytestmark = pytest.mark.unwatched  # whole comparisons; tests/cli/test_directives_diff.py is watched
ALIKE = ("hisilicon", "ezviz", "hikrobot", "amcrest", "kaspersky")
MAKERS = ("huawei", "hikvision", "lorex", "honor-device", *(ALIKE if THOROUGH else ()), *STAND_INS)
SOME_ACTORS = (
    "federal-agency",
    "federal-contractor",
    "usf-recipient",
    "advanced-communications-provider",
    "equipment-applicant",
    "exporter",
    "public-telecom-provider-uk",
)
ACTORS = () if THOROUGH else SOME_ACTORS
BOUNDARIES = (
    ("2019-08-12", "2019-08-13"),
    *([("2022-11-22", "2022-11-24"), ("2021-03-11", "2021-05-11"), ("2025-09-28", "2025-09-29")] * THOROUGH),
    ("2018-01-01", "2026-11-26"),
    ("2021-06-01 2018-01-01", "2021-06-01 2021-06-01"),
)
"""Days that are asked about; behind a blank the day of knowledge."""


def days(text: str) -> tuple[date, date | None]:
    on, _, known_on = text.partition(" ")
    return date.fromisoformat(on), date.fromisoformat(known_on) if known_on else None


def side(text: str) -> Side:
    return Side("packaged", "0" * 64, load_law(), load_register(), *days(text), {}, {}, {})


@lru_cache
def changes(a: str, b: str) -> LawDiff:
    return diff(side(a), side(b), makers=MAKERS, actors=ACTORS)


def asked(maker: str, actor: str, action: str, what: tuple[str | None, ...], on: str) -> str:
    ids = {UNIDENTIFIED: "unknown", UNREGISTERED: "Nobody Knows Them Ltd"}
    day, known_on = days(on)
    question = Question(
        ids.get(maker, maker), actor, action, day, what[0], what[1], what[2], known_on=known_on
    )
    register = load_register()

    def resolve(name: str) -> tuple[str, ...]:
        return (name,) if name == UNRELATED or name in register.organisations else ()

    return ask(question, load_law(), register, resolve, equipment_words()).answer.value


Situation = tuple[str, str, str, str | None, str | None, str | None]


def every(found: LawDiff) -> Iterator[tuple[Situation, tuple[str, str]]]:
    for change in found.changes:
        sets = (
            change.actors,
            change.actions,
            change.makers,
            change.equipment,
            change.purposes,
            change.made_in,
        )
        for one in product(*sets):
            yield one, (change.before.answer, change.after.answer)


def said(found: LawDiff, situation: Situation) -> list[tuple[str, str]]:
    """The changes that a comparison tells of one situation."""
    return [
        (change.before.answer, change.after.answer)
        for change in found.changes
        if all(
            value in values
            for value, values in zip(
                situation,
                (
                    change.actors,
                    change.actions,
                    change.makers,
                    change.equipment,
                    change.purposes,
                    change.made_in,
                ),
                strict=True,
            )
        )
    ]


@pytest.mark.parametrize("on", ["2019-08-13", "2026-11-26"])
def test_nothing_differs_from_itself(on: str) -> None:
    assert diff(side(on), side(on), makers=MAKERS, actors=ACTORS).changes == ()


@pytest.mark.parametrize(("a", "b"), BOUNDARIES)
def test_a_situation_is_told_exactly_if_ask_answers_it_otherwise(a: str, b: str) -> None:
    found = changes(a, b)
    chance, values = random.Random(a), found.values
    some = [
        tuple(chance.choice(one) for one in (
            values.actors, values.actions, values.makers, values.equipment, values.purposes, values.made_in
        ))
        for _ in range(10)
    ]  # fmt: skip
    # Among all situations few change: take some of those that are told, and their neighbours, too.
    for change in chance.sample(found.changes, min(2, len(found.changes))):
        told = (
            change.actors,
            change.actions,
            change.makers,
            change.equipment,
            change.purposes,
            change.made_in,
        )
        one = [chance.choice(part) for part in told]
        some.append(tuple(one))
        for place, part in enumerate(
            (values.actors, values.actions, values.makers, values.equipment, values.purposes, values.made_in)
        ):
            some.append((*one[:place], chance.choice(part), *one[place + 1 :]))
    for situation in some:
        actor, action, maker, *what = situation
        before = asked(maker, actor, action, tuple(what), a)  # type: ignore[arg-type]
        after = asked(maker, actor, action, tuple(what), b)  # type: ignore[arg-type]
        expected = [(before, after)] if before != after else []
        assert said(found, situation) == expected, situation  # type: ignore[arg-type]


@pytest.mark.parametrize(("a", "b"), BOUNDARIES[:1])
def test_the_other_way_round_the_answers_change_places(a: str, b: str) -> None:
    there = dict(every(changes(a, b)))
    back = {situation: (one, other) for situation, (other, one) in every(changes(b, a))}
    assert there == back
    assert there


def test_no_situation_is_told_twice() -> None:
    for a, b in BOUNDARIES[:2]:
        told = [situation for situation, _ in every(changes(a, b))]
        assert len(told) == len(set(told))


def test_the_day_after_part_b_began_what_a_contractor_uses_is_prohibited() -> None:
    found = diff(
        side("2020-08-12"), side("2020-08-13"), makers=["huawei", "lorex"], actors=["federal-contractor"]
    )
    situation = ("federal-contractor", "use", "huawei", "router", None, None)
    assert said(found, situation) == [("not-yet", "prohibited")]
    change = next(one for one in found.changes if "huawei" in one.makers)
    assert (change.after.directive, change.after.clause) == ("us-ndaa-fy2019-889-a1b", "own-use")
    assert [(one.date, one.what) for one in change.because] == [("2020-08-13", "effective")]


def test_a_tie_that_ended_in_between_is_the_reason() -> None:
    found = diff(side("2022-11-21"), side("2022-11-24"), makers=["lorex", "huawei"], actors=ACTORS[:3])
    assert {maker for change in found.changes for maker in change.makers} == {"lorex"}
    assert {(one.kind, one.subject, one.date) for change in found.changes for one in change.because} >= {
        ("ownership", "lorex", "2022-11-23")
    }


def test_what_was_known_on_two_days_is_compared_on_one_day() -> None:
    day = "2021-06-01"
    found = diff(side(f"{day} 2017-01-01"), side(f"{day} 2021-06-01"), makers=["huawei"], actors=ACTORS)
    assert ("not-covered", "prohibited") in {pair for _, pair in every(found)}


def test_an_edited_clause_is_listed_with_what_it_changes() -> None:
    raw = {
        "id": "x",
        "clauses": [{"id": "one", "says": "a"}],
        "timeline": [{"event": "effective", "date": "2020"}],
    }
    longer = {**raw, "clauses": [{"id": "one", "says": "b"}, {"id": "two", "says": "c"}]}
    on = "2021-01-01"
    a, b = replace(side(on), directives={"x": raw}), replace(side(on), directives={"x": longer, "y": raw})
    found = diff(a, b, makers=["huawei"])
    assert found.changes == ()
    assert [(edit.kind, edit.id, edit.change) for edit in found.edits] == [
        ("measure", "x", "edited"), ("measure", "y", "added"),
    ]  # fmt: skip
    assert [(part.part, part.name, part.change) for part in found.edits[0].parts] == [
        ("clauses", "one", "edited"), ("clauses", "two", "added"),
    ]  # fmt: skip


def test_boxes_hold_what_they_are_made_from_and_nothing_else() -> None:
    chance = random.Random(7)
    for _ in range(50):
        rows = {tuple(chance.randrange(4) for _ in range(3)) for _ in range(chance.randrange(1, 40))}
        told = [one for box in boxes(rows) for one in product(*box)]
        assert sorted(told) == sorted(rows)
    assert len(boxes(product(range(3), range(4), range(2)))) == 1
