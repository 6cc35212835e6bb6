"""Supply chains: tiers, shares, single sources, and what a ban would take."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearband.assess.chain import (
    COVERS_SCHEMA,
    Effects,
    Reach,
    chain_of,
    effects_of,
    read_ban,
    shares_by,
    single_points,
    single_sources,
    suppliers,
)
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
    return chain_of(table, identify(table, REGISTER, on=ON), REGISTER, ON)


def banned(made: pl.DataFrame, *words: str, on: date = ON) -> Effects:
    bans = [read_ban(word, REGISTER) for word in words]
    return effects_of(Reach(made, pl.DataFrame(schema=COVERS_SCHEMA), bans, REGISTER, on))


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


def test_makers_under_one_control_are_one_source() -> None:
    more = {"record_id": "R1/q", "parent_id": "R1", "manufacturer": "Huawei", "category": "semiconductor"}
    chip = single_sources(chain([*ROWS, more])).filter(product="R1", function="semiconductor")
    assert chip["group"].to_list() == ["huawei-holding"]
    assert chip["certain"].to_list() == [True]


def test_one_known_source_beside_an_unknown_one_is_single_perhaps() -> None:
    more = {"record_id": "R1/q", "parent_id": "R1", "category": "semiconductor"}
    chip = single_sources(chain([*ROWS, more])).filter(product="R1", function="semiconductor")
    assert chip["certain"].to_list() == [False]


def test_what_is_not_told_may_be_anybodys_share() -> None:
    for by in ("maker", "home", "made_in"):
        table = shares_by(chain(ROWS), by)
        unknown = table.filter(of="unknown")["share"].sum()
        told = table.filter(pl.col("of") != "unknown")
        assert (told["share_most"] - told["share"]).to_list() == pytest.approx([unknown] * told.height)


def test_suppliers_stand_by_tier() -> None:
    table = suppliers(chain(ROWS))
    assert table.filter(tier=1)["maker"].to_list() == ["broadcom", "hisilicon", "micron"]
    assert table.filter(tier=2)["maker"].to_list() == [None]


def test_what_several_products_share_is_a_single_point() -> None:
    more = {"record_id": "R2/q", "parent_id": "R2", "manufacturer": "Huawei", "part_number": "Hi1"}
    points = single_points(chain([*ROWS, more]), pl.DataFrame(schema=COVERS_SCHEMA), ON)
    assert points.rows() == [("supplier", "huawei-holding", 2, 1.0)]


def test_a_ban_reaches_what_the_banned_one_controls_and_names_who_else_supplies_it() -> None:
    effects = banned(chain(ROWS), "supplier:huawei")
    lost = effects.products.filter(pl.col("certain") > 0)
    assert lost["product"].to_list() == ["R1"]
    assert lost["functions"].to_list() == [["semiconductor"]]
    assert effects.alternatives["maker"].to_list() == ["broadcom"]
    assert effects.networks.filter(network="north")["certain"].to_list() == [1]


def test_a_part_whose_maker_is_not_told_may_be_hit() -> None:
    effects = banned(chain(ROWS), "supplier:zte")
    assert effects.parts.filter(record_id="R1/m/c")["hit"].to_list() == ["possible"]


def test_a_country_is_that_of_production_or_of_the_maker() -> None:
    effects = banned(chain(ROWS), "country:cn")
    hit = dict(effects.parts.select("record_id", "hit").iter_rows())
    assert hit["R1/m/c"] == "certain"
    assert hit["R1/p"] == "certain"
    assert hit["R2"] == "possible"  # where it was made is not told


def test_a_part_number_is_the_same_however_it_is_written() -> None:
    rows = [{"record_id": "A", "part_number": "Hi-1822 A"}, {"record_id": "B", "part_number": "Hi1823"}]
    effects = banned(chain(rows), "part:HI1822A")
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


@settings(max_examples=8, deadline=None)
@given(st.permutations(range(len(ROWS))))
def test_the_order_of_records_changes_no_answer(order: list[int]) -> None:
    shuffled = chain([ROWS[at] for at in order])
    assert shares_by(shuffled, "home").equals(shares_by(chain(ROWS), "home"))
    mixed, straight = banned(shuffled, "country:CN"), banned(chain(ROWS), "country:CN")
    assert mixed.products.equals(straight.products)
    assert mixed.networks.equals(straight.networks)
    assert mixed.alternatives.equals(straight.alternatives)


def test_a_part_that_stands_in_two_products_takes_its_own_parts_to_both() -> None:
    """As a bill of materials writes it: a line for each use of a part, and one for each thing in it."""
    rows = [
        {"record_id": "A", "manufacturer": "Ericsson"},
        {"record_id": "B", "manufacturer": "Nokia"},
        {"record_id": "X", "parent_id": "A", "part_number": "board"},
        {"record_id": "X#2", "parent_id": "B", "part_number": "board"},
        {"record_id": "C", "parent_id": "X", "manufacturer": "HiSilicon"},
    ]
    lost = banned(chain(rows), "supplier:huawei").products.filter(pl.col("certain") > 0)
    assert lost["product"].to_list() == ["A", "B"]


def test_an_id_that_two_different_things_carry_is_told_where_parts_hang_on_it() -> None:
    rows = [
        {"record_id": "X", "part_number": "board"},
        {"record_id": "X#2", "part_number": "antenna"},
        {"record_id": "C", "parent_id": "X"},
    ]
    with pytest.raises(InputError, match="different things carry this id"):
        chain(rows)
    assert chain(rows[:2]).height == 2  # nothing hangs on it


def test_the_same_id_in_another_file_is_another_thing() -> None:
    rows = [
        {"record_id": "X", "source": "a.csv:2"},
        {"record_id": "b.csv!X", "source": "b.csv:2"},
        {"record_id": "C", "parent_id": "X", "source": "b.csv:3"},
    ]
    assert chain(rows)["product"].to_list() == ["X", "b.csv!X", "b.csv!X"]


def test_parts_that_unfold_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clearband.assess.chain.within.MOST_ROWS", 1000)
    rows = [{"record_id": "0"}, *({"record_id": f"0#{n}"} for n in range(2, 40))]
    for level in range(1, 4):
        rows += [{"record_id": f"{level}", "parent_id": f"{level - 1}"}]
        rows += [{"record_id": f"{level}#{n}", "parent_id": f"{level - 1}"} for n in range(2, 40)]
    with pytest.raises(InputError, match="unfold to more than 1,000 rows"):
        chain(rows)


def test_sixty_four_levels_are_read_and_one_more_is_not() -> None:
    rows: list[dict[str, Any]] = [{"record_id": "0"}]
    rows += [{"record_id": str(n), "parent_id": str(n - 1)} for n in range(1, 65)]
    assert chain(rows)["tier"].max() == 64
    with pytest.raises(InputError, match="deeper than 64 levels"):
        chain([*rows, {"record_id": "65", "parent_id": "64"}])


def test_a_ban_of_a_maker_reaches_what_it_controls_on_the_day_only() -> None:
    """Honor was Huawei's until November 2020."""
    rows = [{"record_id": "H", "manufacturer": "Honor Device"}]
    assert banned(chain(rows), "supplier:huawei", on=date(2019, 1, 1)).parts["hit"].to_list() == ["certain"]
    assert banned(chain(rows), "supplier:huawei", on=ON).parts["hit"].to_list() != ["certain"]


def test_a_country_is_also_that_of_who_controls_the_maker() -> None:
    rows = [{"record_id": "F", "manufacturer": "Futurewei", "made_in": "US"}]
    assert banned(chain(rows), "country:CN").parts["hit"].to_list() == ["certain"]


def test_numbers_in_other_scripts_are_told_apart() -> None:
    rows = [{"record_id": "A", "part_number": "芯片一"}, {"record_id": "B", "part_number": "芯片二"}]
    assert banned(chain(rows), "part:芯片 一").parts["hit"].to_list() == ["certain", None]
