"""Addresses that say who made the device, and those that do not."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearband.identify.component_makers import STARTS, component_trade
from clearband.identify.folding import fold_words
from clearband.identify.mac_addresses import (
    MADE_UP_PREFIXES,
    REASONS,
    VIRTUAL_MACHINES,
    VIRTUAL_ROUTERS,
    address_code,
    why_no_evidence,
)
from clearband.identify.mac_columns import address_bags, address_codes
from clearband.identify.name_forms import without_legal_form
from clearband.identify.registrants import organisation_called
from clearband.register import Register


@pytest.mark.parametrize(
    ("mac", "why"),
    [
        ("02:0f:b5:6b:ca:ea", "locally administered"),
        ("0x5254001234AB", "virtual machines"),
        ("00-50-56-aa-bb-cc", "virtual machines"),
        ("0800.2712.3456", "virtual machines"),
        ("00:00:5e:00:01:0a", "router group"),
        ("00:00:0c:07:ac:01", "router group"),
        ("01:00:5e:00:00:01", "multicast"),
        ("00:00:00:00:00:00", "all-zero"),
        ("ff:ff:ff:ff:ff:ff", "broadcast"),
        ("n/a", "not a MAC address"),
    ],
)
def test_no_evidence_and_why(mac: str, why: str) -> None:
    assert why in str(why_no_evidence(mac))


def test_an_ordinary_address_is_looked_up() -> None:
    assert why_no_evidence("04:ca:ed:cf:aa:08") is None


PREFIXES = (
    (0x04CAED, 24),
    *((prefix, 24) for prefix in VIRTUAL_MACHINES),
    *VIRTUAL_ROUTERS.items(),
    *MADE_UP_PREFIXES.items(),
)
addresses = st.one_of(
    st.integers(0, 2**48 - 1),
    st.builds(
        lambda prefix, rest: prefix[0] << prefix[1] | rest % (1 << prefix[1]),
        st.sampled_from(PREFIXES),
        st.integers(0, 2**40 - 1),
    ),
)


# The register is loaded before the first example, and drawing may take as long as a busy machine needs.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(numbers=st.lists(addresses, max_size=50))
def test_columns_and_single_look_ups_agree(register: Register, numbers: list[int]) -> None:
    codes = address_codes(np.array(numbers, dtype=np.uint64), register)
    for number, code in zip(numbers, codes.tolist(), strict=True):
        alone = address_code(number)
        block = register.mac_blocks.lookup(f"{number:012x}")
        if alone is not None:
            assert code == alone
        elif block is None:
            assert code in REASONS
        else:
            assert register.mac_blocks.registrants[code].name == block.registrant


def test_what_lies_under_nulls_never_counts(register: Register) -> None:
    macs = pl.Series([["04:ca:ed:cf:aa:08"], None, [], [None], ["rubbish"]], dtype=pl.List(pl.String))
    assert [bag is None for bag in address_bags(macs.shift(1), register)] == [True, False, True, True, True]


def test_several_addresses_of_one_registrant_count_once_and_a_little(register: Register) -> None:
    macs = [["04:ca:ed:00:00:01"], ["04:ca:ed:00:00:02", "04:ca:ed:00:00:03", "02:00:00:00:00:01"]]
    one, several = address_bags(pl.Series(macs), register)
    assert one.split("|")[0] in several.split("|")[0]
    assert (one.split("|")[1], several.split("|")[1]) == ("1", "2")


@pytest.mark.parametrize(
    ("mac", "why"),
    [
        ("00:00:00:00:00:01", "made up"),
        ("00:11:22:33:44:55", "made up"),
        ("00:00:5e:00:53:12", "for examples"),
        ("00:01:02:03:04:05", "made up"),
        ("00:00:5e:00:01:14", "CARP"),
        ("00:00:5e:00:02:14", "VRRP"),
        ("00:00:0c:9f:f0:01", "HSRP"),
        ("00:07:b4:00:01:02", "GLBP"),
        ("00:15:5d:01:02:03", "virtual machines"),
        ("02:42:ac:11:00:02", "locally administered"),
        ("33:33:00:00:00:01", "multicast"),
    ],
)
def test_addresses_of_nobody_s_box(mac: str, why: str) -> None:
    assert why in str(why_no_evidence(mac))


@pytest.mark.parametrize(
    "mac", ["00:00:01:00:00:01", "00:01:02:aa:bb:cc", "00:11:23:33:44:55", "00:00:5e:10:00:01"]
)
def test_their_neighbours_are_looked_up(mac: str) -> None:
    assert why_no_evidence(mac) is None


@pytest.mark.parametrize(
    ("registrant", "trade"),
    [
        ("Shenzhen Bilian Electronic Co.,Ltd", "module maker"),
        ("Realtek Semiconductor Corp.", "chip maker"),
        ("Tq - Components Gmbh", "maker of boards inside other makers' devices"),
        ("Intel Corporate", "maker of network cards"),
        ("Shenzhen Gongjin Electronics Co.,Ltd", "contract maker"),
    ],
)
def test_a_registrant_of_parts(registrant: str, trade: str) -> None:
    assert component_trade(None, registrant) == trade


@pytest.mark.parametrize(
    "registrant",
    ["Cypress Solutions Inc", "Murata Machinery, Ltd.", "QUANTA S.r.l.", "Interlink Networks", "Mobotix AG"],
)
def test_a_registrant_of_like_name_may_make_boxes(registrant: str) -> None:
    assert component_trade(None, registrant) == ""


def test_every_trade_in_parts_is_that_of_a_registrant(register: Register) -> None:
    names = [" ".join(without_legal_form(fold_words(one.name))) for one in register.mac_blocks.registrants]
    assert [start for start in STARTS if not any(f"{name} ".startswith(f"{start} ") for name in names)] == []


def test_a_registrant_called_as_an_organisation_is_it_apart_from_the_legal_form(register: Register) -> None:
    names = {"Siemens Ltd.": "siemens", "Moxa.Inc": "moxa", "Pyronix Ltd": "pyronix"}
    assert {name: organisation_called(name, register) for name in names} == names


@pytest.mark.parametrize(
    "name", ["ELTEK SpA", "Optix Jsc", "HW Communications Ltd", "Verizon", "Huawai Corp"]
)
def test_a_registrant_of_like_name_is_somebody_else(name: str, register: Register) -> None:
    assert organisation_called(name, register) is None
