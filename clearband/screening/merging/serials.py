"""Serial numbers that tell one box from another, and those that only look like it."""

from __future__ import annotations

from typing import Final

import polars as pl

_SHORTEST: Final = 5
_LONGEST: Final = 64
_STRONG: Final = 8
"""Letters and digits of a number that two makers hardly give both; of digits alone `_STRONG_DIGITS`."""
_STRONG_DIGITS: Final = 10
_LABEL: Final = (
    r"(?i)^\s*(?:s\s*/\s*n\s*[.:#]*\s*|sn\s*[.:#]+\s*|sn\s+|serial(?:\s*(?:no|nr|number|#))?\s*[.:#]*\s+)"
)
_NO_NUMBER: Final = (
    # An address, a day, and what a spreadsheet made of a long number: of many numbers it makes one.
    r"^\d{1,3}(?:\.\d{1,3}){3}$|^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}$|^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}$|"
    r"(?i)^\d+(?:[.,]\d+)?e\+?\d+$"
)
_CUT_DIGITS: Final = r"^[1-9]\d{14}0+$"
"""A spreadsheet keeps fifteen digits of a number."""
_WORDS: Final = (
    r"DEFAULT|UNKNOWN|NOTSPEC|NOTAVAIL|NOTAPPL|NOSERIAL|TOBEFILLED|OEM|SYSTEMSERIAL|CHASSISSERIAL|BASEBOARD|"
    r"PLACEHOLDER|SERIALNUMBER|XXXX|DUMMY|SAMPLE|EXAMPLE|PENDING|MISSING|VIRTUAL"
)
_RUNS: Final = ("0123456789012345678901234567890", "9876543210987654321098765432109876543210")
_STARTS: Final = ("ABC", "SN", "NO", "TEST")


def serial_keys(serials: pl.Series, beside: pl.DataFrame) -> pl.Series:
    """What of each serial number two records must share, shape (n,); null for what tells no box.

    Case, blanks and signs do not count, nor a label such as "S/N:". Placeholders, numbers that only repeat or
    count up, and the record's own model or part number in the place of a serial number are none.

    Args:
        serials: As stated, shape (n,).
        beside: ``model`` and ``part_number`` of the same records.
    """
    text = pl.col("serial").str.replace(_LABEL, "").str.strip_chars().str.replace(r"^(\d+)\.0$", "$1")
    frame = beside.select(_plain(pl.col("model", "part_number"))).with_columns(serial=serials)
    frame = frame.with_columns(text=text).with_columns(key=_plain(pl.col("text")))
    key, length = pl.col("key"), pl.col("key").str.len_chars()
    digits = key.str.extract(r"^[A-Z]{0,4}?(\d+)$")
    start = key.str.extract(r"^([A-Z]{0,4}?)\d+$")
    counts = pl.any_horizontal(pl.lit(run).str.contains(digits, literal=True) for run in _RUNS)
    made_up = (start.is_in(["", *_STARTS]) & (counts | _one_sign(digits))).fill_null(value=False)
    bad = (
        ~length.is_between(_SHORTEST, _LONGEST)
        | ~key.str.contains(r"\d")
        | _one_sign(key)
        | made_up
        | key.str.contains(_WORDS)
        | pl.col("text").str.contains(_NO_NUMBER)
        | key.str.contains(_CUT_DIGITS)
        | (key == pl.col("model")).fill_null(value=False)
        | (key == pl.col("part_number")).fill_null(value=False)
    )
    return frame.select(pl.when(~bad).then(key).alias("serial")).to_series()


def is_strong(key: pl.Expr) -> pl.Expr:
    """Whether a key is long enough to tell a box where one of the makers is not known."""
    digits_only = ~key.str.contains(r"[^0-9]")
    least = pl.when(digits_only).then(_STRONG_DIGITS).otherwise(_STRONG)
    return key.str.strip_chars_start("0").str.len_chars() >= least


def _plain(text: pl.Expr) -> pl.Expr:
    return text.str.to_uppercase().str.replace_all(r"[^\p{L}\p{N}]+", "")


def _one_sign(text: pl.Expr) -> pl.Expr:
    first = text.str.slice(0, 1)
    return text.str.strip_chars(first).str.len_chars() == 0
