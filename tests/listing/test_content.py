"""The published form: the same bytes for the same list, in whole bins; what a date may change is foretold."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from clearband.errors import InputError
from clearband.listing import content as content_module
from clearband.listing import spill
from clearband.listing.as_of import as_of
from clearband.listing.content import digits_for, write_content
from clearband.listing.content_read import key_leaves, log_of, part_lines, read_header
from clearband.listing.next_date import NextDates
from clearband.listing.repository_client import PublicationRefusedError
from clearband.listing.verify import make_content
from clearband.model.canonical import canonical
from clearband.model.listing import Listing, State
from tests.listing.made_list import AUTHORITY, MadeList, condition, day

ON = day("2026-06-01")


def many(count: int) -> Iterator[Listing]:
    made = MadeList()
    made.listed()
    one = as_of(made.replay, ON)[0]
    for number in range(count):
        name = f"radio-{number}"
        yield replace(one, entry=name, subject=replace(one.subject, id=name, name=f"Radio {number % 7}"))


@pytest.fixture
def small_bins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_module, "ENTRIES_A_BIN", 4)
    monkeypatch.setattr(content_module, "LINES_A_PART", 3)
    monkeypatch.setattr(spill, "_HELD", 1000)


def written(folder: Path, count: int = 40) -> Path:
    folder.mkdir()
    lines = [canonical({"n": n}) for n in range(7)]
    write_content(folder, AUTHORITY, ON, many(count), count, lines)
    return folder


@pytest.mark.usefixtures("small_bins")
def test_a_list_in_bins_is_whole_and_the_same_each_time(tmp_path: Path) -> None:
    first, second = written(tmp_path / "a"), written(tmp_path / "b")
    files = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert len(files) == 1 + 16 + 16 + 3
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in files)
    header = read_header(first / "list.json", AUTHORITY.id)
    assert (header["entries"]["count"], header["keys"]["count"], header["log"]["size"]) == (40, 87, 7)
    bins = header["entries"]["bins"]
    names = [
        json.loads(line)["listing"]["entry"]
        for part in bins
        for line in part_lines(first / part["name"], part)
    ]
    assert sorted(names) == sorted(f"radio-{n}" for n in range(40))
    leaves = [leaf for part in header["keys"]["bins"] for leaf in key_leaves(first / part["name"], part)]
    assert len({leaf.key: leaf.entries for leaf in leaves}["name:radio 3"]) == 6


@pytest.mark.usefixtures("small_bins")
def test_one_entry_more_moves_one_bin_of_entries(tmp_path: Path) -> None:
    first, second = (
        json.loads((written(tmp_path / name, count) / "list.json").read_bytes())
        for name, count in (("a", 40), ("b", 41))
    )
    moved = [
        sum(a != b for a, b in zip(first[section]["bins"], second[section]["bins"], strict=True))
        for section in ("entries", "keys")
    ]
    assert moved[0] == 1
    assert 1 <= moved[1] <= 3


def test_bins_grow_with_the_list() -> None:
    assert [digits_for(n) for n in (0, 4096, 4097, 65_536, 65_537, 1_000_000)] == [0, 0, 1, 1, 2, 2]


@pytest.mark.usefixtures("small_bins")
@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda h: h["entries"]["bins"].pop(), "bins of entries are missing"),
        (lambda h: h["keys"]["bins"].pop(3), "bins of keys are missing"),
        (lambda h: h["keys"].update(count=1), "count of keys"),
        (lambda h: h.update(authority="another"), "list of another"),
        (lambda h: h["log"]["parts"][0].update(name="../x"), "no name"),
        (lambda h: h["log"].update(size=-1), "log.size"),
        (lambda h: h.update(more=1), "more"),
    ],
)
def test_a_header_that_is_not_whole_is_refused(tmp_path: Path, change: object, says: str) -> None:
    path = written(tmp_path / "a") / "list.json"
    header = json.loads(path.read_bytes())
    change(header)  # type: ignore[operator]
    path.write_bytes(canonical(header))
    with pytest.raises(InputError, match=says):
        read_header(path, AUTHORITY.id)


def test_a_header_with_spaces_is_not_canonical(tmp_path: Path) -> None:
    path = written(tmp_path / "a") / "list.json"
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(PublicationRefusedError, match="canonical"):
        read_header(path, AUTHORITY.id)


def test_a_part_that_unpacks_to_more_than_is_signed_is_refused(tmp_path: Path) -> None:
    folder = written(tmp_path / "a")
    part = json.loads((folder / "list.json").read_bytes())["entries"]["bins"][0]
    (folder / part["name"]).write_bytes(gzip.compress(bytes(50_000_000)))
    with pytest.raises(PublicationRefusedError, match="not what the header names"):
        part_lines(folder / part["name"], part)


def test_keys_in_another_order_or_under_another_root_are_refused(tmp_path: Path) -> None:
    import hashlib

    folder = written(tmp_path / "a", 3)
    part = json.loads((folder / "list.json").read_bytes())["keys"]["bins"][0]
    path = folder / part["name"]
    lines = gzip.decompress(path.read_bytes()).splitlines(keepends=True)
    raw = b"".join(lines[::-1])
    path.write_bytes(gzip.compress(raw))
    with pytest.raises(PublicationRefusedError, match="order"):
        key_leaves(path, part | {"sha256": hashlib.sha256(raw).hexdigest()})
    path.write_bytes(gzip.compress(b"".join(lines)))
    with pytest.raises(PublicationRefusedError, match="Merkle root"):
        key_leaves(path, part | {"root": "0" * 64})


def test_a_log_whose_chain_breaks_is_refused(tmp_path: Path) -> None:
    folder = written(tmp_path / "a")
    header = json.loads((folder / "list.json").read_bytes())
    with pytest.raises(PublicationRefusedError, match="chain breaks at event 0"):
        list(log_of(folder, header, None))


def test_cases_are_not_listings(tmp_path: Path) -> None:
    made = MadeList()
    made.step("submit", "2026-01-05", entry="case")
    made.listed(entry="radio")
    written = make_content(tmp_path, made.replay, ON, iter(made.lines))
    assert written.header["entries"]["count"] == 1


def test_what_a_date_may_change_is_foretold() -> None:
    """No day before the next date shows another listing; on some next date it does change."""
    made = MadeList()
    made.step("dependency-noted", "2026-01-02", entry="certificate:c-1", until=day("2026-11-15"))
    made.listed(
        State.CONDITIONAL,
        until="2027-12-31",
        conditions=(condition("rebuild", "2026-09-30"),),
        evidence_until=day("2027-03-31"),
        depends=("certificate:c-1",),
    )
    made.step("condition-met", "2026-08-15", refers="rebuild")
    made.listed(entry="switch", on="2026-09-10", depends=("entry:radio",))
    changed = 0
    on = day("2026-03-01")
    while on < day("2028-02-01"):
        listings = {one.entry: one for one in as_of(made.replay, on)}
        dates = NextDates(made.replay, listings, on)
        for one in listings.values():
            following = dates.of(one)
            last = (following or day("2028-06-01")) - timedelta(1)
            (then,) = as_of(made.replay, last, only=one.entry)
            assert (then.state, then.uses, then.flags) == (one.state, one.uses, one.flags), (
                on,
                one.entry,
                last,
            )
            if following is not None:
                (after,) = as_of(made.replay, following, only=one.entry)
                changed += (after.state, after.flags) != (one.state, one.flags)
        on += timedelta(9)
    assert changed > 20
