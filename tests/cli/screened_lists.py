"""A small inventory, and a published list with a router that may be bought and a maker that is suspended."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from clearband.listing.authority import authority_text
from clearband.model.assessment import Subject
from tests.listing.made_list import AUTHORITY, MadeList, day
from tests.listing.made_repository import MadeRepository

INVENTORY = """\
id,Mfr,Model,Type,Made in
1,TP-Link,Archer AX55,consumer router,CN
2,TP-Link,Archer AX5500,consumer router,CN
3,ZTE,MF286,consumer router,CN
4,Nobody Radio Works,X1,consumer router,CN
5,,,camera,
"""
ARCHER = Subject(
    "product-line", "archer", "Archer AX55", "tp-link-technologies", "T3", "US", "consumer-router"
)
ZTE = Subject("manufacturer", "zte", "ZTE", "zte", "T2", "US")
SCREEN = ("screen", "inventory.csv", "--as", "equipment-applicant", "--action", "authorise", "--out", "run")
THAT_DAY = ("--on", "2026-06-01", "--known-on", "2026-06-01")
PUBLISHED = (*SCREEN, *THAT_DAY, "--approved", "repository", "--approved-state", "seen")
TRUSTED = (*PUBLISHED, "--approved-root", "root.json")


def listed(made: MadeList, subject: Subject, on: str, **parts: Any) -> None:
    made.step("draft", str(day(on) - timedelta(20)), entry=subject.id, subject=subject)
    made.listed(entry=subject.id, on=on, **parts)


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MadeRepository:
    """A router that may be bought, and a maker that is suspended; published, and fresh for a day."""
    monkeypatch.chdir(tmp_path)
    Path("inventory.csv").write_text(INVENTORY)
    granting = replace(AUTHORITY, grants="conditional-approval")
    repository = MadeRepository(tmp_path / "repository", authority=granting)
    Path("root.json").write_bytes(repository.root)
    listed(repository.list, ARCHER, "2026-02-01")
    listed(repository.list, ZTE, "2026-03-01")
    repository.list.step("suspend", "2026-04-01", entry="zte", reply_until=day("2026-04-30"))
    repository.publish()
    return repository


def said() -> dict[str, dict[str, Any]]:
    rows = pl.read_parquet("run/approved.parquet")
    return {row["record_id"]: row for row in rows.iter_rows(named=True)}


def answers() -> dict[str, str]:
    return dict(pl.read_parquet("run/equipment.parquet").select("record_id", "answer").iter_rows())


def own_folder(made: MadeList, name: str) -> None:
    Path(name).mkdir()
    Path(name, "authority.yaml").write_text(authority_text(made.replay.authority))
    Path(name, "log.jsonl").write_bytes(b"".join(line + b"\n" for line in made.lines))
