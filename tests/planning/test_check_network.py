"""What the tables of a network say against each other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clearband.planning.network import read_network
from clearband.planning.network.check import Checked, check, refuse_unplannable
from clearband.planning.network.problems import NetworkError
from tests.planning.network_files import Tables, rows, small, write_folder

Change = Callable[[dict[str, Any], Tables], None]


def checked(tmp_path: Path, *changes: Change) -> Checked:
    settings, tables = small()
    for change in changes:
        change(settings, tables)
    return check(read_network(write_folder(tmp_path / "net", settings, tables)))


def put(table: str, row: int, column: str, value: Any) -> Change:
    def change(_: dict[str, Any], tables: Tables) -> None:
        tables[table][row][column] = value

    return change


def put_all(table: str, column: str, value: Any) -> Change:
    def change(_: dict[str, Any], tables: Tables) -> None:
        for one in tables[table]:
            one[column] = value

    return change


def add(table: str, columns: str, *cells: Any) -> Change:
    def change(_: dict[str, Any], tables: Tables) -> None:
        one = rows(columns, cells)[0]
        tables[table].append({name: one.get(name) for name in tables[table][0]})

    return change


def setting(**values: Any) -> Change:
    def change(settings: dict[str, Any], _: Tables) -> None:
        settings |= values

    return change


def test_a_sound_network_can_be_planned(tmp_path: Path) -> None:
    found = checked(tmp_path)
    assert found.errors == ()
    assert [one.check for one in found.warnings] == ["no-supply-limit", "unknown-items"]
    assert found.warnings[0].what == (
        "no limit of supply: Ericsson baseband, Ericsson core, Ericsson radio, Ericsson transport, "
        "Nokia baseband and 2 more"
    )


def test_the_summary_counts_what_must_go_and_what_hangs_on_the_unknown(tmp_path: Path) -> None:
    counts = checked(tmp_path).summary
    assert (counts["sites"], counts["clusters"], counts["markets"], counts["work_units"]) == (4, 3, 1, 3)
    assert counts["must_go"] == [
        {"role": "baseband", "maker": "Huawei", "items": 1, "units": 1},
        {"role": "core", "maker": "ZTE", "items": 1, "units": 1},
        {"role": "radio", "maker": "Huawei", "items": 1, "units": 3},
    ]
    # Two units at 900 to 1,200, with 8 hours at 100 each, and 0.3 of them to take the old ones down.
    assert counts["unknown"] == {
        "items": 1,
        "units": 2,
        "planned_as": "replace",
        "low": 2 * (900 + 1040),
        "high": 2 * (1200 + 1040),
        "without_price": 0,
    }


@pytest.mark.parametrize(
    ("changes", "name", "words"),
    [
        ([put("sites", 0, "cluster", "C9")], "unknown-name", "sites: cluster is not known: C9 (1 row)"),
        ([put("installed", 0, "site", "S9")], "unknown-name", "installed: site is not known: S9 (1 row)"),
        ([put("crews", 0, "region", "r1")], "unknown-name", "crews: region is not known: r1"),
        ([put_all("money", "owner", "Two")], "unknown-name", "money: owner is not known: Two"),
        (
            [setting(refunds=[{"owner": "Two", "share": 0.1, "lag": 1}])],
            *("unknown-name", "refunds: owner is not known: Two"),
        ),
        ([put("clusters", 2, "after", "C7")], "unknown-name", "clusters: after names no cluster: C7"),
        (
            [put("clusters", 1, "market", "M2")],
            *("after-other-market", "clusters: after of C1 is C2, which is in another market"),
        ),
        (
            [put("clusters", 1, "after", "C3"), put("clusters", 2, "after", "C2")],
            *("after-circle", "clusters: after goes round in a circle: "),
        ),
        (
            [put("products", 0, "price_average", None)],
            "no-price",
            "products: Nokia radio has no price_average (it has low and high, grade D); give price_average",
        ),
        (
            [put("installed", 0, "bands", "B12;B41")],
            "not-covered",
            "radio B12;B41 4G: 1 item at 1 site must go, and no product that may be bought covers them (the",
        ),
        (
            [put("installed", 0, "bands", "B12;B41")],
            *("not-covered", "(the nearest, Ericsson radio, lacks B41)"),
        ),
        (
            [put("installed", 1, "generation", "2G"), put_all("products", "generations", "4G")],
            *("not-covered", "(the nearest, Ericsson baseband, lacks 2G)"),
        ),
        (
            [put_all("products", "approved", "conditional"), setting(conditional=False)],
            *("not-covered", "covers them (there is none for core)"),
        ),
        (
            [put("installed", 1, "must_go", "no")],
            "no-pair",
            "BBU stays at 1 site (S1) where the radio goes, and no radio of Huawei or certified with it",
        ),
        (
            [put("installed", 4, "remove_by", "2027-06-30")],
            "not-in-time",
            "core: 1 item must be out by 2027-06-30 and can be out by the end of 2027-Q3 at the soonest",
        ),
        (
            [put("products", 2, "lead_quarters", 5), put("products", 6, "lead_quarters", 4)]
            + [put("installed", row, "remove_by", day) for row, day in ((0, "2027-12-31"), (4, None))],
            "not-in-time",
            "1 item must be out by 2027-12-31 and can be out, after the core of the market, by the end of",
        ),
        (
            [put_all("products", "lead_quarters", 7)],
            *(
                "horizon-too-short",
                "can be out by the end of 2029-Q1 at the soonest, which is after the horizon",
            ),
        ),
        (
            [setting(down_share=0.2)],
            "cluster-too-large",
            "1 site where work is, and down_share 0.2 allows 0 of the 4 of region R1 in one quarter (2 more",
        ),
        (
            [put("crews", 0, "hours", 20)],
            *(
                "crews-too-few",
                "cluster C1, ran, takes 32 hours in one quarter, and region R1 has 20 at the most",
            ),
        ),
        (
            [
                add("supply", "maker role units", "Ericsson", "radio", 2),
                put("supply", 0, "units", 1),
                put("supply", 1, "units", 2),
            ],
            "supply-too-small",
            "cluster C1, ran, takes 3 of radio from one maker in one quarter, and no maker has more than 2",
        ),
        (
            [setting(caps=[{"role": "radio", "share": 0.4}])],
            "cap-broken",
            "caps: Nokia keeps 50.0% of all radio units by what stays, and cap 1 allows 40.0%; raise",
        ),
        (
            [setting(caps=[{"role": "transport", "share": 0.4}])],
            "caps-too-low",
            "caps: 2 units of transport must go, and caps leave room for 0 new ones of the makers that may",
        ),
        (
            [setting(least_makers=[{"role": "radio", "makers": 3, "share": 0.1}])],
            "too-few-makers",
            "least_makers 1 asks for 3 makers with 10.0% of all radio units (1), and 2 can have it (Nokia,",
        ),
        (
            [
                setting(least_makers=[{"role": "radio", "makers": 2, "share": 0.2}]),
                setting(caps=[{"role": "radio", "maker": "Ericsson", "share": 0.1}]),
            ],
            *("too-few-makers", "with 20.0% of all radio units (2), and 1 can have it (Nokia); approve"),
        ),
        (
            [setting(least_makers=[{"role": "core", "makers": 2, "share": 0.5}])],
            *("too-few-makers", "that takes 2 new units beside what stays, and 1 go; lower makers or share"),
        ),
    ],
)
def test_what_keeps_it_from_being_planned(
    tmp_path: Path, changes: list[Change], name: str, words: str
) -> None:
    found = checked(tmp_path, *changes)
    assert any(words in one.one_line() for one in found.errors if one.check == name), found.errors


@pytest.mark.parametrize(
    ("changes", "name", "words"),
    [
        ([put("crews", 0, "hours", None)], "no-crews-limit", "no limit of crews: R1; add hours to crews"),
        ([put_all("money", "amount", None)], "no-money-limit", "no limit of money: One; add amount to money"),
        (
            [add("clusters", "cluster region market owner", "C4", "R1", "M1", "One")],
            *("empty-cluster", "clusters without a site: C4"),
        ),
        ([put("pairs", 0, "radio", "Nokai")], "unknown-product", "a radio is neither a product nor"),
        ([put("supply", 0, "maker", "Samsung")], "unknown-maker", "makers of no product: Samsung"),
        ([put("installed", 2, "remove_by", "2028-12-31")], "date-without-duty", "1 item with a remove_by"),
        (
            [put_all("installed", "must_go", "no"), put_all("installed", "remove_by", None)],
            *("nothing-goes", "nothing must go"),
        ),
        (
            [put_all("installed", "remove_by", None), setting(exposure_price=0)],
            *("nothing-presses", "the cheapest plan puts off what it can"),
        ),
        ([setting(unknown="keep")], "unknown-items", "of 1 item it is not known whether they must go"),
    ],
)
def test_what_is_to_be_looked_at(tmp_path: Path, changes: list[Change], name: str, words: str) -> None:
    found = checked(tmp_path, *changes)
    assert found.errors == ()
    assert any(words in one.one_line() for one in found.warnings if one.check == name), found.warnings


def test_a_certified_pair_lets_a_radio_stay(tmp_path: Path) -> None:
    stays = put("installed", 0, "must_go", "no")
    assert [one.check for one in checked(tmp_path, stays).errors] == ["no-pair"]
    pair = add("pairs", "radio baseband", "RRU", "Nokia baseband")
    assert checked(tmp_path, stays, pair).errors == ()


def test_a_product_without_a_price_that_may_not_be_bought_is_no_error(tmp_path: Path) -> None:
    found = checked(tmp_path, put("products", 0, "price_average", None), put("products", 0, "approved", "no"))
    assert found.errors == ()


def test_a_network_that_cannot_be_planned_is_refused_with_all_reasons(tmp_path: Path) -> None:
    settings, tables = small()
    put("installed", 0, "bands", "B41")(settings, tables)
    put("crews", 0, "region", "R9")(settings, tables)
    network = read_network(write_folder(tmp_path / "net", settings, tables))
    with pytest.raises(NetworkError) as caught:
        refuse_unplannable(network)
    assert [line.split(":")[0] for line in caught.value.lines()] == ["crews", "radio B41 4G"]
