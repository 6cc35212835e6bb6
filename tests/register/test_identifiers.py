"""MAC blocks, enterprise numbers and FCC codes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearband.facts.store import compiled
from clearband.identify.registrants import organisation_called
from clearband.register import load_register

REGISTER = load_register()


@pytest.mark.parametrize(
    ("mac", "maker"),
    [
        ("44:19:B6:D6:F0:C7", "hikvision"),
        ("50-68-0a-71-42-e2", "huawei"),
        ("0x84162322531d", "zte"),
        ("3ca7.aedc.f9eb", "zte"),
    ],
)
def test_a_block_names_its_registrant_in_any_notation(mac, maker):
    block = REGISTER.mac_blocks.lookup(mac)
    assert (block.org_id if block else None) == maker


def test_the_longest_prefix_wins():
    # 8C:1F:64 is a 24-bit block that IEEE splits into 36-bit ones; each belongs to somebody else.
    owners = {REGISTER.mac_blocks.lookup(f"8c1f64{part:03x}000").registrant for part in (0x00A, 0x011, 0x02F)}
    assert len(owners) == 3


@pytest.mark.parametrize("text", ["", "12:34", "zz:zz:zz:zz:zz:zz", "00:11:22:33:44:55:66:77"])
def test_what_is_no_address_has_no_block(text):
    assert REGISTER.mac_blocks.lookup(text) is None


@given(st.lists(st.integers(0, 2**48 - 1), max_size=50))
def test_a_column_of_addresses_is_answered_as_each_address_alone(addresses):
    blocks = REGISTER.mac_blocks
    found = blocks.lookup_many(np.array(addresses, dtype=np.uint64))
    alone = [blocks.lookup(f"{address:012x}") for address in addresses]
    names = [blocks.registrants[index].name if index >= 0 else None for index in found]
    assert names == [block.registrant if block else None for block in alone]


@pytest.mark.parametrize(
    "oid",
    [
        "1.3.6.1.4.1.2011.2.23.95",
        ".1.3.6.1.4.1.2011.2.23.95",
        "iso.3.6.1.4.1.2011.2.23.95",
        "enterprises.2011.2.23.95",
        "SNMPv2-SMI::enterprises.2011.2.23.95",
        ".iso.org.dod.internet.private.enterprises.2011.2.23.95",
        "2011.2.23.95",
        " 1.3.6.1.4.1.2011.2.23.95 (S5720)",
    ],
)
def test_an_enterprise_number_is_read_in_every_notation(oid):
    match = REGISTER.enterprise(oid)
    assert (match.org_id, match.caution) == ("huawei", None)


@pytest.mark.parametrize("text", ["", "Huawei 2011", "1.3.6.1.2.1.1", "1.0.8802.1.1.2", "enterprises", "."])
def test_what_is_no_enterprise_identifier_matches_nothing(text):
    assert REGISTER.enterprise(text) is None


def test_a_clock_under_the_number_of_a_camera_maker_says_so():
    match = REGISTER.enterprise("1.3.6.1.4.1.39165.1.6")
    assert match.org_id is None
    assert "second cue" in match.caution


@pytest.mark.parametrize("oid", ["1.3.6.1.4.1.8072.3.2.10", "1.3.6.1.4.1.4413.1", "1.3.6.1.4.1.26381.1"])
def test_the_number_of_a_software_stack_says_nothing_of_the_maker(oid):
    match = REGISTER.enterprise(oid)
    assert match is None or match.org_id is None


def test_a_longer_number_is_not_the_shorter_one():
    match = REGISTER.enterprise("1.3.6.1.4.1.20110.1")
    assert match is None or match.org_id != "huawei"


@pytest.mark.parametrize(
    ("fcc_id", "maker"), [("SRQ-MF296C", "zte"), ("QISE5577", "huawei"), ("2ADTD-5604SD", "hikvision")]
)
def test_an_fcc_id_begins_with_its_grantee_code(fcc_id, maker):
    assert REGISTER.fcc_grantee(fcc_id).org_id == maker


def test_an_unknown_grantee_code_is_unknown():
    assert REGISTER.fcc_grantee("ZZZ123") is None


@pytest.mark.parametrize(
    ("arc", "makers"),
    [
        ("1.3.6.1.4.1.52642.1.446.0", ("bdcom",)),
        ("1.3.6.1.4.1.43.45.1.2", ("h3c",)),
    ],
)
def test_a_relabelled_box_tells_its_maker_and_its_label(arc, makers):
    match = REGISTER.enterprise(arc)
    assert match.makers == makers
    assert match.brand


def test_the_numbers_of_a_joint_venture_may_be_either_partners():
    match = REGISTER.enterprise("1.3.6.1.4.1.2011.10.1.12")
    assert (match.makers, match.seldom) == (("huawei",), ("h3c",))


def test_whose_a_number_is_said_to_be_is_an_organisation_of_the_register():
    numbers = compiled().read("enterprise_numbers")
    named = set(numbers["organisations"].values())
    named |= {maker for trap in REGISTER.identifier_traps for maker in trap.speaks_for}
    assert named <= REGISTER.organisations.keys()


def test_no_covered_maker_hides_behind_a_bare_number():
    # Numbers of covered makers stand in their own files, where traps and sources are looked at.
    numbers = compiled().read("enterprise_numbers")["numbers"]
    for name in numbers.values():
        found = organisation_called(name, REGISTER)
        assert found is None or REGISTER.organisations[found].group != "covered"
