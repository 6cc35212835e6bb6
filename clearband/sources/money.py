"""Money: ``$1,234.50``, ``EUR 12``, ``1.234,50 €``, and currency columns (ISO 4217)."""

from __future__ import annotations

import re
from decimal import Decimal

import polars as pl

from clearband.sources.per_distinct import Parsed, bad_cells, is_placeholder, join_distinct, parse_distinct

UNIT_COST = pl.Decimal(18, 4)
_CODES = frozenset(
    re.findall(
        r"[A-Z]{3}",
        "AED ARS AUD BDT BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS "
        "INR JPY KES KRW MXN MYR NGN NOK NZD PEN PHP PKR PLN RON RUB SAR SEK SGD THB TRY "
        "TWD UAH USD VND ZAR",
    )
)
_SYMBOLS = {
    "$": "USD",
    "us$": "USD",
    "u.s.$": "USD",
    "€": "EUR",
    "£": "GBP",
    "c$": "CAD",
    "ca$": "CAD",
    "a$": "AUD",
    "au$": "AUD",
    "nz$": "NZD",
    "hk$": "HKD",
    "nt$": "TWD",
    "s$": "SGD",
    "r$": "BRL",
    "mx$": "MXN",
    "₹": "INR",
    "₩": "KRW",
    "₽": "RUB",
    "₴": "UAH",
    "₺": "TRY",
    "rmb": "CNY",
    "cn¥": "CNY",
    "元": "CNY",
    "人民币": "CNY",
    "fr.": "CHF",
    "kč": "CZK",
    "zł": "PLN",
    "dollars": "USD",
    "euro": "EUR",
    "euros": "EUR",
}
_SEVERAL = {"¥": "CNY or JPY", "￥": "CNY or JPY", "kr": "SEK, NOK or DKK"}
_AMOUNT = re.compile(r"(?P<before>[^\d\-+().,]*?)\s*(?P<number>[\d.,'\u00a0\u202f ]*\d)\s*(?P<after>[^\d]*)")

_WHOLE = re.compile(r"(?<=\d)[.,]\s?[-\u2013\u2014]{1,2}(?![\d.,])")
"""What stands for no cents: ``450,-`` and ``450.--``."""
_EITHER = re.compile(r"[1-9]\d{0,2}\.\d{3}")
AMBIGUOUS = "ambiguous: thousands or decimals? (write 12400 or 12.4)"


def parse_currency(text: str) -> tuple[str | None, str | None]:
    """ISO 4217 code of a code or symbol, or what is wrong."""
    word = text.strip().lower()
    if word.upper() in _CODES:
        return word.upper(), None
    if word in _SYMBOLS:
        return _SYMBOLS[word], None
    if word in _SEVERAL:
        return None, f"the currency is ambiguous ({_SEVERAL[word]})"
    return None, None if is_placeholder(word) else "not a currency"


def _number(text: str) -> Decimal | None:
    digits = re.sub(r"['\u00a0\u202f ]", "", text)
    comma, dot = digits.rfind(","), digits.rfind(".")
    if comma >= 0 and dot >= 0:
        thousands = "." if comma > dot else ","
        digits = digits.replace(thousands, "").replace(",", ".")
    elif comma >= 0:
        grouped = re.fullmatch(r"\d{1,3}(,\d{3})+", digits)
        digits = digits.replace(",", "") if grouped else digits.replace(",", ".")
    elif digits.count(".") > 1 and re.fullmatch(r"\d{1,3}(\.\d{3})+", digits):
        digits = digits.replace(".", "")
    return Decimal(digits) if re.fullmatch(r"\d{1,14}(\.\d+)?", digits) else None


def parse_amount(cell: str) -> tuple[Decimal | None, str | None, str | None]:
    """One cell: amount, currency, and what is wrong.

    A dot before three digits is not guessed at: by it 12.400 is twelve thousand in one country and twelve and
    two fifths in another. A comma before three digits groups thousands: hardly anybody writes three decimals
    behind one.
    """
    match = _AMOUNT.fullmatch(_WHOLE.sub("", cell))
    if match is None:
        return None, None, None if is_placeholder(cell) else "not an amount of money"
    if _EITHER.fullmatch(match["number"].strip()):
        return None, None, AMBIGUOUS
    number = _number(match["number"])
    if number is None:
        return None, None, "not an amount of money"
    amount = number.quantize(Decimal("0.0001"))
    mark = match["before"].strip() or match["after"].strip()
    if not mark:
        return amount, None, None
    currency, problem = parse_currency(mark)
    if problem == "not a currency":
        return None, None, "not an amount of money"
    return amount, currency, problem


def parse_money(cells: pl.Series) -> tuple[Parsed, pl.Series]:
    """Read a cost column.

    Returns:
        The amounts, Decimal(18, 4), and the currency that each cell itself names (String, mostly null).
    """
    keys = cells.drop_nulls().unique(maintain_order=True).to_list()
    results = [parse_amount(key) for key in keys]
    joined = join_distinct(
        cells,
        keys,
        {
            "amount": pl.Series([amount for amount, _, _ in results], dtype=UNIT_COST),
            "currency": pl.Series([currency for _, currency, _ in results], dtype=pl.String),
            "problem": pl.Series([problem for _, _, problem in results], dtype=pl.String),
        },
    )
    return Parsed(joined["amount"], bad_cells(cells, joined["problem"])), joined["currency"]


def parse_currencies(cells: pl.Series) -> Parsed:
    """Read a currency column."""
    return parse_distinct(cells, parse_currency, pl.String)


def header_currency(header: str) -> str | None:
    """The currency that a header such as "Unit cost (USD)" names."""
    for word in re.findall(r"[A-Z]{3}|[€£$]", header):
        currency, problem = parse_currency(word)
        if problem is None and currency:
            return currency
    return None
