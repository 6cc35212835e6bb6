"""The names of the register as a list that others can be held against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import polars as pl

    from clearband.model.organisation import ControlLink
    from clearband.register.register import Register

_OWN: Final = frozenset({"name", "legal"})
"""Kinds of names that are an organisation's very own, where an alias may be that of a subsidiary."""


def name_table(register: Register) -> pl.DataFrame:
    """Names of the register's organisations, without those that several may bear.

    Where an organisation and one above it bear the same name (the brand of a subsidiary), it is the name of
    the one that is called so itself, else of the one below: who is above, the ownership tells.

    Returns:
        Columns ``entity_id`` and ``name``; the first of an organisation is its main one.
    """
    import polars as pl

    named = [entry for entry in register.names if not entry.ambiguous]
    bearers: defaultdict[str, dict[str, bool]] = defaultdict(dict)
    for entry in named:
        known = bearers[_alike(entry.text)]
        known[entry.org_id] = known.get(entry.org_id, False) or entry.kind in _OWN
    owners = _owners(register.links)
    rows = [
        (entry.org_id, entry.text)
        for entry in named
        if not _is_of_another(entry.org_id, bearers[_alike(entry.text)], owners)
    ]
    return pl.DataFrame(rows, schema={"entity_id": pl.String, "name": pl.String}, orient="row")


def _alike(text: str) -> str:
    return " ".join(text.casefold().split())


def _owners(links: Iterable[ControlLink]) -> dict[str, set[str]]:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for link in links:
        owners[link.owned].add(link.owner)
    return dict(owners)


def _is_of_another(org: str, bearers: Mapping[str, bool], owners: Mapping[str, set[str]]) -> bool:
    """Whether a name is rather that of another bearer, above or below.

    Args:
        bearers: The organisations that bear it, and whether as their own.
    """
    for other in bearers.keys() - {org}:
        below, above = org in _above(other, owners), other in _above(org, owners)
        if (below or above) and (bearers[other], below) > (bearers[org], above):
            return True
    return False


def _above(org: str, owners: Mapping[str, set[str]]) -> set[str]:
    """Everyone above an organisation, by any number of links."""
    found: set[str] = set()
    ahead = [org]
    while ahead:
        for owner in owners.get(ahead.pop(), ()):
            if owner not in found:
                found.add(owner)
                ahead.append(owner)
    return found - {org}
