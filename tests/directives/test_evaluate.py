"""The law on columns: findings, answers, and what must hold whatever is asked."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearband.directives.ask import ask
from clearband.directives.evaluate import ANSWERS, BY_ACTOR, Evaluation, evaluate
from clearband.directives.law import Law, load_law
from clearband.directives.limb_by_limb import DUTIES
from clearband.directives.patterns import INPUT_COLUMNS
from clearband.directives.question import INVENTORY_ACTIONS, Questions
from clearband.directives.question_words import Question
from clearband.directives.reached import FINDINGS
from clearband.errors import UsageError
from clearband.facts.equipment_words import EquipmentWords
from clearband.register import load_register
from tests.laws import examples

from .conftest import REGISTER, SmallRegister

MAKERS = ["huawei", "zte", "hikvision", "dahua", "hytera", "kaspersky", "alibaba", "nokia", "hisilicon",
          "some-brand", "honor-device", "lorex", "h3c", "joint-venture", "state-cousin"]  # fmt: skip
NAMED_BY_889 = ("huawei", "zte", "hikvision", "dahua", "hytera")

combos = st.fixed_dictionaries(
    {
        "who": st.one_of(
            st.sampled_from([(maker, "identified") for maker in MAKERS]),
            st.just((None, "unidentified")),
            st.just(("acme", "named")),
        ),
        "category": st.sampled_from(
            [None, "router", "camera", "handset", "consumer-router", "ran-5g", "mobile-core", "power",
             "backhaul-service", "telecom-service", "security-software", "drone", "power-inverter",
             "semiconductor", "module-card", "cabling", "unspecified-equipment", "no-such-category"]
        ),
        "purpose": st.sampled_from(
            [None, "public-safety", "private-property", "own-money", "own-office", "third-party-connection",
             "nuclear-deterrence", "existing-network-support", "zebra counting"]
        ),
        "made_in": st.sampled_from([None, "US", "CN", "VN", "foreign"]),
        "approval": st.sampled_from(
            [None, "conditional-approval", "authorised-before-listing", "new-model", "agency-waiver",
             "blue-uas", "trusted-source", "not-trusted-source"]
        ),
        "obtained": st.sampled_from([None, "2004-05-01", "2019-05-01", "2020-11-17", "2023-01-01"]),
    }
)  # fmt: skip
days = st.sampled_from(
    ["2013-01-15", "2018-05-01", "2019-02-08", "2019-08-13", "2020-08-12", "2020-08-13", "2021-06-01",
     "2022-10-14", "2023-12-31", "2026-03-23", "2026-07-10", "2026-11-22", "2028-01-01"]
).map(date.fromisoformat)  # fmt: skip
asked = st.builds(
    lambda actor, action, on, known: Questions((actor,), (action,), on, on if known else None),
    st.sampled_from(list(load_law().vocabulary.actors)),
    st.sampled_from(list(load_law().vocabulary.actions)),
    days,
    st.booleans(),
)
few = settings(max_examples=examples(6, 60), suppress_health_check=[HealthCheck.too_slow])


def table(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Rows of `combos` as the input of `evaluate`; combo is the row's place."""
    flat = [{**row, "maker": row["who"][0], "maker_status": row["who"][1]} for row in rows]
    schema = dict.fromkeys(INPUT_COLUMNS, pl.String)
    return pl.DataFrame(flat, schema=schema, orient="row").with_columns(
        pl.int_range(pl.len(), dtype=pl.Int64).alias("combo")
    )


def answers_of(rows: list[dict[str, Any]], questions: Questions) -> list[str]:
    return evaluate(table(rows), questions, load_law(), REGISTER).answers["answer"].to_list()


def item(maker: str | None, category: str | None = None, **more: Any) -> dict[str, Any]:
    status = "unidentified" if maker is None else ("named" if maker == "acme" else "identified")
    return {**dict.fromkeys(INPUT_COLUMNS), "who": (maker, status), "category": category, **more}


AGENCY = Questions(("federal-agency",), ("procure",), date(2021, 6, 1))


def test_the_tables_have_the_columns_they_promise_even_for_no_rows(law: Law, register: SmallRegister) -> None:
    for rows in ([], [item("huawei", "router")]):
        found = evaluate(table(rows), AGENCY, law, register)
        assert dict(found.findings.schema) == FINDINGS
        assert dict(found.answers.schema) == ANSWERS
        assert dict(found.answers_by_actor.schema) == BY_ACTOR
        assert dict(found.duties.schema) == DUTIES
        assert found.answers.height == len(rows)


def test_each_kind_of_maker_gets_its_own_answer() -> None:
    rows = [item("huawei", "router"), item(None, "router"), item("acme", "router"), item("nokia", "router")]
    assert answers_of(rows, AGENCY) == ["prohibited", "unidentified", "review", "not-covered"]


def test_the_question_for_a_named_maker_bears_its_name(law: Law, register: SmallRegister) -> None:
    found = evaluate(table([item("acme", "router")]), AGENCY, law, register)
    questions = found.findings.filter(pl.col("answer") == "review")["question"].to_list()
    assert questions
    assert all("makes for acme?" in text for text in questions)
    assert "makes for acme?" in found.answers["question"][0]
    called = table([item("acme", "router")]).with_columns(maker_name=pl.lit("Acme Radio"))
    assert "makes for Acme Radio?" in evaluate(called, AGENCY, law, register).answers["question"][0]


@pytest.mark.parametrize(
    ("maker", "answer"),
    [
        ("hisilicon", "prohibited"),
        ("some-brand", "review"),
        ("honor-device", "not-covered"),
        ("joint-venture", "review"),
        ("state-cousin", "review"),
        ("huawei-holding", "prohibited"),
    ],
)
def test_control_is_followed_and_what_is_not_confirmed_or_less_than_control_is_a_question(
    maker: str, answer: str
) -> None:
    purpose = {"purpose": "public-safety"} if maker in ("some-brand", "state-cousin") else {}
    assert answers_of([item(maker, "switch", **purpose)], AGENCY) == [answer]


def test_a_parent_is_reached_where_the_law_says_parents() -> None:
    money = Questions(("usf-recipient",), ("fund",), date(2020, 7, 1))
    assert answers_of([item("huawei-holding", "switch")], money) == ["prohibited"]


def test_a_country_rule_decides_whoever_the_maker_is() -> None:
    authorise = Questions(("equipment-applicant",), ("authorise",), date(2026, 5, 20))
    rows = [item(None, "consumer-router", made_in=country) for country in ("VN", "US", None)]
    assert answers_of(rows, authorise) == ["prohibited", "unidentified", "unidentified"]


def test_an_unknown_category_is_a_question_and_not_a_guess(law: Law, register: SmallRegister) -> None:
    found = evaluate(table([item("huawei")]), AGENCY, law, register)
    assert found.answers["answer"].to_list() == ["review"]
    assert found.answers["question"][0].startswith("what kind of equipment or service is it? Caught is:")


def test_duties_are_told_apart_from_prohibitions(law: Law, register: SmallRegister) -> None:
    questions = Questions(("advanced-communications-provider",), ("use",), date(2022, 1, 10))
    found = evaluate(table([item("huawei", "gnb")]), questions, law, register)
    assert found.answers["answer"].to_list() == ["review"]
    duties = {"us-secure-networks-act", "us-fcc-reimbursement-program"}
    assert set(found.duties["directive"]) == duties
    assert duties <= set(found.findings["directive"])


def test_a_brand_stands_to_the_law_by_what_kind_of_item_it_is(law: Law) -> None:
    questions = Questions(("federal-agency",), ("procure",), date(2026, 1, 1))
    rows = [item("honeywell-security", category) for category in ("camera", "power", "unspecified-equipment")]
    answers = evaluate(table(rows), questions, law, load_register()).answers
    assert answers["answer"].to_list() == ["review", "not-covered", "review"]
    assert answers["question"][0] == (
        "who made this unit? Honeywell sells hardware of Dahua or Hikvision under its own name"
    )


def test_each_actor_has_an_answer_of_its_own(law: Law, register: SmallRegister) -> None:
    questions = Questions.default_for_inventory(law, date(2021, 6, 1))
    found_of = evaluate(table([item("huawei", "router")]), questions, law, register)
    by_actor = dict(found_of.answers_by_actor.select("actor", "answer").rows())
    left_out = {actor for entry in found_of.not_asked for actor in entry.actors}
    assert set(by_actor) == set(questions.actors) - left_out
    assert by_actor["federal-agency"] == by_actor["defence-agency"] == "prohibited"
    assert by_actor["any-us-person"] == "not-covered"


def test_the_questions_of_an_inventory_are_those_of_a_holder(law: Law) -> None:
    questions = Questions.default_for_inventory(law, date(2021, 6, 1))
    assert questions.actions == INVENTORY_ACTIONS
    assert "importer" not in questions.actors
    assert {"import", "sell", "authorise"} <= set(questions.supply_side_not_asked)
    with pytest.raises(UsageError, match="usf-recipient"):
        Questions.default_for_inventory(law, date(2021, 6, 1), actors=("usf_recipients",))


def _by_combo(found: Evaluation) -> list[dict[str, Any]]:
    return found.findings.sort("combo", "directive", "clause", "answer").to_dicts()


@few
@given(st.lists(combos, min_size=2, max_size=12), asked, st.randoms())
def test_neither_order_nor_batches_change_what_is_found(
    rows: list[dict[str, Any]], questions: Questions, random: Any
) -> None:
    law, inputs = load_law(), table(rows)
    whole = evaluate(inputs, questions, law, REGISTER)
    order = list(range(len(rows)))
    random.shuffle(order)
    shuffled = evaluate(inputs[order], questions, law, REGISTER)
    cut = random.randrange(len(rows))
    parts = [evaluate(part, questions, law, REGISTER) for part in (inputs[:cut], inputs[cut:])]
    batched = pl.concat([part.findings for part in parts])
    expected = _by_combo(whole)
    assert _by_combo(shuffled) == expected
    assert batched.sort("combo", "directive", "clause", "answer").to_dicts() == expected
    assert whole.answers.equals(shuffled.answers.sort("combo"))
    assert whole.answers.equals(pl.concat([part.answers for part in parts]))


@few
@given(st.lists(combos, min_size=1, max_size=12), asked)
def test_who_made_it_unknown_is_never_cleared_where_a_named_maker_could_be_caught(
    rows: list[dict[str, Any]], questions: Questions
) -> None:
    caught = [set[str]() for _ in rows]
    for maker in NAMED_BY_889:
        for found, answer in zip(
            caught,
            answers_of([{**row, "who": (maker, "identified")} for row in rows], questions),
            strict=True,
        ):
            found.add(answer)
    for who in ((None, "unidentified"), ("acme", "named")):
        said = answers_of([{**row, "who": who} for row in rows], questions)
        for answers, answer in zip(caught, said, strict=True):
            if answers & {"prohibited", "review"}:
                assert answer in ("prohibited", "unidentified", "review")
            elif answers & {"not-yet"}:
                assert answer != "not-covered"


@few
@given(
    st.lists(combos, min_size=1, max_size=12),
    asked,
    st.sampled_from(["who", "category", "purpose", "made_in", "approval", "obtained"]),
)
def test_knowing_less_never_makes_a_prohibition_or_an_open_question_milder(
    rows: list[dict[str, Any]], questions: Questions, column: str
) -> None:
    unknown = (None, "unidentified") if column == "who" else None
    before = answers_of(rows, questions)
    after = answers_of([{**row, column: unknown} for row in rows], questions)
    for known, unsure in zip(before, after, strict=True):
        if known in ("prohibited", "review", "unidentified"):
            assert unsure in ("prohibited", "review", "unidentified")


@few
@given(combos, asked)
def test_one_question_and_a_column_of_one_give_the_same_answer(
    row: dict[str, Any], questions: Questions
) -> None:
    law = load_law()
    maker, status = row["who"]
    question = Question(
        maker="unknown" if status == "unidentified" else maker,
        actor=questions.actors[0],
        action=questions.actions[0],
        on=questions.on,
        equipment=row["category"],
        purpose=row["purpose"],
        made_in=row["made_in"],
        holding=row["approval"],
        known_on=questions.known_on,
        obtained=date.fromisoformat(row["obtained"]) if row["obtained"] else None,
    )
    # The categories are ids here, so no plain words are needed.
    said = ask(question, law, REGISTER, lambda name: (name,) if name in MAKERS else (), EquipmentWords([]))
    column = evaluate(table([row]), questions, law, REGISTER)
    assert said.answer == column.answers["answer"][0]
    assert said.because[0].directive == column.answers["directive"][0] if said.because else True
    reached = [(reason.directive, reason.clause, reason.answer.value) for reason in said.because]
    if said.answer != "not-covered":
        laws = column.findings.filter(pl.col("answer") != "advised-against")
        found = laws.select("directive", "clause", "answer").rows()
        # What says the same is one finding: the first of them, in the same order.
        assert found == list(dict.fromkeys(reason for reason in reached if reason in found))
        assert {directive for directive, _, _ in found} == {directive for directive, _, _ in reached}
