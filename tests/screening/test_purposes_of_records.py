"""The purposes that records state are read as those of a question."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from clearband.directives.ask import ask
from clearband.directives.law import load_law
from clearband.directives.question import Questions
from clearband.directives.question_words import Question
from clearband.facts.equipment_words import equipment_words
from clearband.register import load_register
from clearband.screening.screen import screen
from clearband.screening.settings import Settings
from clearband.sources import read_inventory

LAW = load_law()
DAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("purpose", "answer"),
    [
        ("own money", "exempt"),
        ("own money and USF support", "prohibited"),
        ("cannot route user data; own money", "exempt"),
        ("police, own money", "exempt"),
        ("canteen", "prohibited"),
    ],
)
def test_a_record_is_answered_as_the_question_with_its_words(
    tmp_path: Path, purpose: str, answer: str
) -> None:
    path = tmp_path / "inventory.csv"
    path.write_text(f'id,manufacturer,type,purpose\n1,Huawei,router,"{purpose}"\n', encoding="utf-8")
    register = load_register()
    asked = Questions.default_for_inventory(LAW, DAY, actors=("usf-recipient",), actions=("fund",))
    record = screen(read_inventory([path]), Settings(asked), register, LAW).equipment.row(0, named=True)
    question = Question("huawei", "usf-recipient", "fund", DAY, "router", purpose)
    said = ask(question, LAW, register, lambda name: (name,), equipment_words())
    assert record["answer"] == said.answer.value == answer
