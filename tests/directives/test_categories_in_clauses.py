"""A clause may name a kind of equipment where no class fits: camera, gnb."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearband.directives.ask import ask
from clearband.directives.directive_files import read_own
from clearband.directives.equipment_classes import EquipmentClasses
from clearband.directives.law import Law, law_of
from clearband.directives.question_words import Question
from clearband.facts.equipment_words import equipment_words
from clearband.facts.store import compiled
from clearband.register import load_register

from .conftest import POLICY, REGISTER
from .test_directive_files import lines


def law_on(folder: Path, equipment: str) -> Law:
    text = POLICY.replace("    from:", f"    equipment: {equipment}\n    from:")
    assert lines(folder, policy=text) == []
    own = [file.raw for file in read_own([folder], compiled(), load_register())]
    return law_of(compiled(), own).only(["acme-policy-7"])


def answer(law: Law, equipment: str | None) -> tuple[str, str | None]:
    on = law.measures["acme-policy-7"].timeline[0].latest
    question = Question("hytera", "any-us-person", "procure", on, equipment)
    said = ask(question, law, REGISTER, lambda name: (name,), equipment_words())
    return str(said.answer.value), said.question


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ("camera", "prohibited"),
        ("dome camera", "prohibited"),
        ("network video recorder", "prohibited"),
        ("router", "not-covered"),
        ("intercom", "not-covered"),
        ("handheld radio", "not-covered"),
        ("antivirus", "not-covered"),
        ("unspecified-equipment", "review"),
        ("network equipment", "review"),
        ("PCB", "review"),
        (None, "review"),
    ],
)
def test_a_kind_is_met_by_itself_and_asked_for_where_it_is_not_told(
    tmp_path: Path, stated: str | None, said: str
) -> None:
    found, question = answer(law_on(tmp_path, "[camera, video-recorder]"), stated)
    assert found == said
    if said == "review" and stated != "PCB" and stated != "network equipment":
        assert question is not None
        assert question.endswith("Caught is: network camera; video recorder")


@pytest.mark.parametrize(
    ("named", "stated", "said"),
    [
        ("core-router", "router", "review"),
        ("core-router", "edge router", "not-covered"),
        ("switch", "dc-router", "review"),
        ("gnb", "5G radio", "review"),
        ("gnb", "base station", "review"),
        ("gnb", "OLT", "not-covered"),
        ("managed-service", "service", "review"),
        ("managed-service", "unspecified-equipment", "not-covered"),
        ("security-software", "software", "review"),
    ],
)
def test_what_says_less_than_the_kind_is_a_question(
    tmp_path: Path, named: str, stated: str, said: str
) -> None:
    assert answer(law_on(tmp_path, f"[{named}]"), stated)[0] == said


def test_every_kind_can_be_named_or_is_refused_with_the_classes_that_hold_it(tmp_path: Path) -> None:
    kinds = [one["id"] for one in compiled().read("equipment")["categories"]]
    text = POLICY.replace("    from:", f"    equipment: [{', '.join(kinds)}]\n    from:")
    refused = lines(tmp_path, policy=text)
    assert 5 < len(refused) < len(kinds) / 5
    assert all("does not tell the kind; name a class: " in one for one in refused)


def test_what_is_called_not_told_cannot_be_named() -> None:
    nameable = EquipmentClasses.from_facts(compiled().read("equipment")).titles
    classes = {one["id"] for one in compiled().read("equipment")["classes"]}
    assert not [name for name, title in nameable.items() if "not told" in title and name not in classes]
