"""The same box in several sources becomes one record; what may be another stays apart, and is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from clearband.register import load_register
from clearband.screening.merging import Merged, merge_sources, summary_of
from clearband.sources import read_inventory
from tests.merged_sources import asked, inventory, kept_apart, merge, partition, screened, the_law

SERIAL = "2102357744BCD"
HUAWEI_MAC, OTHER_MAC = "48:cd:d3:8a:45:fe", "48:cd:d3:8a:45:ff"


def one(merged: Merged) -> dict[str, Any]:
    [row] = merged.inventory.equipment.filter(pl.col("merged_from").is_not_null()).to_dicts()
    return row


def test_a_serial_number_written_otherwise_is_the_same_and_all_signals_are_united() -> None:
    merged = merge(
        a=[{"id": "R1", "model": "NE40E", "serial": "2102-357744-bcd", "site": "Mesa"}],
        b=[{"id": "dev/7", "serial": SERIAL, "macs": [HUAWEI_MAC], "notes": "rack 3"}],
        c=[{"id": "10.0.0.1", "serial": SERIAL, "sys_descr": "Huawei VRP", "notes": "in use"}],
    )
    row = one(merged)
    assert (row["record_id"], row["source"], row["model"], row["site"]) == ("R1", "a:2", "NE40E", "Mesa")
    assert (row["macs"], row["sys_descr"], row["notes"]) == ([HUAWEI_MAC], "Huawei VRP", "rack 3; in use")
    assert [said["record_id"] for said in row["merged_from"]] == ["R1", "dev/7", "10.0.0.1"]
    assert row["quantity"] == 1
    assert (
        row["merged_because"]
        == f"same serial number {SERIAL}, in a:2 (R1) and b:2 (dev/7) and c:2 (10.0.0.1)"
    )


def test_both_makers_are_heard_where_sources_contradict_each_other() -> None:
    merged = merge(
        a=[{"manufacturer": "Acme", "macs": [HUAWEI_MAC]}],
        b=[{"manufacturer": "Huawei", "macs": [HUAWEI_MAC]}],
    )
    found = screened(merged.inventory).equipment
    if found.height == 1:
        assert {piece["value"] for piece in found["evidence"][0]} >= {"Acme", "Huawei"}
    assert "prohibited" in found["answer"].to_list()


def test_one_file_alone_stays_as_it_is() -> None:
    given = [{"serial": SERIAL}, {"serial": SERIAL}]
    merged = merge(a=given)
    assert merged.inventory.equipment.equals(inventory({"a": given}).equipment)
    assert merged.merges is None


def test_files_that_share_nothing_stay_as_they_are() -> None:
    merged = merge(a=[{"serial": SERIAL}], b=[{"serial": "FOC1234X0AB"}])
    assert "merged_from" not in merged.inventory.equipment.columns
    assert merged.merges is None


def test_a_number_that_a_file_has_twice_merges_nothing_and_is_told() -> None:
    merged = merge(a=[{"serial": SERIAL}, {"serial": SERIAL}], b=[{"serial": SERIAL}])
    assert not partition(merged)
    [reason] = kept_apart(merged)
    assert reason.endswith("not merged, as one source has it more than once")


def test_the_same_number_of_two_makers_is_told_not_merged() -> None:
    merged = merge(
        a=[{"manufacturer": "Cisco", "serial": SERIAL}], b=[{"manufacturer": "Nokia", "serial": SERIAL}]
    )
    assert not partition(merged)
    [reason] = kept_apart(merged)
    assert (
        reason
        == f"same serial number {SERIAL}, in a:2 (a!2) and b:2 (b!2): not merged, as their makers differ"
    )


def test_a_short_number_merges_only_where_both_makers_are_known() -> None:
    known = merge(
        a=[{"manufacturer": "Cisco", "serial": "83021"}],
        b=[{"manufacturer": "CISCO SYSTEMS", "serial": "83021"}],
    )
    unknown = merge(a=[{"manufacturer": "Cisco", "serial": "83021"}], b=[{"serial": "83021"}])
    assert len(partition(known)) == 1
    assert not partition(unknown)
    assert kept_apart(unknown)[0].endswith("the number is short, and the maker of one is not known")


@pytest.mark.parametrize(
    "address",
    [
        "00:00:5e:00:01:0a",  # VRRP
        "00:00:0c:07:ac:01",  # HSRP
        "00:00:0c:9f:f0:01",  # HSRP version 2
        "00:00:00:00:00:00",
        "ff:ff:ff:ff:ff:ff",
        "01:80:c2:00:00:0e",  # group
        "02:42:ac:11:00:02",  # administered locally
        "00:50:56:9a:01:02",  # virtual machine
        "00:11:22:33:44:55",
    ],
)
def test_addresses_that_many_devices_have_merge_nothing(address: str) -> None:
    assert not partition(merge(a=[{"macs": [address]}], b=[{"macs": [address]}]))


def test_one_shared_address_of_many_is_enough() -> None:
    merged = merge(a=[{"macs": [HUAWEI_MAC, "02:42:ac:11:00:02"]}], b=[{"macs": [OTHER_MAC, HUAWEI_MAC]}])
    assert partition(merged) == {frozenset({"a:2", "b:2"})}
    assert one(merged)["macs"] == [HUAWEI_MAC, "02:42:ac:11:00:02", OTHER_MAC]


def test_an_address_does_not_join_boxes_whose_serial_numbers_differ() -> None:
    merged = merge(
        a=[{"serial": SERIAL, "macs": [HUAWEI_MAC]}], b=[{"serial": "2102357744BCE", "macs": [HUAWEI_MAC]}]
    )
    assert not partition(merged)
    assert kept_apart(merged)[0].endswith("their serial numbers differ")


def test_sources_hang_together_over_different_keys() -> None:
    merged = merge(
        a=[{"serial": SERIAL, "manufacturer": "Huawei"}],
        b=[{"serial": SERIAL, "macs": [HUAWEI_MAC]}],
        c=[{"macs": [HUAWEI_MAC]}],
    )
    assert partition(merged) == {frozenset({"a:2", "b:2", "c:2"})}
    assert one(merged)["merged_because"].startswith(
        f"same serial number {SERIAL}, same MAC address {HUAWEI_MAC}, in a:2"
    )


def test_a_weaker_key_that_would_bring_two_records_of_a_file_together_is_left_out() -> None:
    merged = merge(
        a=[{"serial": SERIAL}, {"macs": [HUAWEI_MAC]}],
        b=[{"serial": SERIAL, "macs": [HUAWEI_MAC]}],
    )
    assert partition(merged) == {frozenset({"a:2", "b:2"})}
    [reason] = kept_apart(merged)
    assert reason.startswith(f"same MAC address {HUAWEI_MAC}, in a:3")
    assert reason.endswith("they hang together with two records of one source")


@pytest.mark.parametrize(
    ("name", "other"), [("core-1", "CORE-1"), ("core-1.example.net", "core-1"), ("core-1", "core-1.")]
)
def test_a_name_at_a_site_is_the_same_whatever_its_case_and_domain(name: str, other: str) -> None:
    merged = merge(a=[{"sys_name": name, "site": "Mesa POP"}], b=[{"sys_name": other, "site": "mesa-pop"}])
    assert len(partition(merged)) == 1


@pytest.mark.parametrize(
    ("one_side", "other"),
    [
        ({"site": "Mesa"}, {"site": "Ridge"}),
        ({"site": "Mesa", "manufacturer": "Huawei"}, {"site": "Mesa", "manufacturer": "Nokia"}),
        ({"site": "Mesa", "model": "NE40E"}, {"site": "Mesa", "model": "S5720"}),
        ({"site": "Mesa", "serial": SERIAL}, {"site": "Mesa", "serial": "2102357744BCE"}),
        ({"site": "Mesa", "sys_name": "core-1.a.net"}, {"site": "Mesa", "sys_name": "core-1.b.net"}),
        ({"site": "Mesa"}, {}),
        ({"site": "Mesa", "sys_name": "router"}, {"site": "Mesa", "sys_name": "router"}),
    ],
)
def test_a_name_alone_or_at_a_site_where_something_else_differs_merges_nothing(
    one_side: dict[str, Any], other: dict[str, Any]
) -> None:
    merged = merge(a=[{"sys_name": "core-1", **one_side}], b=[{"sys_name": "core-1", **other}])
    assert not partition(merged)


def test_a_name_alone_merges_where_it_is_one_of_few_and_the_makers_agree() -> None:
    merged = merge(
        a=[{"sys_name": "mesa-core-1", "site": "Mesa", "manufacturer": "Huawei"}],
        b=[{"sys_name": "mesa-core-1.example.net", "macs": [HUAWEI_MAC]}],
    )
    assert partition(merged) == {frozenset({"a:2", "b:2"})}


def test_of_values_that_differ_most_sources_decide_then_the_longest() -> None:
    values = ("NE40E", "NE40E-X8A", "NE40E")
    merged = merge(**{
        file: [{"serial": SERIAL, "model": model, "site": site, "quantity": count}]
        for file, model, site, count in zip("abc", values, ("Mesa", "Mesa POP", None), (1, 3, 1), strict=True)
    })  # fmt: skip
    row = one(merged)
    assert (row["model"], row["site"], row["quantity"]) == ("NE40E", "Mesa POP", 3)
    assert [said["model"] for said in row["merged_from"]] == list(values)


def test_a_price_keeps_its_currency() -> None:
    merged = merge(
        a=[{"serial": SERIAL, "currency": "USD"}], b=[{"serial": SERIAL, "unit_cost": 7, "currency": "EUR"}]
    )
    row = one(merged)
    assert (row["unit_cost"], row["currency"]) == (7, "EUR")


def test_what_is_prohibited_alone_is_never_judged_more_mildly_together() -> None:
    # The scan is sure; with the label and address of another maker beside it nobody would be.
    merged = merge(
        a=[{"manufacturer": "Nokia", "model": "7750 SR-1", "macs": [HUAWEI_MAC, "00:d0:f6:11:22:33"],
            "sys_descr": "TiMOS-C-16.0 Nokia 7750 SR"}],
        b=[{"macs": [HUAWEI_MAC], "sys_descr": "Huawei Versatile Routing Platform Software"}],
    )  # fmt: skip
    found = screened(merged.inventory).equipment
    assert "prohibited" in found["answer"].to_list()


def test_parts_stay_in_their_boxes_when_both_become_one_with_what_another_source_knows() -> None:
    merged = merge(
        a=[{"id": "BOX", "serial": SERIAL}, {"id": "CARD", "parent_id": "BOX", "serial": "CARD77012X"}],
        b=[
            {"id": "dev/1", "serial": SERIAL},
            {"id": "mod/1", "parent_id": "dev/1", "serial": "CARD77012X"},
            {"id": "mod/2", "parent_id": "dev/1", "serial": "FAN77013XX"},
        ],
    )
    table = merged.inventory.equipment
    assert table["record_id"].to_list() == ["BOX", "CARD", "mod/2"]
    assert table["parent_id"].to_list() == [None, "BOX", "BOX"]


def test_a_part_that_bears_the_number_of_its_box_does_not_stand_in_the_way() -> None:
    merged = merge(
        a=[{"serial": SERIAL}],
        b=[{"id": "dev/1", "serial": SERIAL}, {"id": "item/1", "parent_id": "dev/1", "serial": SERIAL}],
    )
    assert partition(merged) == {frozenset({"a:2", "b:2"})}


def test_a_part_that_lies_in_another_box_in_each_source_stays_in_both() -> None:
    merged = merge(
        a=[{"id": "A"}, {"id": "A/1", "parent_id": "A", "serial": "CARD77012X", "manufacturer": "Huawei"}],
        b=[{"id": "B"}, {"id": "B/1", "parent_id": "B", "serial": "CARD77012X", "manufacturer": "Huawei"}],
    )
    assert merged.inventory.equipment["parent_id"].to_list() == [None, "A", None, "B"]
    assert kept_apart(merged)[0].endswith("they lie in different boxes")


def test_the_summary_counts_by_key_and_says_what_was_kept_apart() -> None:
    merged = merge(
        a=[{"serial": SERIAL}, {"macs": [HUAWEI_MAC]}, {"serial": "FOC1234X0AB", "manufacturer": "Cisco"}],
        b=[{"serial": SERIAL}, {"macs": [HUAWEI_MAC]}, {"serial": "FOC1234X0AB", "manufacturer": "Nokia"}],
    )
    assert merged.merges is not None
    assert summary_of(merged.merges) == {
        "records": 2,
        "from": 4,
        "by": [{"key": "serial-number", "records": 1}, {"key": "mac-address", "records": 1}],
        "kept_apart": [{"key": "serial-number", "reason": "their makers differ", "groups": 1, "records": 2}],
    }


def test_very_many_records_with_one_number_are_one_line() -> None:
    count = 100_000
    merged = merge(a=[{"serial": SERIAL}] * count, b=[{"serial": SERIAL}] * count)
    assert merged.merges is not None
    [told] = merged.merges.to_dicts()
    assert (told["members"], len(told["record_ids"])) == (2 * count, 20)
    assert len(told["reason"]) < 400


def test_an_address_of_a_card_does_not_make_the_card_of_the_box_that_answers_from_it() -> None:
    box = [{"id": "dev/1", "model": "ASR-9006"}, {"id": "mod/1", "parent_id": "dev/1", "macs": [HUAWEI_MAC]}]
    merged = merge(a=box, b=[{"macs": [HUAWEI_MAC], "sys_descr": "Cisco IOS Software"}])
    assert not partition(merged)
    assert kept_apart(merged)[0].endswith("one is a part, and another answers as a device")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("Acme Networks", "ACME Networks Inc.", True), ("Acme", "Zenhall", False), ("Acme", "Huawei", False)],
)
def test_makers_that_the_register_does_not_know_are_the_same_where_their_names_begin_alike(
    one: str, other: str, *, same: bool
) -> None:
    merged = merge(a=[{"manufacturer": one, "serial": SERIAL}], b=[{"manufacturer": other, "serial": SERIAL}])
    assert bool(partition(merged)) is same


def test_as_many_files_as_there_are_weeks_are_merged() -> None:
    weeks = {
        f"week{n}": [{"serial": SERIAL, "manufacturer": "Huawei", "model": f"NE40E{n % 3}"}]
        for n in range(60)
    }
    merged = merge(**weeks)
    found = screened(merged.inventory).equipment
    assert (found.height, len(found["merged_from"][0])) == (1, 60)
    assert len({(p["signal"], p["value"], p["rule"], p["maker"]) for p in found["evidence"][0]}) == len(
        found["evidence"][0]
    )


def test_an_address_that_is_wrong_on_a_device_of_each_site_merges_nothing() -> None:
    merged = merge(
        north=[{"sys_name": "north-1", "site": "North", "macs": [HUAWEI_MAC]}],
        south=[{"sys_name": "south-1", "site": "South", "macs": [HUAWEI_MAC]}],
    )
    assert not partition(merged)
    assert kept_apart(merged)[0].endswith("their names and sites differ")


def test_recordings_of_one_device_each_are_one_source_together(tmp_path: Path) -> None:
    walk = "1.3.6.1.2.1.1.1.0|4|Huawei VRP\n1.3.6.1.2.1.1.5.0|4|{}\n1.3.6.1.2.1.2.2.1.6.1|4x|48cdd38a45fe\n"
    inputs = [tmp_path / "one.snmprec", tmp_path / "two.snmprec", tmp_path / "list.csv"]
    for path in inputs[:2]:
        path.write_text(walk.format(path.stem))
    inputs[2].write_text("Asset,Maker,MAC\nA1,Huawei,48:cd:d3:8a:45:fe\n")

    def merged(*paths: Path) -> Merged:
        return merge_sources(read_inventory(paths), asked(), load_register(), the_law())

    assert merged(*inputs[:2]).merges is None
    assert kept_apart(merged(*inputs))[0].endswith("one source has it more than once")
    assert partition(merged(*inputs[1:])) == {frozenset({"two.snmprec:1", "list.csv:2"})}


def test_where_a_weaker_key_would_clear_something_the_stronger_one_stands() -> None:
    merged = merge(
        a=[{"manufacturer": "Nokia", "model": "7750 SR-1", "serial": SERIAL}],
        b=[{"manufacturer": "Nokia", "serial": SERIAL, "macs": [HUAWEI_MAC], "model": "7750 SR-1"}],
        c=[{"macs": [HUAWEI_MAC], "sys_descr": "Huawei Versatile Routing Platform Software"}],
    )
    assert partition(merged) == {frozenset({"a:2", "b:2"})}
    [reason] = kept_apart(merged)
    assert reason.startswith(f"same MAC address {HUAWEI_MAC}, in b:2 (b!2) and c:2 (c!2): not merged")
    assert "prohibited" in screened(merged.inventory).equipment["answer"].to_list()


@pytest.mark.parametrize(
    ("doubtful", "why"),
    [
        ({"manufacturer": "Huawei?"}, "together they would be judged more mildly than one of them alone"),
        ({"model": "S5720"}, "their models differ"),
    ],
)
def test_what_may_be_of_a_listed_maker_is_not_cleared_by_another_source(
    doubtful: dict[str, Any], why: str
) -> None:
    sure = {"manufacturer": "Nokia", "model": "7750 SR-1", "sys_descr": "TiMOS Nokia 7750"}
    merged = merge(a=[{"serial": SERIAL, **doubtful}], b=[{"serial": SERIAL, **sure}])
    assert screened(merged.inventory).equipment["answer"].to_list() == ["unidentified", "not-covered"]
    assert kept_apart(merged)[0].endswith(why)
