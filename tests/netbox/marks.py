"""Remarks that are written into the recorded NetBox: the same text each time."""

from __future__ import annotations

from clearband.discover.netbox.lists import DEVICES, ITEMS, MODULES
from clearband.discover.netbox.remarks import Remark

RUN = "Clearband run 0123456789ab, law of 2026-11-01"


def remark(listed: str, number: int, answer: str | None) -> Remark:
    kinds = {one.name: one for one in (DEVICES, MODULES, ITEMS)}
    text = f"maker: Somebody\n{answer}: Some Act, s. 1 [some-act clause]\n{RUN}" if answer else ""
    return Remark(kinds[listed], number, answer, text)


FIRST = [
    remark("devices", 1, "prohibited"),
    remark("devices", 2, "review"),
    remark("devices", 3, None),
    remark("devices", 11, "prohibited"),  # has a tag of its owner's
    remark("modules", 1, "prohibited"),
    remark("inventory items", 2, "review"),
    remark("devices", 999_999, "prohibited"),  # is not there
]
SECOND = [remark("devices", 1, "review"), remark("devices", 11, None), *FIRST[1:3]]
