"""What a record is known by from run to run, and a print of what it was and what it was judged.

An identity is the first of these that no other record of the inventory shares: an id of the source's own, a
serial number, a MAC address; else all that is stated of the record, and its number among those of which the
same is stated. Its place in a file, and the file's name, are no part of it.

The fingerprint has two halves of 32 hexadecimal digits: what was *stated* of the record, and what it was
*judged*. A decision counts while both are as they were; an answered question while the first is, because it
is meant to change the second.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from clearband.model.equipment import EQUIPMENT_SCHEMA, EXTRA_PREFIX
from clearband.model.finding import Answer
from clearband.screening.earlier import as_stated
from clearband.screening.findings import Findings
from clearband.screening.merging.serials import serial_keys
from clearband.workspace.written_out import hashed, written

LONGEST: Final = 80
"""Characters of an identity at most."""
HALF: Final = 32
"""Digits of a half of a fingerprint."""
_ALL: Final = 48
STATED: Final = (
    "manufacturer", "brand", "model", "part_number", "description", "serial", "macs", "sys_object_id",
    "sys_descr", "sys_name", "ent_physical", "banners", "fcc_id", "cpe", "purl", "hw_version", "firmware",
    "made_in", "category", "purpose", "quantity", "acquired_on", "installed_on",
)  # fmt: skip
"""What a record is: what makers are identified by, and what the law asks of a thing. Not where it stands,
what its state is and what notes say: that changes from export to export, and where it bears on an answer the
other half tells."""
_ASKED: Final = (
    "manufacturer", "model", "purpose", "made_in", "category_stated", "acquired_on", "maker", "maker_status",
    "brand", "category", "answer", "answer_directive", "answer_clause", "answer_date",
)  # fmt: skip
"""What the law was asked of, answered questions among it, and what it said."""
_OF_CLAUSE: Final = (
    "directive", "clause", "answer", "actors", "actions", "event_date", "until", "control", "question",
)  # fmt: skip
"""What a clause says: of whom and of which doing, too. A risk that a contractor accepts is no agency's."""
_PLACED: Final = ("record_id", "source", "parent_id")


def identities(
    equipment: pl.DataFrame, findings: Findings | None = None, read: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Identity and fingerprint of each record.

    Args:
        equipment: As a screening gives it.
        findings: Of the same screening: what each clause says is part of what a record was judged.
        read: The equipment as it was read, in the same order, where answered questions were added before it
            was screened; None where nothing was.

    Returns:
        ``identity`` (at most `LONGEST` characters, each once) and ``fingerprint``, a row a record.
    """
    known = read_identities(as_stated(equipment, "the run") if read is None else read)
    judged = _judged(equipment, findings)
    return known.select("identity", fingerprint=pl.concat_str("stated", judged.alias("judged")))


def read_identities(read: pl.DataFrame) -> pl.DataFrame:
    """Identity of each record as it was read, and the half of its fingerprint that says what was stated.

    Returns:
        ``identity`` and ``stated``, a row a record.
    """
    ids = _own_ids(read)
    known = _kept(ids, "id")
    if known.null_count():
        serials = serial_keys(read["serial"], read.select("model", "part_number"))
        known = known.zip_with(known.is_not_null(), _kept(serials, "serial"))
    if known.null_count():
        known = known.zip_with(known.is_not_null(), _addresses(read["macs"]))
    if known.null_count():
        known = known.zip_with(known.is_not_null(), _all_that_is_stated(read, ids, known))
    return pl.DataFrame({"identity": known, "stated": hashed(written(read, STATED), HALF)})


def _own_ids(read: pl.DataFrame) -> pl.Series:
    """The source's own id of each record, shape (n,); null for what is named by its row.

    Reading puts the file's name before ids that two files have, and numbers after those that one has twice.
    """
    name, source = pl.col("record_id"), pl.col("source")
    place = source.str.replace(r":[^:]*$", "")
    file = place.str.replace(r"!.*$", "")
    by_row = source.str.replace(r":([^:]*)$", "!$1")
    named = (name == by_row) | name.str.starts_with(by_row + pl.lit("#"))
    bare = pl.when(name.str.starts_with(file + pl.lit("!"))).then(name.str.slice(file.str.len_chars() + 1))
    ids = pl.when(~named.fill_null(value=False)).then(pl.coalesce(bare, name))
    frame = read.select(id=ids).with_columns(first=pl.col("id").str.replace(r"#\d+$", ""))
    # The later ones of an id that is repeated are known by their order alone, and so is the first.
    twice = (pl.col("id") == pl.col("first")).any().over("first")
    return frame.select(pl.when(twice).then("first").otherwise("id").alias("id")).to_series()


def _kept(keys: pl.Series, kind: str) -> pl.Series:
    """Identities by keys that one record has; null for others, shape (n,)."""
    frame = keys.to_frame("key")
    once = pl.col("key").is_unique() & pl.col("key").is_not_null()
    plain = ~pl.col("key").str.contains(r"\p{Cc}") & (pl.col("key").str.len_chars() < LONGEST - len(kind))
    short = frame.select(
        pl.when(once & plain).then(pl.lit(f"{kind}:") + pl.col("key")).alias("identity"), long=once & ~plain
    )
    if not short["long"].any():
        return short["identity"]
    hashes = hashed(keys.filter(short["long"]), _ALL)
    rows = short["long"].arg_true()
    return short["identity"].scatter(rows, f"{kind}-hash:" + hashes)


def _addresses(macs: pl.Series) -> pl.Series:
    """Identities by the lowest MAC address that one record has, shape (n,).

    Addresses of groups, and those that are administered locally, belong to no box (IEEE 802, 8.2).
    """
    none = pl.Series("identity", [None], dtype=pl.String).new_from_index(0, len(macs))
    each = macs.to_frame("mac").with_row_index("row").filter(pl.col("mac").list.len() > 0)
    each = each.explode("mac").drop_nulls().unique()
    own = pl.col("mac").str.contains(r"^[0-9a-f][048c](?::[0-9a-f]{2}){5}$") & (
        pl.col("mac") != "00:00:00:00:00:00"
    )
    best = each.filter(own & pl.col("mac").is_unique()).group_by("row").agg(pl.col("mac").min()).sort("row")
    return none.scatter(best["row"], "mac:" + best["mac"]) if best.height else none


def _all_that_is_stated(read: pl.DataFrame, ids: pl.Series, known: pl.Series) -> pl.Series:
    """Identities by everything stated, with the number among equals, shape (n,)."""
    extra = sorted(name for name in read.columns if name.startswith(EXTRA_PREFIX))
    stated = [name for name in EQUIPMENT_SCHEMA if name not in _PLACED]
    # How a problem is worded is ours to change, and says nothing of the record.
    cells = pl.struct(pl.element().struct.field("column"), pl.element().struct.field("value"))
    whole = read.with_columns(ids.alias("id"), pl.col("invalid").list.eval(cells))
    own = hashed(written(whole, ["id", *stated, *extra], named=True), _ALL)
    if read["parent_id"].null_count() < read.height:
        # Which box it is in tells a part from its like; the box is told as far as it tells itself.
        boxes = pl.DataFrame({"parent_id": read["record_id"], "box": known.fill_null(own)})
        boxes = boxes.unique("parent_id", keep="first")
        box = read.select("parent_id").join(boxes, on="parent_id", how="left", maintain_order="left")["box"]
        own = hashed(own + box.fill_null(""), _ALL)
    frame = own.to_frame("own").with_columns(nth=pl.int_range(1, pl.len() + 1).over("own"))
    return frame.select(pl.format("all:{}#{}", "own", "nth").alias("identity")).to_series()


def _judged(equipment: pl.DataFrame, findings: Findings | None) -> pl.Series:
    text = written(equipment, _ASKED)
    if findings is not None:
        text = pl.select(pl.concat_str(text, _said_by_clauses(findings).alias("said"))).to_series()
    return hashed(text, HALF)


def _said_by_clauses(findings: Findings) -> pl.Series:
    """A hash of what clauses say of each record, but for those that do not reach it, shape (n,)."""
    law = findings.law.filter(pl.col("answer") != Answer.NOT_COVERED)
    told = law.select("combo", text=written(law, _OF_CLAUSE))
    told = told.group_by("combo").agg(pl.col("text").sort().str.join(""))
    told = told.select("combo", said=hashed(told["text"], HALF))
    joined = findings.records.select("combo").join(told, on="combo", how="left", maintain_order="left")
    return joined["said"].fill_null("")
