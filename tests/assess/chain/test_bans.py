"""Bans of certificates and laboratories, and what holds of all bans."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearband.assess.chain import Effects, Reach, chain_of, covers_of, deployed, effects_of, read_ban
from clearband.errors import InputError
from clearband.identify import identify
from clearband.model.equipment import EQUIPMENT_SCHEMA
from clearband.register import load_register

REGISTER = load_register()
ON = date(2026, 11, 1)
OWN = ("x_certificate", "x_laboratory", "x_certificate expires")
SCHEMA = EQUIPMENT_SCHEMA | dict.fromkeys(OWN, pl.String)
ROWS: list[dict[str, Any]] = [
    {"record_id": "R1", "manufacturer": "Ericsson", "model": "Radio 4415", "category": "rru", "made_in": "SE"}
    | {"x_certificate": "CC/C-1", "x_laboratory": "Lab One", "x_certificate expires": "2027-03-01"},
    {"record_id": "R1/p", "parent_id": "R1", "manufacturer": "HiSilicon", "part_number": "Hi1822"}
    | {"x_certificate": "none", "made_in": "CN"},
    {"record_id": "R2", "manufacturer": "Nokia", "model": "AirScale", "category": "rru", "made_in": "FI"}
    | {"x_certificate": "C-2; C-3", "x_laboratory": "Lab One; Lab Two"},
    {"record_id": "R3", "manufacturer": "Samsung", "model": "MX20", "category": "rru", "made_in": "KR"},
]
BANS = ["supplier:huawei", "country:FI", "part:MX-20", "certificate:C-1", "laboratory:LAB ONE"]


def equipment(rows: list[dict[str, Any]]) -> pl.DataFrame:
    table = pl.DataFrame(rows, schema=SCHEMA)
    verdicts = identify(table, REGISTER, on=ON)
    return table.with_columns(verdicts[name] for name in verdicts.columns if name != "record_id")


@cache
def standard() -> pl.DataFrame:
    return equipment(ROWS)


def reach(
    *words: str,
    rows: list[dict[str, Any]] = ROWS,
    order: list[int] | None = None,
    tables: list[pl.DataFrame] | None = None,
) -> Reach:
    table = standard() if rows is ROWS else equipment(rows)
    table = table if order is None else table[order]
    chain = chain_of(table, table, REGISTER, ON)
    covers = covers_of(chain, table, tables or [])
    return Reach(chain, covers, [read_ban(word, REGISTER) for word in words], REGISTER, ON)


def banned(*words: str, rows: list[dict[str, Any]] = ROWS) -> Effects:
    return effects_of(reach(*words, rows=rows))


def hits(found: Reach) -> dict[str, str | None]:
    return dict(found.parts.select("record_id", "hit").iter_rows())


def test_a_certificate_is_known_with_its_scheme_and_without() -> None:
    for word in ("certificate:C-1", "certificate:CC/C-1", "certificate:c1"):
        found = hits(reach(word))
        assert (found["R1"], found["R1/p"], found["R2"]) == ("certain", None, None)


def test_a_record_of_which_nobody_told_a_certificate_may_lose_one() -> None:
    assert hits(reach("certificate:C-1"))["R3"] == "possible"
    assert hits(reach("laboratory:Lab Two"))["R3"] == "possible"


def test_a_laboratory_takes_all_its_certificates_and_what_is_left_is_told() -> None:
    effects = banned("laboratory:Lab-One")
    assert effects.certificates.select("certificate", "hit").rows() == [
        ("C-2", "certain"),
        ("CC/C-1", "certain"),
    ]
    products = {row["product"]: row for row in effects.products.to_dicts()}
    assert products["R2"]["certified"] == 1  # C-3, of another laboratory
    assert products["R1"]["certified"] == 0
    assert effects.laboratories.rows() == [("Lab Two", 1)]


def test_a_certificate_that_has_ended_is_no_alternative() -> None:
    rows = [dict(row) for row in ROWS]
    rows[2]["x_certificate expires"] = "2027-01-01; 2026-10-31"
    effects = banned("laboratory:Lab One", rows=rows)
    assert effects.products.filter(product="R2")["certified"].to_list() == [0]
    assert effects.laboratories.is_empty()


def test_a_certificate_without_a_laboratory_may_be_of_any() -> None:
    row = {"record_id": "X", "x_certificate": "C-9"}
    assert hits(reach("laboratory:Lab One", rows=[row])) == {"X": "possible"}


def test_an_authorisation_of_equipment_is_a_certificate() -> None:
    row = {"record_id": "X", "fcc_id": "2ABC-123", "x_certificate": "none"}
    assert hits(reach("certificate:2ABC123", rows=[row])) == {"X": "certain"}


def test_a_table_of_certificates_covers_the_parts_of_its_numbers_and_its_maker() -> None:
    said = [
        {"record_id": "1", "part_number": "MX 20", "x_certificate": "C-7", "x_laboratory": "Lab Three"},
        {"record_id": "2", "part_number": "Hi1822", "manufacturer": "Nokia", "x_certificate": "C-8"},
        {"record_id": "3", "part_number": "Hi1822", "x_certificate": "C-9", "x_laboratory": "Lab Three"},
    ]
    found = reach("laboratory:Lab Three", tables=[equipment(said)])
    assert hits(found)["R3"] == "certain"
    of = dict(
        found.certificates.filter(pl.col("certificate").is_in(["C-8", "C-9"]))
        .select("certificate", "record_id")
        .iter_rows()
    )
    assert of == {"C-8": None, "C-9": "R1/p"}


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"x_certificate": "C", "x_certificate expires": "soon"}, '"soon" is no day'),
        ({"x_certificate": "C;D;E", "x_laboratory": "L;M"}, "3 certificates and another number"),
    ],
)
def test_cells_that_do_not_fit_are_told_with_their_record(cells: dict[str, str], said: str) -> None:
    with pytest.raises(InputError, match=said) as told:
        reach("laboratory:L", rows=[{"record_id": "X", **cells}])
    assert told.value.where == "X"


def test_a_name_that_nothing_bears_is_told() -> None:
    assert not banned("laboratory:Lab Oen").named
    assert banned("laboratory:Lab One").named


def test_an_alternative_that_may_be_hit_too_says_so() -> None:
    remains = dict(banned("certificate:C-1").alternatives.select("maker", "remains").iter_rows())
    assert remains == {"nokia": "certain", "samsung-networks": "possible"}  # R3: nobody told a certificate


def test_a_ban_of_nothing_takes_nothing() -> None:
    effects = banned()
    assert effects.parts["hit"].null_count() == effects.parts.height
    assert effects.products.is_empty()
    assert effects.certificates.is_empty()
    assert effects.networks["share_most"].to_list() == [0.0]


@settings(max_examples=40, deadline=None)
@given(st.sets(st.sampled_from(BANS)), st.sets(st.sampled_from(BANS)), st.permutations(range(len(ROWS))))
def test_more_bans_never_take_less_whatever_the_order(
    some: set[str], more: set[str], order: list[int]
) -> None:
    less = reach(*sorted(some))
    all_of = reach(*sorted(some | more, reverse=True), order=order)
    rank = {None: 0, "possible": 1, "certain": 2}
    before, after = hits(less), hits(all_of)
    assert all(rank[after[one]] >= rank[before[one]] for one in before)
    left, kept = effects_of(all_of).alternatives, effects_of(less).alternatives
    lost = effects_of(less).products["functions"].explode().drop_nulls().unique().to_list()
    named = kept.filter(pl.col("function").is_in(lost))
    assert set(left.filter(pl.col("function").is_in(lost))["maker"]) <= set(named["maker"])
    touched = dict(less.touched().iter_rows())
    wider = dict(all_of.touched().iter_rows())
    assert all(rank[wider.get(one)] >= rank[hit] for one, hit in touched.items())


def test_deployed_equipment_is_hit_through_the_parts_that_the_bill_of_materials_names() -> None:
    held = [
        {
            "record_id": "S1",
            "manufacturer": "Ericsson",
            "model": "RADIO-4415",
            "network": "north",
            "site": "a",
        },
        {
            "record_id": "S2",
            "manufacturer": "Ericsson",
            "model": "Radio 4415",
            "network": "north",
            "site": "b",
        },
        {"record_id": "S3", "manufacturer": "Nokia", "model": "Wavence", "network": "south"},
        {"record_id": "S4", "manufacturer": "Huawei", "model": "RRU3959", "network": "south"},
    ]
    table = equipment(held).with_columns(answer=pl.Series(["review", "review", "not-covered", "prohibited"]))
    chain = chain_of(table, table, REGISTER, ON)
    own = Reach(chain, covers_of(chain, table, []), [read_ban("supplier:huawei", REGISTER)], REGISTER, ON)
    with_bill = deployed(own, reach("supplier:huawei"), table)
    assert with_bill.to_dicts() == [
        dict(zip(with_bill.columns, ("north", 2, 2, 2, 0, 0, 0), strict=True)),
        dict(zip(with_bill.columns, ("south", 2, 0, 1, 0, 1, 1), strict=True)),
    ]
    assert with_bill.columns[3:] == ["certain", "possible", "parts_untold", "prohibited"]
    alone = deployed(own, None, table).filter(network="north")
    assert alone.select("certain", "parts_untold").rows() == [(0, 2)]  # not cleared: their parts are not told
