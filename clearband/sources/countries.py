"""Countries of production as ISO 3166-1 alpha-2, from codes and the names people write."""

from __future__ import annotations

import re
import unicodedata

import polars as pl

from clearband.facts.country_codes import countries, country_codes
from clearband.sources.per_distinct import Parsed, is_placeholder, parse_distinct
from clearband.sources.synonyms import normal_header

_ALPHA2 = country_codes()
_BY_NAME = {name.strip(): code for code, names in countries()["names"].items() for name in names.split("|")}


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text)
    letters = "".join(c for c in folded if not unicodedata.combining(c))
    words = re.sub(r"[\W_]+", " ", letters.replace("'", "").replace("’", "")).strip().lower()
    return re.sub(r"^(?:made in|product of|assembled in|manufactured in|country of origin) ", "", words)


def parse_country(cell: str) -> tuple[str | None, str | None]:
    """One cell: the alpha-2 code, or what is wrong."""
    word = _plain(cell)
    if word == "na":
        return None, "ambiguous (Namibia, or not available)"
    if word.upper() in _ALPHA2:
        return word.upper(), None
    if word in _BY_NAME:
        return _BY_NAME[word], None
    match = re.fullmatch(r"(?:[A-Za-z .]+)\(([A-Z]{2})\)|([A-Z]{2})\s*[-–:]\s*[A-Za-z .]+", cell.strip())
    if match and (match[1] or match[2]) in _ALPHA2:
        return match[1] or match[2], None
    if is_placeholder(cell):
        return None, None
    parts = [part for part in re.split(r"[/,;&+]| and | or ", cell) if part.strip()]
    if len(parts) > 1 and all(_plain(part) in _BY_NAME or _plain(part).upper() in _ALPHA2 for part in parts):
        return None, "more than one country"
    return None, "not a country that is known here"


def parse_countries(cells: pl.Series) -> Parsed:
    """Read a column of countries of production."""
    return parse_distinct(cells, parse_country, pl.String)


def country_of_what(header: str, cells: pl.Series) -> list[str]:
    """What to say of a column "Country" that is taken for where things stand, as most lists mean it.

    Args:
        header: Its name.
        cells: Its filled cells; the first kinds are looked at.
    """
    if normal_header(header) != "country" or not any(parse_country(c)[0] for c in cells.unique().head(50)):
        return []
    where = f'column "{header}" is taken for where the equipment stands'
    return [f'{where}; if it says where it was produced, add --map "{header}=made_in"']
