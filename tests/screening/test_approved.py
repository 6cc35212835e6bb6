"""What an approved list says of the records of an inventory."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clearband.directives.law import load_law
from clearband.listing.as_of import as_of
from clearband.model.assessment import Subject
from clearband.model.criterion import SubjectKind
from clearband.model.listing import Listing, Say, State, Use
from clearband.register import load_register
from clearband.screening.approved import APPROVED_SCHEMA, on_the_list, on_the_lists
from clearband.screening.approved_list import ApprovedList
from tests.listing.made_list import MadeList

ON = date(2026, 11, 1)
ITEM = dict.fromkeys(
    (
        "record_id",
        "maker",
        "maker_name",
        "maker_status",
        "category",
        "model",
        "part_number",
        "would_help",
    ),
    pl.String,
)
BUY: dict[Use, tuple[Say, date | None]] = {
    Use.BUY: ("yes", None),
    Use.EXPAND: ("yes", None),
    Use.KEEP: ("yes", None),
    Use.FIX: ("yes", None),
    Use.REMOVE_BY: ("no", None),
}
GO = BUY | {Use.BUY: ("no", None), Use.EXPAND: ("no", None), Use.REMOVE_BY: ("until", date(2027, 6, 30))}


def listing(
    entry: str,
    kind: SubjectKind,
    maker: str,
    name: str,
    *,
    state: State = State.LISTED,
    category: str | None = None,
    tier: str = "T3",
) -> Listing:
    subject = Subject(kind, entry, name, maker, tier, "US", category)
    uses = BUY if state is State.LISTED else GO
    return Listing(entry, "example", subject, state, ON, None, None, (), (), (), uses, (), (), ())


LIST = ApprovedList(
    "example",
    "Example",
    ON,
    (
        listing("nokia-airscale", "product-line", "nokia", "AirScale", category="rru"),
        listing("ericsson-radio", "product-line", "ericsson", "Radio 4415", category="rru"),
        listing("cisco", "manufacturer", "cisco", "Cisco Systems"),
        listing("zte", "manufacturer", "zte", "ZTE", state=State.REVOKED),
        listing("zte-radio", "product-line", "zte", "R8862", category="rru"),
        listing("casa", "manufacturer", "casa", "Casa", state=State.PROPOSED),
    ),
    9,
    "0" * 64,
)


def item(maker: str | None, category: str | None, model: str | None, **more: object) -> dict[str, object]:
    return {
        "record_id": "1",
        "maker": maker,
        "maker_name": maker,
        "maker_status": "identified" if maker else "unidentified",
        "category": category,
        "model": model,
        "part_number": None,
        "would_help": None,
    } | more


def makes(category: str, maker: str) -> bool:
    return (category, maker) != ("switch", "nokia")


def said(
    maker: str | None, category: str | None, model: str | None, held: ApprovedList = LIST, **more: object
) -> dict[str, object]:
    table = on_the_list(pl.DataFrame([item(maker, category, model, **more)], ITEM), held, makes)
    assert table.schema == pl.Schema(APPROVED_SCHEMA)
    return table.row(0, named=True)


def test_a_product_line_is_met_by_its_models() -> None:
    row = said("nokia", "rru", "AirScale AHEGB")
    assert (row["list_says"], row["list_entry"], row["buy"]) == ("buy", "nokia-airscale", "yes")


def test_what_has_to_go_has_its_day_and_what_may_be_bought_instead() -> None:
    row = said("zte", "rru", "R8861")
    assert (row["list_says"], row["remove_by"]) == ("replace", "until 2027-06-30")
    assert row["alternatives"] == ["ericsson-radio: Radio 4415", "nokia-airscale: AirScale"]


def test_a_product_is_trusted_no_more_than_its_maker() -> None:
    assert said("zte", "rru", "R8862")["list_says"] == "replace"


@pytest.mark.parametrize(
    ("category", "says"), [("switch", "buy"), ("amf", "not-listed"), (None, "not-listed")]
)
def test_an_entry_for_a_maker_is_for_its_tier_and_less_critical_ones(category: str | None, says: str) -> None:
    assert said("cisco", category, "X")["list_says"] == says


def test_a_model_that_does_not_tell_is_not_listed_and_says_so() -> None:
    row = said("nokia", "rru", None)
    assert row["list_says"] == "not-listed"
    assert "does not tell whether it is one of nokia-airscale" in str(row["list_note"])


def test_an_unknown_maker_is_unknown_and_never_cleared() -> None:
    row = said(None, "rru", "AirScale")
    assert (row["list_says"], row["buy"], row["list_entry"]) == ("unknown", None, None)


def test_an_application_is_no_listing() -> None:
    assert said("casa", "cmts", "C100G")["list_says"] == "not-listed"


def held(*listings: Listing, grants: str | None = None) -> ApprovedList:
    return replace(LIST, listings=listings, grants=grants)


def test_a_model_is_bought_only_where_the_name_surely_ends() -> None:
    line = held(listing("radio", "product-line", "ericsson", "Radio 441", category="rru"))
    assert said("ericsson", "rru", "Radio 441 B1", line)["list_says"] == "buy"
    row = said("ericsson", "rru", "Radio 4415", line)
    assert (row["list_says"], row["buy"]) == ("not-listed", None)
    assert row["would_change"] == [
        "a model or part number that tells Radio 441 (entry radio)",
        "an assessment of ericsson for rru (tier T2) by Example",
    ]
    gone = held(listing("radio", "product-line", "ericsson", "Radio 441", state=State.REVOKED))
    assert said("ericsson", "rru", "Radio 4415", gone)["list_says"] == "replace"


@pytest.mark.parametrize("state", [State.LISTED, State.EXPIRED])
def test_of_two_entries_for_one_thing_the_one_against_it_counts(state: State) -> None:
    two = held(
        listing("a-radio", "product-line", "nokia", "AirScale", category="rru", state=state),
        listing("b-radio", "product-line", "nokia", "AirScale", category="rru", state=State.REVOKED),
    )
    row = said("nokia", "rru", "AirScale AHEGB", two)
    assert (row["list_says"], row["list_entry"]) == ("replace", "b-radio")
    assert said("zte", "rru", "R1", two)["alternatives"] == []


def test_a_site_approves_of_no_equipment_since_no_record_tells_where_it_was_made() -> None:
    site = held(listing("oulu", "site", "nokia", "Oulu factory"))
    row = said("nokia", "switch", "X", site)
    assert (row["list_says"], row["list_entry"]) == ("not-listed", None)
    assert "entry oulu is for the site Oulu factory alone" in str(row["would_change"])


def test_what_a_refused_maker_has_in_use_is_for_others_to_decide_and_never_cleared() -> None:
    uses = GO | {Use.KEEP: ("territory-rule", None), Use.REMOVE_BY: ("territory-rule", None)}
    refused = replace(listing("casa", "manufacturer", "casa", "Casa", state=State.REFUSED), uses=uses)
    assert said("casa", "cmts", "C100G", held(refused))["list_says"] == "decide"


def test_makers_stand_in_for_another_where_they_make_such_things_and_their_tier_reaches() -> None:
    makers = held(
        listing("cisco", "manufacturer", "cisco", "Cisco", tier="T2"),
        listing("nokia", "manufacturer", "nokia", "Nokia", tier="T2"),
        listing("small", "manufacturer", "small", "Small", tier="T4"),
        listing("zte", "manufacturer", "zte", "ZTE", state=State.REVOKED),
    )
    assert said("zte", "rru", "R1", makers)["alternatives"] == [
        "cisco: Cisco, of tier T2 and less critical",
        "nokia: Nokia, of tier T2 and less critical",
    ]
    assert said("zte", "switch", "R1", makers)["alternatives"] == [
        "cisco: Cisco, of tier T2 and less critical"
    ]


def test_a_named_maker_is_asked_who_it_is_and_an_unknown_one_what_would_tell_it() -> None:
    unregistered = replace(LIST.listings[0].subject, maker=None, name="Made Radio", kind="manufacturer")
    made = held(replace(LIST.listings[0], entry="made", subject=unregistered))
    named = said("made-radio", None, "X", made, maker_status="named", maker_name="MADE Radio")
    assert (named["list_says"], named["would_change"]) == (
        "unknown", ["whether MADE Radio is the maker of entry made"],
    )  # fmt: skip
    row = said(None, None, None, made, would_help="a MAC address")
    assert row["would_change"] == ["a MAC address"]


ARCHER = Subject(
    "product-line", "archer", "Archer AX55", "tp-link-technologies", "T3", "US", "consumer-router"
)
DAYS = st.dates(date(2025, 12, 1), date(2028, 12, 31))


@given(
    until=st.none() | st.dates(date(2026, 2, 1), date(2028, 6, 30)),
    suspended=st.none() | st.dates(date(2026, 2, 1), date(2026, 12, 31)),
    gone=st.none() | st.dates(date(2026, 2, 1), date(2026, 12, 31)),
    on=DAYS,
)
@example(until=date(2027, 12, 31), suspended=None, gone=None, on=date(2027, 12, 31))
@example(until=date(2027, 12, 31), suspended=None, gone=None, on=date(2028, 1, 1))
@example(until=date(2027, 12, 31), suspended=date(2026, 6, 1), gone=None, on=date(2026, 6, 1))
@example(until=date(2027, 12, 31), suspended=None, gone=date(2026, 6, 1), on=date(2026, 6, 1))
def test_an_approval_is_held_on_exactly_the_days_on_which_the_entry_is_in_force(
    until: date | None, suspended: date | None, gone: date | None, on: date
) -> None:
    """The events say when the entry is in force; no other day, model or maker gets its approval."""
    made = MadeList()
    made.step("draft", "2026-01-02", entry="archer", subject=ARCHER)
    if until is not None:
        made.listed(entry="archer", on="2026-02-01", until=str(until))
    lost = []
    if until is not None and suspended is not None and suspended <= until:
        made.step("suspend", str(suspended), entry="archer", reply_until=suspended)
        lost.append(suspended)
    maker = replace(ARCHER, kind="manufacturer", id="maker", category=None)
    against: tuple[Listing, ...] = ()
    if gone is not None and gone <= on:
        against = (
            replace(listing("maker", "manufacturer", "", "TP-Link", state=State.REVOKED), subject=maker),
        )
        lost.append(gone)
    in_force = until is not None and date(2026, 2, 1) <= on <= until and not any(day <= on for day in lost)
    listings = (*as_of(made.replay, on), *against)
    told = ApprovedList("example", "Example", on, listings, 1, "0" * 64, "conditional-approval")
    exact = item("tp-link-technologies", "consumer-router", "Archer AX55 V1")
    rows = [
        exact,
        exact | {"model": "Archer AX5500"},
        exact | {"model": None},
        exact | {"maker": "zte"},
        exact | {"category": "switch"},
        exact | {"maker_status": "named"},
        exact | {"maker": None, "maker_status": "unidentified"},
    ]
    found = on_the_lists(pl.DataFrame(rows, ITEM), [told], load_register(), load_law())
    held_by = found.approvals.to_list()
    assert held_by[0] == ("conditional-approval" if in_force else None)
    assert held_by[1:] == [None] * 6
    assert "buy" not in found.table["list_says"][1:]
    assert all(say != "buy" or in_force for say in found.table["list_says"])
    assert not any(found.table["alternatives"].list.len()) or in_force
