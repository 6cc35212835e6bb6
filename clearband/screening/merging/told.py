"""What is told of merging: which records became one and why, and which were kept apart."""

from __future__ import annotations

from typing import Any, Final

import polars as pl

from clearband.screening.merging.groups import APART, Groups
from clearband.screening.merging.links import Key, Links

MERGES_SCHEMA: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "outcome": pl.String,
    "record_id": pl.String,
    "by": pl.String,
    "value": pl.String,
    "reason": pl.String,
    "why": pl.String,
    "members": pl.UInt32,
    "record_ids": pl.List(pl.String),
    "sources": pl.List(pl.String),
}
"""One row for each record that several sources told of (``merged``), and for each key by which records were
not merged (``kept-apart``), then with ``why``. ``by`` is the strongest key, ``record_id`` the id that the
merged record has, or the first one's; ``record_ids`` and ``sources`` are those of the first `LISTED` of
``members`` records."""

MERGED: Final = "merged"
KEPT_APART: Final = "kept-apart"
LISTED: Final = 20
_NAMED: Final = 4
"""Records that a reason names."""
_LONGEST: Final = 80
_WORDS: Final = {
    Key.SERIAL: "serial number",
    Key.ADDRESS: "MAC address",
    Key.PLACE: "name",
    Key.NAME: "name",
}
_ORDER: Final = {key.value: place for place, key in enumerate(Key)}


def merges_table(equipment: pl.DataFrame, groups: Groups, links: list[Links]) -> pl.DataFrame:
    """`MERGES_SCHEMA`: what was merged, in the order of the records, then what was kept apart.

    Args:
        equipment: The table before merging.
        groups: What was merged, and what was not.
        links: The keys, by kind.
    """
    named = equipment.select("record_id", "source", "site").with_row_index("row")
    merged = _merged(named, groups.members, _shared(groups.members, links))
    return pl.concat([merged, _apart(named, groups, links)])


def _shared(members: pl.DataFrame, links: list[Links]) -> pl.DataFrame:
    """``group``, ``kind``, ``key``: each key that members of a group share."""
    found = [
        one.shared.join(members, on="row").group_by("group", "key").agg(pl.len()).filter(pl.col("len") > 1)
        .select("group", "key", kind=pl.lit(one.kind.value))
        for one in links
    ]  # fmt: skip
    rank = pl.col("kind").replace_strict(_ORDER, return_dtype=pl.UInt8)
    shared = pl.concat(found).sort("group", rank, "key")
    # A name at a site says all that the name alone says.
    place = (pl.col("kind") == Key.PLACE.value).any().over("group")
    return shared.filter(~(place & (pl.col("kind") == Key.NAME.value)))


def _merged(named: pl.DataFrame, members: pl.DataFrame, shared: pl.DataFrame) -> pl.DataFrame:
    shown = shared.with_columns(site=named["site"].gather(shared["group"]))
    each = shown.group_by("group", "kind", maintain_order=True).agg(
        value=_shown().first(), more=pl.len().cast(pl.Int64) - 1
    )
    others = pl.when(pl.col("more") > 0).then(pl.format(" and {} more", "more")).otherwise(pl.lit(""))
    words = pl.concat_str(pl.lit("same "), _words(), pl.lit(" "), "value", others)
    reasons = each.with_columns(words=words).group_by("group", maintain_order=True).agg(
        by=pl.col("kind").first(), value=pl.col("value").first(), keys=pl.col("words").str.join(", ")
    )  # fmt: skip
    who = _who(members.join(named, on="row", maintain_order="left"), "group")
    table = who.join(reasons, on="group", how="left", maintain_order="left")
    table = table.with_columns(why=pl.lit(None, dtype=pl.String))
    return _of(table.sort("group"), MERGED, pl.format("{}, in {}", "keys", "where"))


def _apart(named: pl.DataFrame, groups: Groups, links: list[Links]) -> pl.DataFrame:
    told = groups.apart
    # Those that a guard took apart are known by their group: what they share is looked up.
    taken = told.filter(pl.col("kind") == "").with_columns(group=pl.col("key").cast(pl.UInt32, strict=False))
    shared = _shared(taken.select("group", "row"), links).unique("group", keep="first", maintain_order=True)
    again = taken.drop("kind", "key").join(shared, on="group", maintain_order="left").select(list(APART))
    told = pl.concat([told.filter(pl.col("kind") != ""), again]).unique(maintain_order=True)
    rank = pl.col("kind").replace_strict(_ORDER, return_dtype=pl.UInt8)
    told = told.sort(pl.col("row").min().over("kind", "key", "why"), rank, "key", "why", "row")
    who = _who(told.join(named, on="row", maintain_order="left"), "kind", "key", "why")
    table = who.with_columns(by="kind", value=_shown())
    reason = pl.concat_str(
        pl.lit("same "),
        _words(),
        pl.lit(" "),
        "value",
        pl.lit(", in "),
        "where",
        pl.lit(": not merged, as "),
        "why",
    )
    return _of(table, KEPT_APART, reason)


def _who(members: pl.DataFrame, *by: str) -> pl.DataFrame:
    one = pl.format("{} ({})", "source", "record_id")
    listed = members.with_columns(one=one).group_by(by, maintain_order=True).agg(
        pl.col("record_id", "site").first(),
        members=pl.len().cast(pl.UInt32),
        record_ids=pl.col("record_id").head(LISTED),
        sources=pl.col("source").head(LISTED),
        where=pl.col("one").head(_NAMED).str.join(" and "),
    )  # fmt: skip
    more = pl.col("members").cast(pl.Int64) - _NAMED
    rest = pl.when(more > 0).then(pl.format(" and {} more", more)).otherwise(pl.lit(""))
    return listed.with_columns(where=pl.concat_str("where", rest))


def _of(table: pl.DataFrame, outcome: str, reason: pl.Expr) -> pl.DataFrame:
    said = table.with_columns(outcome=pl.lit(outcome), reason=reason)
    return said.select(pl.col(name).cast(kind) for name, kind in MERGES_SCHEMA.items())


def _words() -> pl.Expr:
    return pl.col("kind").replace_strict({key.value: words for key, words in _WORDS.items()})


def _shown() -> pl.Expr:
    """The key as it is told: a name at a site with the site as the first record states it."""
    name = pl.col("key").str.replace(r"^[^\n]*\n", "")
    at_site = pl.format("{} at {}", name, pl.col("site").str.slice(0, _LONGEST))
    shown = pl.when(pl.col("kind") == Key.PLACE.value).then(at_site).otherwise("key")
    return shown.str.slice(0, 2 * _LONGEST)


def summary_of(merges: pl.DataFrame) -> dict[str, Any]:
    """For ``summary.json``: records that several sources told of, by key, and what was kept apart and why."""
    merged = merges.filter(pl.col("outcome") == MERGED)
    apart = merges.filter(pl.col("outcome") == KEPT_APART)
    by = {row["by"]: row["records"] for row in merged.group_by("by").agg(records=pl.len()).to_dicts()}
    reasons = apart.group_by("by", "why").agg(keys=pl.len(), records=pl.col("members").sum())
    return {
        "records": merged.height,
        "from": int(merged["members"].sum()),
        "by": [{"key": key.value, "records": by[key.value]} for key in Key if key.value in by],
        "kept_apart": [
            {"key": row["by"], "reason": row["why"], "groups": row["keys"], "records": row["records"]}
            for row in reasons.sort("keys", "by", "why", descending=[True, False, False]).to_dicts()
        ],
    }
