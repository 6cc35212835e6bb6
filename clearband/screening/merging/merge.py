"""The same box seen by several sources becomes one record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from clearband.directives.law import Law
from clearband.identify.kinship import kinship
from clearband.model.equipment import EQUIPMENT_SCHEMA, MERGED_COLUMNS
from clearband.register import Register
from clearband.screening.approved_list import ApprovedList
from clearband.screening.boxes import has_parts
from clearband.screening.cases import Cases
from clearband.screening.merging.boxes_kept import in_their_boxes, lost_edges
from clearband.screening.merging.contradictions import Akin, Why
from clearband.screening.merging.groups import Groups, grouped
from clearband.screening.merging.judged_unions import JudgedUnions
from clearband.screening.merging.keys import (
    address_keys,
    name_at_site_keys,
    name_keys,
    rows_of,
    serial_number_keys,
)
from clearband.screening.merging.links import Key, Links
from clearband.screening.merging.told import MERGED, merges_table
from clearband.screening.settings import Settings
from clearband.sources import Inventory
from clearband.sources.device_type import DEVICE_TYPE_FORMATS
from clearband.sources.snmp import SNMP_FORMATS


@dataclass(frozen=True)
class Merged:
    """Inventories as one.

    Attributes:
        inventory: With a record for each thing, whichever sources told of it; with the columns
            `clearband.model.equipment.MERGED_COLUMNS` where any was merged.
        merges: `MERGES_SCHEMA`; None where no two sources share anything.
    """

    inventory: Inventory
    merges: pl.DataFrame | None = None


def merge_sources(
    inventory: Inventory,
    settings: Settings,
    register: Register,
    law: Law,
    approved: Sequence[ApprovedList] = (),
) -> Merged:
    """Merge what several files say of the same things; one file alone stays as it is.

    Two records of one file are never merged. The record that stands first, in the order of the files, gives
    its id and its place.

    Args:
        inventory: All files, as they were read.
        settings: The question that will be asked: no merging may make an answer milder.
        register: The organisations, for makers that contradict each other.
        law: The measures.
        approved: Approved lists that will be looked up.
    """
    files = _files(inventory)
    if files.n_unique() < _TWO:
        return Merged(inventory)
    equipment = inventory.equipment
    rows = rows_of(equipment, files)
    links = [
        Links.of(Key.SERIAL, serial_number_keys(rows), rows),
        Links.of(Key.ADDRESS, address_keys(equipment, register), rows),
        Links.of(Key.PLACE, name_at_site_keys(rows), rows),
        Links.of(Key.NAME, name_keys(rows), rows),
    ]
    linked = pl.concat([one.shared["row"] for one in links]).unique().sort()
    cases = Cases(settings, register, law, approved)
    batch = cases.batch(equipment[linked])
    verdicts = batch.identified.table.select("maker", "speaks_for")[batch.identified.numbers]
    told = pl.concat([linked.to_frame("row"), verdicts], how="horizontal")
    known = rows.join(told, on="row", how="left", maintain_order="left")
    judged = JudgedUnions(equipment, linked, batch.numbers, cases, settings, register, law)
    groups = grouped(known, links, _kin(register, settings), judged.too_mildly)
    groups, table = _as_one(groups, equipment, judged.united(groups.members))
    merges = merges_table(equipment, groups, links)
    if groups.members.is_empty():
        return Merged(inventory, None if merges.is_empty() else merges)
    because = merges.filter(pl.col("outcome") == MERGED).select("record_id", because="reason")
    table = table.join(because, on="record_id", how="left", maintain_order="left")
    table = table.with_columns(merged_because="because").drop("because")
    return Merged(replace(inventory, equipment=table), merges)


_TWO: Final = 2
_ONE_DEVICE: Final = frozenset({*SNMP_FORMATS, *DEVICE_TYPE_FORMATS})
"""Formats of which a file tells of one device."""


def _kin(register: Register, settings: Settings) -> Akin:
    """Who is of one house; makers that the register does not know are where their names begin alike."""
    houses, known = kinship(register, settings.questions.on), register.organisations

    def are_akin(one: str, other: str) -> bool:
        if one not in known and other not in known:
            return one.partition("-")[0] == other.partition("-")[0]
        return houses.are_akin(one, other)

    return are_akin


def _files(inventory: Inventory) -> pl.Series:
    """The number of each record's source, shape (n,): its file, or all files that tell of one device each.

    A number that is wrong in the same way on many devices stands in each of their recordings once.
    """
    read = [table for table in inventory.tables if table.skipped is None]
    names = ["" if table.format in _ONE_DEVICE else table.file for table in read]
    number = {name: place for place, name in enumerate(dict.fromkeys(names))}
    counts = [
        pl.Series([number[name]], dtype=pl.UInt32).new_from_index(0, table.rows_read)
        for name, table in zip(names, read, strict=True)
    ]
    return pl.concat(counts) if counts else pl.Series([], dtype=pl.UInt32)


def _as_one(groups: Groups, equipment: pl.DataFrame, one: pl.DataFrame) -> tuple[Groups, pl.DataFrame]:
    """The merged table; groups by which a part would leave its box are kept apart."""
    while True:
        leads = _leads(groups, equipment.height)
        table = _table(groups, equipment, one)
        if not has_parts(equipment):
            return groups, table.drop("row")
        members = groups.members["group"].unique().sort()
        table = in_their_boxes(table, equipment, leads, members)
        lost = lost_edges(table, equipment, leads)
        wrong = members.filter(members.is_in(pl.concat([lost["part"], lost["box"]]).implode()))
        if lost.is_empty() or members.is_empty():
            return groups, table.drop("row")
        wrong = wrong if len(wrong) else members
        one = one.filter(~members.is_in(wrong.implode()))
        groups = groups.without(wrong, Why.BOXES)


def _leads(groups: Groups, height: int) -> pl.Series:
    own = pl.int_range(height, dtype=pl.UInt32, eager=True)
    return own.scatter(groups.members["row"], groups.members["group"])


def _table(groups: Groups, equipment: pl.DataFrame, one: pl.DataFrame) -> pl.DataFrame:
    """The equipment with each group's record in the place of its lead, and ``row``."""
    rows = equipment.with_row_index("row")
    alone = rows.filter(~rows["row"].is_in(groups.members["row"].implode()))
    leads = groups.members["group"].unique().sort().alias("row")
    both = pl.concat([alone, one.with_columns(leads)], how="diagonal")
    extras = [name for name in equipment.columns if name not in EQUIPMENT_SCHEMA]
    return both.sort("row").select("row", *EQUIPMENT_SCHEMA, *MERGED_COLUMNS, *extras)
