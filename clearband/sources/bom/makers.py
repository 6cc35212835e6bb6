"""Who made a component, where a document names a manufacturer, a supplier and a publisher apart."""

from __future__ import annotations

from typing import Final

from clearband.sources.bom.components import Components

_DISTRIBUTORS: Final = frozenset(
    """alliedelectronics|arrow|arrowelectronics|avnet|chip1stop|coresstaff|corestaff|digikey|digikeyelectronics
    |distrelec|ebv|ebvelektronik|element14|farnell|futureelectronics|heilind|lcsc|masterelectronics|mouser
    |mouserelectronics|newark|rochesterelectronics|rscomponents|rselectronics|rutronik|sager|sagerelectronics
    |symmetryelectronics|tmeelectronic|transfermultisort|tti|verical|wpg|wpgamericas|wtmicroelectronics""".replace(
        "\n    ", ""
    ).split("|")
)
"""Sellers of other makers' parts, in letters and digits, without the legal form."""
_LEGAL: Final = (
    "incorporated",
    "corporation",
    "limited",
    "gmbh",
    "corp",
    "inc",
    "ltd",
    "llc",
    "plc",
    "co",
    "ag",
)


def name_maker(row: dict[str, str], told: Components) -> None:
    """Say the manufacturer of a component that names none, by the word of who supplied or published it.

    A supplier is what the column Vendor is in a table: it mostly is the maker. Where a manufacturer is
    stated the supplier is only kept (``x_supplier``), and a house that sells other makers' parts made none.

    Args:
        row: A component (`clearband.sources.bom.components.FIELDS`); changed in place.
        told: Where it is counted how many makers are taken on the word of a supplier.
    """
    if "manufacturer" in row:
        return
    supplier = row.get("x_supplier")
    if supplier is not None:
        if is_distributor(supplier):
            told.told["{} components name only a distributor, which is not taken for the maker"] += 1
            return
        row["manufacturer"] = supplier
        told.told[
            "{} components name a supplier and no manufacturer; the supplier is taken as a column Vendor is"
        ] += 1
    elif "x_publisher" in row:
        row["manufacturer"] = row["x_publisher"]


def is_distributor(name: str) -> bool:
    """Whether a name is that of a house that sells other makers' parts."""
    plain = "".join(sign for sign in name.casefold() if sign.isalnum())
    for form in _LEGAL:
        if plain.removesuffix(form) in _DISTRIBUTORS:
            return True
    return plain in _DISTRIBUTORS
