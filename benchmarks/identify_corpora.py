"""Identification of the labelled device records: what the acceptance list asks, source by source.

    .venv/bin/python benchmarks/identify_corpora.py ../shared/corpora [--misses] [--source recog]

Beside each source stands the baseline: a search for the five covered names in all text of a record.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
from calibration import calibration_error, reliability
from labelled_records import Corpora, Labelled, keyword_search, names_and_traps, verdicts_given


def figures(name: str, records: Sequence[Labelled]) -> dict[str, Any]:
    """The figures of one source; None where there is nothing to divide by."""
    covered = [r for r in records if r.label.covered]
    called = [r for r in records if r.covered_verdict]
    strong = [r for r in covered if r.strong]
    knowable = [r for r in records if r.label.maker is not None]
    searched = [r for r in records if keyword_search(r.text)]
    return {
        "source": name,
        "records": len(records),
        "covered": len(covered),
        "precision": _share(r.label.covered for r in called),
        "recall": _share(r.covered_verdict for r in covered),
        "recall_strong": _share(r.covered_verdict for r in strong),
        "accuracy": _share(r.right for r in knowable),
        "wrong": sum(not r.right for r in knowable if r.verdict["maker"]),
        "named": sum(r.label.maker is None and r.verdict["maker"] is not None for r in records),
        "false_covered": sum(r.label.maker is None and r.covered_verdict for r in records),
        "ece": calibration_error(verdicts_given(records)),
        "search_precision": _share(r.label.covered for r in searched),
        "search_recall": _share(keyword_search(r.text) for r in covered),
    }


def _share(values: Any) -> float | None:
    listed = [bool(value) for value in values]
    return sum(listed) / len(listed) if listed else None


def print_table(rows: Sequence[dict[str, Any]]) -> None:
    """A table as wide as it needs."""
    with pl.Config(
        tbl_rows=60,
        tbl_cols=20,
        tbl_width_chars=220,
        float_precision=3,
        tbl_hide_dataframe_shape=True,
        tbl_hide_column_data_types=True,
    ):
        print(pl.DataFrame(rows, infer_schema_length=None))


def print_sources(records: Sequence[Labelled]) -> None:
    """The figures by source and of all."""
    sources = sorted({r.source for r in records})
    print_table(
        [figures(s, [r for r in records if r.source == s]) for s in sources] + [figures("all", records)]
    )


def print_reliability(records: Sequence[Labelled]) -> None:
    """How often verdicts of each confidence are right."""
    print(
        "\nReliability (the weights were learned from these records; for the honest figure see make weights)"
    )
    for bin_ in reliability(verdicts_given(records)):
        print(f"  {bin_.low:.1f}  {bin_.count:>5}  said {bin_.confidence:.3f}  right {bin_.right:.3f}")


def print_hard_rows(records: Sequence[Labelled]) -> None:
    """The rows of the inventories by what makes them hard."""
    print("\nInventories by what makes a row hard (right: the maker, or nobody where nothing tells)")
    hard: dict[str, list[bool]] = {}
    for record in records:
        none = record.label.maker is None and record.verdict["maker"] is None
        hard.setdefault(record.why, []).append(record.right or none)
    for why, right in sorted(hard.items(), key=lambda item: -len(item[1])):
        print(f"  {sum(right):>4} of {len(right):>4}  {why}")


def print_names(corpora: Corpora) -> None:
    """Look-alike names, traps and aliases of the facts beside the corpora."""
    facts = corpora.folder.parent / "facts" / "manufacturers.yaml"
    if not facts.is_file():
        print(f"\nno {facts.name} beside the corpora: look-alikes, traps and aliases are not measured")
        return
    named = names_and_traps(facts, corpora.register)
    print("\nNames of the facts (look-alikes and traps must not be matched, aliases must)")
    for what, count in Counter(one.what for one in named).items():
        wrong = [one for one in named if one.what == what and not one.right]
        print(f"  {what:<16} {count - len(wrong):>4} of {count:>4}")
        for one in wrong:
            print(f"      {one.column}: {one.text} -> {one.verdict}")


def mistakes(records: Sequence[Labelled], corpora: Corpora) -> list[str]:
    """A line each."""
    lines = []
    for record in records:
        verdict, label = record.verdict, record.label
        kind = corpora.judge.mistake(verdict["maker"], label)
        if kind is not None and not (label.covered and record.covered_verdict):
            next_ = f"next {verdict['runner_up']} {verdict['confidence']}"
            lines.append(f"{kind} | {label.record_id} | {label.maker} | got {verdict['maker']} | {next_}")
    return lines


def main() -> None:
    """Print the tables, and each mistake where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--source", help="only collections whose name holds this word")
    parser.add_argument("--misses", action="store_true", help="each record that is judged wrong")
    options = parser.parse_args()
    if not options.corpora.is_dir():
        print(f"{options.corpora}: the labelled records are not here; identification is not measured")
        return
    corpora = Corpora(options.corpora)
    records = corpora.records(options.source)
    print_sources(records)
    if options.misses:
        print("\n".join(mistakes(records, corpora)))
    if options.source:
        return
    print_reliability(records)
    rows, unread = corpora.inventories()
    print("\nInventories")
    print_sources(rows)
    for line in unread:
        print(f"  not read: {line}")
    if options.misses:
        print("\n".join(mistakes(rows, corpora)))
    print_hard_rows(rows)
    print_names(corpora)


if __name__ == "__main__":
    main()
