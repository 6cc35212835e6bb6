"""Learn the weights of evidence from labelled records, and say how far the confidences are shares.

    .venv/bin/python scripts/learn_weights.py ../shared/corpora [--dry]

Writes ``clearband/facts/evidence_weights.yaml`` and ``docs/reliability.svg``. For each rule it counts in how
many records it spoke for the labelled maker (or one of its house) and for another, and mixes the share with
the judgement of ``clearband/identify/weights.py``, which counts as `PRIOR_STRENGTH` records (a Beta prior).
Whether a maker is covered plays no part. The corpora are cleaner than what people type; so no rule may weigh
more than its most, however often it was right.

The measure is by cross-validation: the weights are learned without a fifth of the records, once with the
records dealt out one by one, once maker by maker, and judged on that fifth.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

from calibration import calibration_error, reliability  # noqa: E402
from reliability_diagram import diagram  # noqa: E402

TARGET: Final = ROOT / "clearband" / "facts" / "evidence_weights.yaml"
DIAGRAM: Final = ROOT / "docs" / "reliability.svg"
PRIOR_STRENGTH: Final = 20.0
FOLDS: Final = 5
STRONG: Final = 5.0
"""Judged nats from which a rule may reach a verdict alone."""
MOST_STRONG: Final = 7.4
"""Most nats of such a rule: 0.97 alone."""
MOST_HINT: Final = 4.8
"""Most nats of any other: 0.71, below the threshold of a verdict."""
RAISED_HINT: Final = 1.0
"""A hint gains at most so many nats over its judgement: the labels are of makers that were looked at."""

NOT_LEARNED: Final = frozenset(
    {"enterprise-unknown", "mac-unknown", "mac-unknown-mixed", "model-split", "stated-unknown"}
)
"""Rules for makers that the register does not know stay as judged. The register was extended by makers met in
these collections; what it still does not know there are the odd cases, no fair sample of other equipment."""

Judged = dict[str, Any]
"""One record as `judge_records.py` gives it: ``id``, ``maker``, ``verdict``, ``confidence``, ``right``,
``pieces``."""


def most_of(judged: float) -> float:
    """The most that a rule may weigh."""
    return MOST_STRONG if judged >= STRONG else min(max(MOST_HINT, judged), judged + RAISED_HINT)


def learn(records: Sequence[Judged], rules: dict[str, float], prior: float) -> dict[str, dict[str, float]]:
    """The weight of every rule.

    Args:
        records: With the rules that spoke in each.
        rules: Judged nats by name.
        prior: Log-odds of a maker before any signal.
    """
    right, wrong = Counter[str](), Counter[str]()
    for record in records:
        for rule, _, agrees in record["pieces"]:
            (right if agrees else wrong)[rule] += 1
    learned = {}
    for name, judged in sorted(rules.items()):
        share = 1 / (1 + math.exp(-(prior + judged)))
        for_, against = right[name] + PRIOR_STRENGTH * share, wrong[name] + PRIOR_STRENGTH * (1 - share)
        nats = min(max(math.log(for_ / against) - prior, 0.0), most_of(judged))
        learned[name] = {
            "nats": judged if name in NOT_LEARNED else round(nats, 2),
            "judged": judged,
            "most": most_of(judged),
            "right": right[name],
            "wrong": wrong[name],
        }
    return learned


def judge(folder: Path, weights: dict[str, Any] | None = None) -> dict[str, Any]:
    """All labelled records with their verdicts, under some weights (default: those of the repository).

    In a process of its own, since the weights are read once.
    """
    done = subprocess.run(  # noqa: S603  # our own script
        [sys.executable, str(ROOT / "scripts" / "judge_records.py"), str(folder)],
        input=json.dumps(weights),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    judged: dict[str, Any] = json.loads(done.stdout)
    return judged


def pairs(records: Sequence[Judged]) -> list[tuple[float, bool]]:
    """Confidence and rightness of every verdict for a maker."""
    return [(record["confidence"], record["right"]) for record in records if record["verdict"]]


def cross_validated(
    folder: Path, seen: dict[str, Any], fold_of: Callable[[Judged], int]
) -> list[tuple[float, bool]]:
    """Confidence and rightness of every record's verdict, by what was learned without its fold."""
    out: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        rest = [record for record in seen["records"] if fold_of(record) != fold]
        rules = learn(rest, seen["rules"], seen["prior"])
        verdicts = judge(folder, {"rules": rules})["records"]
        out += pairs([record for record in verdicts if fold_of(record) == fold])
    return out


def _fold(text: str) -> int:
    """One of the folds, the same each time."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") % FOLDS


def by_record(record: Judged) -> int:
    """The fold when records are dealt out one by one."""
    return _fold(record["id"])


def by_maker(record: Judged) -> int:
    """The fold when makers are: no maker is judged by what was learned from its own devices."""
    return _fold(record["maker"] or record["id"])


def file_text(content: dict[str, Any]) -> str:
    """The fact file."""
    body = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=110, default_flow_style=None)
    return (
        "# yaml-language-server: $schema=schemas/evidence_weights.schema.json\n"
        "# Written by scripts/learn_weights.py (make weights); do not edit. The judgements stand in\n"
        f"# clearband/identify/weights.py.\n{body}"
    )


def sources(folder: Path, records: Sequence[Judged]) -> list[dict[str, Any]]:
    """The files that the labels of the records are from, by content."""
    read = {record["id"].partition("/")[0].partition(".")[0] for record in records}
    every = [*folder.glob("*.jsonl"), *folder.glob("inventories/*.truth.csv")]
    files = sorted(path for path in every if path.name.partition(".")[0] in read)
    return [
        {
            "name": path.relative_to(folder).as_posix(),
            "records": len(path.read_bytes().splitlines()) - path.name.endswith(".csv"),
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for path in files
    ]


def main() -> None:
    """Learn, measure, write, print."""
    parser = argparse.ArgumentParser(description="Learn the weights of evidence from labelled records")
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--dry", action="store_true", help="print only")
    options = parser.parse_args()
    if not options.corpora.is_dir():
        print(f"{options.corpora}: the labelled records are not here; nothing is learned")
        return
    seen = judge(options.corpora)
    rules = learn(seen["records"], seen["rules"], seen["prior"])
    measured = {
        "one by one": cross_validated(options.corpora, seen, by_record),
        "maker by maker": cross_validated(options.corpora, seen, by_maker),
    }
    content = {
        "learned": date.today().isoformat(),  # noqa: DTZ011 - a calendar day
        "script": "scripts/learn_weights.py",
        "prior_strength": PRIOR_STRENGTH,
        "sources": sources(options.corpora, seen["records"]),
        "calibration_error": {
            name.replace(" ", "_"): round(calibration_error(verdicts), 4)
            for name, verdicts in measured.items()
        },
        "rules": rules,
    }
    for name, rule in rules.items():
        print(f"{name:<26}{rule['judged']:>6.1f} {rule['nats']:>6.2f}{rule['right']:>7}{rule['wrong']:>6}")
    for name, verdicts in measured.items():
        print(f"{name}: error {calibration_error(verdicts):.4f} of {len(verdicts):,} verdicts")
        for bin_ in reliability(verdicts):
            print(f"  {bin_.low:.1f} {bin_.count:>6,}  told {bin_.confidence:.3f}  right {bin_.right:.3f}")
    if not options.dry:
        TARGET.write_text(file_text(content), encoding="utf-8")
        DIAGRAM.write_text(diagram(measured), encoding="utf-8")


if __name__ == "__main__":
    main()
