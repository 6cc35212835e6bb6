"""What a compliance officer and a network engineer found wrong in verdicts, an example each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from clearband.identify.carriers import carriers
from clearband.identify.explain import explain_record
from clearband.identify.folding import fold_words
from clearband.identify.name_forms import is_placeholder
from clearband.register import Register

Verdict = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("stated", "model", "maker"),
    [
        ("Dell", "S5731-H48P4XC", "huawei"),
        ("Ericsson", "RRU5901", "huawei"),
        ("Nokia", "RRU 3959", "huawei"),
        ("Cisco", "S5720-28X-LI-AC", "huawei"),
        ("Juniper", "S6730-H48X6C", "huawei"),
        ("Netgear", "S5700-28P-LI", "huawei"),
        ("HPE", "S5735-L24T4S-A1", "huawei"),
        ("Dell", "RH2288H V3", "huawei"),
        ("Axis", "NVR4216-16P-4KS2", "dahua"),
        ("Nokia", "EG8145V5", "huawei"),
        ("Cradlepoint", "AR1220E", "huawei"),
        ("Nokia", "R8862A", "zte"),
        ("Netgear", "MC801A", "zte"),
        ("Bosch", "NVR-104MH-C/4P", "hikvision"),
        ("Motorola Solutions", "MD785G", "hytera"),
    ],
)
def test_a_covered_makers_full_number_under_another_name_is_not_cleared(
    stated: str, model: str, maker: str, verdict: Verdict
) -> None:
    row = verdict(manufacturer=stated, model=model)
    assert row["contradiction"]
    assert row["maker_status"] == "unidentified"
    assert maker in {piece["maker"] for piece in row["evidence"] if piece["weight"] > 5}
    assert verdict(manufacturer=maker, model=model)["maker_status"] == "identified"


@pytest.mark.parametrize(
    ("stated", "model"),
    [
        ("Netgear", "R8900"),
        ("BDCOM", "S2928"),
        ("Dell", "S5248F-ON"),
        ("DCN", "S5750E-28X-SI"),
        ("H3C", "S5130S-28P-EI"),
        ("FS", "S5800-48F4S"),
        ("Ericsson", "RBS 6601"),
        ("Axis", "P3245-LVE"),
    ],
)
def test_other_makers_like_numbers_contradict_nothing(stated: str, model: str, verdict: Verdict) -> None:
    row = verdict(manufacturer=stated, model=model)
    assert (row["maker_status"], row["contradiction"]) == ("identified", False)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "k.A.",
            "K.A",
            "k. A.",
            "N.N.",
            "keine Angabe",
            "o.A.",
            "unbekannt",
            "not labelled",
            "ditto",
            "s.o.",
        ),
        *(
            '"',
            "sin marca",
            "sans marque",
            "N.D.",
            "tbc",
            "various",
            "diverse",
            "non renseigné",
            "s/m",
            "idem",
        ),
        *(
            "siehe oben",
            "sem marca",
            "senza marca",
            "不适用",
            "no label",
            "not-labeled",
            "Hersteller unbekannt",
        ),
    ],
)
def test_a_placeholder_in_any_language_contradicts_no_address(text: str, verdict: Verdict) -> None:
    row = verdict(manufacturer=text, macs=["d4:20:b0:11:22:33"])
    assert (row["maker"], row["contradiction"]) == ("juniper", False)


def test_no_placeholder_is_a_name_of_the_register(register: Register) -> None:
    taken = {entry.text for entry in register.names if is_placeholder(fold_words(entry.text))}
    assert taken <= {"BT"}


@pytest.mark.parametrize(
    ("text", "maker"),
    [
        ("NSN", "nokia"),
        ("Nokia Siemens Networks", "nokia"),
        ("Nokia Siemens", "nokia"),
        ("Alcatel-Lucent", "nokia"),
        ("Lucent", "nokia"),
        ("Nortel Networks", "nortel"),
        ("APC", "apc"),
        ("Rohde & Schwarz", "rohde-schwarz"),
    ],
)
def test_former_and_household_names_resolve(text: str, maker: str, verdict: Verdict) -> None:
    assert verdict(manufacturer=text)["maker"] == maker


@pytest.mark.parametrize(
    ("maker", "model", "stated", "category"),
    [
        ("Ubiquiti", "EdgeRouter 12P", None, "edge-router"),
        ("NEC", "UNIVERGE IX2215", None, "edge-router"),
        ("Zyxel", "WAC500H", None, "wlan-ap"),
        ("D-Link", "DCS-2630L", None, "camera"),
        ("ADVA", "FSP 3000", None, "dwdm"),
        ("Adtran", "Total Access 5000", "OLT", "olt"),
        ("Lenovo", "ThinkPad T14", "Laptop", "computer"),
        ("Juniper", "EX4100-48P", None, "switch"),
        ("Juniper", "EX9214", None, "switch"),
        ("Fortinet", "FortiSwitch 148F-POE", None, "switch"),
        ("Fortinet", "FortiAP 231F", None, "wlan-ap"),
        ("Digital Watchdog", "VMAX A1 recorder", None, "video-recorder"),
        ("Huawei", "FAN-031A-B", None, "module-card"),
        ("Huawei", "PDC1000S56-CB", None, "module-card"),
        ("Cisco", "CP-8841", "Phone", "ip-phone"),
        ("Cisco", "ASR-9001", "Router", "edge-router"),
        ("Cisco", "NCS-5501", "Router", "core-router"),
        ("Nokia", "7750 SR-7", "Router", "edge-router"),
        ("Nokia", "7705 SAR-8", "Router", "edge-router"),
        ("Juniper", "MX204", "Router", "edge-router"),
        ("Cisco", "ISR4331/K9", "Router", "edge-router"),
        ("MikroTik", "CCR1036-8G-2S+", "Router", "edge-router"),
        ("Adtran", "NetVanta 3448", "Router", "edge-router"),
        ("Cradlepoint", "IBR900", "Router", "edge-router"),
        ("Teltonika", "RUT955", "Router", "edge-router"),
        ("Acme", "MX204", "Router", "router"),  # another maker's scheme refines nothing
    ],
)
def test_a_family_tells_its_kind(
    maker: str, model: str, stated: str | None, category: str, verdict: Verdict
) -> None:
    assert verdict(manufacturer=maker, model=model, category=stated)["category"] == category


@pytest.mark.parametrize(
    ("text", "brand"),
    [("ZTE", None), ("ZTE Corp.", None), ("Z.T.E.", None), ("ZTE (USA) Inc.", "ZTE (USA) Inc.")],
)
def test_only_a_text_that_names_a_sales_company_gives_its_brand(
    text: str, brand: str | None, verdict: Verdict
) -> None:
    row = verdict(manufacturer=text)
    assert (row["maker"], row["brand"]) == ("zte", brand)


@pytest.mark.parametrize(
    ("stated", "model", "maker", "brand"),
    [
        ("AT&T", "Velocity MF923", "zte", "AT&T"),
        ("Vodafone", "Gigacube B818", "huawei", "Vodafone"),
        ("Telekom", "Speedport W 724V Typ A", None, "Telekom"),
        ("BT", "Smart Hub 2", None, "BT"),
        ("AT&T / Nokia", None, "nokia", "AT&T"),
        ("Vodafone", "Huawei B528s-23a", "huawei", "Vodafone"),
    ],
)
def test_a_carriers_name_is_a_brand(
    stated: str, model: str | None, maker: str | None, brand: str, register: Register, verdict: Verdict
) -> None:
    row = verdict(manufacturer=stated, model=model)
    assert (row["maker"], row["brand"], row["contradiction"]) == (maker, brand, False)
    assert row["runner_up"] not in carriers(register)
    if maker is None:
        assert row["would_help"].startswith(f"{brand} is a carrier")


def test_texts_for_people_have_names_and_no_ids(register: Register, verdict: Verdict) -> None:
    row = verdict(manufacturer="Foo & Bar", macs=["d4:20:b0:11:22:33"])
    assert "Foo & Bar" in row["would_help"]
    assert not any("foo-bar" in line for line in explain_record(row, register))


def test_a_plain_motorola_is_nobody_in_particular(verdict: Verdict) -> None:
    assert verdict(manufacturer="Motorola")["maker_status"] == "unidentified"
    assert verdict(manufacturer="Motorola", model="XPR 7550e")["maker"] == "motorola-solutions"


def test_a_contradiction_is_between_two_names(register: Register, verdict: Verdict) -> None:
    row = verdict(manufacturer="Huawei", model="EG8145V5", macs=["00:18:82:00:00:01"])
    assert (row["maker"], row["contradiction"]) == ("huawei", False)
