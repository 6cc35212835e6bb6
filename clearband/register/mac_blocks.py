"""Look a MAC address up in the IEEE blocks: one address with the standard library, columns with NumPy."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from clearband.facts.mac_blocks import PREFIX_BITS

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_SHARED = -2
"""Of the first half of an address: longer prefixes tell the registrant."""
_HALVES = 1 << 22
"""Ordinary first halves of addresses."""
_FEW = 20_000
"""So many addresses are looked up sooner than the table of all first halves is made."""


@dataclass(frozen=True, slots=True)
class Registrant:
    """Who registered blocks with IEEE.

    Attributes:
        org_id: The organisation of the register with that registered name, if any.
    """

    name: str
    org_id: str | None


@dataclass(frozen=True, slots=True)
class MacBlock:
    """The block an address lies in.

    Attributes:
        prefix: First address of the block, ``aa:bb:cc:dd:ee:ff``.
        bits: Length of the prefix: 24 (MA-L), 28 (MA-M) or 36 (MA-S).
    """

    prefix: str
    bits: int
    registrant: str
    org_id: str | None


def is_ordinary(first: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    """Whether first halves of addresses are neither of groups nor given locally (IEEE 802: two lowest bits of
    the first octet)."""
    import numpy as np

    ordinary: npt.NDArray[np.bool_] = (first & np.uint32(0x03_0000)) == 0
    return ordinary


def place_of_half(first: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Places of ordinary first halves in a table without the others, 0 to 2^22 - 1; of others any of them."""
    import numpy as np

    octet = first >> np.uint32(18) & np.uint32(0x3F)
    return octet << np.uint32(16) | first & np.uint32(0xFFFF)


class MacBlocks:
    """The IEEE blocks; the longest prefix wins.

    Args:
        content: Bytes of the compiled ``mac_blocks.bin``.
        registrants: Registrants by number.
    """

    def __init__(self, content: bytes, registrants: tuple[Registrant, ...]) -> None:
        self.registrants = registrants
        self._tables: dict[int, tuple[array[int], array[int]]] = {}
        at = 0
        for bits in PREFIX_BITS:
            count = int.from_bytes(content[at : at + 8], "little")
            at += 8
            starts, owners = array("Q"), array("i")
            starts.frombytes(content[at : at + 8 * count])
            at += 8 * count
            owners.frombytes(content[at : at + 4 * count])
            at += 4 * count
            if sys.byteorder == "big":
                starts.byteswap()
                owners.byteswap()
            self._tables[bits] = (starts, owners)

    def lookup(self, mac: str) -> MacBlock | None:
        """The block of one address, given as 12 hexadecimal digits in any of the usual notations.

        Returns:
            None when no block holds it. Whether the address may be looked up at all (locally administered,
            multicast …) is for the caller to say.
        """
        digits = "".join(sign for sign in mac.lower().removeprefix("0x") if sign in "0123456789abcdef")
        if len(digits) != 12:
            return None
        address = int(digits, 16)
        for bits in reversed(PREFIX_BITS):
            starts, owners = self._tables[bits]
            start = address >> (48 - bits) << (48 - bits)
            at = bisect_right(starts, start) - 1
            if at >= 0 and starts[at] == start:
                text = f"{start:012x}"
                owner = self.registrants[owners[at]]
                return MacBlock(
                    ":".join(text[i : i + 2] for i in range(0, 12, 2)), bits, owner.name, owner.org_id
                )
        return None

    @cached_property
    def _by_first_half(self) -> npt.NDArray[np.int32]:
        """Registrant by `place_of_half`, -1 of none, `_SHARED` where the first half does not tell."""
        import numpy as np

        found = np.full(_HALVES, -1, dtype=np.int32)
        for bits, (starts, owners) in self._arrays.items():
            first = (starts >> np.uint64(24)).astype(np.uint32)
            ordinary = is_ordinary(first)
            found[place_of_half(first[ordinary])] = owners[ordinary] if bits == 24 else _SHARED
        return found

    def by_first_half(self, shared: int) -> npt.NDArray[np.int32]:
        """The registrant of each ordinary first half of an address, -1 of none, by `place_of_half`.

        Args:
            shared: Stands where the second half has to tell.

        Returns:
            Shape (2^22,).
        """
        found = self._by_first_half.copy()
        found[found == _SHARED] = shared
        return found

    @cached_property
    def _arrays(self) -> dict[int, tuple[npt.NDArray[np.uint64], npt.NDArray[np.int32]]]:
        import numpy as np

        return {
            bits: (np.array(starts, dtype=np.uint64), np.array(owners, dtype=np.int32))
            for bits, (starts, owners) in self._tables.items()
        }

    def lookup_many(self, addresses: npt.NDArray[np.uint64]) -> npt.NDArray[np.int32]:
        """Numbers of the registrants of many addresses.

        Args:
            addresses: 48-bit addresses, shape (n,).

        Returns:
            Index into ``registrants``, shape (n,), -1 where no block holds the address.
        """
        import numpy as np

        if len(addresses) < _FEW:
            return self._lookup_longest(addresses)
        first = (addresses >> np.uint64(24)).astype(np.uint32)
        found = self._by_first_half[place_of_half(first)]
        # Few first halves are shared by several registrants; only there longer prefixes are looked at.
        places = np.flatnonzero((found == _SHARED) | ~is_ordinary(first) | (addresses >> np.uint64(48) != 0))
        if len(places):
            found[places] = self._lookup_longest(addresses[places])
        return found

    def _lookup_longest(self, addresses: npt.NDArray[np.uint64]) -> npt.NDArray[np.int32]:
        import numpy as np

        found = np.full(addresses.shape, -1, dtype=np.int32)
        for bits in PREFIX_BITS:  # from short to long, so that the longest prefix is written last
            starts, owners = self._arrays[bits]
            if not len(starts):
                continue
            shift = np.uint64(48 - bits)
            wanted = addresses >> shift << shift
            at = np.minimum(np.searchsorted(starts, wanted), len(starts) - 1)
            hit = starts[at] == wanted
            found[hit] = owners[at[hit]]
        return found
