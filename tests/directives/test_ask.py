"""``clearband ask`` from end to end: what it says, in which form, and what it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import jsonschema_rs
import pytest
from click.testing import CliRunner, Result

from clearband.cli.main import main
from clearband.errors import UsageError
from clearband.facts.store import ROOT

SCHEMA = json.loads((ROOT / "schemas" / "ask-answer.schema.json").read_text(encoding="utf-8"))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["ask", *arguments], catch_exceptions=False)


def said(*arguments: str) -> dict[str, Any]:
    result = run("--json", *arguments)
    assert result.exit_code == 0
    found: dict[str, Any] = json.loads(result.stdout)
    jsonschema_rs.validator_for(SCHEMA).validate(found)
    return found


AGENCY = ("--actor", "federal-agency", "--action", "procure")
CARRIER = ("--actor", "any-us-person", "--action", "procure")


def test_a_huawei_router_for_an_agency_is_prohibited_and_the_answer_names_clause_event_and_date() -> None:
    found = said("--maker", "Huawei", "--equipment", "router", *AGENCY, "--on", "2021-06-01")
    first = found["because"][0]
    assert found["answer"] == "prohibited"
    assert first["directive"] == "us-ndaa-fy2019-889-a1a"
    assert (first["event"], first["date"]) == ("effective", "2019-08-13")
    assert "s. 889(a)(1)(A)" in first["note"]
    assert any("1 business day" in duty for duty in found["duties"])


def test_on_8_february_2019_section_889_is_law_that_does_not_bind_yet() -> None:
    day = ("--on", "2019-02-08", "--known-on", "2019-02-08")
    found = said("--maker", "Huawei", "--equipment", "router", *AGENCY, *day)
    assert found["answer"] == "not-yet"
    assert found["because"][0]["date"] == "2019-08-13"


def test_on_8_february_2019_the_executive_order_is_only_expected_and_binds_nobody() -> None:
    day = ("--on", "2019-02-08", "--known-on", "2019-02-08")
    found = said("--maker", "Huawei", "--equipment", "router", *CARRIER, *day)
    assert found["answer"] == "not-covered"
    order = next(reason for reason in found["because"] if reason["directive"] == "us-eo-13873-icts")
    assert (order["event"], order["date"]) == ("expected", "2019-02")
    assert found["advice"][0]["directive"] == "us-hpsci-report-2012"


def test_knowledge_of_a_day_leaves_out_what_was_announced_later() -> None:
    provider = ("--actor", "public-telecom-provider-uk", "--action", "deploy", "--on", "2021-06-01")
    radio = ("--maker", "Huawei", "--equipment", "5G RAN", *provider)
    assert said(*radio)["answer"] == "not-yet"
    then = said(*radio, "--known-on", "2021-06-01")
    assert then["answer"] == "not-covered"
    assert then["advice"][0]["directive"] == "uk-high-risk-vendor-advice-2020"


def test_a_camera_without_a_stated_purpose_is_a_question() -> None:
    found = said("--maker", "Dahua", "--equipment", "camera", *AGENCY, "--on", "2021-06-01")
    assert found["answer"] == "review"
    assert "what is it used for" in found["question"]


def test_without_any_equipment_the_question_names_every_kind_that_matters() -> None:
    found = said("--maker", "Hikvision", *AGENCY, "--on", "2021-06-01")
    assert found["question"] == (
        "what kind of equipment or service is it? Caught is: telecommunications equipment; "
        "video surveillance equipment; services"
    )


def test_the_day_an_item_was_obtained_can_be_told() -> None:
    use = ("--actor", "federal-contractor", "--action", "use", "--on", "2023-06-01")
    honor = ("--maker", "Honor", "--equipment", "handset", *use)
    assert said(*honor, "--obtained", "2019-03-01")["answer"] == "review"
    later = said(*honor, "--obtained", "2021-05-01")
    assert (later["answer"], later["read_as"]["obtained"]) == ("not-covered", "2021-05-01")


def test_words_that_are_not_understood_are_shown_and_count_as_unknown() -> None:
    found = said(
        *("--maker", "Dahua", "--equipment", "camera", "--purpose", "zebra counting"),
        *(*AGENCY, "--on", "2021-06-01"),
    )
    assert found["answer"] == "review"
    assert "not understood" in found["read_as"]["purpose"]


def test_a_denied_purpose_is_not_the_purpose() -> None:
    found = said(
        *("--maker", "Dahua", "--equipment", "camera", "--purpose", "not for public safety"),
        *(*AGENCY, "--on", "2021-06-01"),
    )
    assert found["answer"] == "review"


def test_a_maker_that_the_register_does_not_know_is_never_cleared() -> None:
    found = said("--maker", "Qwxyzk Networks", "--equipment", "switch", *AGENCY, "--on", "2021-06-01")
    assert found["answer"] == "review"
    assert found["question"].startswith("who owns or makes for Qwxyzk Networks?")


def test_an_unknown_maker_is_unidentified() -> None:
    found = said("--maker", "unknown", "--equipment", "switch", *AGENCY, "--on", "2021-06-01")
    assert found["answer"] == "unidentified"
    assert found["question"].startswith("who made it?")


def test_a_maker_that_only_the_law_names_is_known_by_that_name() -> None:
    agency = ("--actor", "intelligence-agency", "--action", "use", "--on", "2025-12-01")
    assert said("--maker", "Acronis", "--equipment", "backup software", *agency)["answer"] == "prohibited"


def test_a_name_that_means_several_gets_the_strictest_answer_and_says_so() -> None:
    money = ("--actor", "usf-recipient", "--action", "fund", "--on", "2023-01-01")
    found = said("--maker", "China Telecom", "--equipment", "telecommunications service", *money)
    assert found["answer"] == "prohibited"
    assert found["read_as"]["maker"].startswith("china-telecom-americas (the name may also mean")


def test_a_controlled_company_is_reached_and_the_path_is_shown() -> None:
    found = said("--maker", "HiSilicon", "--equipment", "router", *AGENCY, "--on", "2021-06-01")
    assert found["answer"] == "prohibited"
    assert "huawei" in found["because"][0]["control"]


def test_a_belief_nobody_has_stated_is_no_review_of_every_maker_but_would_change_the_answer() -> None:
    found = said("--maker", "TP-Link Technologies", "--equipment", "switch", *AGENCY, "--on", "2021-06-01")
    assert found["answer"] == "not-covered"
    assert any("reasonably believes" in text for text in found["would_change"])


def test_plain_output_names_the_answer_first_and_how_the_words_were_read() -> None:
    lines = run("--maker", "Huawei", "--equipment", "OLT", *AGENCY, "--on", "2021-06-01").stdout.splitlines()
    assert lines[0] == "prohibited"
    assert "  read as     maker: huawei" in lines


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--actor", "federal-agencies", "--action", "procure"), 'did you mean "federal-agency"?'),
        (("--actor", "federal-agency", "--action", "procured"), 'did you mean "procure"?'),
    ],
)
def test_an_unknown_word_is_refused_with_the_nearest_known_one(
    arguments: tuple[str, ...], message: str
) -> None:
    with pytest.raises(UsageError, match=message.replace("?", r"\?")):
        run("--maker", "any", *arguments, "--on", "2021-06-01")


def test_a_country_that_is_no_code_is_refused() -> None:
    with pytest.raises(UsageError, match="country code"):
        run("--maker", "any", "--made-in", "China", *AGENCY, "--on", "2021-06-01")


def test_asking_loads_neither_the_columns_nor_the_validation() -> None:
    script = (
        "import sys; from click.testing import CliRunner; from clearband.cli.main import main; "
        "CliRunner().invoke(main, sys.argv[1:], catch_exceptions=False); "
        "print([name for name in ('polars', 'numpy', 'pydantic') if name in sys.modules])"
    )
    question = ("ask", "--maker", "Huawei", "--equipment", "router", *AGENCY, "--on", "2021-06-01")
    run("--maker", "Huawei", *AGENCY, "--on", "2021-06-01")  # so that the facts are compiled
    done = subprocess.run(
        [sys.executable, "-c", script, *question], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
