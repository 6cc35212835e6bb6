"""Records and their verdicts: what people write, what devices say, and what must not count."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from clearband.identify import identify
from clearband.model.evidence import VERDICT_SCHEMA
from clearband.register import Register
from tests.identify.conftest import ON, table

Verdict = Callable[..., dict[str, Any]]


def test_a_stated_maker_is_identified_with_its_evidence(verdict: Verdict) -> None:
    row = verdict(manufacturer="HUAWEI TECH CO LTD", model="CE6820H-48S6CQ")
    assert (row["maker"], row["maker_status"]) == ("huawei", "identified")
    assert row["confidence"] > 0.95
    assert {piece["signal"] for piece in row["evidence"]} == {"manufacturer", "model"}
    assert all(piece["source"] for piece in row["evidence"])


def test_nothing_told_is_unidentified_and_says_what_would_help(verdict: Verdict) -> None:
    row = verdict(manufacturer="Unknown", model="misc")
    assert (row["maker"], row["maker_status"], row["confidence"]) == (None, "unidentified", 0.0)
    assert "MAC address" in row["would_help"]


def test_a_maker_outside_the_register_is_named(verdict: Verdict) -> None:
    row = verdict(manufacturer="Camille Bauer GmbH", model="Patch Panel")
    assert (row["maker"], row["maker_name"], row["maker_status"]) == (
        "camille-bauer",
        "Camille Bauer GmbH",
        "named",
    )
    assert "does not know" in row["would_help"]


@pytest.mark.parametrize("mac", ["04:ca:ed:cf:aa:08", "68:89:c1:26:ec:c2"])
def test_an_address_alone_identifies(mac: str, verdict: Verdict) -> None:
    assert verdict(macs=[mac])["maker"] == "huawei"


def test_a_virtual_address_identifies_nobody(verdict: Verdict) -> None:
    assert verdict(macs=["06:ca:ed:cf:aa:08"])["maker_status"] == "unidentified"


def test_contrary_signals_are_no_quiet_win(verdict: Verdict) -> None:
    row = verdict(manufacturer="Fortinet", macs=["74:4a:a4:1f:f3:80"])
    assert (row["maker_status"], row["contradiction"]) == ("unidentified", True)
    assert {piece["maker"] for piece in row["evidence"]} == {"fortinet", "zte"}
    assert "contradict" in row["would_help"]


def test_a_third_signal_decides_but_the_contradiction_stays(verdict: Verdict) -> None:
    row = verdict(manufacturer="Fortinet", model="ZXHN F660", macs=["74:4a:a4:1f:f3:80"])
    assert row["maker"] == "zte"
    assert row["contradiction"]
    assert row["runner_up"] == "fortinet"


def test_a_carrier_in_the_makers_column_is_the_brand(verdict: Verdict) -> None:
    row = verdict(manufacturer="T-Mobile", model="Huawei B618s-22d")
    assert (row["maker"], row["brand"]) == ("huawei", "T-Mobile")


def test_a_brand_known_to_sell_others_hardware_keeps_its_name_and_asks(verdict: Verdict) -> None:
    row = verdict(manufacturer="Lorex", model="LNE3003")
    assert row["maker"] == "lorex"
    assert row["runner_up"] == "dahua"
    assert "Dahua" in row["would_help"]


def test_proof_of_the_hardware_maker_makes_the_brand_a_label(verdict: Verdict) -> None:
    row = verdict(manufacturer="Amcrest", macs=["24:52:6a:34:76:e5"])
    assert (row["maker"], row["brand"]) == ("dahua", "Amcrest")


def test_an_unregistered_label_on_known_hardware(verdict: Verdict) -> None:
    row = verdict(manufacturer="Safire", model="DS-2CD2032-I", macs=["c4:2f:90:db:ae:77"])
    assert (row["maker"], row["brand"]) == ("hikvision", "Safire")


def test_a_brand_of_the_house_is_told_beside_the_maker(verdict: Verdict) -> None:
    assert verdict(manufacturer="Meraki", model="MX84")["brand"] == "Meraki"


def test_a_note_is_a_mention_never_evidence(verdict: Verdict) -> None:
    row = verdict(notes="中兴 MF286D (from walk-through)")
    assert row["maker_status"] == "unidentified"
    assert row["evidence"] == []
    assert [(mention["maker"], mention["signal"]) for mention in row["mentions"]] == [("zte", "notes")]
    assert "ZTE" in row["would_help"]


def test_a_note_that_names_an_ordinary_maker_is_not_worth_a_mention(verdict: Verdict) -> None:
    assert verdict(manufacturer="Zyxel", notes="sits next to Cisco rack")["mentions"] == []


def test_a_neighbour_says_nothing_of_the_device(verdict: Verdict) -> None:
    neighbour = {
        "chassis_id": None,
        "port_descr": None,
        "sys_name": "core",
        "sys_descr": "Huawei Versatile Routing",
    }
    row = verdict(manufacturer="Juniper", model="MX80", neighbors=[neighbour])
    assert row["maker"] == "juniper"
    assert [mention["signal"] for mention in row["mentions"]] == ["neighbors"]


def test_a_replacement_is_not_what_it_replaces(verdict: Verdict) -> None:
    row = verdict(manufacturer="Dell", model="PowerEdge R620", description="replacement for Dahua unit")
    assert row["maker"] == "dell"
    assert [mention["maker"] for mention in row["mentions"]] == ["dahua"]


def test_compatible_optics_are_not_the_makers(verdict: Verdict) -> None:
    row = verdict(model="SFP-10G-LR Huawei-compatible")
    assert row["maker"] != "huawei"
    assert [mention["maker"] for mention in row["mentions"]] == ["huawei"]


def test_an_ambiguous_abbreviation_is_not_enough(verdict: Verdict) -> None:
    row = verdict(manufacturer="HW", model="board 7")
    assert row["maker_status"] == "unidentified"
    assert row["runner_up"] == "huawei"


def test_a_short_name_is_settled_by_the_model(verdict: Verdict) -> None:
    assert verdict(manufacturer="Alcatel-Lucent")["maker"] == "nokia"
    assert verdict(manufacturer="Alcatel-Lucent", model="OS6450-48")["maker"] == "alcatel-lucent-enterprise"


def test_a_chip_makers_block_does_not_make_the_box(verdict: Verdict, register: Register) -> None:
    row = verdict(manufacturer="Teltonika", model="RUT240", macs=["00:e0:4c:6f:4b:66"])
    assert row["maker"] == "teltonika"
    assert not row["contradiction"]


def test_what_the_device_says_of_itself(verdict: Verdict) -> None:
    assert verdict(sys_descr="Huawei Versatile Routing Platform Software")["maker"] == "huawei"
    assert verdict(sys_object_id="1.3.6.1.4.1.2011.2.23.123")["maker"] == "huawei"
    banners = [{"protocol": "http-server", "text": "DNVRS-Webs"}, {"protocol": "ssh", "text": "OpenSSH"}]
    assert verdict(banners=banners)["maker"] == "hikvision"
    chassis = [{"mfg": None, "model": "x", "descr": None, "name": None, "serial": None}]
    chassis.append(
        {"mfg": "Cisco Systems, Inc.", "model": "WS-C3750", "descr": None, "name": None, "serial": None}
    )
    assert verdict(ent_physical=chassis)["maker"] == "cisco"


@pytest.mark.parametrize(
    "oid",
    [
        "1.3.6.1.4.1.39165.1.6",
        "1.3.6.1.4.1.26381.1",
        "1.3.6.1.4.1.8072.3.2.10",
        "1.3.6.1.4.1.2011.10",
        "1.3.6.1.4.1.2011.10.1",
        "1.3.6.1.4.1.10002.1",
        "1.3.6.1.4.1.50001.3",
    ],
)
def test_a_trapped_enterprise_number_alone_identifies_nobody(oid: str, verdict: Verdict) -> None:
    assert verdict(sys_object_id=oid)["maker_status"] == "unidentified"


def test_an_arc_that_another_maker_used_in_rarer_cases_says_so(verdict: Verdict) -> None:
    found = verdict(sys_object_id="1.3.6.1.4.1.2011.10.1.12")
    assert (found["maker"], found["runner_up"]) == ("huawei", "h3c")
    assert found["confidence"] < 0.9


@pytest.mark.parametrize(
    ("oid", "maker", "status"),
    [
        (
            "1.3.6.1.4.1.2435.2.3.9.1",
            "brother",
            "named",
        ),  # Brother printers; the register may know it one day
        ("1.3.6.1.4.1.318.1.3.28.17", "apc", "identified"),
    ],
)
def test_an_enterprise_number_is_the_maker_of_the_agent(
    oid: str, maker: str, status: str, verdict: Verdict
) -> None:
    row = verdict(sys_object_id=oid)
    assert row["maker"].startswith(maker)
    assert status == "named" or row["maker_status"] == status


def test_a_number_and_a_text_of_one_device_outweigh_one_address(verdict: Verdict) -> None:
    # A port, a fibre module or a copied address of Nokia's.
    told = {"sys_descr": "ZTE Ethernet Switch ZXR10 5950-52TM", "sys_object_id": "1.3.6.1.4.1.3902.3.100.1"}
    row = verdict(**told, macs=["00:12:62:00:00:01"])
    assert (row["maker"], row["contradiction"]) == ("zte", True)
    assert verdict(sys_descr=told["sys_descr"], macs=["00:12:62:00:00:01"])["maker"] is None


def test_an_unknown_registrant_is_no_rival_of_what_the_device_says(verdict: Verdict) -> None:
    # 00:04:a3 is Microchip's, 00:06:66 Roving Networks': makers of the part with the socket.
    row = verdict(sys_object_id="1.3.6.1.4.1.318.1.3.27", macs=["00:06:66:00:00:01"])
    assert (row["maker"], row["contradiction"]) == ("apc", False)
    assert {piece["maker"] for piece in row["evidence"]} == {"apc", "roving-networks"}


@pytest.mark.parametrize("number", ["311", "2021", "6876", "8072.3.2.255", "4413.1.2", "27282.1", "99.1"])
def test_an_agent_or_operating_system_of_anybody_says_nothing(number: str, verdict: Verdict) -> None:
    row = verdict(sys_object_id=f"1.3.6.1.4.1.{number}")
    assert (row["maker"], row["runner_up"]) == (None, None)


def test_a_label_on_another_maker_s_switch_is_the_brand(verdict: Verdict) -> None:
    row = verdict(sys_object_id="1.3.6.1.4.1.43.45.1.2")
    assert (row["maker"], row["brand"]) == ("h3c", "3Com")


def test_a_better_signal_goes_before_the_number_of_a_joint_venture(verdict: Verdict) -> None:
    assert verdict(sys_object_id="1.3.6.1.4.1.2011.10.1.12", manufacturer="H3C")["maker"] == "h3c"
    assert verdict(sys_object_id="1.3.6.1.4.1.2011.10.1.12", manufacturer="Huawei")["maker"] == "huawei"


def test_former_parts_are_not_called_covered(verdict: Verdict) -> None:
    assert verdict(manufacturer="Honor", model="phone")["maker"] == "honor-device"
    assert verdict(manufacturer="H3C", model="S5130-28S-EI")["maker"] == "h3c"


def test_category_is_stated_before_it_is_implied(verdict: Verdict) -> None:
    stated = verdict(manufacturer="Panduit", model="PN-1", category="Core Switch")
    implied = verdict(manufacturer="Hikvision", model="DS-2CD2032-I")
    described = verdict(manufacturer="Panduit", description="outdoor camera")
    assert (stated["category"], stated["category_basis"]) == ("switch", "stated")
    assert (implied["category"], implied["category_basis"]) == ("camera", "model")
    assert (described["category"], described["category_basis"]) == ("camera", "description")


@pytest.mark.parametrize(
    ("stated", "mac", "maker"),
    [
        ("ZTE USA", "74:4a:a4:1f:f3:80", "zte"),
        ("Hangzhou EZVIZ", "c4:2f:90:db:ae:77", "ezviz"),
        ("Aruba", "94:18:82:00:00:01", "aruba"),
        ("Juniper", "94:18:82:00:00:01", "juniper"),  # part of HPE since July 2025
        ("Imou", "24:52:6a:34:76:e5", "imou"),
        ("Hikvision", "c4:2f:90:db:ae:77", "hikvision"),
    ],
)
def test_companies_of_one_house_agree(stated: str, mac: str, maker: str, verdict: Verdict) -> None:
    row = verdict(manufacturer=stated, macs=[mac])
    assert (row["maker"], row["contradiction"]) == (maker, False)
    assert row["confidence"] > 0.99


@pytest.mark.parametrize(
    ("stated", "maker", "brand"),
    [
        ("Hikvision USA Inc.", "hikvision", "Hikvision USA Inc."),
        ("Dahua Technology USA Inc.", "dahua", "Dahua Technology USA Inc."),  # sold in January 2024
    ],
)
def test_what_a_sales_company_sells_was_made_by_its_maker(
    stated: str, maker: str, brand: str, verdict: Verdict
) -> None:
    row = verdict(manufacturer=stated)
    assert (row["maker"], row["brand"], row["contradiction"]) == (maker, brand, False)


def test_a_house_is_one_on_the_day_only(register: Register) -> None:
    before = identify(
        table({"manufacturer": "Juniper", "macs": ["94:18:82:00:00:01"]}), register, on=date(2024, 1, 1)
    )
    assert before["contradiction"].to_list() == [True]


def test_an_unknown_name_beside_a_covered_one_is_not_the_verdict(verdict: Verdict) -> None:
    row = verdict(manufacturer="Acme Networks Inc", description="Huawei router")
    assert (row["maker_status"], row["runner_up"], row["contradiction"]) == ("unidentified", "huawei", True)


def test_an_empty_table_has_the_schema(register: Register) -> None:
    verdicts = identify(table(), register, on=ON)
    assert dict(verdicts.schema) == {
        name: dtype if not isinstance(dtype, type) else dtype() for name, dtype in VERDICT_SCHEMA.items()
    }
    assert verdicts.height == 0


def test_progress_is_told(register: Register) -> None:
    told: list[tuple[str, int, int]] = []
    identify(table({"manufacturer": "ZTE"}), register, on=ON, progress=lambda *step: told.append(step))
    assert told[-1][1] == told[-1][2]


@pytest.mark.parametrize("kind", ["module", "line card"])
def test_letters_that_are_a_boards_code_tell_the_maker_of_what_is_called_a_board(
    kind: str, verdict: Verdict
) -> None:
    assert verdict(model="SCTM", category=kind)["maker"] == "zte"


@pytest.mark.parametrize(
    "other", [{}, {"category": "router"}, {"category": "module", "manufacturer": "Calix"}]
)
def test_the_same_letters_tell_nothing_of_something_else(other: dict[str, str], verdict: Verdict) -> None:
    assert verdict(model="SCTM", **other)["maker"] != "zte"


def test_a_full_name_is_not_short_for_another_because_a_number_is_of_a_shape_that_many_use(
    verdict: Verdict,
) -> None:
    """H3C was Huawei-3Com, and Sxxxx switches are made by many."""
    assert verdict(manufacturer="Huawei", model="S5850", category="switch")["maker"] == "huawei"
    assert verdict(manufacturer="Huawei", macs=["3c:e5:a6:00:00:01"])["maker"] != "huawei"


@pytest.mark.parametrize(
    "beside",
    [
        {"description": "Huawei NE40E router"},
        {"macs": [*(f"50:68:0a:00:00:{n:02x}" for n in range(20)), "00:09:7c:00:00:01"]},
    ],
)
def test_a_listed_maker_told_of_the_thing_contradicts_the_one_that_is_stated(
    beside: dict[str, Any], verdict: Verdict
) -> None:
    row = verdict(manufacturer="Cisco", **beside)
    assert row["contradiction"]


def test_a_description_that_only_mentions_a_listed_maker_contradicts_nobody(verdict: Verdict) -> None:
    row = verdict(manufacturer="Cisco", model="ISR4331", description="router, replaces Huawei AR2220")
    assert (row["maker"], row["contradiction"]) == ("cisco", False)
