"""Runs that drafts are made of, and reading what was written."""

from __future__ import annotations

import csv
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import AGENCY, CARRIER, EXAMPLES, Finished
from tests.needed import program

HOSTILE = (
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x","y")',
    '#panic("x") *bold* $x$ @ref <label>',
    "华为技术有限公司",
    "한국 통신",
    "\u202egnp.exe",
    "x" * 400,
    "{{ 7 * 7 }}",
    "\U000f0000 private",
    "😀 phone",
)
HEAD = ("Asset ID", "Manufacturer", "Model", "Type", "Site", "Qty", "Purpose", "Cost", "Currency", "Acquired")
ASKED = (
    *("--as", "federal-contractor", "--as", "advanced-communications-provider", "--as", "usf-recipient"),
    *(
        "--action",
        "procure",
        "--action",
        "use",
        "--action",
        "report",
        "--action",
        "remove",
        "--action",
        "fund",
    ),
    *("--on", "2026-11-24"),
)
"""Who asks what: enough for every kind of draft."""
Filed = Callable[..., dict[str, Any]]


def pages_of(pdf: Path) -> list[str]:
    """The text of each page of a PDF."""
    reader = program("pdftotext", "poppler-utils")
    done = subprocess.run([reader, "-raw", pdf, "-"], check=True, capture_output=True, text=True)
    return done.stdout.split("\f")[:-1]


def squeezed(text: str) -> str:
    """A text without what a typesetter puts between its signs: blanks, line ends, hyphens, soft breaks."""
    return re.sub("[\\s\u200b\u00ad\u2010-]", "", text)


def texts_of(filed: Any) -> list[str]:
    """Every text of a draft."""
    if isinstance(filed, str):
        return [filed]
    if isinstance(filed, dict):
        return [one for value in filed.values() for one in texts_of(value)]
    if isinstance(filed, list):
        return [one for value in filed for one in texts_of(value)]
    return []


def tables_of(filed: dict[str, Any]) -> dict[str, list[dict[str, str | None]]]:
    """The rows of each table of a draft, by its title or short name, as column to cell."""
    return {
        block["short"] or block["title"]: [
            {column["title"]: cell for column, cell in zip(block["columns"], row, strict=True)}
            for row in block["rows"]
        ]
        for part in filed["sections"]
        for block in part["blocks"]
        if block["kind"] == "table"
    }


@pytest.fixture(scope="session")
def inventories(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, list[tuple[Any, ...]]], Path]:
    """Write an inventory of rows of `HEAD`."""
    folder = tmp_path_factory.mktemp("inventories")

    def write(name: str, rows: list[tuple[Any, ...]]) -> Path:
        path = folder / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEAD, *rows])
        return path

    return write


@pytest.fixture(scope="session")
def carrier(finished: Finished) -> Path:
    return finished(CARRIER, "--profile", EXAMPLES / "profile.yaml", *ASKED)


@pytest.fixture(scope="session")
def agency(finished: Finished) -> Path:
    return finished(AGENCY, "--profile", EXAMPLES / "profile.yaml", *ASKED)


@pytest.fixture(scope="session")
def hostile(finished: Finished, inventories: Any) -> Path:
    rows = [
        (
            f"R{at}", ("Huawei", "ZTE", bad, "Hikvision", "Nokia")[at % 5], bad,
            ("router", "rru", bad)[at % 3], bad, at, bad,
            "12.50" if at % 2 else "", "USD" if at % 2 else "", "2019-03-04" if at % 3 else "",
        )
        for at, bad in enumerate(HOSTILE * 6)
    ]  # fmt: skip
    return finished(inventories("hostile", rows), *ASKED)


@pytest.fixture(scope="session")
def clear(finished: Finished, inventories: Any) -> Path:
    sites = ("Hill", "Hill", "old Huawei room")
    rows = [(f"C{at}", "Ericsson", "Router 6672", "edge-router", site, 2) for at, site in enumerate(sites)]
    return finished(inventories("clear", rows), *ASKED)


@pytest.fixture(scope="session")
def unknown(finished: Finished, inventories: Any) -> Path:
    rows = [(f"U{at}", "", "", "router", "Hill", 1) for at in range(3)]
    return finished(inventories("unknown", rows), *ASKED)


@pytest.fixture(scope="session")
def empty(finished: Finished, inventories: Any) -> Path:
    return finished(inventories("empty", []), *ASKED)


@pytest.fixture
def filed(clearband: Any, tmp_path: Path) -> Filed:
    """What a kind of draft says, in its published form."""

    def call(kind: str, *arguments: object) -> dict[str, Any]:
        out = tmp_path / f"{kind}.json"
        ended = clearband("report", kind, *arguments, "--out", out)
        assert ended.status == 0, ended.err
        content: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
        return content

    return call
