"""``clearband assess chain``: a bill of materials as people keep it, and what a ban would take of it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from clearband.listing.authority import authority_text
from clearband.model.listing import State
from tests.cli.conftest import CARRIER, Clearband
from tests.listing.made_list import AUTHORITY, SUBJECT, MadeList, day

PARTS = """asset,part of,vendor,part number,category,country of origin,site
R1,,Ericsson,Radio 4415,rru,SE,north
R1-p,R1,HiSilicon,Hi1822,semiconductor,CN,
R1-m,R1,Micron,MT40A,memory module,TW,
R2,,Nokia,AirScale,rru,FI,south
R2-p,R2,Broadcom,BCM5,semiconductor,TW,
"""


def test_parts_of_parts_are_read_and_a_ban_names_product_site_and_alternative(
    clearband: Clearband, tmp_path: Path
) -> None:
    file = tmp_path / "parts.csv"
    file.write_text(PARTS)
    ended = clearband("assess", "chain", file, "--ban", "supplier:huawei", "--on", "2026-11-01")
    assert ended.status == 0
    assert "2 products: 2 makers" in ended.out
    assert "3 parts, tier 1: 3 makers" in ended.out
    assert "Radio 4415 (R1): semiconductor" in ended.out
    assert "north: 33.3% certainly (1 of 3)" in ended.out
    assert "semiconductor also from: Broadcom Inc." in ended.out


def test_json_holds_all_of_it(clearband: Clearband) -> None:
    ended = clearband("assess", "chain", CARRIER, "--ban", "country:CN", "--on", "2026-11-01", "--json")
    content = json.loads(ended.out)
    assert content["schema"] == "clearband/chain/1"
    assert sum(row["share"] for row in content["shares"]["home"]) > 0.999
    (ban,) = content["bans"]
    assert ban["ban"] == "country:CN"
    assert any(row["certain"] for row in ban["products"])


def test_a_wrong_ban_is_one_line(clearband: Clearband) -> None:
    ended = clearband("assess", "chain", CARRIER, "--ban", "supplier:huawe")
    assert ended.status == 2
    assert "nearest: huawei" in ended.one_line


BILL = """record id,part of,vendor,part number,category,certificate,laboratory,certificate expires
A,,Ericsson,Radio 4415,rru,CC-1,Lab One,2027-01-01
B,,Nokia,AirScale,rru,CC-2,Lab Two,
X,A,HiSilicon,Hi1822,semiconductor,none,,
X,B,HiSilicon,Hi1822,semiconductor,none,,
"""
HELD = """asset,vendor,model,network,site
1,Ericsson,Radio 4415,north,mast 1
2,Nokia,Wavence,south,mast 2
"""


def test_a_laboratory_takes_its_certificates_and_others_remain(clearband: Clearband, tmp_path: Path) -> None:
    file = tmp_path / "bill.csv"
    file.write_text(BILL)
    ended = clearband("assess", "chain", file, "--ban", "laboratory:lab one", "--on", "2026-11-01")
    assert "1 product certainly loses something, 0 more may" in ended.out
    assert "certificate CC-1 of Lab One is lost: 1 record in 1 product" in ended.out
    assert "laboratories that remain: Lab Two (1)" in ended.out
    assert "rru also from: Nokia Corporation" in ended.out


def test_a_table_of_certificates_may_stand_in_a_file_of_its_own(clearband: Clearband, tmp_path: Path) -> None:
    file, table = tmp_path / "parts.csv", tmp_path / "papers.csv"
    file.write_text(PARTS)
    table.write_text("certificate,laboratory,expires,part number\nCC-7,Lab One,2027-01-01,Hi-1822\n")
    chain = ("assess", "chain", file, "--certificates", table, "--on", "2026-11-01", "--json")
    content = json.loads(clearband(*chain, "--ban", "certificate:CC-7").out)
    (ban,) = content["bans"]
    assert ban["certificates"][0]["expires"] == "2027-01-01"
    assert ban["products"][0] | {"product": "R1", "certain": 1} == ban["products"][0]


def test_several_bans_are_answered_alone_and_together(clearband: Clearband, tmp_path: Path) -> None:
    file = tmp_path / "bill.csv"
    file.write_text(BILL)
    words = ("--ban", "certificate:CC-1", "--ban", "supplier:huawei", "--on", "2026-11-01", "--json")
    content = json.loads(clearband("assess", "chain", file, *words).out)
    assert [one["ban"] for one in content["bans"]] == ["certificate:CC-1", "supplier:huawei"]
    assert content["together"]["ban"] == "certificate:CC-1 + supplier:huawei"
    lost = {row["product"]: row["certain"] for row in content["together"]["products"]}
    assert lost == {"A": 2, "B": 1}


def test_a_run_tells_where_products_stand_that_lose_a_part(clearband: Clearband, tmp_path: Path) -> None:
    file, held, run = tmp_path / "bill.csv", tmp_path / "held.csv", tmp_path / "run"
    file.write_text(BILL)
    held.write_text(HELD)
    assert clearband("screen", held, "--on", "2026-11-01", "--out", run).status == 0
    words = ("--run", run, "--ban", "supplier:huawei", "--on", "2026-11-01")
    ended = clearband("assess", "chain", file, *words)
    assert "north: 1 of 1 record certainly, 0 possibly" in ended.out
    assert "south: 0 of 1 record certainly, 0 possibly, of 1 more the parts are not told" in ended.out
    alone = clearband("assess", "chain", *words)
    assert "2 products" in alone.out
    assert "0 products certainly lose something" in alone.out


def test_only_the_products_of_a_maker_or_line(clearband: Clearband, tmp_path: Path) -> None:
    file = tmp_path / "bill.csv"
    file.write_text(BILL)
    for word in ("supplier:nokia", "product:air-sc"):
        ended = clearband("assess", "chain", file, "--of", word, "--on", "2026-11-01")
        assert "      1 products: 1 maker" in ended.out
        assert "Ericsson" not in ended.out
    assert (
        "no product in the inputs is of"
        in clearband("assess", "chain", file, "--of", "supplier:zte").one_line
    )
    assert "names no products" in clearband("assess", "chain", file, "--of", "air").one_line


def test_entries_of_an_approved_list_fall(clearband: Clearband, tmp_path: Path) -> None:
    file = tmp_path / "bill.csv"
    file.write_text(BILL)
    folder = tmp_path / "list"
    folder.mkdir()
    (folder / "authority.yaml").write_text(authority_text(AUTHORITY))
    made = MadeList()
    made.step("submit", "2026-01-01", entry="other", subject=replace(SUBJECT, id="other", name="Other Radio"))
    for kind in ("accept", "assess"):
        made.step(kind, "2026-01-01", entry="other")
    made.step("propose", "2026-01-01", entry="other", state=State.LISTED, reply_until=day("2026-01-11"))
    made.step("decide", "2026-01-20", entry="other", state=State.LISTED, until=day("2027-12-31"))
    made.listed(on="2026-02-10", depends=("certificate:C-1",))
    (folder / "log.jsonl").write_bytes(b"".join(line + b"\n" for line in made.lines))
    words = ("--approved", folder, "--ban", "certificate:C-1", "--on", "2026-06-01")
    ended = clearband("assess", "chain", file, *words)
    assert "Listings: 1 fall, 0 more may" in ended.out
    assert "radio: 2026-06-01 suspended: it hangs on certificate:C-1 is banned" in ended.out
    assert "instead: other: Other Radio" in ended.out


def test_without_anything_to_examine_it_says_so(clearband: Clearband) -> None:
    assert "no INPUT" in clearband("assess", "chain").one_line


def test_a_memory_is_no_alternative_to_a_processor(clearband: Clearband, tmp_path: Path) -> None:
    file = tmp_path / "bill.csv"
    file.write_text(
        "record id,part of,vendor,part number,category\nA,,Ericsson,Radio,rru\n"
        "B,A,HiSilicon,Hi1,Baseband chip\nC,A,Samsung,K4,memory chip\nD,A,Broadcom,BCM,baseband chip\n"
    )
    ended = clearband("assess", "chain", file, "--ban", "supplier:huawei", "--on", "2026-11-01")
    assert "  baseband chip also from: Broadcom Inc.\n" in ended.out
