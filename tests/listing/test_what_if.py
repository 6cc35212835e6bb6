"""What a ban takes of an approved list: its own entries, and what hangs on them in turn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearband.assess.chain import Reach, chain_of, covers_of, read_ban
from clearband.identify import identify
from clearband.listing.what_if import Fallen, WhatIf, what_if
from clearband.model.assessment import Subject
from clearband.model.equipment import EQUIPMENT_SCHEMA
from clearband.model.listing import State
from clearband.register import load_register
from clearband.screening.approved_list import ApprovedList
from clearband.screening.fallen import records_that_lose
from tests.listing.made_list import MadeList, day

REGISTER = load_register()
ON = date(2026, 6, 1)
RADIO = Subject("product-line", "radio-4415", "Radio 4415", "ericsson", "T2", "US", category="rru")
MADE = {
    "radio": (RADIO, ("certificate:cc/C-1",)),
    "airscale": (replace(RADIO, id="airscale", name="AirScale", maker="nokia"), ()),
    "samsung": (replace(RADIO, id="mx20", name="MX20", maker="samsung-networks"), ("certificate:C-2",)),
    "nameless": (replace(RADIO, id="nameless", name="Nameless", maker=None), ()),
    "cabinet": (Subject("product-line", "cabinet", "Cabinet", "nokia", "T3", "US"), ("entry:radio",)),
    "site": (Subject("site", "plant", "A plant", "nokia", "T3", "US"), ("entry:cabinet", "part:Hi1822")),
}
ROWS: list[dict[str, Any]] = [
    {
        "record_id": "R1",
        "manufacturer": "Ericsson",
        "model": "Radio 4415 B",
        "category": "rru",
        "site": "north",
    },
    {"record_id": "R1/p", "parent_id": "R1", "manufacturer": "HiSilicon", "part_number": "Hi1822"},
    {"record_id": "R2", "manufacturer": "Nokia", "model": "AirScale", "category": "rru", "site": "south"},
]
PAPERS = [
    {"record_id": "1", "model": "Radio 4415 B", "x_certificate": "C-1", "x_laboratory": "Lab One"},
    {"record_id": "2", "model": "Cabinet", "x_certificate": "C-2", "x_laboratory": "Lab Two"},
]
OWN = {"x_certificate": pl.String, "x_laboratory": pl.String}


def made() -> MadeList:
    found = MadeList()
    for entry, (subject, _) in MADE.items():
        reply = day("2026-01-11") + timedelta(10)
        found.step("submit", "2026-01-11", entry=entry, subject=subject)
        found.step("accept", "2026-01-11", entry=entry)
        found.step("assess", "2026-01-11", entry=entry)
        found.step("propose", "2026-01-11", entry=entry, state=State.LISTED, reply_until=reply)
    for entry, (_, depends) in MADE.items():
        found.step(
            "decide", "2026-02-01", entry=entry, state=State.LISTED, until=day("2027-12-31"), depends=depends
        )
    return found


LIST = made().replay


def table(rows: list[dict[str, Any]]) -> pl.DataFrame:
    read = pl.DataFrame(rows, schema={**EQUIPMENT_SCHEMA, **OWN})
    verdicts = identify(read, REGISTER, on=ON)
    return read.with_columns(verdicts[name] for name in verdicts.columns if name != "record_id")


EQUIPMENT = table(ROWS)
CHAIN = chain_of(EQUIPMENT, EQUIPMENT, REGISTER, ON)
COVERS = covers_of(CHAIN, EQUIPMENT, [table(PAPERS)])


def without(*words: str, on: date = ON) -> WhatIf:
    return what_if(LIST, Reach(CHAIN, COVERS, [read_ban(word, REGISTER) for word in words], REGISTER, on), on)


def fallen(*words: str) -> dict[str, Fallen]:
    return {one.listing.entry: one for one in without(*words).fallen}


def by_hit(*words: str) -> dict[str, str]:
    return {name: one.hit for name, one in fallen(*words).items()}


def test_nothing_falls_without_a_ban() -> None:
    found = without()
    assert found.fallen == ()
    assert found.before == found.certain == found.possible
    assert {one.state for one in found.before} == {State.LISTED}


def test_a_certificate_takes_the_entry_and_what_hangs_on_it_in_turn() -> None:
    found = fallen("certificate:C-1")
    assert {name: one.hit for name, one in found.items()} == dict.fromkeys(
        ("cabinet", "radio", "site"), "certain"
    )
    assert (found["radio"].state, found["radio"].since) == (State.SUSPENDED, ON)
    assert "certificate:cc/C-1 is banned" in found["radio"].why
    assert "entry:radio is suspended since 2026-06-01" in found["cabinet"].why


def test_a_laboratory_takes_the_entries_of_its_certificates_alone() -> None:
    assert by_hit("laboratory:lab two") == {"samsung": "certain"}
    assert by_hit("laboratory:lab three") == {}


def test_a_certificate_of_which_nobody_told_the_laboratory_may_fall() -> None:
    reach = Reach(CHAIN, COVERS.head(0), [read_ban("laboratory:Lab Two", REGISTER)], REGISTER, ON)
    hits = {one.listing.entry: one.hit for one in what_if(LIST, reach, ON).fallen}
    assert hits["samsung"] == hits["radio"] == "possible"


def test_a_maker_takes_its_entries_and_a_maker_that_nobody_knows_may_be_of_it() -> None:
    found = fallen("supplier:ericsson")
    assert found["radio"].hit == found["cabinet"].hit == "certain"
    assert found["nameless"].hit == "possible"
    assert "samsung" not in found


def test_a_product_line_falls_with_a_part_that_is_in_it() -> None:
    found = fallen("supplier:huawei")
    assert found["radio"].hit == "certain"
    assert "radio4415b or a part in it, which is banned" in found["radio"].why
    assert found["site"].hit == "certain"  # it hangs on part:Hi1822, which HiSilicon makes


def test_what_is_left_is_of_the_same_kind_category_and_tier_and_may_be_bought() -> None:
    found = fallen("certificate:C-1")
    assert found["radio"].alternatives == ("airscale: AirScale", "nameless: Nameless", "samsung: MX20")
    assert found["cabinet"].alternatives == ()
    assert fallen("supplier:ericsson")["radio"].alternatives == (
        "airscale: AirScale",
        "samsung: MX20",
        "nameless: Nameless (may fall, too)",
    )


def test_an_entry_that_is_out_of_force_already_does_not_fall_again() -> None:
    later = without("certificate:C-1", on=date(2028, 1, 1))
    assert later.fallen == ()


def test_records_that_rest_on_an_entry_that_falls_are_counted_by_network() -> None:
    found = without("certificate:C-1")
    before = ApprovedList("example", "Example", ON, found.before, 1, "head")
    lost = records_that_lose(EQUIPMENT, before, found.certain, found.possible)
    assert lost.rows() == [("north", "radio", 1, 0)]


BANS = [
    "supplier:ericsson",
    "supplier:huawei",
    "country:FI",
    "part:Hi1822",
    "certificate:C-2",
    "laboratory:Lab One",
]


@settings(max_examples=40, deadline=None)
@given(st.sets(st.sampled_from(BANS)), st.sets(st.sampled_from(BANS)))
def test_more_bans_never_let_an_entry_stand_that_fewer_took(some: set[str], more: set[str]) -> None:
    rank = {"possible": 1, "certain": 2}
    less, all_of = by_hit(*sorted(some)), by_hit(*sorted(some | more, reverse=True))
    assert all(rank[all_of[name]] >= rank[hit] for name, hit in less.items())


@pytest.mark.parametrize("word", BANS)
def test_what_is_certain_is_not_less_than_what_is_left_without_what_is_possible(word: str) -> None:
    found = without(word)
    standing = {State.LISTED, State.CONDITIONAL, State.INTERIM, State.EXPIRING}
    sure = {one.entry for one in found.certain if one.state in standing}
    left = {one.entry for one in found.possible if one.state in standing}
    assert left <= sure <= {one.entry for one in found.before if one.state in standing}
