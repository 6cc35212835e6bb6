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


def test_advice_with_a_condition_is_told_with_the_condition() -> None:
    provider = ("--actor", "public-telecom-provider-uk", "--action", "procure", "--on", "2020-12-31")
    found = said("--maker", "Huawei", "--equipment", "gnb", *provider)
    assert [reason["clause"] for reason in found["advice"]] == ["cap"]
    assert found["advice"][0]["note"].endswith(
        "only where the answer is yes: is more than 35 % of the access network of high-risk vendors?"
    )


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


def test_each_maker_that_a_clause_would_catch_is_asked_for_and_not_the_first_alone() -> None:
    contractor = ("--actor", "federal-contractor", "--action", "use", "--on", "2026-11-28")
    found = said("--maker", "unknown", "--equipment", "camera", *contractor)
    asked = [text for text in (found["question"], *found["would_change"]) if text.startswith("who made it?")]
    for maker in ("Kaspersky", "Huawei", "ZTE", "Hytera", "Hikvision", "Dahua"):
        assert any(maker in text for text in asked)


def test_a_maker_that_only_the_law_names_is_known_by_that_name() -> None:
    agency = ("--actor", "intelligence-agency", "--action", "use", "--on", "2025-12-01")
    assert said("--maker", "Acronis", "--equipment", "backup software", *agency)["answer"] == "prohibited"


MONEY = ("--equipment", "telecom-service", "--actor", "usf-recipient", "--action", "fund")


@pytest.mark.parametrize("name", ["China Telecom", "China Mobile", "China Unicom"])
def test_of_a_group_whose_company_is_listed_the_company_is_asked(name: str) -> None:
    found = said("--maker", name, *MONEY, "--on", "2026-11-26")
    assert found["answer"] == "review"
    assert found["question"].startswith("which company provides it? Caught is China")
    assert "the name may also mean" in found["read_as"]["maker"]


@pytest.mark.parametrize(("day", "answer"), [("2022-11-18", "not-yet"), ("2022-11-19", "prohibited")])
def test_the_listed_company_is_meant_by_its_short_name(day: str, answer: str) -> None:
    found = said("--maker", "China Unicom Americas", *MONEY, "--on", day)
    assert (found["answer"], found["because"][0]["date"]) == (answer, "2022-11-19")


@pytest.mark.parametrize("brand", ["Amcrest", "Honeywell", "FLIR", "Intelbras", "Lorex"])
def test_a_brand_that_sells_hardware_of_a_named_maker_is_a_question(brand: str) -> None:
    camera = ("--maker", brand, "--equipment", "camera", "--purpose", "public safety")
    found = said(*camera, *AGENCY, "--on", "2026-01-01")
    assert found["answer"] == "review"
    assert found["question"].startswith(f"who made this unit? {brand}")
    assert "sells hardware of Dahua" in found["question"]
    assert any(text.startswith("if Dahua made it: ") for text in found["would_change"])


@pytest.mark.parametrize(("brand", "kind"), [("Honeywell", "UPS"), ("HPE", "switch")])
def test_it_is_not_asked_of_what_that_maker_does_not_make(brand: str, kind: str) -> None:
    found = said("--maker", brand, "--equipment", kind, *AGENCY, "--on", "2026-01-01")
    assert found["answer"] == "not-covered"
    assert "kaspersky" not in found["because"][0]["directive"]


def test_exporting_to_a_brand_is_no_dealing_with_the_maker_of_its_hardware() -> None:
    export = ("--actor", "exporter", "--action", "export-to", "--on", "2026-01-01")
    assert said("--maker", "Amcrest", "--equipment", "camera", *export)["answer"] == "not-covered"


def test_a_duty_is_a_question_where_something_decides_it_and_is_never_silent() -> None:
    provider = ("--actor", "advanced-communications-provider", "--on", "2026-11-26")
    radio = ("--maker", "Huawei", "--equipment", "rru", *provider)
    removal = said(*radio, "--action", "remove")
    assert removal["answer"] == "review"
    assert removal["question"].startswith("do you take part in the reimbursement programme?")
    assert removal["because"][0]["directive"] == "us-fcc-reimbursement-program"
    assert any("within one year" in duty for duty in removal["duties"])
    reporting = said(*radio, "--action", "report")
    assert {reason["directive"] for reason in reporting["because"]} == {
        "us-fcc-reimbursement-program", "us-secure-networks-act"
    }  # fmt: skip


def test_a_duty_with_nothing_open_prohibits_nothing_and_is_the_reason_given() -> None:
    contractor = ("--actor", "federal-contractor", "--action", "report", "--on", "2023-01-01")
    found = said("--maker", "Huawei", "--equipment", "router", *contractor)
    first = found["because"][0]
    assert (found["answer"], first["directive"], first["date"]) == (
        "not-covered", "far-52-204-24-25-26", "2019-08-13"
    )  # fmt: skip
    assert "requires since 2019-08-13" in first["note"]
    assert found["duties"]


def test_a_duty_does_not_change_what_the_prohibitions_say() -> None:
    contractor = ("--actor", "federal-contractor", "--action", "use", "--on", "2019-09-01")
    found = said("--maker", "Huawei", "--equipment", "router", *contractor)
    assert [reason["answer"] for reason in found["because"]][:1] == ["not-yet"]
    assert any("1 business day" in duty for duty in found["duties"])


def test_no_export_rule_is_nearest_to_a_removal() -> None:
    carrier = ("--actor", "usf-recipient", "--action", "remove", "--on", "2026-11-26")
    found = said("--maker", "Huawei", "--equipment", "rru", *carrier)
    assert found["because"][0]["directive"] == "us-secure-networks-act"
    assert not any("Entity List" in text for text in found["would_change"])


def test_an_approval_may_be_told_with_the_purpose_or_the_equipment() -> None:
    day = ("--action", "import", "--actor", "importer", "--on", "2026-05-20", "--made-in", "CN")
    for words in (
        ("--equipment", "consumer router", "--purpose", "model authorised before the listing"),
        ("--equipment", "consumer router, previously authorised model"),
    ):
        found = said("--maker", "any", *words, *day)
        assert (found["answer"], found["read_as"]["holding"]) == ("exempt", ["authorised-before-listing"])
        assert "purpose" not in found["read_as"]


def test_a_denied_approval_is_none() -> None:
    day = ("--action", "authorise", "--actor", "equipment-applicant", "--on", "2026-05-20", "--made-in", "CN")
    words = ("--equipment", "consumer router", "--purpose", "new model, no Conditional Approval")
    assert said("--maker", "any", *words, *day)["answer"] == "prohibited"


def test_a_purpose_may_be_told_with_the_equipment() -> None:
    buy = ("--actor", "federal-agency", "--action", "procure", "--on", "2021-06-01")
    assert (
        said("--maker", "Hikvision", "--equipment", "camera for a courthouse", *buy)["answer"] == "prohibited"
    )


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        ("any-us-person use Kaspersky antivirus 2024-10-15", "us-bis-kaspersky-determination-2024"),
        ("federal-contractor use SMIC semiconductors 2028-02-01", "us-ndaa-fy2023-5949"),
        ("federal-agency procure DJI drone 2029-03-01", "us-american-security-drone-act"),
        ("any-us-person procure Huawei router 2019-05-16", "us-eo-13873-icts"),
        ("public-telecom-provider-ca procure Huawei gnb 2022-08-31", "ca-5g-policy-statement-2022"),
        ("exporter export-to SMIC semiconductors 2020-12-01", "us-bis-entity-list"),
    ],
)
def test_nearest_is_the_measure_a_lawyer_would_cite(words: str, nearest: str) -> None:
    actor, action, maker, equipment, day = words.split()
    question = ("--actor", actor, "--action", action, "--maker", maker, "--equipment", equipment, "--on", day)
    found = said(*question)
    assert (found["answer"], found["because"][0]["directive"]) == ("not-covered", nearest)


def test_a_place_on_a_list_counts_from_its_own_day() -> None:
    export = ("--equipment", "semiconductors", "--actor", "exporter", "--action", "export-to")
    before = said("--maker", "SMIC", *export, "--on", "2020-12-17")
    assert before["answer"] == "not-covered"
    assert any(
        "from its own place on the list bis-entity-list (2020-12-18)" in text
        for text in before["would_change"]
    )
    listed = said("--maker", "SMIC", *export, "--on", "2020-12-18")["because"][0]
    assert (listed["event"], listed["date"]) == ("listed", "2020-12-18")


def test_routers_of_the_trade_are_nearest_to_the_rule_on_routers() -> None:
    day = ("--action", "authorise", "--actor", "equipment-applicant", "--on", "2026-05-20", "--made-in", "CN")
    found = said("--maker", "Cisco", "--equipment", "enterprise router", *day)
    assert found["because"][0]["directive"] == "us-fcc-covered-list-routers"


def test_an_exception_to_what_certainly_applies_is_named_first() -> None:
    day = ("--action", "import", "--actor", "importer", "--on", "2026-06-30")
    model = ("--equipment", "router", "--holding", "authorised-before-listing")
    found = said("--maker", "Huawei", *model, *day)
    assert (found["answer"], found["because"][0]["clause"]) == ("exempt", "import-and-marketing/huawei")


def test_a_category_typed_as_such_is_itself_and_the_word_asks_where_it_can_mean_two() -> None:
    day = ("--actor", "federal-agency", "--action", "procure", "--on", "2026-01-01")
    read = [
        said("--maker", maker, "--equipment", text, *day)["read_as"]["equipment"].split()[0]
        for maker, text in (("Quectel", "module"), ("Quectel", "Module"), ("Cisco", "Module"))
    ]
    assert read == ["module", "module-or-card", "module-card"]


def test_a_disputed_day_is_asked_with_both_dates() -> None:
    authorise = ("--actor", "equipment-applicant", "--action", "authorise", "--on", "2022-11-24")
    found = said("--maker", "Huawei", "--equipment", "handset", *authorise)
    assert found["question"] == ("on which day did it start? The sources differ: 2022-11-11 or 2022-11-25")


def test_where_a_purpose_is_stated_only_those_that_may_still_apply_are_asked() -> None:
    camera = ("--maker", "Hikvision", "--equipment", "camera", "--purpose", "own office")
    found = said(*camera, *AGENCY, "--on", "2026-01-01")
    assert found["question"] == (
        "is it also used for security of government facilities"
        " or physical security surveillance of critical infrastructure?"
    )


@pytest.mark.parametrize("actor", ["advanced communications provider", "Advanced_Communications-PROVIDER"])
def test_an_actor_may_be_written_with_spaces_and_in_any_case(actor: str) -> None:
    found = said("--maker", "Huawei", "--actor", actor, "--action", "Fund", "--on", "2026-11-26")
    assert found["answer"] != "not-covered"


def test_a_listing_on_the_day_of_an_event_is_called_as_the_event() -> None:
    money = ("--equipment", "base station", "--actor", "usf-recipient", "--action", "fund")
    found = said("--maker", "Huawei", *money, "--on", "2020-06-30")
    rule = next(reason for reason in found["because"] if reason["directive"] == "us-fcc-usf-rule-54-9")
    assert (rule["event"], rule["date"]) == ("effective", "2020-06-30")


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
