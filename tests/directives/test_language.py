"""The clause language: lists, licences, pending measures, and what a file may not say."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from clearband.directives.answer import AskAnswer
from clearband.directives.ask import ask
from clearband.directives.law import Law, build_law
from clearband.directives.question_words import Question
from clearband.errors import FactsError
from clearband.facts import store, yaml_text
from clearband.facts.equipment_words import equipment_words
from clearband.facts.schema.directives import DirectiveFile
from clearband.facts.store import compiled
from clearband.register import load_register

from .conftest import REGISTER


def measure(**changes: Any) -> dict[str, Any]:
    """A small measure; `changes` replace parts of it."""
    raw: dict[str, Any] = {
        "id": "xx-test",
        "title": "A measure for a test",
        "short_title": "Test measure",
        "jurisdiction": "US",
        "issuer": "Nobody",
        "citation": "none",
        "kind": "agency-rule",
        "force": "binding",
        "timeline": [{"date": "2020-01-01", "event": "effective"}],
        "actors": ["federal-agency"],
        "actions": ["procure"],
        "targets": [{"type": "criteria", "rule": "some test"}],
        "scope": {"equipment": ["telecom"]},
        "verified": "true",
        "sources": [],
        "evaluation": "pending",
    }
    return {**raw, **changes}


def clause(**changes: Any) -> dict[str, Any]:
    raw = {
        "id": "ban",
        "cite": "s. 1",
        "effect": "prohibits",
        "says": "do not buy it",
        "actors": ["federal-agency"],
        "actions": ["procure"],
        "makers": {"named": [{"org": "nokia"}]},
        "from": "effective 2020-01-01",
    }
    return {**raw, **changes}


def compiled_form(raw: dict[str, Any]) -> dict[str, Any]:
    return DirectiveFile.model_validate(raw).model_dump(mode="json", exclude_none=True, by_alias=True)


def law_of(*raws: dict[str, Any]) -> Law:
    facts = compiled()
    return build_law([compiled_form(raw) for raw in raws], facts.read("equipment"), facts.read("vocabulary"))


def asked(
    law: Law,
    maker: str = "nokia",
    equipment: str | None = "switch",
    on: str = "2021-06-01",
    actor: str = "federal-agency",
) -> AskAnswer:
    question = Question(maker, actor, "procure", date.fromisoformat(on), equipment)
    return ask(question, law, REGISTER, lambda name: (name,), equipment_words())


def test_a_pending_measure_that_may_reach_is_a_review_that_says_read_it() -> None:
    said = asked(law_of(measure()))
    assert said.answer == "review"
    assert said.question == "read Test measure: its clauses are not evaluated yet"


@pytest.mark.parametrize(
    ("maker", "equipment", "on", "answer"),
    [
        ("huawei", "switch", "2021-06-01", "review"),
        ("hisilicon", "switch", "2021-06-01", "review"),
        ("nokia", "switch", "2021-06-01", "not-covered"),
        ("huawei", "drone", "2021-06-01", "review"),
        ("huawei", "testing service", "2021-06-01", "not-covered"),
        ("huawei", "switch", "2019-12-31", "not-covered"),
    ],
)
def test_a_pending_measure_that_names_makers_means_them_and_their_relatives_while_in_force(
    maker: str, equipment: str, on: str, answer: str
) -> None:
    named = {"type": "named", "names": ["Huawei"], "organisations": ["huawei"]}
    assert asked(law_of(measure(targets=[named])), maker, equipment, on).answer == answer


def test_a_pending_measure_that_does_not_say_what_it_is_about_clears_nothing() -> None:
    assert asked(law_of(measure(scope={})), "nokia", "switch").answer == "review"


def test_a_pending_measure_never_hides_what_another_prohibits() -> None:
    ban = measure(id="xx-ban", evaluation="clauses", clauses=[clause()])
    assert asked(law_of(measure(), ban)).answer == "prohibited"


def test_a_clause_covers_the_entries_of_another_measure_each_from_its_own_day() -> None:
    listing = measure(
        id="xx-list",
        evaluation="clauses",
        entries=[
            {"id": "first", "added": "2020-06-01", "makers": {"named": [{"org": "nokia"}]}},
            {"id": "second", "added": "2022-06-01", "makers": {"named": [{"org": "huawei"}]}},
        ],
        clauses=[clause(id="listed", effect="enables", covers="xx-list")],
    )
    rule = clause(covers="xx-list", delay_days="30")
    del rule["makers"]
    law = law_of(listing, measure(evaluation="clauses", clauses=[rule]))
    assert asked(law, on="2020-06-30").answer == "not-yet"
    assert asked(law, on="2020-07-01").answer == "prohibited"
    assert asked(law, "huawei").because[0].date == "2022-07-01"


def test_a_licence_relaxes_another_measure_and_its_end_brings_the_prohibition_back() -> None:
    ban = measure(id="xx-ban", evaluation="clauses", clauses=[clause()])
    licence = clause(id="licence", effect="licenses", relaxes="xx-ban", through={"date": "2021-12-31"})
    del licence["makers"]
    law = law_of(ban, measure(evaluation="clauses", clauses=[licence]))
    during, after = asked(law, on="2021-12-31"), asked(law, on="2022-01-01")
    assert (during.answer, during.because[0].directive) == ("exempt", "xx-test")
    assert (after.answer, after.because[0].date) == ("prohibited", "2021-12-31")


def test_an_unknown_exception_only_stands_in_what_would_change_unless_the_law_makes_it_a_question() -> None:
    exception = {"id": "waiver", "text": "a waiver", "when": {"approvals": ["agency-waiver"]}}
    ignored = law_of(measure(evaluation="clauses", clauses=[clause(exceptions=[exception])]))
    assert asked(ignored).answer == "prohibited"
    assert "the exception: a waiver" in asked(ignored).would_change
    question = {**exception, "if_unknown": "review", "question": "is there a waiver?"}
    open_question = law_of(measure(evaluation="clauses", clauses=[clause(exceptions=[question])]))
    assert (asked(open_question).answer, asked(open_question).question) == ("review", "is there a waiver?")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"clauses": [clause(surprise="1")], "evaluation": "clauses"}, "surprise"),
        ({"clauses": [clause(actors=[])], "evaluation": "clauses"}, "at least 1 item"),
        ({"clauses": [clause(delay_days="-1")], "evaluation": "clauses"}, "greater than or equal"),
        ({"cases": [{"on": "2026-02-30"}]}, "no day of the calendar"),
        ({"timeline": [{"date": "2020-13-01", "event": "effective"}]}, "date"),
        ({"clauses": [clause(makers={})], "evaluation": "clauses"}, "does not say whose products"),
    ],
)  # fmt: skip
def test_a_file_that_does_not_fit_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        compiled_form(measure(**changes))


def test_a_clause_that_covers_nothing_is_refused() -> None:
    raw = measure(evaluation="clauses", clauses=[clause(covers="xx-nowhere")])
    with pytest.raises(FactsError, match='"xx-nowhere" is no measure with entries'):
        law_of(raw)


def test_every_word_that_the_law_uses_is_in_the_vocabulary(law: Law) -> None:
    for limb in law.limbs:
        law.vocabulary.check(limb.actors, limb.actions)
        assert {c for group in limb.equipment for c in group} <= set(law.equipment.titles)
        assert {p for group in limb.purposes for p in group} <= set(law.purposes.ids)
        for exemption in limb.exemptions:
            assert set(exemption.equipment) <= set(law.equipment.titles)
            assert set(exemption.purposes) <= set(law.purposes.ids)
            assert set(exemption.approvals) <= set(law.approvals.ids)


def test_every_maker_that_the_law_names_is_in_the_register(law: Law) -> None:
    named = {named.org for limb in law.limbs for rule in limb.makers for named in rule.named}
    assert named <= set(load_register().organisations)


def test_all_measures_of_the_facts_are_there() -> None:
    directives = compiled().read("directives")
    assert len(directives) == 53
    assert all(raw["timeline"] and raw["sources"] for raw in directives)


def test_a_file_may_leave_out_what_its_clauses_say_already() -> None:
    short = {key: value for key, value in measure().items() if key in ("id", "title", "jurisdiction")}
    form = compiled_form(
        {
            **short,
            "issuer": "Our company",
            "citation": "policy 7",
            "kind": "policy",
            "force": "binding",
            "timeline": [{"date": "2020-01-01", "event": "effective"}],
            "clauses": [clause()],
        }
    )
    assert (form["short_title"], form["evaluation"]) == (form["title"], "clauses")
    assert (form["actors"], form["actions"]) == (["federal-agency"], ["procure"])


def test_the_packaged_measures_are_law_and_say_what_their_readers_must_know() -> None:
    folder = Path(str(store.ROOT)) / "directives"
    stated = {"short_title", "actors", "actions", "targets", "scope", "verified", "sources", "evaluation"}
    for path in sorted(folder.glob("*/*.yaml")):
        raw = yaml_text.load(path)
        assert stated <= set(raw), path.name
        assert raw.get("status", "law") == "law"
