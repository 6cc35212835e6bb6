"""Supply chains: tiers, shares, single sources, and what a ban would take."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearband.assess.chain import chain_of, effects_of, read_ban, shares_by, single_sources
from clearband.errors import InputError, UsageError
from clearband.identify import identify
from clearband.model.equipment import EQUIPMENT_SCHEMA
from clearband.register import load_register

REGISTER = load_register()
ON = date(2026, 11, 1)
ROWS: list[dict[str, Any]] = [
    {
        "record_id": "R1",
        "manufacturer": "Ericsson",
        "model": "Radio 4415",
        "category": "rru",
        "site": "north",
    },
    {"record_id": "R1/p", "parent_id": "R1", "manufacturer": "HiSilicon", "category": "semiconductor"},
    {"record_id": "R1/m", "parent_id": "R1", "manufacturer": "Micron", "category": "module"},
    {"record_id": "R1/m/c", "parent_id": "R1/m", "description": "capacitor", "made_in": "CN"},
    {"record_id": "R2", "manufacturer": "Nokia", "model": "AirScale", "category": "rru", "network": "south"},
    {"record_id": "R2/p", "parent_id": "R2", "manufacturer": "Broadcom", "category": "semiconductor"},
]


def chain(rows: list[dict[str, Any]]) -> pl.DataFrame:
    table = pl.DataFrame(rows, schema=EQUIPMENT_SCHEMA)
    return chain_of(table, identify(table, REGISTER, on=ON), REGISTER)


def test_a_part_knows_its_product_and_how_deep_it_lies() -> None:
    made = chain(ROWS)
    assert made["product"].to_list() == ["R1", "R1", "R1", "R1", "R2", "R2"]
    assert made["tier"].to_list() == [0, 1, 1, 2, 0, 1]


def test_what_is_not_told_is_a_share_of_its_own() -> None:
    by_maker = shares_by(chain(ROWS), "maker")
    assert by_maker["share"].sum() == pytest.approx(1)
    assert by_maker.filter(of="unknown")["quantity"].to_list() == [1]


def test_a_function_that_one_maker_supplies_is_a_single_source() -> None:
    single = single_sources(chain(ROWS)).to_dicts()
    chip = next(row for row in single if row["product"] == "R1" and row["function"] == "semiconductor")
    assert (chip["maker"], chip["elsewhere"]) == ("hisilicon", 1)
    assert "capacitor" not in {row["function"] for row in single}  # nobody knows whose it is


def test_a_ban_reaches_what_the_banned_one_controls_and_names_who_else_supplies_it() -> None:
    effects = effects_of(chain(ROWS), read_ban("supplier:huawei", REGISTER), REGISTER, ON)
    lost = effects.products.filter(pl.col("certain") > 0)
    assert lost["product"].to_list() == ["R1"]
    assert lost["functions"].to_list() == [["semiconductor"]]
    assert effects.alternatives["maker"].to_list() == ["broadcom"]
    assert effects.networks.filter(network="north")["certain"].to_list() == [1]


def test_a_part_whose_maker_is_not_told_may_be_hit() -> None:
    effects = effects_of(chain(ROWS), read_ban("supplier:zte", REGISTER), REGISTER, ON)
    assert effects.parts.filter(record_id="R1/m/c")["hit"].to_list() == ["possible"]


def test_a_country_is_that_of_production_or_of_the_maker() -> None:
    effects = effects_of(chain(ROWS), read_ban("country:cn", REGISTER), REGISTER, ON)
    hit = dict(effects.parts.select("record_id", "hit").iter_rows())
    assert hit["R1/m/c"] == "certain"
    assert hit["R1/p"] == "certain"
    assert hit["R2"] == "possible"  # where it was made is not told


def test_a_part_number_is_the_same_however_it_is_written() -> None:
    rows = [{"record_id": "A", "part_number": "Hi-1822 A"}, {"record_id": "B", "part_number": "Hi1823"}]
    effects = effects_of(chain(rows), read_ban("part:HI1822A", REGISTER), REGISTER, ON)
    assert effects.parts["hit"].to_list() == ["certain", None]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"record_id": "A", "parent_id": "B"}, {"record_id": "B", "parent_id": "A"}], "circle"),
        ([{"record_id": "A", "parent_id": "X"}], 'a part of "X", which is not there'),
    ],
)
def test_parts_that_hang_on_nothing_are_told(rows: list[dict[str, Any]], said: str) -> None:
    with pytest.raises(InputError, match=said):
        chain(rows)


@pytest.mark.parametrize("word", ["supplier:huawe", "country:XX", "colour:red", "part:", "huawei"])
def test_what_is_no_ban_is_refused(word: str) -> None:
    with pytest.raises(UsageError):
        read_ban(word, REGISTER)


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(len(ROWS))))
def test_the_order_of_records_changes_no_answer(order: list[int]) -> None:
    ban = read_ban("country:CN", REGISTER)
    shuffled = chain([ROWS[at] for at in order])
    assert shares_by(shuffled, "home").equals(shares_by(chain(ROWS), "home"))
    mixed = effects_of(shuffled, ban, REGISTER, ON).products
    assert mixed.equals(effects_of(chain(ROWS), ban, REGISTER, ON).products)
