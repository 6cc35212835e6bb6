"""Prepare what pages ask of a run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from clearband.errors import DefectError
from clearband.folders import FolderKind, whole_folder
from clearband.model.finding import PRECEDENCE
from clearband.screening.findings import LAW_COLUMNS
from clearband.workspace.view.coded import GAP, Coded, Codes, coded, narrowed, write_words
from clearband.workspace.view.coordinates import PLACE, coordinates
from clearband.workspace.view.folded import folded
from clearband.workspace.view.names import EQUIPMENT, OF_CLAUSE, OF_RECORD, SEARCHED

FORM: Final = 4
"""Counts the forms of this folder; another one is made anew from the run."""
PRECEDENCE_OF: Final = {answer.value: rank for answer, rank in PRECEDENCE.items()}
_AT_ONCE: Final = 200_000
_ROWS_OF_A_PART: Final = 2_048
_KEYS: Final = ("record_id", "source")
_PER_RECORD: Final = ("record_id", "source", "serial", "quantity", "confidence")


def _kind(out: Path) -> FolderKind:
    def is_view(folder: Path) -> bool:
        return (folder / "view.json").is_file()

    # Whatever form it is of, all that it holds can be made from the run again.
    held = [one.name for one in out.iterdir()] if is_view(out) else []
    return FolderKind("view", held, is_view)


def write_view(run_folder: Path, identities: pl.DataFrame, out: Path) -> None:
    """Write the view of a run, whole or not at all.

    Args:
        run_folder: As ``clearband screen --out`` writes it.
        identities: ``identity`` and ``fingerprint`` of each record, in the order of ``equipment.parquet``.
        out: The folder of the view.

    Raises:
        OutputError: It cannot be written.
    """
    equipment = _equipment(run_folder)
    findings = pl.scan_parquet(run_folder / "findings.parquet", glob=False)
    of_findings = _records_of(findings.select(*_KEYS).collect(), equipment)
    law, of_law = _law(findings, len(of_findings))
    with whole_folder(out, _kind(out)) as folder:
        records = {name: _coded(equipment, name, column) for name, column in OF_RECORD.items()}
        for name, column in records.items():
            _write_coded(folder, f"record-{name}", column)
        for name in SEARCHED:
            words = records[name].words if name in records else equipment[name]
            write_words(folded(words), folder / f"folded-{name}.arrow")
        clauses = {name: coded(law[name], PRECEDENCE_OF if name == "answer" else None) for name in OF_CLAUSE}
        for name, column in clauses.items():
            _write_coded(folder, f"clause-{name}", column)
        _write_in_small_parts(run_folder / EQUIPMENT, folder / EQUIPMENT)
        law.write_ipc(folder / "law.arrow", compression="uncompressed")
        _write_records(folder, equipment, identities)
        _write(folder, "finding-record", narrowed(of_findings, equipment.height))
        _write(folder, "finding-law", narrowed(of_law, law.height))
        _write_pairs(folder, clauses["directive"].codes[of_law], of_findings)
        first = np.searchsorted(of_findings, np.arange(equipment.height + 1))
        _write(folder, "record-first", first.astype(np.uint32))
        _write_orders(folder, equipment, records, clauses, of_findings, of_law)
        said = {
            "form": FORM,
            "records": equipment.height,
            "findings": len(of_findings),
            "clauses": law.height,
        }
        (folder / "view.json").write_text(json.dumps(said), encoding="utf-8")


def _equipment(run_folder: Path) -> pl.DataFrame:
    scan = pl.scan_parquet(run_folder / EQUIPMENT, glob=False)
    places = coordinates(scan.collect_schema())
    return scan.select(*dict.fromkeys((*_PER_RECORD, *OF_RECORD.values())), **places).collect()


def _records_of(findings: pl.DataFrame, equipment: pl.DataFrame) -> Codes:
    """The row of the record of each finding; findings stand in the order of records, which all have one."""
    begins = pl.any_horizontal(*(pl.col(key).ne_missing(pl.col(key).shift()) for key in _KEYS))
    numbers = findings.select(row=begins.fill_null(value=True).cum_sum() - 1)["row"]
    if (0 if findings.is_empty() else numbers[-1] + 1) != equipment.height:
        raise DefectError("findings of the run do not follow the order of its records")
    return numbers.to_numpy().astype(np.int64)


def _law(findings: pl.LazyFrame, size: int) -> tuple[pl.DataFrame, Codes]:
    """What the law says, each thing once; and which of it each finding is. Written out it is large, so that
    findings are read a slice at a time, twice."""
    slices = [findings.select(*LAW_COLUMNS).slice(start, _AT_ONCE) for start in range(0, size, _AT_ONCE)]
    once = [one.unique(maintain_order=True).collect() for one in slices]
    distinct = (
        pl.concat(once).unique(maintain_order=True) if once else findings.select(*LAW_COLUMNS).collect()
    )
    by_number = distinct.with_row_index("number").lazy()
    numbers = [
        one.join(by_number, on=LAW_COLUMNS, how="left", nulls_equal=True, maintain_order="left")
        .select("number")
        .collect()["number"]
        .to_numpy()
        for one in slices
    ]
    return distinct, np.concatenate([np.zeros(0, dtype=np.uint32), *numbers])


def _coded(equipment: pl.DataFrame, name: str, column: str) -> Coded:
    return coded(equipment[column], PRECEDENCE_OF if name == "record_answer" else None)


def _write_records(folder: Path, equipment: pl.DataFrame, identities: pl.DataFrame) -> None:
    texts = equipment.select("record_id", "source", "serial").with_columns(identities)
    texts.write_ipc(folder / "records.arrow", compression="uncompressed")
    # Not a number: what the input says could not be read.
    _write(folder, "record-quantity", equipment["quantity"].cast(pl.Float64).to_numpy())
    _write(folder, "record-confidence", equipment["confidence"].cast(pl.Float32).to_numpy())
    for name in PLACE:
        if name in equipment.columns:
            _write(folder, f"record-{name}", equipment[name].to_numpy())


def _write_pairs(folder: Path, directives: Codes, of_findings: Codes) -> None:
    """Each measure that speaks of a record once, however many of its clauses do."""
    width = int(directives.max(initial=0)) + 1
    pairs = np.unique(of_findings * width + directives)
    _write(folder, "measure-record", narrowed(pairs // width, len(of_findings)))
    _write(folder, "measure-directive", narrowed(pairs % width, width))


def _write_orders(
    folder: Path,
    equipment: pl.DataFrame,
    records: dict[str, Coded],
    clauses: dict[str, Coded],
    of_findings: Codes,
    of_law: Codes,
) -> None:
    by_record = {
        "maker": _rank(records["maker_name"].codes),
        "model": _rank(records["model"].codes),
        "category": _rank(records["category"].codes),
        "site": _rank(records["site"].codes),
        # The most and the surest first, as the strictest answer comes first.
        "quantity": -equipment["quantity"].fill_null(0).to_numpy(),
        "confidence": -equipment["confidence"].fill_null(-1.0).to_numpy(),
    }
    answer = _rank(clauses["answer"].codes)[of_law]
    for name, keys in by_record.items():
        _write(folder, f"order-{name}", _order(keys[of_findings], answer))
        _write(folder, f"record-order-{name}", _order(keys, _rank(records["record_answer"].codes)))
    _write(folder, "order-answer", _order(answer))
    _write(folder, "order-directive", _order(_rank(clauses["directive"].codes)[of_law], answer))
    _write(folder, "record-order-answer", _order(_rank(records["record_answer"].codes)))


def _rank(codes: Codes) -> Codes:
    """Codes with gaps behind all words."""
    return np.where(codes == GAP, np.iinfo(np.uint32).max, codes).astype(np.uint32)


def _order(*keys: Codes) -> Codes:
    """Rows sorted by the first key, then by the next, then as they stand."""
    return np.lexsort(keys[::-1]).astype(np.uint32)


def _write_in_small_parts(whole: Path, parts: Path) -> None:
    equipment = pl.scan_parquet(whole, glob=False)
    equipment.sink_parquet(parts, row_group_size=_ROWS_OF_A_PART, maintain_order=True, compression="lz4")


def _write_coded(folder: Path, name: str, column: Coded) -> None:
    _write(folder, name, column.codes)
    write_words(column.words, folder / f"{name}.arrow")


def _write(folder: Path, name: str, numbers: Codes) -> None:
    np.save(folder / f"{name}.npy", np.ascontiguousarray(numbers), allow_pickle=False)
