"""The labelled records beside the repository, each with its verdict: corpora, inventories, names and traps.

They are not part of the repository (`../shared`). *Covered* is what the labels call covered: Huawei, ZTE,
Hikvision, Dahua, Hytera and what belongs to them on the day.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import polars as pl
import yaml

from clearband.errors import ClearbandError
from clearband.identify import identify
from clearband.identify.folding import fold_words
from clearband.identify.kinship import kinship
from clearband.identify.labels import Judge
from clearband.identify.misses import rows_by_label
from clearband.model.equipment import EQUIPMENT_SCHEMA
from clearband.model.label import Label
from clearband.register import Register, load_register
from clearband.sources import read_inventory
from clearband.sources.labels import read_labels

ON: Final = date(2026, 11, 1)
COVERED: Final = ("huawei", "zte", "hikvision", "dahua", "hytera")
STRONG: Final = ("mac", "sysObjectID", "sysDescr", "entPhysical", "banner", "manufacturer")
SUFFIXES: Final = (".csv", ".xlsx", ".xml", ".json")


@dataclass(frozen=True)
class Labelled:
    """One record: where it is from, what it is, and what was found.

    Attributes:
        source: The collection or inventory.
        strong: Whether it has a signal that should tell the maker: an address, what the device says of
            itself, or a stated manufacturer.
        why: What makes it hard, where the label says so.
        text: All text of the record.
    """

    label: Label
    source: str
    strong: bool
    why: str
    text: str
    verdict: Mapping[str, Any]
    covered_verdict: bool
    right: bool


class Corpora:
    """A folder of labelled records.

    Args:
        folder: With ``*.jsonl``, ``makers.csv`` and ``inventories/``.
    """

    def __init__(self, folder: Path, register: Register | None = None) -> None:
        self.folder = folder
        self.register = register or load_register()

    @cached_property
    def judge(self) -> Judge:
        """Agreement with the labels, by the families of ``makers.csv``."""
        with (self.folder / "makers.csv").open(encoding="utf-8") as lines:
            makers = [Label("", row["id"], family=row["family"]) for row in csv.DictReader(lines)]
        return Judge(self.register, ON, makers, COVERED)

    def files(self) -> list[Path]:
        """The collections, one JSON Lines file each."""
        return sorted(self.folder.glob("*.jsonl"))

    def records(self, only: str | None = None) -> list[Labelled]:
        """Every record of the collections, or of those whose name holds a word."""
        return [
            record for file in self.files() if not only or only in file.name for record in self._file(file)
        ]

    def _file(self, file: Path) -> list[Labelled]:
        raw = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        verdicts = self._verdicts(file)
        return [
            self._labelled(
                label,
                record["source"],
                verdicts[label.record_id],
                strong=any(record["signals"].get(name) for name in STRONG),
                text=json.dumps(record["signals"], ensure_ascii=False),
            )
            for record, label in zip(raw, read_labels(file), strict=True)
        ]

    def inventories(self) -> tuple[list[Labelled], list[str]]:
        """The records of all inventories that can be read, and why others cannot."""
        found, unread = [], []
        for truth in sorted((self.folder / "inventories").glob("*.truth.csv")):
            name = truth.name.removesuffix(".truth.csv")
            files = [truth.with_name(path.name) for path in truth.parent.glob(f"{name}.*") if path != truth]
            for file in files:
                try:
                    found += self._inventory(file, truth)
                except (ClearbandError, KeyError) as error:
                    unread.append(f"{file.name}: {error}")
        return found, unread

    def _inventory(self, file: Path, truth: Path) -> list[Labelled]:
        equipment = read_inventory([file]).equipment
        verdicts = identify(equipment, self.register, on=ON)
        numbers = rows_by_label(equipment["record_id"].to_list())
        with truth.open(encoding="utf-8") as lines:
            why = {row["row_id"]: row["why"] for row in csv.DictReader(lines)}
        labelled = []
        for label in read_labels(truth):
            number = numbers[label.record_id]
            row = equipment.row(number, named=True)
            text = " ".join(str(value) for name, value in row.items() if value and name != "record_id")
            labelled.append(
                self._labelled(
                    label,
                    file.stem,
                    verdicts.row(number, named=True),
                    strong=True,
                    text=text,
                    why=why[label.record_id],
                )
            )
        return labelled

    def _verdicts(self, file: Path) -> dict[str, Mapping[str, Any]]:
        verdicts = identify(read_inventory([file]).equipment, self.register, on=ON)
        return {row["record_id"]: row for row in verdicts.iter_rows(named=True)}

    def _labelled(
        self,
        label: Label,
        source: str,
        verdict: Mapping[str, Any],
        *,
        strong: bool,
        text: str,
        why: str = "",
    ) -> Labelled:
        maker = verdict["maker"]
        right = label.maker is not None and self.judge.same(maker, label.maker)
        return Labelled(label, source, strong, why, text, verdict, self.judge.is_covered(maker), right)


@dataclass(frozen=True)
class Named:
    """A name or phrase of the facts, in one column, and whether the verdict is as it should be."""

    what: str
    column: str
    text: str
    maker: str
    verdict: str | None
    right: bool


def names_and_traps(facts: Path, register: Register) -> list[Named]:
    """Look-alike names and misleading phrases, which must not be matched, and aliases, which must.

    An abbreviation or a shared word ("HW", "Blade") is found where it is the likely maker: alone it must not
    be a verdict.

    Args:
        facts: ``manufacturers.yaml``.
    """
    content = yaml.load(facts.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    asked = [("look-alike", "manufacturer", row["name"], row["resembles"]) for row in content["lookalikes"]]
    for row in content["free_text_traps"]:
        quoted = row["example"].split('"')
        for column in ("notes", "description", "model", "manufacturer"):
            asked.append(("trap", column, row["phrase"], row["resembles"]))
            asked.append(("trap", column, quoted[1] if len(quoted) > 1 else row["example"], row["resembles"]))
    for row in content["identifier_traps"]:
        kind, _, number = row["identifier"].partition(" ")
        makes = f"maker {row.get('looks_like', '')}" in row["rule"].lower()
        if kind == "sysObjectID" and row.get("looks_like") in register.organisations and not makes:
            asked.append(("identifier trap", "sys_object_id", number.strip(" *."), [row["looks_like"]]))
    bearers: dict[str, list[str]] = {}
    for row in content["organisations"]:
        for alias in row.get("aliases", ()):
            bearers.setdefault(alias["text"], []).append(row["id"])
    plain = {fold_words(text): ids for text, ids in bearers.items()}
    for row in content["organisations"]:  # an alias of one may be the very name of another
        for text in (row["name"], *row.get("legal_names", ())):
            plain.get(fold_words(text), []).append(row["id"])
    asked += [("alias", "manufacturer", text, ids) for text, ids in bearers.items()]
    return _asked(asked, register)


def _asked(asked: list[tuple[str, str, str, list[str]]], register: Register) -> list[Named]:
    rows = [{"record_id": str(at), column: text} for at, (_, column, text, _) in enumerate(asked)]
    columns = {name: [row.get(name) for row in rows] for name in EQUIPMENT_SCHEMA}
    verdicts = identify(pl.DataFrame(columns, schema=EQUIPMENT_SCHEMA), register, on=ON)
    houses = kinship(register, ON)
    out = []
    for (what, column, text, makers), row in zip(asked, verdicts.iter_rows(named=True), strict=True):
        likely = row["maker"] or (row["runner_up"] if what == "alias" else None)
        met = likely in register.organisations and any(houses.are_akin(likely, maker) for maker in makers)
        right = met if what == "alias" else not met
        out.append(Named(what, column, text, makers[0], row["maker"] or row["runner_up"], right))
    return out


def keyword_search(text: str) -> bool:
    """The baseline: the name of a covered maker stands anywhere in the record, in any case."""
    return any(name in text.lower() for name in COVERED)


def verdicts_given(records: Iterable[Labelled]) -> list[tuple[float, bool]]:
    """Confidence and rightness of every verdict for a maker."""
    return [(record.verdict["confidence"], record.right) for record in records if record.verdict["maker"]]
