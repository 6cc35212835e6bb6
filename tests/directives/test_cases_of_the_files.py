"""Every directive file carries examples of its law; here they are asked, of that measure alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from clearband.directives.ask import AskAnswer, Question, ask
from clearband.directives.law import Law
from clearband.facts.equipment_words import equipment_words
from clearband.facts.store import compiled

from .conftest import SmallRegister

DIRECTIVES: list[dict[str, Any]] = compiled().read("directives")
CASES = [
    pytest.param(raw["id"], case, id=f"{raw['id']}-{case['on']}-{case['action']}-{case['answer']}")
    for raw in DIRECTIVES
    for case in raw.get("cases", ())
]
KNOWN = frozenset(
    {
        "huawei",
        "zte",
        "hytera",
        "hikvision",
        "dahua",
        "kaspersky",
        "kaspersky-lab-inc",
        "china-unicom-americas",
        "china-unicom-group",
        "dji",
        "nokia",
        "alibaba",
        "smic",
        "ymtc",
        "acronis",
        "h3c",
        "honor-device",
        "lorex",
        "tp-link-technologies",
    }
)
"""Makers of the examples that the register of these tests knows."""


def _ask(directive: str, case: dict[str, Any], law: Law, register: SmallRegister) -> AskAnswer:
    question = Question(
        maker=case["maker"],
        actor=case["actor"],
        action=case["action"],
        on=date.fromisoformat(case["on"]),
        equipment=case.get("equipment"),
        purpose=case.get("purpose"),
        made_in=case.get("made_in"),
        holding=case.get("holding"),
        known_on=date.fromisoformat(case["known_on"]) if "known_on" in case else None,
        obtained=date.fromisoformat(case["obtained"]) if "obtained" in case else None,
    )
    related = [directive, *(raw["id"] for raw in DIRECTIVES if _relaxes(raw, directive))]
    return ask(
        question,
        law.only(related),
        register,
        lambda name: (name,) if name in KNOWN else (),
        equipment_words(),
    )


def _relaxes(raw: dict[str, Any], directive: str) -> bool:
    return any(clause.get("relaxes") == directive for clause in raw.get("clauses", ()))


@pytest.mark.parametrize(("directive", "case"), CASES)
def test_the_example_in_the_file_has_the_answer_it_states(
    directive: str, case: dict[str, Any], law: Law, register: SmallRegister
) -> None:
    said = _ask(directive, case, law, register)
    assert said.answer == case["answer"], said.as_json()
    if "date" in case:
        assert said.because[0].date == case["date"]


@pytest.mark.parametrize("raw", DIRECTIVES, ids=lambda raw: raw["id"])
def test_a_binding_measure_with_clauses_shows_its_boundary_days(raw: dict[str, Any]) -> None:
    prohibits = [c for c in raw.get("clauses", ()) if c["effect"] == "prohibits"]
    assert not prohibits or len(raw["cases"]) >= 2
