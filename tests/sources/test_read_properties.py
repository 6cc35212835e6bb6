"""What must hold of any inventory: order, splitting and unrelated columns change no equipment."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from clearband.model.equipment import EQUIPMENT_SCHEMA
from clearband.sources import Inventory, csv_file, read_inventory
from clearband.sources.macs import parse_macs
from clearband.sources.text_cells import clean_cells, clean_text

HEADER = ["Asset Tag", "Manufacturer", "Model", "MAC Address", "Qty", "Installed", "Notes"]

words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cf"], include_characters=',;"\t|\n'),
    max_size=12,
)
names = st.sampled_from(["Huawei, Ltd", "ZTE", "中兴", "Nokia", "n/a", "", 'The "X" Co'])
macs = st.sampled_from(["", "00:11:22:33:44:55", "0011.2233.4455;001122334466", "bad", "n/a"])
quantities = st.sampled_from(["", "3", "12 pcs", "two", "1,200"])
dates = st.sampled_from(
    ["", "01/12/2020", "25/12/2021", "12/25/2021", "2024-03-05", "05.03.2024", "04/04/2024"]
)
rows = st.lists(st.tuples(names, words, macs, quantities, dates, words), min_size=2, max_size=8)


def read_rows(*files: list[list[str]], header: list[str] = HEADER) -> Inventory:
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, body in enumerate(files):
            out = io.StringIO()
            csv.writer(out).writerows([header, *body])
            path = Path(folder) / f"f{number}.csv"
            path.write_text(out.getvalue(), encoding="utf-8", newline="")
            paths.append(path)
        return read_inventory(paths)


def with_ids(body: list[tuple[str, ...]]) -> list[list[str]]:
    return [[f"A{number}", *row] for number, row in enumerate(body)]


def comparable(inventory: Inventory) -> pl.DataFrame:
    return inventory.equipment.select(list(EQUIPMENT_SCHEMA)).drop("source").sort("record_id")


@settings(max_examples=25, deadline=None)
@given(rows, st.data())
def test_splitting_a_file_in_two_gives_the_same_equipment(
    body: list[tuple[str, ...]], data: st.DataObject
) -> None:
    lines = with_ids(body)
    cut = data.draw(st.integers(1, len(lines) - 1))
    assert comparable(read_rows(lines)).equals(comparable(read_rows(lines[:cut], lines[cut:])))


@settings(max_examples=25, deadline=None)
@given(rows, st.randoms())
def test_the_order_of_rows_and_columns_changes_nothing(body: list[tuple[str, ...]], random: object) -> None:
    lines = with_ids(body)
    before = comparable(read_rows(lines))
    order = list(range(len(HEADER)))
    random.shuffle(order)  # type: ignore[attr-defined]
    random.shuffle(lines)  # type: ignore[attr-defined]
    moved = [[line[at] for at in order] for line in lines]
    after = comparable(read_rows(moved, header=[HEADER[at] for at in order]))
    drop = ["invalid"]
    assert before.drop(drop).equals(after.drop(drop))
    sets = [
        {str(sorted(map(str, entries or []))) for entries in frame["invalid"].to_list()}
        for frame in (before, after)
    ]
    assert sets[0] == sets[1]


@settings(max_examples=25, deadline=None)
@given(rows, words)
def test_an_unrelated_column_changes_nothing(body: list[tuple[str, ...]], cell: str) -> None:
    lines = with_ids(body)
    before = comparable(read_rows(lines))
    wider = read_rows([[*line, cell] for line in lines], header=[*HEADER, "Shelf colour"])
    assert comparable(wider).equals(before)
    assert "x_Shelf colour" in wider.equipment.columns


@settings(max_examples=25, deadline=None)
@given(rows)
def test_both_csv_readers_give_the_same_cells(body: list[tuple[str, ...]]) -> None:
    fast = read_rows(with_ids(body))
    keep, csv_file._is_regular = csv_file._is_regular, lambda *_: False  # type: ignore[assignment]
    try:
        careful = read_rows(with_ids(body))
    finally:
        csv_file._is_regular = keep
    assert fast.equipment.equals(careful.equipment)


@settings(max_examples=100, deadline=None)
@given(st.binary(min_size=6, max_size=6), st.sampled_from([":", "-", "", " "]), st.booleans())
def test_every_notation_of_an_address_reads_the_same(octets: bytes, joint: str, upper: bool) -> None:
    text = octets.hex(joint) if joint else octets.hex()
    expected = octets.hex(":")
    parsed = parse_macs(pl.Series([text.upper() if upper else text]))
    if octets in (bytes(6), b"\xff" * 6):
        assert parsed.values.to_list() == [None]
    else:
        assert parsed.values.to_list() == [[expected]]


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=20))
def test_columns_and_single_texts_are_cleaned_alike(text: str) -> None:
    column, _ = clean_cells(pl.DataFrame({"0": pl.Series([text], dtype=pl.String)}), 1000)
    assert column["0"].to_list() == [clean_text(text)]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_one_line(content: bytes) -> None:
    from clearband.errors import ClearbandError

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_bytes(content)
        line = ""
        try:
            read_inventory([path])
        except ClearbandError as error:
            line = error.one_line()
        assert "\n" not in line
