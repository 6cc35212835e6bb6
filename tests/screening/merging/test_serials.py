"""Serial numbers that tell a box, and what stands in their place."""

from __future__ import annotations

import polars as pl
import pytest

from clearband.screening.merging.serials import is_strong, serial_keys


def key(text: str | None, model: str | None = None) -> str | None:
    beside = pl.DataFrame(
        {"model": [model], "part_number": [None]},
        schema_overrides={"model": pl.String, "part_number": pl.String},
    )
    return serial_keys(pl.Series([text], dtype=pl.String), beside).item()


@pytest.mark.parametrize(
    "text",
    [
        "S/N: FOC-1234x0ab",
        "foc1234X0AB",
        " FOC 1234 X0AB ",
        "SN: FOC1234X0AB",
        "Serial No. FOC1234X0AB",
        "FOC1234X0AB.",
    ],
)
def test_case_blanks_signs_and_labels_do_not_count(text: str) -> None:
    assert key(text) == "FOC1234X0AB"


@pytest.mark.parametrize(
    "text",
    [
        None, "", "N/A", "0", "123456", "1234567890", "9876543210", "SN123456", "ABC12345", "00000000",
        "1111111", "Not Specified", "Default string", "To be filled by O.E.M.", "System Serial Number",
        "XXXXXXX1", "unknown 1", "10.20.30.40", "2019-03-04", "12/24/2019", "A1", "7",
    ],
)  # fmt: skip
def test_placeholders_and_numbers_that_only_count_or_repeat_are_none(text: str | None) -> None:
    assert key(text) is None


@pytest.mark.parametrize("text", ["2.10236E+19", "2,10236e19", "21023577442378700000"])
def test_what_a_spreadsheet_made_of_a_long_number_is_none(text: str) -> None:
    assert key(text) is None


def test_a_number_with_a_decimal_of_a_spreadsheet_is_the_number() -> None:
    assert key("90210377.0") == key("90210377") == "90210377"


def test_the_model_in_the_place_of_the_serial_number_is_none() -> None:
    assert key("NE40E-X8", model="NE40E X8") is None
    assert key("NE40E-X8", model="NE40E") == "NE40EX8"


@pytest.mark.parametrize(
    ("text", "strong"), [("FOC1234X0AB", True), ("90001", False), ("0000090001", False), ("2102357744", True)]
)
def test_short_numbers_need_a_maker_beside_them(text: str, *, strong: bool) -> None:
    assert pl.select(is_strong(pl.lit(text))).item() is strong
