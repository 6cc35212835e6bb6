"""``clearband assess chain``: a bill of materials as people keep it, and what a ban would take of it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import CARRIER, Clearband

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
