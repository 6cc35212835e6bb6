"""Make an inventory of any size: few makers own most rows, spellings are dirty, MACs are nearly all distinct.

Usage: python benchmarks/generate_inventory.py FILE.(csv|parquet) [--rows 1000000] [--seed 1]

The same rows for the same size and seed. Written in blocks, so memory does not grow with the number of rows.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl
from polars.io.plugins import register_io_source

BLOCK: Final = 250_000
MODELS: Final = 50_000

# Maker, six digits of its addresses, what it is, families of models; the order is the order of size.
MAKERS: Final = """
Cisco|00A38E|Switch|C9300-,ASR-9,NCS-55,WS-C2960X-,ISR4,AIR-AP
Huawei|48CDD3|Switch|S5720-,NE40E-X,MA5800-X,HG8245,RTN 9,AR12,USG6
Nokia|1455B9|Router|7750 SR-,7360 ISAM FX-,G-240W-,7210 SAS-,AirScale AH
Ericsson|7C726E|RRU|Radio 4,Baseband 6,Router 6,MINI-LINK 6
ZTE|443262|OLT|ZXHN F6,ZXA10 C3,ZXR10 59,ZXSDR R8
Juniper|209339|Router|MX,EX2300-,QFX5,ACX2,SRX3
Hikvision|08CC81|Camera|DS-2CD2,DS-76,DS-2DE4
Calix|1074C5|OLT|E7-,844G-,716GE-,GigaSpire u
Ubiquiti|9C05D6|AP|UAP-AC-,ES-24-,AF-5X,LBE-5AC-
MikroTik|2CC81B|Router|CCR1036-,CRS326-,RB4011-,hAP ac
Dahua|F4B1C2|Camera|IPC-HFW2,IPC-HDBW2,NVR42
Axis|ACCC8E|Camera|P3245-,M3106-,Q6075-,P1448-
Adtran|002445|Router|NetVanta 3,Total Access 5,SDX 6
TP-Link|50C7BF|Switch|TL-SG1,EAP2,Archer C
Fortinet|E81CBA|Firewall|FortiGate-,FG-,FSW-1
Ciena|94434D|DWDM|39,51,6500-
Motorola Solutions|4CCC34|Radio|XPR 7,APX 6,SLR 5
Hytera|9C066E|Radio|PD7,RD9,MD7,HP7
Cambium Networks|B4A25C|Wireless|ePMP 1,PMP 450,XV2-
Ceragon|000A25|Microwave|FibeAir IP-20,FibeAir IP-50
Aruba|001A1E|Switch|JL2,AP-5,2930F-
Dell|001422|Server|PowerEdge R6,N15,S41
Arista|001C73|Switch|DCS-7050,DCS-7280,CCS-720
Samsung|001632|RRU|MMU-,CDU-
FiberHome|48F97C|OLT|AN5516-,AN5506-
Hanwha Vision|E43022|Camera|XNV-,QNO-7,PNM-9
Uniview|48EA63|Camera|IPC322,NVR301-
Palo Alto Networks|E8986D|Firewall|PA-2,PA-8,PA-32
Ruckus|54EC2F|AP|R5,R7,T3
Zyxel|5CF4AB|Switch|GS19,VMG,NWA
Netgear|E8FCAF|Switch|GS7,M43,WAX6
Moxa|0090E8|Switch|EDS-5,NPort 5,MGate MB3
Cradlepoint|003044|Router|IBR9,IBR17,E3
Quectel|7CE712|Modem|EC25-,RM500Q-,BG96-
Sierra Wireless|CC934A|Modem|EM7,RV5,MP7
Allied Telesis|0000CD|Switch|x930-,AT-GS9
Extreme|000496|Switch|X440-,X465-,VSP 7
Bosch|000463|Camera|NBE-3,NDE-5
Lenovo|10C595|Server|SR6,SR5
Supermicro|002590|Server|SYS-1,SYS-6
""".strip()

DESCRIPTIONS: Final = (
    "{maker} {model}",
    "{maker} {model} Software, Version 15.{n}, RELEASE (fc{n})\nTechnical Support: see vendor\nCompiled",
    "{maker} Versatile Platform Software\r\nVersion 5.{n} ({model})\r\nCopyright (C) 2003-20{n}",
    'Linux {model} 4.14.{n} #1 SMP "{maker}", ARMv7',
)
NOTES: Final = (
    None, None, None, None, None, None, "spare", "verify on site", "ok", "replaced Huawei unit in 2021",
    "see ticket, rack 4", "moved from annex", "same shelf as ZTE OLT",
)  # fmt: skip
NO_MAKER: Final = ("N/A", "unknown", "-", "TBD", "")
COUNTRIES: Final = (None, None, None, "CN", "China", "US", "VN", "Mexico", "TH", "FI", "Sweden", "MY")


@dataclass(frozen=True)
class Stock:
    """The distinct values that rows are drawn from.

    Attributes:
        kind: What each maker makes.
        model: Text of each model.
        owner: Number of each model's maker.
        spelling: Every spelling of every maker's name.
        first, count: Where a maker's spellings begin, and how many there are.
        prefix: First 24 bits of each maker's addresses.
        description: Descriptions, four a model.
    """

    kind: pl.Series
    model: pl.Series
    owner: npt.NDArray[np.int64]
    spelling: pl.Series
    first: npt.NDArray[np.int64]
    count: npt.NDArray[np.int64]
    prefix: npt.NDArray[np.int64]
    description: pl.Series


def _spellings(name: str, draw: np.random.Generator) -> list[str]:
    """The name as people type it: the clean form thrice, so that it is the most frequent."""
    forms = [name, name, name, name.upper(), name.lower(), f"{name} Inc.", f"{name} Co., Ltd.", f" {name} ",
             f"{name} Technologies", f"{name}  (OEM)"]  # fmt: skip
    for _ in range(4):
        at = int(draw.integers(1, max(2, len(name) - 1)))
        forms.append(name[:at] + name[at + 1 :])
        forms.append(name[: at - 1] + name[at : at + 1] + name[at - 1 : at] + name[at + 1 :])
    return forms


def stock(draw: np.random.Generator) -> Stock:
    """Draw the distinct values."""
    makers = [line.split("|") for line in MAKERS.splitlines()]
    weight = 1 / np.arange(1, len(makers) + 1) ** 1.1
    owner = draw.choice(len(makers), size=MODELS, p=weight / weight.sum())
    tails = draw.integers(0, 1000, size=(MODELS, 2))
    models, descriptions = [], []
    for number, maker in enumerate(owner):
        families = makers[maker][3].split(",")
        letter = "ABCDEFGHKLMNPRSTX"[number % 17]
        model = f"{families[number % len(families)]}{tails[number, 0]:02d}{letter}{number // 17 % 97}"
        models.append(model)
        version = tails[number, 1] % 90 + 10
        descriptions += [text.format(maker=makers[maker][0], model=model, n=version) for text in DESCRIPTIONS]
    spellings = [_spellings(maker[0], draw) for maker in makers]
    count = np.array([len(forms) for forms in spellings])
    return Stock(
        pl.Series([maker[2] for maker in makers]),
        pl.Series(models),
        owner,
        pl.Series([form for forms in spellings for form in forms]),
        np.concatenate([[0], np.cumsum(count)[:-1]]),
        count,
        np.array([int(maker[1], 16) for maker in makers]),
        pl.Series(descriptions),
    )


def _macs(addresses: npt.NDArray[np.int64], draw: np.random.Generator) -> pl.Series:
    """Addresses in four notations."""
    digits = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)
    nibbles = digits[(addresses[:, None] >> np.arange(44, -1, -4)) & 15]
    texts = []
    for sign, every in ((b":", 2), (b"-", 2), (b".", 4), (b"", 12)):
        parts = []
        for at in range(0, 12, every):
            if at and sign:
                parts.append(np.full((len(addresses), 1), sign[0], dtype=np.uint8))
            parts.append(nibbles[:, at : at + every])
        joined = np.ascontiguousarray(np.concatenate(parts, axis=1))
        texts.append(pl.Series(joined.view(f"S{joined.shape[1]}").ravel().tolist(), dtype=pl.Binary))
    which = draw.choice(4, size=len(addresses), p=[0.6, 0.2, 0.1, 0.1])
    frame = pl.DataFrame([text.cast(pl.String).alias(f"{at}") for at, text in enumerate(texts)])
    frame = frame.with_columns(pl.Series("which", which))
    way = pl.col("which")
    plain = pl.col("3").str.to_uppercase()
    hyphens = pl.col("1").str.to_uppercase()
    chosen = (
        pl.when(way == 0).then("0").when(way == 1).then(hyphens).when(way == 2).then("2").otherwise(plain)
    )
    return frame.select(chosen.alias("mac")).to_series()


def block(start: int, rows: int, known: Stock, draw: np.random.Generator) -> pl.DataFrame:
    """Rows ``start`` and following."""
    # A heavy tail with every model in it: the square of a uniform number crowds towards zero.
    model = (draw.random(rows) ** 2.5 * MODELS).astype(np.int64)
    maker = known.owner[model]
    spelled = known.first[maker] + (draw.random(rows) ** 2 * known.count[maker]).astype(np.int64)
    described = model * 4 + draw.integers(0, 4, rows)
    tail = (np.arange(start, start + rows) * 7_368_787 + 12_345) & 0xFFFFFF
    mac = _macs((known.prefix[maker] << 24) | tail, draw)
    days = draw.integers(0, 5_500, rows)
    frame = pl.DataFrame(
        {
            "Asset": np.arange(start + 1, start + rows + 1),
            "Type": known.kind.gather(maker),
            "Mfr": known.spelling.gather(spelled),
            "Model": known.model.gather(model),
            "MAC": mac,
            "Description": known.description.gather(described),
            "Serial": draw.integers(0, 10**12, rows),
            "Qty": draw.choice([1, 1, 1, 1, 2, 3, 12], rows),
            "Site": draw.integers(0, 4_000, rows),
            "Installed": pl.Series(days).cast(pl.Int32) + 14_600,
            "Made in": pl.Series(COUNTRIES).gather(draw.integers(0, len(COUNTRIES), rows)),
            "Notes": pl.Series(NOTES).gather(draw.integers(0, len(NOTES), rows)),
            "chance": draw.random(rows),
            "nothing": pl.Series(NO_MAKER).gather(draw.integers(0, len(NO_MAKER), rows)),
        }
    )
    chance = pl.col("chance")
    return frame.select(
        pl.format("A-{}", pl.col("Asset").cast(pl.String).str.zfill(9)).alias("Asset"),
        "Type",
        pl.when(chance < 0.06).then("nothing").otherwise("Mfr").alias("Mfr"),
        pl.when(chance.is_between(0.04, 0.10)).then(None).otherwise("Model").alias("Model"),
        pl.when(chance > 0.7).then(None).otherwise("MAC").alias("MAC"),
        pl.when(chance.is_between(0.10, 0.75)).then(None).otherwise("Description").alias("Description"),
        pl.col("Serial").cast(pl.String).str.zfill(12),
        "Qty",
        pl.format("SITE-{}", pl.col("Site").cast(pl.String).str.zfill(4)).alias("Site"),
        pl.col("Installed").cast(pl.Date),
        "Made in",
        "Notes",
        pl.format("dept {}", pl.col("Site") % 40).alias("Owner"),
    )


def generate(path: Path, rows: int, seed: int = 1) -> None:
    """Write an inventory of ``rows`` rows; Parquet, every column as text, where the name ends so."""
    draw = np.random.default_rng(seed)
    known = stock(draw)
    blocks = (block(start, min(BLOCK, rows - start), known, draw) for start in range(0, rows, BLOCK))
    if path.suffix == ".parquet":
        _write_parquet(path, blocks)
        return
    with path.open("wb") as file:
        for number, part in enumerate(blocks):
            part.write_csv(file, include_header=number == 0)


def _write_parquet(path: Path, blocks: Iterator[pl.DataFrame]) -> None:
    texts = (part.cast(pl.String) for part in blocks)
    first = next(texts)

    def give(*_: object) -> Iterator[pl.DataFrame]:
        yield first
        yield from texts

    register_io_source(give, schema=first.schema).sink_parquet(
        path, row_group_size=BLOCK, maintain_order=True
    )


def main() -> None:
    """Read the options and write the file."""
    parser = argparse.ArgumentParser(description="Make an inventory of any size")
    parser.add_argument("file", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    generate(options.file, options.rows, options.seed)


if __name__ == "__main__":
    main()
