"""MAC addresses of whole columns as integers: what each row's addresses amount to."""

from __future__ import annotations

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
    UNREADABLE,
    VIRTUAL_MACHINE,
    VIRTUAL_MACHINES,
    VIRTUAL_ROUTER,
    VIRTUAL_ROUTERS,
)
from clearband.register import Register

_NOT_READ = np.uint64(1 << 63)


def address_bags(macs: pl.Series, register: Register) -> pl.Series:
    """The distinct codes of each row's addresses, as text: ``"12,40|3"`` (codes, then addresses in blocks).

    Args:
        macs: ``list<string>`` of ``aa:bb:cc:dd:ee:ff``, shape (n,).

    Returns:
        Strings, shape (n,), null where the row has no address. See
        `clearband.identify.mac_addresses.observe_registrants` for the codes.
    """
    height = len(macs)
    if macs.null_count() == height:
        return pl.Series("bag", [None], dtype=pl.String).new_from_index(0, height)
    lengths = macs.list.len().fill_null(0)
    alone = lengths == 1
    addresses = macs.list.get(0, null_on_oob=True)
    codes = pl.Series("code", address_codes(_numbers(addresses), register))
    distinct = codes.unique()
    texts = pl.Series([f"{code}|{int(code >= 0)}" for code in distinct.to_list()], dtype=pl.String)
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
