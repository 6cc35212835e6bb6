"""The dated questions of the facts, asked through the real command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from clearband.cli.main import main

FACTS = Path(__file__).parents[2].parent / "shared" / "facts" / "directives.yaml"


def _questions() -> list[Any]:
    if not FACTS.is_file():
        return [pytest.param({}, marks=pytest.mark.skip(reason="../shared/facts is not here"))]
    document = yaml.load(FACTS.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return [
        pytest.param(question, id=f"{number}-{question['answer']}-{question['because']['directive']}")
        for number, question in enumerate(document["timeline_check"], start=1)
    ]


@pytest.mark.parametrize("question", _questions())
def test_each_question_gets_its_answer_from_its_measure_and_date(question: dict[str, Any]) -> None:
    arguments = ["ask", "--json"]
    for option, key in (
        ("--maker", "maker"),
        ("--equipment", "equipment"),
        ("--purpose", "purpose"),
        ("--made-in", "country_of_production"),
        ("--actor", "actor"),
        ("--action", "action"),
        ("--on", "on"),
    ):
        if key in question:
            arguments += [option, question[key]]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    said = json.loads(result.stdout)
    first = said["because"][0]
    assert (said["answer"], first["directive"], first["date"]) == (
        question["answer"],
        question["because"]["directive"],
        question["because"]["date"],
    )
