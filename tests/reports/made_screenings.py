"""Screenings made by hand, small and true to life, and the same many times over for large runs."""

from __future__ import annotations

from typing import Any

import polars as pl

from clearband.model.equipment import EQUIPMENT_SCHEMA
from clearband.model.evidence import VERDICT_SCHEMA
from clearband.screening.findings import FINDINGS_SCHEMA, Findings
from clearband.screening.result import ANSWER_COLUMNS, Screening
from clearband.screening.summary import Counted, summarise
from clearband.sources.inventory import ColumnFound, TableReport

Row = dict[str, Any]

HOSTILE = '<script>alert(1)</script>" onload="alert(2)'
RIGHT_TO_LEFT = "NE40E\u202e-X8A\u2066 \x1b[31mred\x07\u200b"
ASKED = {"on": "2026-11-22", "known_on": "2026-11-22", "actors": [], "actions": []}
SOURCES = {
    "ieee": {"what": "IEEE MAC registries", "data_date": "2026-10", "licence": "MIT (package)"},
    "osanc-889": {"what": "Section 889 names as collected by OpenSanctions", "data_date": "2026-08-22"},
}

FEDERAL_BUYING = {
    "directive": "us-ndaa-fy2019-889-a1a",
    "directive_title": "NDAA for FY2019, section 889(a)(1)(A): agencies may not buy covered equipment",
    "clause": "named-telecom",
    "cite": "Pub. L. 115-232, s. 889(a)(1)(A), (f)(3)(A)",
    "answer": "prohibited",
    "actors": ["federal-agency", "federal-contractor"],
    "actions": ["procure", "contract-with"],
    "event": "effective",
    "event_date": "2019-08-13",
    "ground": "Huawei Technologies Company is named; the equipment is telecommunications equipment.",
    "would_change": [
        "a waiver of the agency's head",
        "the exception for equipment that cannot route user data",
    ],
    "duties": ["report covered equipment found in performance within 1 business day"],
    "verified": True,
}
SUBSIDY = {
    "directive": "us-fcc-covered-list",
    "directive_title": "FCC Covered List and the ban on using subsidies for it",
    "clause": "named-equipment",
    "cite": "47 CFR 54.10; 47 U.S.C. 1602",
    "answer": "prohibited",
    "actors": ["usf-recipient"],
    "actions": ["procure", "use"],
    "event": "effective",
    "event_date": "2021-03-12",
    "control": "huawei is named itself",
    "ground": "Huawei Technologies Company is on the Covered List since 2021-03-12.",
    "would_change": ["removal from the list"],
    "duties": ["certify each year", "file the annual report by 31 March"],
    "verified": False,
}
CAMERA_PURPOSE = {
    **FEDERAL_BUYING,
    "clause": "named-video",
    "cite": "Pub. L. 115-232, s. 889(f)(3)(B)",
    "answer": "review",
    "event": None,
    "event_date": None,
    "ground": "Hangzhou Hikvision is named for video surveillance of some purposes only.",
    "question": "Is the camera used for public safety or the security of government facilities?",
}
LATER = {
    **SUBSIDY,
    "directive": "us-later-rule",
    "directive_title": "A rule that begins later",
    "clause": "a",
    "cite": "99 CFR 1.1",
    "answer": "not-yet",
    "event_date": "2027-06-30",
    "until": "2030-01-01",
    "ground": "The rule is published and begins on 2027-06-30.",
}


def evidence(signal: str, value: str, maker: str, weight: float = 6.0, source: str = "ieee") -> Row:
    """One piece of evidence."""
    return {
        "signal": signal,
        "value": value,
        "rule": f"{signal} of the maker",
        "maker": maker,
        "weight": weight,
        "source": source,
        "note": None,
    }


def router(record_id: str, site: str | None, **more: Any) -> Row:
    """A Huawei router, prohibited for federal agencies and subsidised carriers."""
    return {
        "record_id": record_id,
        "source": f"sites.csv:{record_id}",
        "manufacturer": "Huawei",
        "model": "NE40E-X8A",
        "macs": ["00:e0:fc:12:34:56", "02:00:00:00:00:01"],
        "site": site,
        "quantity": 1,
        "category": "router",
        "category_basis": "model",
        "maker": "huawei",
        "maker_name": "Huawei Technologies Co., Ltd.",
        "maker_status": "identified",
        "confidence": 0.9987,
        "runner_up": None,
        "evidence": [
            evidence("manufacturer", "Huawei", "huawei", 7.5, "osanc-889"),
            evidence("macs", "00:e0:fc:12:34:56", "huawei", 5.5),
        ],
        "answer": "prohibited",
        "answer_directive": "us-ndaa-fy2019-889-a1a",
        "answer_clause": "named-telecom",
        "answer_date": "2019-08-13",
        "answer_ground": FEDERAL_BUYING["ground"],
        "findings": [FEDERAL_BUYING, SUBSIDY, LATER],
        **more,
    }


def camera(record_id: str, site: str, **more: Any) -> Row:
    """A Hikvision camera sold under another brand: its purpose decides."""
    return {
        "record_id": record_id,
        "source": "sites.csv:14",
        "brand": "LTS",
        "model": "CMIP9342W",
        "site": site,
        "quantity": 12,
        "category": "camera",
        "category_basis": "stated",
        "maker": "hikvision",
        "maker_name": "Hangzhou Hikvision Digital Technology Co., Ltd.",
        "maker_status": "identified",
        "confidence": 0.91,
        "evidence": [evidence("brand", "LTS", "hikvision", 4.1, "https://example.org/lts")],
        "answer": "review",
        "answer_directive": CAMERA_PURPOSE["directive"],
        "answer_clause": "named-video",
        "answer_ground": CAMERA_PURPOSE["ground"],
        "answer_question": CAMERA_PURPOSE["question"],
        "findings": [CAMERA_PURPOSE],
        **more,
    }


def unidentified(record_id: str, **more: Any) -> Row:
    """A box that nobody can name."""
    return {
        "record_id": record_id,
        "source": "sites.csv:21",
        "model": "R-2000",
        "site": "Pine Ridge",
        "quantity": 2,
        "maker_status": "unidentified",
        "confidence": 0.2,
        "answer": "unidentified",
        "would_help": "a MAC address or the manufacturer on the type plate",
        "answer_question": "a MAC address or the manufacturer on the type plate",
        "findings": [],
        **more,
    }


def nokia(record_id: str, **more: Any) -> Row:
    """A Nokia router whose note names Huawei, as the box that it replaced."""
    return {
        "record_id": record_id,
        "source": "sites.csv:30",
        "manufacturer": "Nokia",
        "model": "7750 SR-1",
        "site": "Cedar Falls",
        "quantity": 1,
        "notes": "replacement for Huawei NE40E",
        "category": "router",
        "category_basis": "model",
        "maker": "nokia",
        "maker_name": "Nokia",
        "maker_status": "identified",
        "confidence": 0.995,
        "evidence": [evidence("manufacturer", "Nokia", "nokia", 7.0, "ieee")],
        "mentions": [
            {
                "signal": "notes",
                "text": "replacement for Huawei NE40E",
                "maker": "huawei",
                "why": "says what it replaced",
            }
        ],
        "answer": "not-covered",
        "answer_ground": "No measure held here reaches Nokia.",
        "findings": [],
        **more,
    }


def contradicting(record_id: str, **more: Any) -> Row:
    """Stated as Cisco, with a MAC address of Huawei."""
    return {
        "record_id": record_id,
        "source": "sites.csv:31",
        "manufacturer": "Cisco",
        "model": "unknown",
        "macs": ["00:e0:fc:99:99:99"],
        "site": "Cedar Falls",
        "quantity": 1,
        "maker_status": "unidentified",
        "confidence": 0.55,
        "runner_up": "huawei",
        "runner_up_confidence": 0.41,
        "contradiction": True,
        "evidence": [
            evidence("manufacturer", "Cisco", "cisco", 7.0, "ieee"),
            evidence("macs", "00:e0:fc:99:99:99", "huawei", 5.5),
            evidence("model", "unknown", "huawei", -1.0),
        ],
        "answer": "unidentified",
        "would_help": "the type plate: manufacturer and MAC address disagree",
        "answer_question": "the type plate: manufacturer and MAC address disagree",
        "findings": [],
        **more,
    }


def hostile(record_id: str = HOSTILE) -> Row:
    """Text that tries to be a script, a formula, an escape sequence and very long."""
    finding = {
        **FEDERAL_BUYING,
        "ground": f"@SUM(1) {HOSTILE}",
        "question": "=HYPERLINK(1)",
        "would_change": ["-1+1", HOSTILE],
        "duties": ["+1"],
    }
    return {
        "record_id": record_id,
        "source": "=cmd|' /C calc'!A0",
        "model": RIGHT_TO_LEFT,
        "site": "@site[bold]red[/]",
        "brand": "＝1+1",
        "quantity": None,
        "maker": "huawei",
        "maker_name": HOSTILE,
        "maker_status": "named",
        "confidence": 0.8,
        "category": "[link=x]",
        "evidence": [evidence("banners", "A" * 10_000, HOSTILE, 3.0, "javascript:alert(1)")],
        "mentions": [{"signal": "notes", "text": HOSTILE, "maker": "\x1b]0;title\x07", "why": RIGHT_TO_LEFT}],
        "invalid": [
            {"column": "quantity", "value": "two\u202e", "problem": "is not a number; the row is kept"}
        ],
        "contradiction": True,
        "runner_up": HOSTILE,
        "runner_up_confidence": 0.1,
        "answer": "prohibited",
        "answer_directive": FEDERAL_BUYING["directive"],
        "answer_clause": "named-telecom",
        "answer_date": "2019-08-13",
        "answer_ground": HOSTILE,
        "answer_question": HOSTILE,
        "x_remark": "=1+1",
        "findings": [finding],
    }


def small_records() -> list[Row]:
    """One of each kind, the Huawei router at two sites."""
    return [
        nokia("NR-1", x_rack="R12"),
        router("A-001", "Cedar Falls"),
        camera("CAM-7", "Town hall"),
        unidentified("?-1"),
        router("A-002", "Pine Ridge", quantity=3),
        contradicting("MIX-1"),
        router("A-003", None),
    ]


def screening_of(
    records: list[Row], *, asked: Row | None = None, deadlines: list[Row] | None = None
) -> Screening:
    """The screening of records made by hand."""
    extra = sorted({name for row in records for name in row if name.startswith("x_")})
    schema = {**EQUIPMENT_SCHEMA, **VERDICT_SCHEMA, **ANSWER_COLUMNS, **dict.fromkeys(extra, pl.String)}
    equipment = pl.DataFrame(
        [{name: _value(row, name, kind) for name, kind in schema.items()} for row in records], schema=schema
    )
    findings = Findings.of(one for row in records for one in _findings(row))
    by_actor = (
        findings.whole()
        .explode("actors")
        .drop_nulls("actors")
        .group_by(pl.col("actors").alias("actor"), "answer")
        .agg(pl.col("record_id").n_unique().alias("records"))
    )
    return Screening(
        equipment=equipment,
        findings=findings,
        summary=summarise(
            Counted.of(equipment),
            findings,
            by_actor,
            ASKED if asked is None else asked,
            [],
            [],
            deadlines=deadlines,
        ),
        run={
            "clearband": "0.1.0",
            "facts_sha256": "ab" * 32,
            "settings": {"threshold": 0.75, "as": [], "map": {}},
            "inputs": [
                {
                    "file": "sites.csv",
                    "path": "/somewhere/sites.csv",
                    "format": "csv",
                    "sha256": "cd" * 32,
                    "bytes": 1234,
                }
            ],
        },
        tables=(
            TableReport(
                file="sites.csv",
                sheet=None,
                format="csv",
                encoding="windows-1252",
                delimiter=";",
                header_row=2,
                rows_read=len(records),
                blank_rows=1,
                total_rows=1,
                columns=(
                    ColumnFound("Vendor", "manufacturer", "header"),
                    ColumnFound("Rack", "x_rack", "kept"),
                    ColumnFound("HW addr", "macs", "content", "12 hexadecimal digits"),
                ),
                warnings=("the encoding is a guess: windows-1252; say --encoding if letters look wrong",),
            ),
            TableReport(
                file="book.xlsx", sheet="Notes", format="xlsx", hidden=True, skipped="no header was found"
            ),
        ),
    )


def _value(row: Row, name: str, kind: Any) -> Any:
    if name == "contradiction":
        return row.get(name, False)
    return row.get(name, [] if isinstance(kind, pl.List) else None)


def _findings(row: Row) -> list[Row]:
    of_record = {name: row.get(name) for name in FINDINGS_SCHEMA}
    if not row["findings"]:
        return [
            {
                **of_record,
                "answer": row["answer"],
                "ground": row.get("answer_ground"),
                "actors": [],
                "actions": [],
                "would_change": [],
                "duties": [],
                "verified": True,
            }
        ]
    return [{**of_record, **one} for one in row["findings"]]


def many_records(number: int) -> list[Row]:
    """A mixed inventory of any size, with many sites and a few makers."""
    makes = (
        lambda i: router(f"R-{i:05}", f"Site {i % 23:02}"),
        lambda i: nokia(f"N-{i:05}", site=f"Site {i % 17:02}"),
        lambda i: camera(f"C-{i:05}", f"School {i % 9}"),
        lambda i: nokia(f"N-{i:05}", mentions=[]),
        lambda i: unidentified(f"U-{i:05}", site=f"Site {i % 5:02}"),
        lambda i: router(
            f"R-{i:05}", "Central office of the county seat, second floor", model=f"NE20E-S{i % 4}"
        ),
        lambda i: contradicting(f"X-{i:05}") if i % 5 == 0 else nokia(f"N-{i:05}"),
    )
    return [makes[index % len(makes)](index) for index in range(number)]
