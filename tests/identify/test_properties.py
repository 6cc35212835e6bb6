"""What must hold for any inventory."""

from __future__ import annotations

from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from clearband.identify import identify, resolve_name
from clearband.register import load_register
from tests.identify.conftest import ON, table

NAMES = (
    "Huawei",
    "ZTE",
    "Hikvision",
    "Dahua Technology",
    "Cisco Systems",
    "Panduit",
    "Aztech",
    "Fiber Home",
    "n/a",
)
RECORDS = st.fixed_dictionaries(
    {},
    optional={
        "manufacturer": st.sampled_from([*NAMES, "T-Mobile", "Huawai", "华为"]),
        "brand": st.sampled_from([*NAMES, "Lorex"]),
        "model": st.sampled_from(
            ["DS-2CD2032-I", "Huawei B618s-22d", "S5720", "for Huawei", "Zavio B8220", "X1"]
        ),
        "description": st.sampled_from(["camera", "ZTE modem", "replacement for Huawei unit"]),
        "macs": st.lists(
            st.sampled_from(["04:ca:ed:00:00:01", "74:4a:a4:00:00:02", "02:00:00:00:00:03"]), max_size=3
        ),
        "sys_object_id": st.sampled_from(
            ["1.3.6.1.4.1.2011.2.23.1", "1.3.6.1.4.1.9.1.1", "1.3.6.1.4.1.26381"]
        ),
        "notes": st.sampled_from(["was ZTE", "Dahua Road", "ok"]),
    },
)
INVENTORIES = st.lists(RECORDS, min_size=1, max_size=6)
few = settings(max_examples=15, deadline=None)


def judged(records: list[dict[str, Any]]) -> pl.DataFrame:
    return identify(table(*records), load_register(), on=ON)


@few
@given(INVENTORIES)
def test_a_column_that_is_not_part_of_the_table_changes_nothing(records: list[dict[str, Any]]) -> None:
    equipment = table(*records)
    more = equipment.with_columns(x_vendor=pl.lit("Huawei"), x_shelf=pl.lit("red"))
    alone, beside = (identify(one, load_register(), on=ON) for one in (equipment, more))
    # A maker named there is a mention to look at, and what to look at may be named in would_help.
    told = ("mentions", "would_help")
    assert_frame_equal(alone.drop(told), beside.drop(told))
    # Where the manufacturer's cell says the same, the other tells nothing.
    for stated, mentions in zip(equipment["manufacturer"], beside["mentions"], strict=True):
        told_there = "huawei" in {one["maker"] for one in mentions if one["signal"] == "x_vendor"}
        assert told_there == ((stated or "").casefold() != "huawei")


@few
@given(INVENTORIES, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_verdict(records: list[dict[str, Any]], random: Any) -> None:
    equipment = table(*records)
    order = list(range(len(records)))
    random.shuffle(order)
    shuffled = identify(equipment[order], load_register(), on=ON)
    assert_frame_equal(shuffled, identify(equipment, load_register(), on=ON)[order])


@few
@given(INVENTORIES, st.integers(0, 6))
def test_splitting_an_inventory_changes_no_verdict(records: list[dict[str, Any]], at: int) -> None:
    equipment = table(*records)
    parts = [identify(part, load_register(), on=ON) for part in (equipment[:at], equipment[at:])]
    assert_frame_equal(pl.concat(parts), identify(equipment, load_register(), on=ON))


@few
@given(RECORDS, st.sampled_from(["Huawei everywhere", "中兴", "ex-ZTE site", "Dahua Li"]))
def test_a_note_changes_no_verdict(record: dict[str, Any], note: str) -> None:
    with_note = judged([{**record, "notes": note}]).drop("mentions", "would_help")
    without = judged([{**record, "notes": None}]).drop("mentions", "would_help")
    assert_frame_equal(with_note, without)


@few
@given(
    st.fixed_dictionaries(
        {}, optional={"notes": st.text(max_size=20), "site": st.text(max_size=20), "owner": st.text()}
    )
)
def test_without_a_signal_nothing_is_identified(record: dict[str, Any]) -> None:
    assert judged([record])["maker_status"].to_list() == ["unidentified"]


def rewritten(name: str) -> st.SearchStrategy[str]:
    """The name in other cases, with punctuation between and behind its words."""
    joints = st.sampled_from([" ", "  ", "-", ", ", "_"])
    cases = st.sampled_from([str.lower, str.upper, str.title])
    ends = st.sampled_from(["", ".", " ", "!", ","])
    return st.builds(lambda joint, case, end: joint.join(case(name).split()) + end, joints, cases, ends)


@few
@given(st.sampled_from(NAMES).flatmap(lambda name: st.tuples(st.just(name), rewritten(name))))
def test_case_and_punctuation_of_a_name_change_no_verdict(pair: tuple[str, str]) -> None:
    fields = ["maker", "maker_status", "confidence", "contradiction"]
    plain, other = (judged([{"manufacturer": text}]).select(fields) for text in pair)
    assert_frame_equal(plain, other)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_resolved_without_error(text: str) -> None:
    register = load_register()
    match = resolve_name(text, register)
    if match is not None:
        assert 0 <= match.score <= 1
        assert not match.known or match.maker in register.organisations
