"""The document: components within each other, and an annotation for each finding with what it is about."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

import polars as pl

from clearband import __version__
from clearband.reports.cyclonedx.component import COLUMNS, component
from clearband.screening.boxes import has_parts, parents

if TYPE_CHECKING:
    from clearband.screening.findings import Findings
    from clearband.screening.result import Screening

NAME: Final = "bom.cdx.json"
_DEEPEST: Final = 60
"""Levels of components within components; readers of CycloneDX bound them."""
_AT_ONCE: Final = 20_000
_TOOL: Final = {"type": "application", "name": "clearband", "version": __version__}


def write_bom(screening: Screening, path: Path, created: str | None) -> None:
    """Write a run as CycloneDX 1.6.

    Args:
        screening: Of inventories in memory.
        path: The file.
        created: Time that annotations bear (RFC 3339); None takes the beginning of the day that was asked
            about, so that the same run gives the same bytes.
    """
    time = created or f"{screening.summary['asked']['on']}T00:00:00Z"
    refs = _refs(screening.equipment["record_id"])
    with path.open("w", encoding="utf-8", newline="\n") as out:
        head = {
            "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
            "bomFormat": "CycloneDX",
            "specVersion": "1.6",
            "version": 1,
            "metadata": {
                "tools": {"components": [_TOOL]},
                "properties": _asked(screening),
            },
        }
        out.write(_json(head)[:-1] + ',"components":[')
        _write_components(screening.equipment, refs, out)
        out.write('],"annotations":[')
        _write_all((_json(one) for one in _annotations(screening.findings, refs, time)), out)
        out.write("\n]}\n")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _asked(screening: Screening) -> list[dict[str, str]]:
    asked = screening.summary["asked"]
    said = {"clearband:asked:on": [asked["on"]]}
    said |= {f"clearband:asked:{kind}": list(asked.get(f"{kind}s") or ()) for kind in ("actor", "action")}
    return [{"name": name, "value": value} for name, values in said.items() for value in values]


def _refs(ids: pl.Series) -> list[str]:
    """Ids of records as references, which must differ."""
    taken: set[str] = set()
    refs = []
    for identifier in ids.to_list():
        ref, number = identifier, 1
        while ref in taken:
            number += 1
            ref = f"{identifier}#{number}"
        taken.add(ref)
        refs.append(ref)
    return refs


def _write_all(texts: Iterable[str], out: TextIO) -> None:
    for at, text in enumerate(texts):
        out.write(",\n" if at else "\n")
        out.write(text)


def _write_components(equipment: pl.DataFrame, refs: list[str], out: TextIO) -> None:
    columns = [name for name in COLUMNS if name in equipment.columns]
    rows = equipment.select(columns)
    if not has_parts(equipment):
        each = (row for start in range(0, rows.height, _AT_ONCE) for row in _dicts(rows, start))
        _write_all((_json(component(row, refs[at], None)) for at, row in enumerate(each)), out)
        return
    edges = parents(equipment).unique("part", keep="first", maintain_order=True)
    parts: dict[int, list[int]] = defaultdict(list)
    for part, box in edges.sort("part").iter_rows():
        parts[box].append(part)
    inside = set(edges["part"].to_list())
    left = set(range(rows.height))

    def text(at: int, depth: int, part_of: str | None) -> str:
        left.discard(at)
        own = _json(component(rows.row(at, named=True), refs[at], part_of))
        within = [part for part in parts[at] if part in left] if depth < _DEEPEST else []
        nested = [text(part, depth + 1, None) for part in within if part in left]
        return own if not nested else f'{own[:-1]},"components":[{",".join(nested)}]}}'

    def roots() -> Iterator[str]:
        stated = equipment["parent_id"]
        for at in range(rows.height):
            if at not in inside:
                yield text(at, 1, stated[at])
        # What lies in a circle, or too deep to be nested.
        for at in range(rows.height):
            if at in left:
                yield text(at, 1, stated[at])

    _write_all(roots(), out)


def _dicts(rows: pl.DataFrame, start: int) -> Iterator[dict[str, Any]]:
    return rows.slice(start, _AT_ONCE).iter_rows(named=True)


def _annotations(findings: Findings, refs: list[str], time: str) -> Iterator[dict[str, Any]]:
    """One for each finding, with all components that it is about."""
    about = findings.records.with_row_index("row").group_by("combo").agg("row")
    rows_of: dict[int, list[int]] = dict(about.iter_rows())
    for finding in findings.law.iter_rows(named=True):
        rows = rows_of.get(finding["combo"])
        if rows:
            yield {
                "subjects": [refs[row] for row in rows],
                "annotator": {"component": _TOOL},
                "timestamp": time,
                "text": _words(finding),
            }


def _words(finding: dict[str, Any]) -> str:
    title = finding["directive_title"] or finding["directive"]
    name = " ".join(filter(None, (finding["directive"], finding["clause"])))
    since = " ".join(filter(None, (finding["event"], finding["event_date"])))
    lines = [f"{finding['answer']}: {title} ({name})"]
    for heading, said in (
        ("Clause", finding["cite"]),
        ("For", ", ".join(finding["actors"] or ())),
        ("Actions", ", ".join(finding["actions"] or ())),
        ("Date", since),
        ("Control", finding["control"]),
        ("Ground", finding["ground"]),
        ("Question", finding["question"]),
    ):
        if said:
            lines.append(f"{heading}: {said}")
    lines += [f"Duty: {duty}" for duty in finding["duties"] or ()]
    if not finding["verified"]:
        lines.append("Not verified: the facts were not read in their source.")
    return "\n".join(lines)
