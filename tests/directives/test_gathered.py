"""One question is one finding: limbs of a clause, and clauses of a measure about a maker nobody knows."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import polars as pl
import pytest

from clearband.directives import evaluate as evaluating
from clearband.directives.evaluate import evaluate
from clearband.directives.law import Law, load_law
from clearband.directives.question import Questions
from clearband.directives.reached import record_of
from clearband.model.directive import Force

from .conftest import SmallRegister
from .test_evaluate import AGENCY, item, table

EVERYBODY = Questions.default_for_inventory(load_law(), date(2026, 11, 1))
KINDS = [None, "router", "consumer-router", "camera", "ran-5g", "mobile-core", "telecom-service", "handset"]
UNKNOWN = [item(maker, kind, made_in=made_in)
           for maker, kind, made_in in product((None, "acme"), KINDS, (None, "CN", "US"))]  # fmt: skip
KNOWN = [item(maker, kind) for maker, kind in product(("huawei", "hytera", "nokia", "some-brand"), KINDS)]


def test_an_unknown_maker_has_one_finding_a_measure_and_only_of_measures_that_bind(
    law: Law, register: SmallRegister
) -> None:
    findings = evaluate(table(UNKNOWN), EVERYBODY, law, register).findings
    assert findings.height > len(UNKNOWN)
    assert findings.select("combo", "directive").is_duplicated().sum() == 0
    assert {law.measures[one].force for one in findings["directive"].unique()} == {Force.BINDING}
    assert "advised-against" not in findings["answer"].unique().to_list()


def test_that_finding_is_of_the_strictest_clause_and_names_all_actors_and_actions(
    law: Law, register: SmallRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = evaluate(table(UNKNOWN), EVERYBODY, law, register).findings
    monkeypatch.setattr(evaluating, "gathered", _as_they_are)
    limbs = evaluate(table(UNKNOWN), EVERYBODY, law, register).findings
    strictest = limbs.unique(["combo", "directive"], keep="first", maintain_order=True)
    assert found.select("combo", "directive", "clause", "answer", "question").equals(
        strictest.select("combo", "directive", "clause", "answer", "question")
    )
    for name in ("actors", "actions"):
        united = limbs.explode(name).select("combo", "directive", name).unique()
        assert (
            found.explode(name)
            .select("combo", "directive", name)
            .sort(pl.all())
            .equals(united.sort(pl.all()))
        )


def test_what_is_gathered_changes_no_answer(
    law: Law, register: SmallRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = table([*UNKNOWN, *KNOWN])
    after = evaluate(rows, EVERYBODY, law, register)
    monkeypatch.setattr(evaluating, "gathered", _as_they_are)
    before = evaluate(rows, EVERYBODY, law, register)
    assert after.answers.equals(before.answers)
    assert after.answers_by_actor.equals(before.answers_by_actor)
    assert after.duties.equals(before.duties)
    assert after.findings.height < before.findings.height


def test_the_finding_that_decides_is_always_among_them(law: Law, register: SmallRegister) -> None:
    found = evaluate(table([*UNKNOWN, *KNOWN]), EVERYBODY, law, register)
    decided = found.answers.filter(pl.col("answer") != "not-covered").select("combo", "directive", "clause")
    assert decided.join(found.findings, on=["combo", "directive", "clause"], how="anti").is_empty()


def test_limbs_of_a_clause_with_the_same_answer_and_question_are_one_finding(
    law: Law, register: SmallRegister
) -> None:
    findings = evaluate(table(KNOWN), EVERYBODY, law, register).findings
    same = ["combo", "directive", "entry_of", "answer", "question", "event", "event_date", "until", "control"]
    entries = findings.with_columns(entry_of=pl.col("clause").str.split("/").list.first())
    assert entries.select(same).is_duplicated().sum() == 0


def test_a_maker_that_the_law_names_keeps_every_clause_though_the_register_does_not_know_it(
    law: Law, register: SmallRegister
) -> None:
    rows = table([item("huawei", "router")]).with_columns(maker_status=pl.lit("named"))
    known = evaluate(table([item("huawei", "router")]), AGENCY, law, register).findings
    found = evaluate(rows, AGENCY, law, register).findings
    assert known.select("clause", "answer").join(found, on=["clause", "answer"], how="anti").is_empty()


def _as_they_are(ranks: pl.DataFrame, reached: list[Any], *_: Any) -> tuple[pl.DataFrame, list[Any]]:
    return ranks, [record_of(one) for one in reached]
