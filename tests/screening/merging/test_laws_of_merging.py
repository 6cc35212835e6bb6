"""Whatever the sources say: nothing is lost, nothing is cleared, and the order of files does not matter."""

from __future__ import annotations

from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from clearband.model.finding import Answer
from clearband.screening.result import Screening
from tests.laws import examples
from tests.merged_sources import Record, inventory, merge, partition, screened

_MACS = [
    "48:cd:d3:8a:45:fe",
    "48:cd:d3:8a:45:ff",
    "00:d0:f6:11:22:33",
    "02:42:ac:11:00:02",
    "00:1b:54:aa:bb:01",
]


_LISTED = ["huawei", "hikvision"]


def maybe(*values: Any) -> st.SearchStrategy[Any]:
    return st.none() | st.sampled_from(values)


RECORD: st.SearchStrategy[Record] = st.fixed_dictionaries(
    {
        "serial": maybe("2102357744BCD", "2102357744-bcd", "FOC1234X0AB", "83021", "N/A"),
        "macs": st.none() | st.lists(st.sampled_from(_MACS), min_size=1, max_size=2, unique=True),
        "manufacturer": maybe(
            "Huawei", "HUAWEI TECH CO LTD", "Nokia", "Cisco", "Hikvision", "Acme", "unknown", "Huawei?"
        ),
        "model": maybe("NE40E", "S5720", "7750 SR-1", "C9300-48P", "DS-2CD2042WD"),
        "sys_descr": maybe("Huawei Versatile Routing Platform Software", "Cisco IOS Software, C9300"),
        "sys_name": maybe("core-1", "CORE-1.example.net", "mesa-sw-22"),
        "site": maybe("Mesa", "mesa", "Ridge"),
        "category": maybe("router", "switch", "camera", "server"),
        "made_in": maybe("CN", "FI"),
        "purpose": maybe("critical infrastructure", "own office"),
    }
)
SOURCES = st.dictionaries(st.sampled_from("abc"), st.lists(RECORD, min_size=1, max_size=3), min_size=1)
PARTS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=3)


def answers(table: pl.DataFrame) -> dict[str, str]:
    """The answer of each record, by source; of a merged one by all of its sources."""
    found = {}
    for row in table.iter_rows(named=True):
        said = row.get("merged_from") or [row]
        found.update({one["source"]: row["answer"] for one in said})
    return found


def prohibited_for(found: Screening) -> set[tuple[str, str]]:
    """Source and actor of each prohibition; a merged record has all of its sources."""
    rows = found.equipment.to_dicts()
    said = {row["record_id"]: [one["source"] for one in row.get("merged_from") or [row]] for row in rows}
    table = found.findings.whole().filter(pl.col("answer") == Answer.PROHIBITED.value)
    findings = table.select("record_id", "actors").iter_rows()
    return {(source, actor) for record, actors in findings for source in said[record] for actor in actors}


def with_parts(sources: dict[str, list[Record]], parts: list[tuple[int, int]]) -> dict[str, list[Record]]:
    """Some records of each file made parts of others of the same file."""
    for file, records in sources.items():
        for at, one in enumerate(records):
            one["id"] = f"{file}-{at}"
        for part, box in parts:
            if part < len(records) and box < len(records) and part != box:
                records[part]["parent_id"] = f"{file}-{box}"
    return sources


@settings(max_examples=examples(12, 600))
@given(SOURCES, PARTS)
def test_merging_clears_nothing_and_loses_nothing(
    sources: dict[str, list[Record]], parts: list[tuple[int, int]]
) -> None:
    sources = with_parts(sources, parts)
    merged = merge(**sources)
    apart, together = screened(inventory(sources)), screened(merged.inventory, merged.merges)
    assert prohibited_for(apart) <= prohibited_for(together)
    before, after = answers(apart.equipment), answers(together.equipment)
    assert before.keys() == after.keys()
    for row in apart.equipment.filter(
        pl.col("maker").is_null(), pl.col("runner_up").is_in(_LISTED)
    ).to_dicts():
        assert after[row["source"]] != Answer.NOT_COVERED
    for source, answer in before.items():
        if answer == Answer.PROHIBITED:
            assert after[source] == Answer.PROHIBITED
        if answer not in (Answer.UNIDENTIFIED, Answer.REVIEW):
            assert after[source] != Answer.NOT_COVERED or answer == Answer.NOT_COVERED
    for group in partition(merged):
        files = [source.partition(":")[0] for source in group]
        assert len(files) == len(set(files)) > 1


@settings(max_examples=examples(8, 400))
@given(SOURCES)
def test_the_order_of_files_decides_on_nothing_but_the_id_that_leads(
    sources: dict[str, list[Record]],
) -> None:
    turned = dict(reversed(sources.items()))
    one, other = merge(**sources), merge(**turned)
    assert partition(one) == partition(other)
    assert answers(screened(one.inventory).equipment) == answers(screened(other.inventory).equipment)
    kept = [pl.exclude("record_id", "source", "parent_id", "merged_because", "merged_from")]
    tables = [merged.inventory.equipment for merged in (one, other)]
    if "merged_from" in tables[0].columns:
        rows = [table.filter(pl.col("merged_from").is_not_null()).select(kept).rows() for table in tables]
        assert sorted(map(repr, rows[0])) == sorted(map(repr, rows[1]))


@settings(max_examples=examples(4, 200))
@given(SOURCES)
def test_a_source_that_shares_nothing_changes_nothing_of_the_others(sources: dict[str, list[Record]]) -> None:
    alone = merge(**sources)
    beside = merge(**sources, z=[{"serial": "UNRELATED77", "manufacturer": "Nokia"}])
    assert partition(alone) == partition(beside)
