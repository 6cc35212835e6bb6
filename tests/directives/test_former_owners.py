"""Makers that belonged to somebody else before: what counts is whose product an item was when it was made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from clearband.directives.answer import AskAnswer
from clearband.directives.ask import ask
from clearband.directives.evaluate import evaluate
from clearband.directives.former_ties import had_other_owners
from clearband.directives.law import Law, load_law
from clearband.directives.makers import Maker
from clearband.directives.question import Questions
from clearband.directives.question_words import Question
from clearband.directives.truth import FALSE, UNKNOWN
from clearband.facts.equipment_words import EquipmentWords
from clearband.model.directive import MakerRule, NamedMaker
from clearband.register import load_register

from .conftest import REGISTER, SmallRegister, related

PART_B = "us-ndaa-fy2019-889-a1b"
WORDS = EquipmentWords([])
HUAWEI = (MakerRule(named=(NamedMaker("huawei", frozenset({"subsidiaries", "affiliates"})),)),)


def used(
    maker: str,
    obtained: str | None = None,
    action: str = "use",
    on: str = "2023-06-01",
    equipment: str = "switch",
) -> AskAnswer:
    """What section 889 says to a contractor, in the names of the real register."""
    question = Question(
        maker=maker,
        actor="federal-contractor",
        action=action,
        on=date.fromisoformat(on),
        equipment=equipment,
        purpose="public-safety",
        obtained=date.fromisoformat(obtained) if obtained else None,
    )
    law = load_law().only(["us-ndaa-fy2019-889-a1a", PART_B])
    return ask(question, law, load_register(), lambda name: (name,), WORDS)


def test_a_tie_that_ended_before_the_law_was_thought_of_is_no_question() -> None:
    said = used("h3c")
    assert said.answer == "not-covered"
    assert not any("Huawei" in text and "H3C" in text for text in said.would_change)


def test_when_it_was_obtained_is_not_known_the_question_is_when_it_was_made() -> None:
    said = used("honor-device")
    assert said.answer == "review"
    assert said.question == "when was it made? Until 2020-11-17 Honor belonged to Huawei"


def test_obtained_while_the_tie_held_it_was_perhaps_made_then() -> None:
    said = used("honor-device", "2019-03-01")
    assert said.answer == "review"
    assert said.question == (
        "it was obtained while Honor still belonged to Huawei (until 2020-11-17): was it made then?"
    )


def test_obtained_after_the_tie_ended_it_is_not_covered_and_old_stock_would_change_that() -> None:
    said = used("honor-device", "2021-03-01")
    assert said.answer == "not-covered"
    assert "if it was made before 2020-11-17, when Honor still belonged to Huawei" in said.would_change
    assert "this one only if it was made before 2020-11-17" in said.because[0].note


def test_what_is_bought_today_was_made_after_the_tie_ended() -> None:
    said = used("honor-device", action="procure")
    assert said.answer == "not-covered"
    assert "if it was made before 2020-11-17, when Honor still belonged to Huawei" in said.would_change


def test_what_was_obtained_before_the_tie_began_is_none_of_it() -> None:
    dahua = (MakerRule(named=(NamedMaker("dahua", frozenset({"subsidiaries"})),)),)
    before, during = (
        Maker("lorex", "identified", REGISTER, date(2023, 6, 1), None, obtained).match(dahua)
        for obtained in (date(2018, 2, 5), date(2018, 2, 6))
    )
    assert (before.truth, before.would_change) == (FALSE, None)
    assert during.truth == UNKNOWN


def test_of_an_end_that_is_known_by_its_year_the_whole_year_counts() -> None:
    assert used("huawei-marine", "2020-12-31").answer == "review"
    assert used("huawei-marine", "2021-01-01").answer == "not-covered"


def test_a_part_that_was_sold_long_ago_never_was_control() -> None:
    path = related("sold", "huawei", "former", kind="minority", ends="2022-01-01")
    register = SmallRegister({"sold": (path,)})
    match = Maker("sold", "identified", register, date(2023, 6, 1), None).match(HUAWEI)
    assert (match.truth, match.would_change is not None) == (0, True)


def test_on_columns_buying_and_using_are_told_apart_for_these_makers_only(law: Law) -> None:
    rows = pl.DataFrame(
        {
            "combo": [0, 1, 2, 3],
            "maker": ["honor-device", "honor-device", "honor-device", "huawei"],
            "category": ["handset"] * 4,
            "obtained": [None, date(2019, 3, 1), date(2022, 3, 1), None],
        }
    )
    questions = Questions(("federal-grantee",), ("procure", "fund", "contract-with"), date(2023, 6, 1))
    found = evaluate(rows, questions, law, REGISTER)
    assert found.answers["answer"].to_list() == ["not-covered"] * 3 + ["prohibited"]
    assert "if it was made before 2020-11-17" in found.answers["would_change"][0][0]
    contractor = Questions(("federal-contractor",), ("procure", "use", "contract-with"), date(2023, 6, 1))
    found = evaluate(rows, contractor, law, REGISTER)
    assert found.answers["answer"].to_list() == ["review", "review", "not-covered", "prohibited"]
    asked = found.findings.filter((pl.col("combo") == 0) & (pl.col("answer") == "review"))
    assert "procure" not in set(asked["actions"].explode())
    huawei = found.findings.filter((pl.col("combo") == 3) & (pl.col("directive") == "us-ndaa-fy2019-889-a1a"))
    assert huawei["actions"].to_list() == [["procure", "contract-with"]]


def test_only_makers_that_moved_need_the_day_an_item_was_obtained() -> None:
    makers = ["huawei", "nokia", "honor-device", "lorex", "cisco"]
    register, named = load_register(), load_law().named_makers
    assert had_other_owners(makers, named, register, date(2023, 6, 1)) == {"honor-device", "lorex"}
    assert had_other_owners(makers, named, register, date(2022, 1, 1)) == {"honor-device", "lorex"}
    assert had_other_owners(makers, named, register, date(2018, 1, 1)) == set()


def test_what_a_maker_made_before_it_came_to_a_named_one_is_a_question() -> None:
    lorex = {"maker": "lorex", "equipment": "camera", "on": "2021-06-01"}
    before = used(**lorex, obtained="2017-06-01")
    assert before.answer == "review"
    assert before.question == (
        "it was obtained before Lorex came to Dahua (2018-02-06): does the law reach what Lorex made before "
        "that, or did Dahua make it?"
    )
    assert used(**lorex, obtained="2018-02-06").answer == "prohibited"
    assert used(**lorex).answer == "prohibited"


def test_a_later_link_of_the_same_owner_is_no_beginning() -> None:
    """Hikvision holds EZVIZ by other shares since the listing of 2022, and held it before."""
    ezviz = {"maker": "ezviz", "equipment": "camera", "on": "2023-06-01"}
    assert used(**ezviz, obtained="2019-06-01").answer == used(**ezviz, obtained="2023-01-15").answer


def test_who_deals_with_a_company_is_not_asked_what_it_made_before_it_was_sold() -> None:
    honor = Maker("honor-device", "identified", load_register(), date(2023, 6, 1), None)
    assert honor.match(HUAWEI).truth == UNKNOWN
    assert honor.match((replace(HUAWEI[0], dealings=True),)).truth == FALSE


@pytest.mark.parametrize(
    "maker", ["h3c", "nokia-shanghai-bell", "nokia", "alcatel-lucent-enterprise", "hanwha-vision", "cisco",
              "ericsson", "samsung-networks", "motorola-solutions", "unisplendour"]
)  # fmt: skip
def test_shares_of_states_and_of_others_raise_no_question(maker: str) -> None:
    register = load_register()
    assert maker in register.organisations
    assert used(maker).answer == "not-covered"


def test_a_joint_venture_and_an_alleged_tie_stay_a_question_where_affiliates_are_meant() -> None:
    assert used("skycom-tech").answer == "review"
    said = used("nubia")
    assert said.answer == "review"
    assert said.question is not None
    assert said.question.startswith("Nubia is partly owned by, or a joint venture of, ZTE: does that make it")
