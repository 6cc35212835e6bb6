"""Who belonged to whom on a day, by the definition of each measure: the real register, around each edge."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from clearband.directives.answer import AskAnswer
from clearband.directives.ask import ask
from clearband.directives.evaluate import evaluate
from clearband.directives.law import load_law
from clearband.directives.question import Questions
from clearband.directives.question_words import Question
from clearband.facts.equipment_words import EquipmentWords
from clearband.register import load_register

WORDS = EquipmentWords([])


def asked(measure: str, maker: str, on: str, **more: Any) -> AskAnswer:
    known_on = more.pop("known_on", None)
    question = Question(
        maker=maker,
        on=date.fromisoformat(on),
        known_on=date.fromisoformat(known_on) if known_on else None,
        **{"actor": "exporter", "action": "export-to", "equipment": "chipset", **more},
    )
    law = load_law().only([measure])
    return ask(question, law, load_register(), lambda name: (name,), WORDS)


BIS = "us-bis-affiliates-rule"


@pytest.mark.parametrize(
    ("on", "answer"),
    [
        ("2025-09-28", "not-yet"),
        ("2025-09-29", "prohibited"),
        ("2025-11-09", "prohibited"),
        ("2025-11-10", "not-yet"),
        ("2026-11-09", "not-yet"),
        ("2026-11-10", "review"),
    ],
)
def test_the_bis_rule_reaches_what_hikvision_holds_while_it_is_in_force(on: str, answer: str) -> None:
    assert asked(BIS, "hikrobot", on).answer == answer


def test_of_a_share_that_was_not_read_the_bis_rule_makes_a_question() -> None:
    said = asked(BIS, "ezviz", "2025-10-01")
    assert said.answer == "review"
    assert said.question is not None
    assert said.question.startswith("what share does Hikvision hold in ")
    assert "48 % (share not confirmed)" in (said.because[0].control or "")


def test_the_bis_rule_leaves_alone_what_nobody_listed_holds() -> None:
    assert asked(BIS, "h3c", "2025-10-01").answer == "not-covered"


def authorise(maker: str, on: str, **more: Any) -> AskAnswer:
    return asked(
        "us-fcc-22-84-equipment-authorization", maker, on,
        **{"actor": "equipment-applicant", "action": "authorise", "equipment": "camera",
           "purpose": "public-safety", **more},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("on", "share"), [("2022-12-27", "60 %"), ("2022-12-28", "subsidiary"), ("2024-01-01", "subsidiary")]
)
def test_ezviz_is_an_affiliate_before_and_after_its_listing(on: str, share: str) -> None:
    said = authorise("ezviz", on)
    assert said.answer == "prohibited"
    control = said.because[0].control or ""
    assert control.startswith("ezviz is controlled by hikvision [")
    assert share in control
    assert "by 47 CFR 2.903(c): " in control


def federal(maker: str, on: str, action: str = "procure", **more: Any) -> AskAnswer:
    return asked(
        "us-ndaa-fy2019-889-a1a", maker, on,
        **{"actor": "federal-agency", "action": action, "equipment": "switch",
           "purpose": "public-safety", **more},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("maker", "on", "answer"),
    [
        ("hisilicon", "2019-08-12", "not-yet"),
        ("hisilicon", "2019-08-13", "prohibited"),
        ("lorex", "2022-11-22", "prohibited"),
        ("honor-device", "2020-11-16", "prohibited"),
        ("honor-device", "2020-11-17", "not-covered"),
        ("honor-device", "2020-11-18", "not-covered"),
        ("h3c", "2019-08-13", "not-covered"),
        ("h3c", "2024-09-03", "not-covered"),
        ("h3c", "2024-09-04", "not-covered"),
        ("h3c", "2025-11-17", "not-covered"),
        ("huawei-holding", "2020-01-01", "prohibited"),
        ("zhongxingxin", "2020-01-01", "review"),
        ("cetc", "2022-09-29", "review"),
        ("cetc", "2022-09-30", "prohibited"),
        ("china-mobile-group", "2025-01-01", "review"),
        ("nokia-shanghai-bell", "2025-01-01", "not-covered"),
    ],
)
def test_section_889_by_the_definition_of_the_far_on_each_side_of_an_edge(
    maker: str, on: str, answer: str
) -> None:
    assert federal(maker, on).answer == answer


def test_after_its_sale_lorex_is_a_brand_that_may_still_sell_what_dahua_made() -> None:
    for on in ("2022-11-23", "2022-11-24"):
        said = federal("lorex", on)
        assert said.answer == "review"
        assert said.question == "who made this unit? Lorex sells hardware of Dahua under its own name"


def test_a_sale_does_not_count_with_the_knowledge_of_the_day_before() -> None:
    assert federal("honor-device", "2020-12-01", known_on="2020-11-16").answer == "prohibited"
    assert federal("honor-device", "2020-12-01", known_on="2020-11-17").answer == "not-covered"


def test_who_controls_hikvision_counts_from_the_day_it_was_read() -> None:
    assert federal("cetc", "2023-01-01", known_on="2023-03-14").answer == "review"
    assert federal("cetc", "2023-01-01", known_on="2023-03-15").answer == "prohibited"


def test_on_columns_each_finding_bears_the_definition_that_decided() -> None:
    rows = pl.DataFrame({"combo": [0, 1], "maker": ["ezviz", "nokia"], "category": ["camera", "camera"]})
    authorising = Questions(("equipment-applicant",), ("authorise",), date(2024, 1, 1))
    law = load_law().only(["us-fcc-22-84-equipment-authorization"])
    found = evaluate(rows.with_columns(purpose=pl.lit("public-safety")), authorising, law, load_register())
    assert found.answers["answer"].to_list() == ["prohibited", "not-covered"]
    control = found.findings.filter(pl.col("answer") == "prohibited")["control"].unique().to_list()
    assert len(control) == 1
    assert control[0].endswith("(affiliate by 47 CFR 2.903(c): control of one by the other or by a third)")


def test_the_definition_stands_in_the_control_of_the_answer() -> None:
    control = federal("hisilicon", "2020-01-01").because[0].control
    assert control == (
        "hisilicon is controlled by huawei [hisilicon <- huawei (wholly owned 100 %, 2004-10)]"
        " (affiliate by FAR 2.101: control of one by the other or by a third)"
    )
