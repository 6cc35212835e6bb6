"""Model texts: a maker's name in them, product brands, and schemes of numbers."""

from __future__ import annotations

import pytest

from clearband.identify.families import FamilyHit, family_index, strongest, user_agent_index
from clearband.identify.model_text import model_number_forms, observe_combined, observe_model
from clearband.identify.user_agents import UserAgent
from clearband.model.organisation import ModelFamily
from clearband.register import Register


def best(text: str, register: Register) -> tuple[str, float]:
    """The maker for whom a model text speaks most, and how much."""
    hits = family_index(register).match(model_number_forms(text, register))
    evidence = max(observe_model("model", text, hits, register).evidence, key=lambda piece: piece.weight)
    return evidence.maker, evidence.weight


@pytest.mark.parametrize(
    ("text", "maker"),
    [
        ("DS-2CD2032-I", "hikvision"),
        ("DS 2CD2032 I", "hikvision"),
        (" DS-KV8113-WME1 ", "hikvision"),
        ("smartax ma5616", "huawei"),
        ("CloudEngine6865-48S8CQ-EI", "huawei"),
        ("ZXHN F660", "zte"),
        ("zxhn_f660", "zte"),
        ("IPC-HDW3849HP-AS-PV", "dahua"),
        ("poweredge r230", "dell"),
        ("Huawei B618s-22d", "huawei"),
        ("ME60-X8", "huawei"),
    ],
)
def test_a_number_tells_its_maker(text: str, maker: str, register: Register) -> None:
    found, weight = best(text, register)
    assert found == maker
    assert weight > 5


@pytest.mark.parametrize("text", ["S5720-28P", "USG6350", "HG6543C", "EC25-AF"])
def test_a_number_that_several_makers_use_is_weak(text: str, register: Register) -> None:
    assert best(text, register)[1] < 5


def met_by(text: str, hit: FamilyHit, register: Register) -> bool:
    """Whether a number meets a scheme, read where the scheme is."""
    if hit.family.read_in == "user-agent":
        model, _, behind = text.partition("; ")
        system, _, build = behind.partition("; ")
        return hit in user_agent_index(register).match(UserAgent(model, "", system, build).forms())
    return hit in family_index(register).match(model_number_forms(text, register))


def schemes(register: Register) -> list[FamilyHit]:
    return list(dict.fromkeys((*family_index(register).hits, *user_agent_index(register).hits)))


def test_every_example_meets_its_own_scheme(register: Register) -> None:
    for hit in schemes(register):
        if hit.family.example:
            assert met_by(hit.family.example, hit, register), (hit.org_id, hit.family.pattern)


def test_a_scheme_that_tells_the_maker_alone_has_an_example(register: Register) -> None:
    families = [one for maker in register.organisations.values() for one in maker.model_families]
    assert [one.pattern for one in families if one.distinctive and not one.example] == []


def test_no_counter_example_meets_the_scheme(register: Register) -> None:
    for hit in schemes(register):
        if hit.family.counter_example:
            assert not met_by(hit.family.counter_example, hit, register), (hit.org_id, hit.family.pattern)


COVERED = {"huawei", "zte", "hikvision", "dahua", "hytera", "ezviz", "imou"}


def test_no_covered_makers_scheme_claims_the_number_of_another_maker(register: Register) -> None:
    claimed = []
    for hit in family_index(register).hits:
        text = hit.family.example
        if not text or not hit.family.distinctive or register.organisations[hit.org_id].group != "negative":
            continue
        met = strongest(family_index(register).match(model_number_forms(text, register)))
        claimed += [(text, hit.org_id, m.org_id) for m in met if m.org_id in COVERED and m.family.distinctive]
    assert claimed == []


def test_a_distinctive_number_is_one_makers(register: Register) -> None:
    """Two makers that both claim a number make it a contradiction: one of the schemes is too wide."""
    clashes = []
    for hit in family_index(register).hits:
        text = hit.family.example
        if not text or not hit.family.distinctive:
            continue
        met = strongest(family_index(register).match(model_number_forms(text, register)))
        clashes += [
            (text, hit.org_id, m.org_id) for m in met if m.family.distinctive and m.org_id != hit.org_id
        ]
    assert clashes == []


@pytest.mark.parametrize(
    ("text", "maker"),
    [
        ("WS-X6748-GE-TX", "cisco"),
        ("WS-26-400-AC", "netonix"),
        ("C9300-24UX-A", "cisco"),
        ("DS-C9396T-K9", "cisco"),
        ("EX4300-32F", "juniper"),
        ("EX6150", "netgear"),
        ("DCS-7280SR3-48YC8", "arista"),
        ("DCS-5222LB1", "d-link"),
        ("JL660A", "hpe"),
        ("FG-100F", "fortinet"),
        ("FS-148F-POE", "fortinet"),
        ("PA-3220", "palo-alto-networks"),
        ("TZ370", "sonicwall"),
        ("XGS 4300", "sophos"),
        ("XGS2220-30", "zyxel"),
        ("AP7921", "apc"),
        ("SMT750RMI2U", "apc"),
        ("DS920+", "synology"),
        ("TS-453D", "qnap"),
        ("GS1915-8", "zyxel"),
        ("GS116E", "netgear"),
        ("GS-3126X", "lancom"),
        ("MSN3420-CB2F", "nvidia-mellanox"),
        ("X460-G2-48t", "extreme"),
        ("x530L-28GPX", "allied-telesis"),
        ("X710-DA4", "intel"),
        ("CRS328-24P-4S+RM", "mikrotik"),
        ("USW-Pro-24-PoE", "ubiquiti"),
        ("1756-L73", "rockwell-automation"),
        ("SYS-6029P-TRT", "supermicro"),
    ],
)
def test_numbers_of_the_usual_makers(text: str, maker: str, register: Register) -> None:
    found = strongest(family_index(register).match(model_number_forms(text, register)))
    assert [hit.org_id for hit in found if hit.family.distinctive] == [maker]


@pytest.mark.parametrize(
    "text", ["FS-1030D", "iR1600", "MX80", "EX 2200", "Orbit-351", "Knot DNS 1.6", "DS-7108"]
)
def test_numbers_that_only_come_close(text: str, register: Register) -> None:
    found = strongest(family_index(register).match(model_number_forms(text, register)))
    assert {hit.org_id for hit in found if hit.family.distinctive} <= {"hikvision"}


@pytest.mark.parametrize(
    ("text", "maker"),
    [
        ("MA5800-X15", "huawei"),
        ("H901MPLA", "huawei"),
        ("S5735-L24P4S-A1", "huawei"),
        ("S6320-30L-HI-24S", "huawei"),
        ("CE6881-48S6CQ", "huawei"),
        ("NE8000 M8", "huawei"),
        ("BBU5900", "huawei"),
        ("UMPTe3", "huawei"),
        ("AAU5639w", "huawei"),
        ("OptiX OSN 8800", "huawei"),
        ("PTN 960", "huawei"),
        ("AirEngine 6760-X1", "huawei"),
        ("AP7060DN", "huawei"),
        ("HG8546M", "huawei"),
        ("E3372h-320", "huawei"),
        ("SUN2000-100KTL-M1", "huawei"),
        ("OceanStor 5500 V5", "huawei"),
        ("ZXA10 C600", "zte"),
        ("ZXCTN 6180H", "zte"),
        ("ZXMP M721", "zte"),
        ("H268A V1.0", "zte"),
        ("MF283U", "zte"),
        ("DS-2DE4425IW-DE", "hikvision"),
        ("iDS-7216HUHI-M2/S", "hikvision"),
        ("DS-D5043QE", "hikvision"),
        ("IPC-T240H", "hikvision"),
        ("CS-H8C-R100-1K3WKFL", "ezviz"),
        ("DH-IPC-HFW2849S-S-IL", "dahua"),
        ("XVR5116HS-I3", "dahua"),
        ("NVR5432-16P-I", "dahua"),
        ("VTO2202F-P-S2", "dahua"),
        ("SD3A200-GNP-PV", "dahua"),
        ("PD985", "hytera"),
        ("PT580H Plus", "hytera"),
    ],
)
def test_numbers_of_covered_makers(text: str, maker: str, register: Register) -> None:
    found = strongest(family_index(register).match(model_number_forms(text, register)))
    assert [hit.org_id for hit in found if hit.family.distinctive] == [maker]


@pytest.mark.parametrize(
    "text",
    [
        "S5120-28P-LI",  # H3C
        "S5800-28TP",  # FiberHome
        "USG FLEX 200",  # Zyxel
        "EA5800",  # Linksys
        "HG6145D2",  # FiberHome
        "MC7455",  # Sierra Wireless
        "AR1050V",  # Allied Telesis
        "E5220",  # Intel
        "AP5010",
        "DS-X9334-K9",  # Cisco
        "DS-30112",  # Digitus
        "IPC-B112-PF28",  # Uniview
        "NVR1008H-8MP",  # TP-Link
        "AS5812-54X",  # Edgecore
        "TC-P16C6",  # TRENDnet
        "HP 685",  # HP Inc.
        "R5300 G4",  # H3C, ZTE
        "0235A0BG",  # H3C
        "Atlas 800",
        "GTGH",
        "C320",
        "F660",
    ],
)
def test_numbers_that_others_use_do_not_tell_a_covered_maker(text: str, register: Register) -> None:
    found = strongest(family_index(register).match(model_number_forms(text, register)))
    assert not [hit.org_id for hit in found if hit.family.distinctive and hit.org_id in COVERED]


def test_a_scheme_for_user_agents_has_an_example(register: Register) -> None:
    hits = schemes(register)
    assert not [hit for hit in hits if hit.family.read_in == "user-agent" and not hit.family.example]


def test_a_mere_shape_yields_to_the_maker_that_lists_the_number(register: Register) -> None:
    listed = FamilyHit("honor-device", ModelFamily("^ANY-NX1", "handset", "listed", True, False))
    shape = FamilyHit("huawei", ModelFamily("^[A-Z]{3}-", "handset", "shape", True, False, yields=True))
    weak = FamilyHit("zte", ModelFamily("^[A-Z]", "handset", "weak", False, False))
    assert strongest([shape, listed, weak]) == (listed, weak)
    assert strongest([shape, weak]) == (shape, weak)


@pytest.mark.parametrize(
    ("text", "maker"),
    [
        ("Sharx Security Inc. scnc2900", "sharx-security"),
        ("Vicon Industries B8220", "vicon-industries"),
        ("Digital Recorders VMAX 960H Core", "digital-recorders"),
        ("ubiquity UVC G3", "ubiquiti"),
        ("Hanwha QNO-8080R", "hanwha-vision"),
    ],
)
def test_leading_words_of_a_combined_text_name_the_maker(text: str, maker: str, register: Register) -> None:
    hits = family_index(register).match(model_number_forms(text, register))
    assert [piece.maker for piece in observe_combined("model", text, hits, register).evidence] == [maker]


@pytest.mark.parametrize(
    "text",
    [
        "C26EP-V2",
        "9605E",
        "241q",
        "RLC-410WS",
        "switch",
        "Core Switch 24",
        "Rocket M2",
        "Firebox T80",
        "Foobar 300",
        "Sharx Security scnc2900",
        "PowerEdge R730",
        "TBD",
    ],
)
def test_a_number_or_a_product_line_alone_names_nobody(text: str, register: Register) -> None:
    hits = family_index(register).match(model_number_forms(text, register))
    assert not [
        piece for piece in observe_combined("model", text, hits, register).evidence if not piece.known
    ]
