"""A covered name among any other words, separators and legal forms is never lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from clearband.identify import identify
from clearband.identify.kinship import kinship
from clearband.identify.spotting import spot_names
from clearband.identify.words import WORTH_TELLING
from clearband.register import load_register
from tests.identify.conftest import ON, table
from tests.laws import examples

REGISTER = load_register()
COVERED = sorted(
    {
        (entry.text, entry.org_id)
        for entry in REGISTER.names
        if REGISTER.organisations[entry.org_id].group in ("covered", "affiliate", "listed")
        for spots in (spot_names(entry.text, REGISTER),)
        if len(spots) == 1 and not spots[0].trap and not spots[0].name.is_product_brand
    }
)
"""Names that running text shows; those that are also ordinary words ("Ascend") or short abbreviations ("HIK")
get a mention where they stand in a longer name."""

OTHERS = ("Nokia", "Cisco", "Panduit", "Ericsson", "Aztech", "Rohde", "Acme", "Zhone", "Lorex")
WORDS = (
    "lighting",
    "restaurants",
    "north",
    "metro",
    "maybe",
    "camera",
    "partner",
    "x",
    "42",
    "Инвест",
    "集采",
)
SEPARATORS = (" ", "/", " / ", " & ", ", ", "; ", " - ", "-", "|", " or ", " and ", " (", "+", "_")
FORMS = ("", " Ltd", " Inc.", " Co., Ltd.", " GmbH", ")", "?", " S.A.", " 有限公司")


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, str]:
    """A text with one covered name, and whose name it is."""
    name, maker = draw(st.sampled_from(COVERED))
    casings: list[Callable[[str], str]] = [str, str.upper, str.lower]
    cased = draw(st.sampled_from(casings))(name)
    before = draw(st.lists(st.sampled_from([*OTHERS, *WORDS]), max_size=2))
    after = draw(st.lists(st.sampled_from([*OTHERS, *WORDS]), max_size=2))
    parts = [*before, cased, *after]
    text = parts[0]
    for part in parts[1:]:
        text += draw(st.sampled_from(SEPARATORS)) + part
    return text + draw(st.sampled_from(FORMS)), maker


def judged(column: str, texts: list[str]) -> list[dict[str, Any]]:
    return identify(table(*({column: text} for text in texts)), REGISTER, on=ON).to_dicts()


def shown(text: str) -> set[str]:
    """Makers that a reader finds in the text: several organisations can bear one name."""
    spots = spot_names(text, REGISTER)
    makers = {spot.name.entry.org_id for spot in spots} | {
        other for spot in spots for other in spot.name.others
    }
    return {maker for maker in makers if REGISTER.organisations[maker].group in WORTH_TELLING}


@settings(max_examples=examples(15, 200))
@given(st.lists(texts(), min_size=10, max_size=10), st.sampled_from(["manufacturer", "brand", "model"]))
def test_a_covered_name_is_its_house_or_stays_open_and_is_told(
    pairs: list[tuple[str, str]], column: str
) -> None:
    for (text, maker), row in zip(pairs, judged(column, [text for text, _ in pairs]), strict=True):
        is_its_house_or_stays_open_and_is_told(text, maker, row)


def is_its_house_or_stays_open_and_is_told(text: str, maker: str, row: dict[str, Any]) -> None:
    houses = kinship(REGISTER, ON)
    meant = shown(text) | {maker}
    meant |= {REGISTER.organisations[one].sells_for or one for one in meant}
    told = {row["runner_up"], *(piece["maker"] for piece in row["evidence"])}
    told |= {mention["maker"] for mention in row["mentions"]}
    assert row["maker_status"] != "named", (text, row["maker"])
    if row["maker_status"] == "identified" and not any(houses.are_akin(row["maker"], one) for one in meant):
        denied = {mention["maker"] for mention in row["mentions"]}
        assert row["contradiction"] or denied & meant, (text, row["maker"])
    if row["maker_status"] == "unidentified":
        assert any(houses.are_akin(one, other) for one in told - {None} for other in meant), text


def test_every_covered_name_is_found_alone() -> None:
    rows = identify(table(*({"manufacturer": name} for name, _ in COVERED)), REGISTER, on=ON)
    houses = kinship(REGISTER, ON)
    for (name, maker), found in zip(COVERED, rows["maker"].to_list(), strict=True):
        meant = shown(name) | {maker, REGISTER.organisations[maker].sells_for or maker}
        assert found, name
        assert any(houses.are_akin(found, one) for one in meant), (name, found)
