"""Brands that sell hardware of others under their own names, against the makers of a clause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from clearband.directives.labels import Hardware
from clearband.directives.maker_match import NO, MakerMatch, Register
from clearband.directives.ties import name_of
from clearband.directives.truth import UNKNOWN


def sold_under_its_name(
    brand: str, sells: Iterable[Hardware], meant: Sequence[Hardware], register: Register
) -> MakerMatch:
    """What is said of a brand that sells, some or all of the time, hardware of makers that a rule means.

    Args:
        brand: Register id.
        sells: All hardware that it sells and that can be the item.
        meant: Those of it whose makers the rule means.
    """
    if not meant:
        return NO
    whose = " or ".join(dict.fromkeys(name_of(one.maker, register) for one in sells))
    return MakerMatch(
        UNKNOWN,
        "; ".join(f"{brand} sells hardware of {one.maker} ({one.relation})" for one in meant),
        f"who made this unit? {name_of(brand, register)} sells hardware of {whose} under its own name",
        notes=tuple(
            f"if {name_of(one.maker, register)} made it: {one.relation}"
            f" ({one.source}{'' if one.sure else '; only reported'})"
            for one in meant
        ),
    )
