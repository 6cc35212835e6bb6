"""What is missing is asked as one fact, in the same words for all that miss the same."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from clearband.directives.equipment_classes import UNSPECIFIED
from clearband.directives.evaluate import Evaluation, evaluate
from clearband.directives.law import Law, load_law
from clearband.directives.question import Questions
from clearband.directives.truth import FALSE, UNKNOWN
from clearband.facts.store import compiled

from .conftest import REGISTER

ON = date(2026, 11, 1)
AGENCY = Questions(("federal-agency",), ("procure", "use"), ON)
CARRIER = Questions(("usf-recipient",), ("procure", "use", "fund"), ON)
NAMED = {"maker": "acme", "maker_status": "named", "maker_name": "Acme"}


def found(questions: Questions, *items: dict[str, Any]) -> Evaluation:
    rows = [{"combo": number, **item} for number, item in enumerate(items)]
    return evaluate(pl.DataFrame(rows, infer_schema_length=None), questions, load_law(), REGISTER)


def question(questions: Questions, **item: Any) -> str:
    return str(found(questions, item).answers["question"][0])


@pytest.mark.parametrize(
    "class_id", ["services", "connection-services", "telecom-services", "testing-services", "software",
                 "security-software", "semiconductors", "components"]
)  # fmt: skip
def test_equipment_of_unknown_kind_is_no_service_no_software_and_no_part(class_id: str, law: Law) -> None:
    assert law.equipment.membership(UNSPECIFIED, class_id) == FALSE
    assert law.equipment.membership(None, class_id) == UNKNOWN


def test_equipment_of_unknown_kind_may_be_in_every_other_class(law: Law) -> None:
    classes = {item["id"] for item in compiled().read("equipment")["classes"]}
    ruled_out = {
        name for name in law.equipment.titles if law.equipment.membership(UNSPECIFIED, name) == FALSE
    }
    assert len(ruled_out & classes) == 8
    # Clauses may also name kinds: of those, only services and parts are ruled out.
    assert ruled_out - classes == {
        "backhaul-service", "managed-service", "semiconductor", "testing-service", "video-service"
    }  # fmt: skip


@pytest.mark.parametrize("category", ["module-card", "pluggable", "module", "switch", "camera"])
@pytest.mark.parametrize("class_id", ["uas", "drones", "power-inverter", "robot"])
def test_what_is_plainly_something_else_is_not_asked(category: str, class_id: str, law: Law) -> None:
    assert law.equipment.membership(category, class_id) == FALSE


def test_its_kind_is_asked_first_with_all_the_kinds_that_matter() -> None:
    asked = question(AGENCY, category=UNSPECIFIED, **NAMED)
    assert asked.startswith(
        "what kind of equipment is it? Caught is: telecommunications equipment; video surveillance equipment"
    )
    assert "service" not in asked


def test_makers_of_the_same_standing_are_asked_in_the_same_words() -> None:
    several = found(
        CARRIER, *({"maker": maker, "category": UNSPECIFIED} for maker in ("nokia", "cisco", "ericsson"))
    )
    assert several.answers["question"].n_unique() == 1


def test_without_any_category_it_may_be_a_service_too() -> None:
    assert question(AGENCY, maker="huawei", category=None).startswith(
        "what kind of equipment or service is it?"
    )


def test_only_the_widest_of_the_kinds_that_matter_are_named(law: Law) -> None:
    assert law.equipment.widest(["drones", "routers", "uas", "telecom", "switches"]) == ("telecom", "uas")


def test_for_a_hikvision_item_of_unknown_kind_the_video_limb_speaks_and_asks_the_purpose() -> None:
    answers = found(AGENCY, {"maker": "hikvision", "category": UNSPECIFIED}).answers
    assert answers["clause"][0] == "purchase/hytera-hikvision-dahua-equipment"
    assert answers["question"][0].startswith("what is it used for? Caught is: public safety;")
    assert any(text.startswith("what kind of equipment is it?") for text in answers["would_change"][0])


def test_of_two_missing_facts_the_cheaper_is_asked_and_the_other_would_change_it() -> None:
    answers = found(CARRIER, {"maker": "nokia", "category": "cpe"}).answers
    assert answers["question"][0] == (
        "is it a consumer-grade router (mainly residential, installed by the customer)?"
    )
    assert any(text.startswith("where was it produced?") for text in answers["would_change"][0])


def test_no_question_joins_two() -> None:
    items = [
        {"maker": maker, "category": category}
        for maker in ("hikvision", "nokia", "some-brand", "honor-device", "lorex")
        for category in (None, UNSPECIFIED, "camera", "router", "power")
    ]
    everyone = Questions.default_for_inventory(load_law(), ON)
    assert not any("; and " in text for text in found(everyone, *items).findings["question"].drop_nulls())


def test_texts_call_the_maker_by_its_name() -> None:
    findings = found(AGENCY, {"category": "switch", **NAMED}).findings
    texts = [
        *findings["question"].drop_nulls(),
        *findings["ground"],
        *findings["would_change"].explode().drop_nulls(),
    ]
    assert any("Acme" in text for text in texts)
    assert not any("{maker}" in text or "this maker" in text for text in texts)


def test_a_clause_with_only_a_test_does_not_speak_before_one_that_names_the_maker() -> None:
    found_of = found(AGENCY, {"maker": "some-brand", "category": UNSPECIFIED}).answers
    assert found_of["directive"][0] == "us-ndaa-fy2019-889-a1a"


def test_measures_that_would_ask_of_everything_are_left_out_by_name_unless_their_actor_is_named() -> None:
    everyone = Questions.default_for_inventory(load_law(), ON)
    item = {"maker": "nokia", "category": "gnb"}
    left_out = found(everyone, item)
    assert left_out.answers["answer"][0] == "not-covered"
    assert [entry.directive for entry in left_out.not_asked] == [
        "au-5g-guidance-2018", "in-nsdts-trusted-sources", "jp-procurement-policy-2018"
    ]  # fmt: skip
    assert all(entry.reason and entry.actors and entry.title for entry in left_out.not_asked)
    assert "telecom-licensee-in" not in set(left_out.answers_by_actor["actor"])

    named = Questions.default_for_inventory(load_law(), ON, actors=("telecom-licensee-in",))
    asked = found(named, item)
    assert asked.answers["answer"][0] == "review"
    assert asked.not_asked == ()


def test_without_actors_the_holders_of_every_jurisdiction_are_asked(law: Law) -> None:
    actors = Questions.default_for_inventory(law, ON).actors
    assert {"federal-agency", "public-telecom-provider-uk", "telecom-licensee-in"} <= set(actors)
    only = Questions.default_for_inventory(law, ON, jurisdictions=("UK",))
    assert only.actors == ("public-telecom-provider-uk",)


def test_the_ground_is_one_sentence_with_clause_event_and_the_first_day() -> None:
    findings = found(AGENCY, {"maker": "huawei", "category": "switch"}).findings
    first = findings.row(0, named=True)
    assert (first["answer"], first["event_date"]) == ("prohibited", "2019-08-13")
    assert first["ground"].startswith(
        "Section 889 Part A (s. 889(a)(1)(A)) prohibits this since 2019-08-13 (effective): an agency may not"
    )
    money = found(CARRIER, {"maker": "huawei", "category": "switch"}).findings
    listed = money.filter(pl.col("directive") == "us-secure-networks-act").row(0, named=True)
    assert listed["event_date"] == "2021-05-11"
    assert "(effective, 60 days after the entry was added on 2021-03-12)" in listed["ground"]
