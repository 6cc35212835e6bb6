"""Text as it should be: trimmed, in Unicode NFC, without control characters, of bounded length.

Placeholders such as "n/a" and formulas such as ``=HYPERLINK(...)`` are text like any other and stay.
"""

from __future__ import annotations

import unicodedata

import polars as pl

_UNWANTED = (
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u{200b}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2060}\u{2066}-\u{2069}\u{feff}]"
)
"""Control characters but tab and line feed; zero-width and direction marks, which hide what a cell says."""

_ODD = r"[^\t\n\x20-\x7e]"
"""Without such a sign a text stays as it is."""


def clean_cells(cells: pl.DataFrame, max_characters: int) -> tuple[pl.DataFrame, dict[str, pl.DataFrame]]:
    """Clean every String column; blank becomes null.

    Returns:
        The cleaned columns, and per column name the rows that had to be cut (as ``Parsed.bad``).
    """
    if not cells.width:
        return cells, {}
    facts = cells.select(
        pl.all().str.contains(_ODD).any().name.prefix("odd_"),
        pl.all().str.len_bytes().max().name.prefix("len_"),
    ).row(0, named=True)
    steps = []
    for name in cells.columns:
        text = pl.col(name)
        if facts[f"odd_{name}"]:
            text = pl.lit(_without_oddities(cells[name]))
        text = text.str.strip_chars()
        steps.append(pl.when(text != "").then(text).alias(name))
    cleaned = cells.select(steps)
    cut: dict[str, pl.DataFrame] = {}
    for name in cells.columns:
        if (facts[f"len_{name}"] or 0) > max_characters:
            cleaned, cut[name] = _cut(cleaned, name, max_characters)
    return cleaned, {name: rows for name, rows in cut.items() if rows.height}


def _without_oddities(column: pl.Series) -> pl.Series:
    """One column without control characters and in NFC; each distinct odd cell is worked on once."""
    odd = column.filter(column.str.contains(_ODD)).unique()
    text = pl.col("odd").str.replace_all("\r\n", "\n", literal=True).str.replace_all("\r", "\n", literal=True)
    read = odd.to_frame("odd").select("odd", new=text.str.replace_all(_UNWANTED, ""))
    # Texts of ASCII signs, which are odd by their line breaks as a rule, are in NFC.
    ascii_only = pl.col("new").str.len_bytes() == pl.col("new").str.len_chars()
    others = read.filter(~ascii_only).with_columns(pl.col("new").str.normalize("NFC"))
    new = pl.concat([read.filter(ascii_only), others]).filter(pl.col("odd") != pl.col("new"))
    if not new.height:
        return column
    joined = column.to_frame("cell").join(
        new, left_on="cell", right_on="odd", how="left", maintain_order="left"
    )
    return joined.select(pl.coalesce("new", "cell"))["new"]


def _cut(cells: pl.DataFrame, name: str, max_characters: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    too_long = (
        cells.select(pl.col(name))
        .with_row_index("row")
        .filter(pl.col(name).str.len_chars() > max_characters)
        .select(
            pl.col("row").cast(pl.UInt32),
            pl.concat_str(pl.col(name).str.slice(0, 60), pl.lit("…")).alias("value"),
            pl.lit(f"longer than {max_characters} characters; the rest is cut off").alias("problem"),
        )
    )
    return cells.with_columns(pl.col(name).str.slice(0, max_characters).str.strip_chars()), too_long


def clean_text(value: str) -> str | None:
    """The same for one string; None when nothing is left."""
    if value.isascii() and value.isprintable():
        return value.strip() or None
    text = value.encode("utf-8", "replace").decode("utf-8")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(c for c in text if c in "\n\t" or (unicodedata.category(c) != "Cc" and c not in _MARKS))
    return unicodedata.normalize("NFC", text).strip() or None


_MARKS = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
