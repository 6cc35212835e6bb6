"""Identification of the labelled device records, source by source: precision, recall, maker accuracy.

    .venv/bin/python benchmarks/identify_corpora.py ../shared/corpora [--misses] [--source recog]

The corpora are not part of the repository. A record is *covered* when its truth says so; a verdict is covered
when the maker found belongs, by ownership on the day, to one of the makers that the labels know as covered.
"""

from __future__ import annotations

import argparse
import csv
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from clearband.identify import identify, resolve_name
from clearband.register import Register, load_register
from clearband.sources import read_inventory

ON = date(2026, 11, 1)
COVERED = ("huawei", "zte", "hikvision", "dahua", "hytera")
STRONG = ("mac", "sysObjectID", "sysDescr", "entPhysical", "banner", "manufacturer")


@dataclass(frozen=True)
class Labelled:
    """One record: where it is from, what it is, and what was found."""

    record_id: str
    source: str
    strong: bool
    covered: bool
    maker: str | None
    verdict: dict[str, Any]
    covered_verdict: bool
    right: bool


def covered_family(maker: str | None, register: Register) -> str | None:
    """The covered maker that a register id belongs to on the day, if any."""
    if maker is None or maker in COVERED:
        return maker
    if maker not in register.organisations:
        return None
    for path in register.relations(maker, ON):
        if path.relation in ("controlled", "affiliate", "parent") and path.target in COVERED:
            return path.target
    return None


class Labels:
    """The makers of the labels as the register knows them."""

    def __init__(self, makers_csv: Path, register: Register) -> None:
        self._register = register
        with makers_csv.open(encoding="utf-8") as lines:
            self._family = {row["id"]: row["family"] for row in csv.DictReader(lines)}
        self._resolved = {label: self._resolve(label) for label in self._family}

    def _resolve(self, label: str) -> str | None:
        if label in self._register.organisations:
            return label
        found = resolve_name(label.replace("-", " "), self._register)
        return found.org_id if found else None

    def same(self, found: str | None, label: str) -> bool:
        """Whether a verdict names the labelled maker, its family, or its owner or part on the day."""
        if found is None:
            return False
        labels = {label, self._family.get(label, label)}
        labels |= {other for other, family in self._family.items() if family == self._family.get(label)}
        known = labels | {self._resolved[name] for name in labels if self._resolved.get(name)}
        if found in known or self._family.get(found) in known:
            return True
        if found not in self._register.organisations:
            words, glued = set(found.split("-")), found.replace("-", "")
            return any(
                set(name.split("-")) <= words or (len(name) > 3 and name.replace("-", "") in glued)
                for name in labels
            )
        if found in known or self._owners(found) & known:
            return True
        return any(found in self._owners(name) for name in known if name)

    def _owners(self, maker: str) -> set[str]:
        """Those it belongs to on the day."""
        if maker not in self._register.organisations:
            return set()
        paths = self._register.relations(maker, ON)
        return {path.target for path in paths if path.relation in ("controlled", "affiliate", "parent")}


def read(corpora: Path, only: str | None, register: Register) -> list[Labelled]:
    """Every labelled record with its verdict."""
    labels = Labels(corpora / "makers.csv", register)
    out: list[Labelled] = []
    for file in sorted(corpora.glob("*.jsonl")):
        if only and only not in file.name:
            continue
        records = [json.loads(line) for line in file.open(encoding="utf-8")]
        verdicts = identify(read_inventory([file]).equipment, register, on=ON)
        by_id = {row["record_id"]: row for row in verdicts.to_dicts()}
        for record in records:
            verdict, truth = by_id[record["id"]], record["truth"]
            out.append(
                Labelled(
                    record["id"],
                    record["source"],
                    any(record["signals"].get(name) for name in STRONG),
                    bool(truth["covered"]),
                    truth["manufacturer"],
                    verdict,
                    covered_family(verdict["maker"], register) is not None,
                    truth["manufacturer"] is not None
                    and labels.same(verdict["maker"], truth["manufacturer"]),
                )
            )
    return out


def row(name: str, records: list[Labelled]) -> dict[str, Any]:
    """The figures of one source."""
    covered = [r for r in records if r.covered]
    called = [r for r in records if r.covered_verdict]
    hit = [r for r in covered if r.covered_verdict]
    strong = [r for r in covered if r.strong]
    knowable = [r for r in records if r.maker is not None]
    verdicts = [r for r in knowable if r.verdict["maker"]]
    return {
        "source": name,
        "records": len(records),
        "covered": len(covered),
        "precision": sum(r.covered for r in called) / len(called) if called else None,
        "recall": len(hit) / len(covered) if covered else None,
        "recall_strong": sum(r.covered_verdict for r in strong) / len(strong) if strong else None,
        "accuracy": sum(r.right for r in knowable) / len(knowable) if knowable else None,
        "wrong": sum(not r.right for r in verdicts),
        "named": sum(r.maker is None and r.verdict["maker"] is not None for r in records),
        "false_covered_unknowable": sum(r.maker is None and r.covered_verdict for r in records),
    }


def main() -> None:
    """Print the table, and each miss where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--source")
    parser.add_argument("--misses", action="store_true")
    args = parser.parse_args()
    register = load_register()
    records = read(args.corpora, args.source, register)
    sources = sorted({r.source for r in records})
    table = pl.DataFrame(
        [row(s, [r for r in records if r.source == s]) for s in sources] + [row("all", records)]
    )
    with pl.Config(
        tbl_rows=40,
        tbl_cols=20,
        tbl_width_chars=200,
        float_precision=3,
        tbl_hide_dataframe_shape=True,
        tbl_hide_column_data_types=True,
    ):
        print(table)
    if args.misses:
        for record in records:
            if (kind := _mistake(record)) is not None:
                verdict = record.verdict
                print(f"{kind} {record.record_id} | truth {record.maker} | got {verdict['maker']}", end=" ")
                print(f"| next {verdict['runner_up']} {verdict['confidence']}")


def _mistake(record: Labelled) -> str | None:
    if record.covered != record.covered_verdict:
        return "MISSED" if record.covered else "FALSE-ALARM"
    if record.maker is None or record.right:
        return None
    return "WRONG" if record.verdict["maker"] else "NONE"


if __name__ == "__main__":
    main()
