"""Real inventories with typing errors, Chinese names, blanks and misleading notes: who made each item?"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clearband.identify import identify
from clearband.register import Register, load_register
from clearband.sources import read_inventory

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
TABLES = ("carrier-rural.csv", "agency-assets.xlsx", "netbox-export.csv")
ON = date(2026, 11, 1)

pytestmark = pytest.mark.skipif(
    not CORPORA.is_dir(), reason="the labelled inventories are not beside the repository"
)


@dataclass(frozen=True)
class Judged:
    """One labelled record and its verdict."""

    row_id: str
    maker: str
    covered: str
    verdict: dict[str, Any]


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    register = load_register()
    records = []
    for table in TABLES:
        equipment = read_inventory([CORPORA / "inventories" / table]).equipment
        verdicts = identify(equipment, register, on=ON)
        by_id = {row["record_id"]: row for row in verdicts.to_dicts()}
        with (CORPORA / "inventories" / f"{Path(table).stem}.truth.csv").open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                verdict = by_id.get(row["row_id"]) or by_id[f"{table}!{row['row_id']}"]
                records.append(Judged(row["row_id"], row["maker"], row["covered"], verdict))
    return records


@pytest.fixture(scope="module")
def families() -> dict[str, str]:
    """Covered makers of the labels, by the family they belong to."""
    with (CORPORA / "makers.csv").open(encoding="utf-8") as lines:
        return {row["id"]: row["family"] for row in csv.DictReader(lines) if row["covered"] == "yes"}


def family_of(maker: str | None, covered: set[str], register: Register) -> str | None:
    """The covered family a maker of the register belongs to by ownership."""
    if maker is None or maker in covered:
        return maker
    for path in register.relations(maker, ON):
        if path.relation in ("controlled", "affiliate", "parent") and path.target in covered:
            return path.target
    return None


def test_covered_makers_are_found(judged: list[Judged], families: dict[str, str]) -> None:
    covered, register = set(families.values()), load_register()
    wanted = [record for record in judged if record.covered == "yes"]
    missed = [
        record
        for record in wanted
        if family_of(record.verdict["maker"], covered, register) != families[record.maker]
    ]
    assert len(wanted) > 100
    assert 1 - len(missed) / len(wanted) >= 0.97, [(miss.row_id, miss.maker) for miss in missed]


def test_other_makers_are_not_called_covered(judged: list[Judged], families: dict[str, str]) -> None:
    covered, register = set(families.values()), load_register()
    called = [record for record in judged if family_of(record.verdict["maker"], covered, register)]
    wrong = [record for record in called if record.covered != "yes"]
    assert 1 - len(wrong) / len(called) >= 0.98, [
        (record.row_id, record.verdict["maker"]) for record in wrong
    ]


def test_what_nothing_tells_stays_unidentified(judged: list[Judged]) -> None:
    unknown = [record for record in judged if record.covered == "unknown"]
    assert unknown
    assert {record.verdict["maker_status"] for record in unknown} == {"unidentified"}


def test_a_maker_that_only_a_note_names_is_a_mention(judged: list[Judged]) -> None:
    note_only = next(record for record in judged if record.row_id == "BF-1051")
    assert note_only.verdict["maker_status"] == "unidentified"
    assert {mention["maker"] for mention in note_only.verdict["mentions"]} == {"zte"}
    assert "type label" in note_only.verdict["would_help"]


def test_agreement_on_other_makers_is_reported(
    judged: list[Judged], capsys: pytest.CaptureFixture[str]
) -> None:
    others = [record for record in judged if record.covered == "no"]
    agreed = [record for record in others if _same_name(record.verdict["maker"], record.maker)]
    with capsys.disabled():
        print(f"\nmakers that are not covered: {len(agreed)} of {len(others)} agree with the label")
    assert len(agreed) / len(others) > 0.8


def _same_name(maker: str | None, label: str) -> bool:
    """Whether two ids name one company as far as their words tell (``fs`` and ``fs-com``)."""
    return maker is not None and (label in maker or maker in label)
