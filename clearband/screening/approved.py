"""What an approved list says of each record: buy, expand, keep, take fixes, remove by."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from clearband.facts.store import compiled
from clearband.identify.folding import fold_words
from clearband.model.listing import Listing, Say, State, Use

APPROVED_SCHEMA: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "record_id": pl.String,
    "list_says": pl.String,
    "list_entry": pl.String,
    "list_state": pl.String,
    "buy": pl.String,
    "expand": pl.String,
    "keep": pl.String,
    "fix": pl.String,
    "remove_by": pl.String,
    "list_note": pl.String,
    "alternatives": pl.List(pl.String),
}
"""One row a record, in its order. ``list_says`` is the short answer: ``buy``, ``keep``, ``replace``,
``not-listed`` or ``unknown``; ``list_entry`` the entry that it rests on; the five questions as the entry
answers them, a day beside it after a blank; ``alternatives`` entries of its category that may be bought."""

_ORDER: Final = {"release": 0, "product-line": 1, "component": 2, "service": 2, "site": 3, "manufacturer": 4}
"""The closer an entry is to the thing, the more it counts."""
_YES: Final[frozenset[Say]] = frozenset({"yes", "conditions", "until"})
_MOST_ALTERNATIVES: Final = 3
_MODEL_IDS: Final = ("model", "part-number")
_UNDECIDED: Final = frozenset(
    {State.DRAFT, State.SUBMITTED, State.INCOMPLETE, State.ACCEPTED, State.ASSESSING, State.PROPOSED}
)
_AGAINST: Final = frozenset({State.REFUSED, State.SUSPENDED, State.REVOKED})


@dataclass(frozen=True)
class ApprovedList:
    """A list as it stands on a day.

    Attributes:
        title: Whose it is.
        grants: The approval (of the vocabulary of law) that an entry that may be bought gives; None for none.
        head: Hash of the log's last line: which list it was.
    """

    title: str
    on: date
    listings: tuple[Listing, ...]
    head: str
    grants: str | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    says: str
    listing: Listing | None
    note: str
    alternatives: tuple[str, ...]


def on_the_list(equipment: pl.DataFrame, held: ApprovedList) -> pl.DataFrame:
    """What the list says of each record.

    An entry for a release or a product line goes before one for its maker. An entry for a maker speaks of
    equipment of its tier and of less critical tiers only. A maker that is not identified is ``unknown``.

    Args:
        equipment: The screened equipment.

    Returns:
        `APPROVED_SCHEMA`, in the order of the equipment.
    """
    keys = ["maker", "maker_status", "category", "model", "part_number"]
    distinct = equipment.select(keys).unique(maintain_order=True).with_row_index("at")
    finder = _Finder(held)
    found = [finder.find(row) for row in distinct.iter_rows(named=True)]
    table = pl.DataFrame([_row(one) for one in found], schema=_of_distinct())
    numbered = equipment.select("record_id", *keys).join(
        distinct, on=keys, how="left", nulls_equal=True, maintain_order="left"
    )
    told = table.with_row_index("at")
    return numbered.join(told, on="at", how="left", maintain_order="left").select(
        pl.col(name).cast(kind) for name, kind in APPROVED_SCHEMA.items()
    )


def summary_of_list(table: pl.DataFrame, held: ApprovedList) -> dict[str, Any]:
    """The list's part of the summary: how many records may be bought, kept, must go, are not listed."""
    counts = dict(table.group_by("list_says").len().sort("list_says").iter_rows())
    return {"list": held.title, "on": held.on.isoformat(), "head": held.head, "records": counts}


def _of_distinct() -> dict[str, Any]:
    return {name: kind for name, kind in APPROVED_SCHEMA.items() if name != "record_id"}


def _row(found: _Found) -> dict[str, Any]:
    listing = found.listing
    uses = {use: _said(listing.uses[use]) if listing else None for use in Use}
    return {
        "list_says": found.says,
        "list_entry": listing.entry if listing else None,
        "list_state": listing.state.value if listing else None,
        "buy": uses[Use.BUY],
        "expand": uses[Use.EXPAND],
        "keep": uses[Use.KEEP],
        "fix": uses[Use.FIX],
        "remove_by": uses[Use.REMOVE_BY],
        "list_note": found.note,
        "alternatives": list(found.alternatives),
    }


def _said(answer: tuple[Say, date | None]) -> str:
    say, day = answer
    return f"{say} {day.isoformat()}" if day else say


class _Finder:
    """Looks the entry up that speaks of a record."""

    def __init__(self, held: ApprovedList) -> None:
        self._by_maker: defaultdict[str, list[Listing]] = defaultdict(list)
        self._to_buy: defaultdict[str, list[Listing]] = defaultdict(list)
        for listing in held.listings:
            subject = listing.subject
            if listing.state in _UNDECIDED:
                continue
            if subject.maker:
                self._by_maker[subject.maker].append(listing)
            if subject.category and listing.uses[Use.BUY][0] in _YES:
                self._to_buy[subject.category].append(listing)
        self._tiers = {one["id"]: one.get("tier") for one in compiled().read("equipment")["categories"]}

    def find(self, row: dict[str, Any]) -> _Found:
        category = row["category"]
        if row["maker_status"] != "identified":
            note = "the maker is not identified: whether it is listed is not known"
            return _Found("unknown", None, note, self._alternatives(category, None))
        near = self._by_maker.get(row["maker"], ())
        speaking = [one for one in near if self._speaks(one, row)]
        speaking.sort(key=lambda one: (_ORDER[one.subject.kind], one.entry))
        if not speaking:
            others = [one.entry for one in near if one.subject.kind != "manufacturer"]
            note = "no entry speaks of it"
            if others:
                note = f"the model does not tell whether it is one of {', '.join(sorted(others)[:5])}"
            return _Found("not-listed", None, note, self._alternatives(category, row["maker"]))
        best = speaking[0]
        against = [one for one in speaking if one.subject.kind == "manufacturer" and one.state in _AGAINST]
        if against and _may_buy(best):  # a product is trusted no more than its maker
            best = against[0]
        return _Found(_short(best), best, _note(best), self._alternatives(category, best.subject.maker))

    def _speaks(self, listing: Listing, row: dict[str, Any]) -> bool:
        subject = listing.subject
        category = row["category"]
        if subject.category and category and subject.category != category:
            return False
        if subject.kind in ("manufacturer", "site"):
            tier = self._tiers.get(category) if category else None
            return not _may_buy(listing) or (tier is not None and tier >= subject.tier)
        names = [
            subject.name,
            *(text for kind, text in subject.identifiers if kind in _MODEL_IDS),
        ]
        texts = [_joined(text) for text in (row["model"], row["part_number"]) if text]
        wanted = [_joined(name) for name in names]
        if subject.kind == "release":
            return bool(subject.release) and any(
                text == _joined(f"{name} {subject.release}") for text in texts for name in names
            )
        return any(text.startswith(name) for text in texts for name in wanted if name)

    def _alternatives(self, category: str | None, maker: str | None) -> tuple[str, ...]:
        if category is None:
            return ()
        others = (one for one in self._to_buy.get(category, ()) if one.subject.maker != maker)
        return tuple(f"{one.entry}: {one.subject.name}" for one in others)[:_MOST_ALTERNATIVES]


def _may_buy(listing: Listing) -> bool:
    return listing.uses[Use.BUY][0] in _YES


def _short(listing: Listing) -> str:
    if _may_buy(listing):
        return "buy"
    return "replace" if listing.uses[Use.REMOVE_BY][1] or listing.uses[Use.KEEP][0] == "no" else "keep"


def _note(listing: Listing) -> str:
    parts = [f"{listing.subject.kind} {listing.subject.name} is {listing.state.value} since {listing.since}"]
    if listing.until:
        parts.append(f"until {listing.until}")
    parts += [f"condition {name} is open" for name in listing.open_conditions]
    parts += list(listing.flags)
    return "; ".join(parts)


def _joined(text: str) -> str:
    return "".join(fold_words(text))
