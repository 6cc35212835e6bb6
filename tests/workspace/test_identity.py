"""Records are told from each other, and again, by what they are and never by where they stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearband.model.equipment import EQUIPMENT_SCHEMA
from clearband.screening.findings import Findings
from clearband.workspace.identity import LONGEST, identities, read_identities

Record = dict[str, Any]


def frame(records: list[Record], file: str = "a.csv") -> pl.DataFrame:
    """Records as reading gives them: those without an id are named by their row."""
    rows = [
        {"record_id": f"{file}!{row}", "source": f"{file}:{row}", "quantity": 1} | record
        for row, record in enumerate(records, 2)
    ]
    extra = {name: pl.String for row in rows for name in row if name.startswith("x_")}
    return pl.DataFrame(rows, schema=EQUIPMENT_SCHEMA | extra)


def known(records: list[Record], file: str = "a.csv") -> list[str]:
    return read_identities(frame(records, file))["identity"].to_list()


@pytest.mark.parametrize(
    ("record", "identity"),
    [
        ({"record_id": "1001", "serial": "21023589"}, "id:1001"),
        ({"record_id": "Sites!1001"}, "id:Sites!1001"),
        ({"serial": "S/N: 2102-3589A"}, "serial:21023589A"),
        ({"serial": "n/a", "macs": ["00:e0:fc:00:00:09", "00:e0:fc:00:00:01"]}, "mac:00:e0:fc:00:00:01"),
        ({"record_id": "x" * 76}, "id:" + "x" * 76),
    ],
)
def test_a_record_is_known_by_the_surest_that_it_has(record: Record, identity: str) -> None:
    assert known([record, {"model": "another"}])[0] == identity


def test_ids_that_are_too_long_or_hold_signs_are_hashed() -> None:
    long, other, odd = known([{"record_id": "x" * 200}, {"record_id": "x" * 201}, {"record_id": "a\x00b"}])
    assert len({long, other, odd}) == 3
    assert all(one.startswith("id-hash:") and len(one) <= LONGEST for one in (long, other, odd))


def test_what_several_records_share_tells_none_of_them() -> None:
    same = {"serial": "21023589A", "macs": ["00:e0:fc:00:00:01"]}
    one, other = known([same | {"model": "A"}, same | {"model": "B"}])
    assert one != other
    assert one.startswith("all:")
    # Which of two with one id came first, or lay in the first file, is no mark of a box.
    assert known([{"record_id": "7", "serial": "21023589A"}, {"record_id": "7#2"}])[0] == "serial:21023589A"
    assert (
        known([{"record_id": "7"}, {"record_id": "a.csv!7", "serial": "21023589A"}])[1] == "serial:21023589A"
    )


def test_addresses_of_groups_and_local_ones_tell_nothing() -> None:
    for mac in ("01:00:5e:00:00:01", "02:42:ac:11:00:02", "00:00:00:00:00:00"):
        assert known([{"macs": [mac]}])[0].startswith("all:")


def test_records_of_which_the_same_is_stated_are_counted() -> None:
    names = known([{"model": "X"}, {"model": "X"}, {"model": "Y"}])
    assert len(set(names)) == 3
    assert [name[-2:] for name in names] == ["#1", "#2", "#1"]


def test_parts_are_told_apart_by_their_boxes() -> None:
    boxes = [{"record_id": "one"}, {"record_id": "other"}]
    parts = [{"model": "card", "parent_id": "one"}, {"model": "card", "parent_id": "other"}]
    names = known([*boxes, *parts])
    assert all(name.endswith("#1") for name in names[2:])
    assert set(known([*boxes, *reversed(parts)])) == set(names)


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "record_id": st.sampled_from(["1", "2", "2#2", "a.csv!1", "Sheet!1", "r#3"]),
    "serial": st.sampled_from(["", "21023589A", "S/N 21023589A", "7F3344556"]),
    "macs": st.lists(st.sampled_from([f"00:e0:fc:00:00:0{n}" for n in range(4)]), max_size=3),
    "model": st.text(max_size=3),
    "description": st.text(max_size=3),
    "quantity": st.integers(1, 3),
    "banners": st.lists(
        st.fixed_dictionaries({"protocol": st.just("ssh"), "text": st.text(max_size=2)}), max_size=2
    ),
    "x_rack": st.sampled_from(["1", "2"]),
}
RECORD = st.fixed_dictionaries({}, optional=VALUES).map(
    lambda record: {name: value for name, value in record.items() if value not in ("", [])}
)
RECORDS = st.lists(RECORD, min_size=1, max_size=8)


def distinctly_named(records: list[Record]) -> list[Record]:
    """No two of one ``record_id``, as reading sees to."""
    seen: set[str] = set()
    for record in records:
        if record.get("record_id") in seen:
            record.pop("record_id")
        seen |= {record["record_id"]} if "record_id" in record else set()
    return records


@given(RECORDS)
def test_no_two_records_share_an_identity(records: list[Record]) -> None:
    names = known(distinctly_named(records))
    assert len(set(names)) == len(names)
    assert all(0 < len(name) <= LONGEST for name in names)


@given(RECORDS, st.randoms(use_true_random=False))
def test_neither_order_nor_file_nor_chunks_change_identities(records: list[Record], chance: Any) -> None:
    records = distinctly_named(records)
    table = read_identities(frame(records)).with_columns(pl.Series("at", [repr(one) for one in records]))
    shuffled = records.copy()
    chance.shuffle(shuffled)
    other = frame(shuffled, "b.csv").with_columns(pl.col("record_id").str.replace("^a.csv!1$", "b.csv!1"))
    again = read_identities(pl.concat([other[:2], other[2:]], rechunk=False))
    again = again.with_columns(pl.Series("at", [repr(one) for one in shuffled]))
    assert table.sort(pl.all()).equals(again.sort(pl.all()))


@given(RECORDS, RECORD)
def test_an_unrelated_record_changes_no_other(records: list[Record], more: Record) -> None:
    records = distinctly_named(records)
    more = more | {"record_id": "its own", "x_rack": "only here"}
    for shared in ("serial", "macs"):
        more.pop(shared, None)
    before, after = read_identities(frame(records)), read_identities(frame([*records, more]))
    assert after[:-1].equals(before)


@given(RECORD, RECORD)
def test_what_differs_in_what_identifies_has_another_print(one: Record, other: Record) -> None:
    def shown(record: Record) -> Any:
        return {
            name: sorted(map(repr, value)) if isinstance(value, list) else value
            for name, value in ({"quantity": 1} | record).items()
            if name not in ("record_id", "x_rack")
        }

    prints = [read_identities(frame([record]))["stated"][0] for record in (one, other)]
    assert (prints[0] == prints[1]) == (shown(one) == shown(other))


@pytest.mark.parametrize(
    "change",
    [lambda record: record | {"site": "elsewhere", "notes": "seen"}, lambda record: record | {"x_a": "b"}],
)
def test_where_it_stands_is_no_part_of_what_it_is(change: Callable[[Record], Record]) -> None:
    record = {"serial": "21023589A", "model": "X"}
    assert read_identities(frame([record])).equals(read_identities(frame([change(record)])))


@pytest.mark.parametrize(
    "otherwise",
    [
        {"actors": ["federal-agency"]},
        {"actors": ["federal-contractor", "federal-agency"]},
        {"actions": ["use"]},
        {"question": "who made it?"},
        {"answer": "prohibited"},
        {"clause": "own-use"},
    ],
)
def test_what_a_clause_says_to_others_or_of_other_doings_is_another_judgement(otherwise: Record) -> None:
    said = {
        "record_id": "1",
        "directive": "section-889",
        "clause": "purchase",
        "answer": "review",
        "actors": ["federal-contractor"],
        "actions": ["procure"],
        "question": "what is it used for?",
    }
    read = frame([{"record_id": "1"}])
    prints = [
        identities(read, Findings.of([one]), read)["fingerprint"][0] for one in (said, said, said | otherwise)
    ]
    assert prints[0] == prints[1]
    assert prints[0] != prints[2]
