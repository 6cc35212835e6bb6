"""Ties of ownership in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from clearband.directives.labels import Organisations
from clearband.model.organisation import ControlLink, ControlPath, Organisation

RELATION_WORDS: Final = {
    "controlled": "is controlled by",
    "affiliate": "is an affiliate of",
    "parent": "is a parent of",
    "minority": "is partly owned by, or a joint venture of,",
    "alleged": "is alleged to be connected to",
    "former": "formerly belonged to",
}
_SHORT_NAMES: Final = frozenset({"brand", "short", "abbreviation"})


def describe(path: ControlPath) -> str:
    """A path of ownership in words, link by link, with shares, dates and what was not confirmed."""
    if not path.links:
        return path.target
    first = path.links[0]
    start = first.owner if path.relation == "parent" else first.owned
    return f"{start} {RELATION_WORDS[path.relation]} {path.target} {steps(path.links)}"


def steps(links: Iterable[ControlLink]) -> str:
    """Links in brackets, each with its share, dates and whether it was confirmed."""
    return f"[{'; '.join(map(_step, links))}]"


def _step(link: ControlLink) -> str:
    share = f" {link.share_pct} %" if link.share_pct else ""
    if share and link.verified and not link.share_verified:
        share += " (share not confirmed)"
    dates = " to ".join(text for text in (link.begins or "", link.ends or "") if text)
    return (
        f"{link.owned} <- {link.owner} ({link.relation}{share}{', ' + dates if dates else ''}"
        f"{'' if link.verified else ', not confirmed'})"
    )


def short_name(organisation: Organisation) -> str:
    """The name as people say it: a brand or short form that is part of the full name, else the full name."""
    full = organisation.name.casefold()
    for alias in organisation.aliases:
        if alias.kind == "abbreviation" or (alias.kind in _SHORT_NAMES and alias.text.casefold() in full):
            return alias.text
    return organisation.name


def name_of(org: str, register: Organisations) -> str:
    """The name as people say it, or the id of one that the register does not hold."""
    organisation = register.organisations.get(org)
    return short_name(organisation) if organisation else org


def tie(maker: str, path: ControlPath, register: Organisations) -> str:
    """A path in a few words, without its links."""
    return f"{name_of(maker, register)} {RELATION_WORDS[path.relation]} {name_of(path.target, register)}"
