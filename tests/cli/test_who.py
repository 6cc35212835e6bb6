"""Looking one thing up."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Clearband


@pytest.mark.parametrize(
    ("text", "kind", "maker"),
    [
        ("Huawei", "name", "huawei"),
        ("HUAWEI TECH CO LTD", "name", "huawei"),
        ("海康威视", "name", "hikvision"),
        ("Хуавэй", "name", "huawei"),
        ("44:19:B6:D6:F0:C7", "mac", "hikvision"),
        ("3ca7.aedc.f9eb", "mac", "zte"),
        ("1.3.6.1.4.1.2011.2.23.95", "oid", "huawei"),
        ("SRQ-MF296C", "fcc-id", "zte"),
        ("ZTEC Instruments", "name", None),
        ("Aztech", "name", None),
        ("02:0f:b5:6b:ca:ea", "mac", None),
        ("1.3.6.1.4.1.39165.1.6", "oid", None),
    ],
)
def test_a_name_an_address_an_oid_or_an_fcc_id_is_looked_up(
    clearband: Clearband, text: str, kind: str, maker: str | None
) -> None:
    answer = json.loads(clearband("who", text, "--json").out)
    assert (answer["kind"], answer["maker"]) == (kind, maker)


def test_what_is_not_known_is_not_called_clear(clearband: Clearband) -> None:
    assert "not clearance" in clearband("who", "Acme Radio Works").out


def test_a_sale_shows_with_its_date(clearband: Clearband) -> None:
    before = json.loads(clearband("who", "Honor", "--on", "2020-11-16", "--json").out)["organisation"][
        "control"
    ]
    after = json.loads(clearband("who", "Honor", "--on", "2020-11-17", "--json").out)["organisation"][
        "control"
    ]
    assert {path["to"]: path["relation"] for path in before}["huawei"] == "controlled"
    assert {path["to"]: path["relation"] for path in after}["huawei"] == "former"


@pytest.mark.parametrize(
    ("on", "held"),
    [
        ("2006-01-26", {"huawei": "51 %", "3com": "49 %"}),
        ("2006-01-27", {"3com": "51 %", "huawei": "49 %"}),
        ("2024-09-03", {"unisplendour": "51 %", "hpe": "49 %"}),
        ("2024-09-04", {"unisplendour": "81 %", "hpe": "19 %"}),
        ("2026-01-01", {"unisplendour": "81 to 87.98 %", "hpe": "0 to 19 %"}),
    ],
)
def test_who_holds_what_share_is_told_for_the_day(
    clearband: Clearband, on: str, held: dict[str, str]
) -> None:
    card = json.loads(clearband("who", "H3C", "--on", on, "--json").out)["organisation"]
    assert {share["id"]: share["share"] for share in card["held_by"]} == held


def test_a_part_that_somebody_holds_shows_on_both_sides_with_its_share(clearband: Clearband) -> None:
    assert (
        "  holds      19 % of h3c (minority owner, from 2024-09-04)"
        in clearband("who", "HPE", "--on", "2024-10-01").out
    )
    held = clearband("who", "EZVIZ", "--on", "2024-01-01").out
    assert (
        "  held       48 % (not confirmed) by hikvision (holder since the listing, from 2022-12-28)" in held
    )


def test_measures_are_shown_as_they_stood_on_the_day(clearband: Clearband) -> None:
    def state(on: str) -> str:
        measures = json.loads(clearband("who", "Huawei", "--on", on, "--json").out)["organisation"][
            "measures"
        ]
        return {measure["directive"]: measure["state"] for measure in measures}["us-ndaa-fy2019-889-a1a"]

    assert (state("2019-08-12"), state("2019-08-13")) == ("begins", "in force")


def test_a_place_on_a_list_has_its_own_day_and_a_proposal_never_begins(clearband: Clearband) -> None:
    told = clearband("who", "TP-Link", "--on", "2026-11-28").out
    assert "1260H list (non-binding): in force 2026-06-08" in told
    assert "TP-Link proposal (not adopted) (non-binding): expected 2025-10-30" in told


def test_an_event_that_is_only_alleged_says_so_and_carries_the_answer_of_the_maker(
    clearband: Clearband,
) -> None:
    events = json.loads(clearband("who", "Huawei", "--json").out)["organisation"]["events"]
    assert {"charge", "settlement"} <= {event["status"] for event in events}
    assert any(event["company_response"] for event in events)


def test_several_texts_are_answered_one_after_the_other(clearband: Clearband) -> None:
    lines = clearband("who", "Huawei", "ZTE", "--json").out.splitlines()
    assert [json.loads(line)["maker"] for line in lines] == ["huawei", "zte"]


def test_control_characters_of_a_text_never_reach_the_terminal(clearband: Clearband) -> None:
    assert "\x1b" not in clearband("who", "\x1b[31mAcme").out
