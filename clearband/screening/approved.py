"""What approved lists say of each record: buy, expand, keep, fix, remove by; and the approvals held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from clearband.directives.attributes import Attributes
from clearband.directives.law import Law
from clearband.errors import UsageError
from clearband.facts.store import compiled
from clearband.model.finding import Answer
from clearband.model.listing import Say, Use
from clearband.register import Register
from clearband.screening.approved_finder import AGAINST, Finder, Found, Makes
from clearband.screening.approved_list import ApprovedList

APPROVED_SCHEMA: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "record_id": pl.String,
    "list": pl.String,
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
    "would_change": pl.List(pl.String),
}
"""One row a record and list, in the order of the records. ``list`` is the authority; ``list_says`` the short
answer: ``buy``, ``keep``, ``decide`` (buy no more; whether it may stay, the list leaves to the operator or
to the territory), ``replace``, ``not-listed`` or ``unknown``; ``list_entry`` the entry that it rests on; the
five questions as the entry answers them, a day beside it after a blank; ``alternatives`` entries of its
category that may be bought; ``would_change`` what would decide, or change, what may not be bought."""

_KEYS: Final = ("maker", "maker_name", "maker_status", "category", "model", "part_number")


@dataclass(frozen=True)
class OnLists:
    """What lists say of the records of a screening.

    Attributes:
        table: `APPROVED_SCHEMA`.
        approvals: What approvals each record holds by them, as text; null is none known.
        summary: For each list which it was, and its records by ``list_says`` and by state.
        differing: Records that one list lets us buy and another is against.
    """

    table: pl.DataFrame
    approvals: pl.Series
    summary: dict[str, Any]
    _lists: Sequence[ApprovedList]

    def told(self, rows: pl.DataFrame, combos: pl.DataFrame) -> pl.DataFrame:
        """Findings or answers whose ground says which list gave the approval that an item holds.

        Args:
            rows: With ``combo``, ``answer``, ``ground``.
            combos: With ``combo`` and the ``approval`` it was asked with.
        """
        held = combos.select("combo", "approval").filter(pl.col("approval").is_not_null())
        if held.is_empty():
            return rows
        words = {text: self._words(text) for text in held["approval"].unique()}
        said = held.with_columns(pl.col("combo").cast(rows.schema["combo"])).select(
            "combo", told=pl.col("approval").replace_strict(words, return_dtype=pl.String)
        )
        exempt = (pl.col("answer") == Answer.EXEMPT) & pl.col("told").is_not_null()
        ground = pl.when(exempt).then(pl.concat_str("ground", "told", separator="; ", ignore_nulls=True))
        joined = rows.join(said, on="combo", how="left", maintain_order="left")
        return joined.with_columns(ground=ground.otherwise("ground")).drop("told")

    def _words(self, approval: str) -> str:
        lists = [one.in_words() for one in self._lists if one.grants in approval.split("; ")]
        return f"it holds {approval} by {' and '.join(lists)}"


def on_the_lists(
    equipment: pl.DataFrame, lists: Sequence[ApprovedList], register: Register, law: Law
) -> OnLists:
    """What the lists say of each record, each for itself: nothing is settled by counting.

    Args:
        equipment: The screened equipment.
        lists: One or more, each of another authority.
        register: Says what makers make.
        law: Its approvals may be granted.

    Raises:
        UsageError: A list grants an approval that the law does not know, or two are of one authority.
    """
    _require_sound(lists, law.approvals)

    products = law.equipment.products
    domains = {one["id"]: one.get("domain") for one in compiled().read("equipment")["categories"]}

    def makes(category: str, maker: str) -> bool:
        known = register.organisations.get(maker)
        return known is not None and any(
            category in products[kind] if kind in products else kind in (category, domains.get(category))
            for kind in known.makes
        )

    tables = [on_the_list(equipment, one, makes) for one in lists]
    by_record = pl.concat([one.with_row_index("row") for one in tables]).sort("row", maintain_order=True)
    sides = [
        one.select(buy=pl.col("list_says") == "buy", against=pl.col("list_state").is_in(list(AGAINST)))
        for one in tables
    ]
    approvals = _approvals(sides, lists, equipment.height)
    buy = pl.any_horizontal(*(one["buy"] for one in sides))
    against = pl.any_horizontal(*(one["against"].fill_null(value=False) for one in sides))
    differing = int(pl.select((buy & against).sum()).item()) if equipment.height else 0
    summary = {
        "lists": [
            {**held.as_json(), "records": _counted(one, "list_says"), "states": _counted(one, "list_state")}
            for one, held in zip(tables, lists, strict=True)
        ],
        "differing": differing,
    }
    return OnLists(by_record.select(*APPROVED_SCHEMA), approvals, summary, lists)


def on_the_list(equipment: pl.DataFrame, held: ApprovedList, makes: Makes) -> pl.DataFrame:
    """What one list says of each record.

    An entry for a release or a product line goes before one for its maker. An entry for a maker speaks of
    equipment of its tier and of less critical tiers only. A maker that is not identified is ``unknown``.

    Args:
        makes: Whether makers are known to make things of a category; by it they stand in for others.

    Returns:
        `APPROVED_SCHEMA`, in the order of the equipment.
    """
    finder = Finder(held, makes)
    # What no entry can speak of is looked up once a maker and category, not once a model.
    known = (pl.col("maker_status") == "identified") & pl.col("maker").is_in(finder.makers)
    asked = equipment.select(
        *_KEYS[:4], *(pl.when(known).then(name).alias(name) for name in ("model", "part_number"))
    )
    distinct = asked.unique(maintain_order=True).with_row_index("at")
    rows = [_row(held, finder.find(row)) for row in distinct.iter_rows(named=True)]
    told = pl.DataFrame(rows, schema={k: v for k, v in APPROVED_SCHEMA.items() if k != "record_id"})
    numbered = asked.join(distinct, on=_KEYS, how="left", nulls_equal=True, maintain_order="left")
    found = pl.concat(
        [
            equipment.select("record_id", "maker_status", "would_help"),
            numbered.select("at").join(told.with_row_index("at"), on="at", how="left", maintain_order="left"),
        ],
        how="horizontal",
    )
    # Of a maker that is named, who it is has to be found out; of any other, what would identify it.
    helps = (
        (pl.col("list_says") == "unknown")
        & (pl.col("maker_status") != "named")
        & pl.col("would_help").is_not_null()
    )
    return found.with_columns(
        would_change=pl.when(helps).then(pl.concat_list("would_help")).otherwise("would_change")
    ).select(pl.col(name).cast(kind) for name, kind in APPROVED_SCHEMA.items())


def _require_sound(lists: Sequence[ApprovedList], approvals: Attributes) -> None:
    ids = [one.authority for one in lists]
    if len(set(ids)) < len(ids):
        raise UsageError("two approved lists are of the same authority", remedy="name each once")
    for one in lists:
        if one.grants is not None and one.grants not in approvals.ids:
            raise UsageError(
                f"the law knows no approval {one.grants}, which the list of {one.title} grants",
                remedy=f"it knows {', '.join(approvals.ids)}",
            )
    granted = {one.grants for one in lists if one.grants}
    if set(approvals.read("; ".join(sorted(granted))).stated) != granted:
        raise UsageError("the approvals that the lists grant cannot be told apart", remedy="screen with each")


def _approvals(sides: Sequence[pl.DataFrame], lists: Sequence[ApprovedList], height: int) -> pl.Series:
    """By record the approvals that it holds; where a list that grants the same one is against it, none."""
    found = []
    for grants in sorted({one.grants for one in lists if one.grants}):
        giving = [side for side, one in zip(sides, lists, strict=True) if one.grants == grants]
        buy = pl.any_horizontal(*(one["buy"] for one in giving))
        against = pl.any_horizontal(*(one["against"].fill_null(value=False) for one in giving))
        found.append(pl.when(buy & ~against).then(pl.lit(grants)))
    if not found:
        return pl.repeat(None, height, dtype=pl.String, eager=True).alias("approval")
    text = pl.concat_str(*found, separator="; ", ignore_nulls=True)
    return pl.select(approval=pl.when(text != "").then(text)).to_series()


def _counted(table: pl.DataFrame, column: str) -> dict[str, int]:
    return dict(table.drop_nulls(column).group_by(column).len().sort(column).iter_rows())


def _row(held: ApprovedList, found: Found) -> dict[str, Any]:
    listing = found.listing
    uses = {use: _said(listing.uses[use]) if listing else None for use in Use}
    return {
        "list": held.authority,
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
        "would_change": list(found.would_change),
    }


def _said(answer: tuple[Say, Any]) -> str:
    say, day = answer
    return f"{say} {day.isoformat()}" if day else say
