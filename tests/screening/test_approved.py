"""What an approved list says of the records of an inventory."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from clearband.model.assessment import Subject
from clearband.model.criterion import SubjectKind
from clearband.model.listing import Listing, Say, State, Use
from clearband.screening.approved import APPROVED_SCHEMA, ApprovedList, on_the_list

ON = date(2026, 11, 1)
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
    "0" * 64,
)


def said(maker: str | None, category: str | None, model: str | None) -> dict[str, object]:
    status = "identified" if maker else "unidentified"
    row = {"record_id": "1", "maker": maker, "maker_status": status, "category": category, "model": model}
    table = on_the_list(pl.DataFrame([row | {"part_number": None}]), LIST)
    assert table.schema == pl.Schema(APPROVED_SCHEMA)
    return table.row(0, named=True)


def test_a_product_line_is_met_by_its_models() -> None:
    row = said("nokia", "rru", "AirScale AHEGB")
    assert (row["list_says"], row["list_entry"], row["buy"]) == ("buy", "nokia-airscale", "yes")


def test_what_has_to_go_has_its_day_and_what_may_be_bought_instead() -> None:
    row = said("zte", "rru", "R8861")
    assert (row["list_says"], row["remove_by"]) == ("replace", "until 2027-06-30")
    assert row["alternatives"] == ["nokia-airscale: AirScale", "ericsson-radio: Radio 4415"]


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
