"""MAC addresses of whole columns as integers: what each row's addresses amount to."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from clearband.identify.bags import BAG
from clearband.identify.mac_addresses import (
    GROUP,
    LOCAL,
    MADE_UP,
    MADE_UP_PREFIXES,
    NULL_ADDRESS,
    REASONS,
    UNREADABLE,
    VIRTUAL_MACHINE,
    VIRTUAL_MACHINES,
    VIRTUAL_ROUTER,
    VIRTUAL_ROUTERS,
)
from clearband.identify.texts import Texts
from clearband.register import Register
from clearband.register.mac_blocks import is_ordinary, place_of_half

_NOT_READ = np.uint64(1 << 63)
_LOWEST: Final = min(REASONS)
_LONGER: Final = _LOWEST - 1
"""Code of first halves of addresses that do not tell alone."""
_FEW: Final = 20_000
"""Addresses up to which a table of all first halves does not pay."""


class AddressBags:
    """Numbers of the bags of address after address, batch after batch.

    Attributes:
        texts: The bags as text: ``"12,40|3"`` (codes, then addresses in blocks). See
            `clearband.identify.mac_addresses.observe_registrants` for the codes.
    """

    def __init__(self, texts: Texts, register: Register) -> None:
        self.texts = texts
        self._register = register
        self._alone = pl.Series("id", [], dtype=pl.UInt32)
        """For each code, from `_LOWEST` on, the number of the bag that it is alone; null: not asked for."""

    def numbers(self, macs: pl.Series, alone: pl.Series | None) -> pl.Series:
        """The number of each row's bag, shape (n,), 0 where the row has no address.

        Args:
            macs: ``list<string>`` of ``aa:bb:cc:dd:ee:ff``, shape (n,).
            alone: The one address of rows that have no list, as a number; None where there are none.
        """
        ids = self.texts.numbers(address_bags(macs, self._register))
        if alone is None or alone.null_count() == len(alone):
            return ids
        known = alone.is_not_null()
        addresses = alone.drop_nulls().to_numpy()
        codes = pl.Series("code", first_half_codes(addresses, self._register)) - _LOWEST
        single = self._of_codes(codes)
        if not alone.null_count():
            return single
        return ids.scatter(known.arg_true(), single)

    def _of_codes(self, codes: pl.Series) -> pl.Series:
        most: int = codes.max()  # type: ignore[assignment]
        if most >= len(self._alone):
            more = pl.Series([None], dtype=pl.UInt32).new_from_index(0, most + 1 - len(self._alone))
            self._alone = pl.concat([self._alone, more], rechunk=True)
        numbers = self._alone.gather(codes)
        if numbers.null_count():
            new = codes.filter(numbers.is_null()).unique().sort()
            texts = [_bag_of(code + _LOWEST) for code in new.to_list()]
            self._alone = self._alone.scatter(new, self.texts.numbers(pl.Series(texts, dtype=pl.String)))
            numbers = self._alone.gather(codes)
        return numbers


def _bag_of(code: int) -> str:
    return f"{code}|{int(code >= 0)}"


def address_bags(macs: pl.Series, register: Register) -> pl.Series:
    """The distinct codes of each row's addresses, as text.

    Args:
        macs: ``list<string>`` of ``aa:bb:cc:dd:ee:ff``, shape (n,).

    Returns:
        Strings, shape (n,), null where the row has no address.
    """
    height = len(macs)
    if macs.null_count() == height:
        return pl.Series("bag", [None], dtype=pl.String).new_from_index(0, height)
    lengths = macs.list.len().fill_null(0)
    alone = lengths == 1
    addresses = macs.list.get(0, null_on_oob=True)
    codes = pl.Series("code", address_codes(_numbers(addresses), register))
    distinct = codes.unique()
    texts = pl.Series([_bag_of(code) for code in distinct.to_list()], dtype=pl.String)
    bags = codes.replace_strict(distinct, texts, return_dtype=pl.String)
    bags = pl.select(pl.when(alone & addresses.is_not_null()).then(bags).alias("bag")).to_series()
    if not (lengths > 1).any():
        return bags
    several = _several(macs.filter(lengths > 1), (lengths > 1).arg_true(), register)
    return bags.scatter(several["row"], several["bag"])


def _several(macs: pl.Series, places: pl.Series, register: Register) -> pl.DataFrame:
    """The bags of rows that have several addresses (columns ``row``, ``bag``)."""
    rows = pl.DataFrame({"row": places, "mac": macs}).explode("mac").drop_nulls("mac")
    code = pl.col("code")
    registered = (code >= 0).cast(pl.UInt32)
    return (
        rows.select("row", code=pl.Series("code", address_codes(_numbers(rows["mac"]), register)))
        .sort("row", "code")
        .group_by("row", maintain_order=True)
        .agg(
            bag=code.unique(maintain_order=True).cast(pl.String).str.join(BAG),
            count=registered.sum().clip(0, 2),
        )
        .select("row", bag=pl.format("{}|{}", "bag", "count"))
    )


def _numbers(macs: pl.Series) -> npt.NDArray[np.uint64]:
    """Addresses as integers, shape (n,); what cannot be read, and null, is `_NOT_READ`."""
    digits = macs.str.replace_all(":", "", literal=True)
    numbers = digits.str.to_integer(base=16, strict=False).cast(pl.Int64)
    readable = (digits.str.len_bytes() == 12) & numbers.is_not_null()
    # The values under nulls are garbage and must never reach NumPy.
    addresses = numbers.fill_null(0).to_numpy().astype(np.uint64)
    addresses[~readable.fill_null(value=False).to_numpy()] = _NOT_READ
    return addresses


def address_codes(addresses: npt.NDArray[np.uint64], register: Register) -> npt.NDArray[np.int32]:
    """Registrant number or reason code of each 48-bit address; values of 2^63 on are unreadable."""
    codes = register.mac_blocks.lookup_many(addresses)
    first = addresses >> np.uint64(40)
    codes[(first & np.uint64(2)) != 0] = LOCAL
    codes[(first & np.uint64(1)) != 0] = GROUP
    codes[np.isin(addresses >> np.uint64(24), np.array(VIRTUAL_MACHINES, dtype=np.uint64))] = VIRTUAL_MACHINE
    for prefix, bits in VIRTUAL_ROUTERS.items():
        codes[addresses >> np.uint64(bits) == np.uint64(prefix)] = VIRTUAL_ROUTER
    for prefix, bits in MADE_UP_PREFIXES.items():
        codes[addresses >> np.uint64(bits) == np.uint64(prefix)] = MADE_UP
    codes[(addresses == 0) | (addresses == 0xFFFFFFFFFFFF)] = NULL_ADDRESS
    codes[addresses >= _NOT_READ] = UNREADABLE
    return codes


def first_half_codes(addresses: npt.NDArray[np.uint64], register: Register) -> npt.NDArray[np.int32]:
    """`address_codes` of 48-bit addresses, by a table of their first halves where they are many."""
    if len(addresses) < _FEW:
        return address_codes(addresses, register)
    first = (addresses >> np.uint64(24)).astype(np.uint32)
    codes: npt.NDArray[np.int32] = _table_of_halves(register)[place_of_half(first)]
    longer = np.flatnonzero((codes == _LONGER) | ~is_ordinary(first))
    codes[longer] = address_codes(addresses[longer], register)
    return codes


@lru_cache(maxsize=2)
def _table_of_halves(register: Register) -> npt.NDArray[np.int32]:
    """The code of each ordinary first half of an address, by `place_of_half`; `_LONGER` where the rest has a
    say."""
    codes = register.mac_blocks.by_first_half(_LONGER)
    made_up = [prefix >> (24 - bits) if bits <= 24 else prefix << (bits - 24)
               for prefix, bits in (VIRTUAL_ROUTERS | MADE_UP_PREFIXES).items()]  # fmt: skip
    special = np.array([*made_up, 0, *VIRTUAL_MACHINES], dtype=np.uint32)
    codes[place_of_half(special[is_ordinary(special)])] = _LONGER
    return codes
