"""What the law costs: the same screening with 60 directives for 5 actors, and with none.

Usage: python benchmarks/evaluate_law.py [--rows 10000000] [--slice 1000000]

The inventory is screened a slice at a time, each slice once with every directive and once without any, in
turns, so that neither side profits from what the other has warmed. Reading the files is not counted, so the
share shown is higher than that of a whole run. What is missing to 60 are policies made here, which name
makers that own most rows.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from clearband.directives.directive_files import read_own
from clearband.directives.law import Law, law_of
from clearband.directives.question import Questions
from clearband.facts.store import compiled
from clearband.register import load_register
from clearband.screening.screen import screen
from clearband.screening.settings import Settings
from clearband.sources import Inventory, read_inventory

GENERATOR = str(Path(__file__).parent / "generate_inventory.py")
DIRECTIVES = 60
ACTORS = (
    "federal-agency",
    "federal-contractor",
    "usf-recipient",
    "advanced-communications-provider",
    "public-telecom-provider-uk",
)
NAMED = ("cisco", "nokia", "juniper", "ericsson", "calix", "mikrotik", "axis", "fortinet")
POLICY = """\
id: bench-policy-{number}
title: Policy {number}
jurisdiction: US
issuer: nobody
citation: policy {number}
kind: policy
force: binding
timeline:
  - {{date: 2026-01-0{number}, event: effective}}
clauses:
  - id: use
    cite: s. {number}
    effect: prohibits
    says: equipment of {maker} is not bought or used
    actors: [{actors}]
    actions: [procure, use]
    makers: {{named: [{{org: {maker}, reach: [subsidiaries]}}]}}
    equipment: [{equipment}]
    from: effective 2026-01-0{number}
    exceptions:
      - {{id: waiver, text: a waiver, when: {{approvals: [agency-waiver]}}}}
"""
CLASSES = ("telecom",) * 6 + ("video-surveillance", "telecom")


def law_of_sixty(folder: Path) -> Law:
    """The packaged law, and policies up to the number wanted."""
    measures = compiled().read("directives")
    missing = list(zip(NAMED, CLASSES, strict=True))[: DIRECTIVES - len(measures)]
    for number, (maker, equipment) in enumerate(missing, start=1):
        text = POLICY.format(number=number, maker=maker, actors=", ".join(ACTORS), equipment=equipment)
        (folder / f"{number}.yaml").write_text(text, encoding="utf-8")
    own = [file.raw for file in read_own([folder], compiled(), load_register())]
    law = law_of(compiled(), own)
    if len(law.measures) != DIRECTIVES:
        sys.exit(f"{len(measures)} packaged and {len(own)} own measures are not {DIRECTIVES}")
    return law


def slices(rows: int, size: int, folder: Path) -> Iterator[Inventory]:
    """Inventories of so many rows, each of other rows than the ones before."""
    path = folder / "inventory.csv"
    for seed, start in enumerate(range(0, rows, size), start=1):
        wanted = str(min(size, rows - start))
        subprocess.run(
            [sys.executable, GENERATOR, str(path), "--rows", wanted, "--seed", str(seed)], check=True
        )
        yield read_inventory([str(path)])


def main() -> None:
    """Print both times, their ratio, and the figures as JSON."""
    parser = argparse.ArgumentParser(description="Screen with 60 directives for 5 actors, and with none")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--slice", type=int, default=1_000_000)
    options = parser.parse_args()
    register = load_register()
    spent = {"without": 0.0, "with": 0.0}
    prohibited = 0
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "own").mkdir()
        law = law_of_sixty(Path(name) / "own")
        none = replace(law, limbs=(), measures={})
        questions = Questions.default_for_inventory(law, date(2026, 11, 1), actors=ACTORS)
        # Once, uncounted: what every process pays on its first record.
        warm = next(slices(10_000, 10_000, Path(name)))
        for one in (none, law):
            screen(warm, Settings(questions), register, one)
        for number, inventory in enumerate(slices(options.rows, options.slice, Path(name))):
            for key in ("without", "with") if number % 2 else ("with", "without"):
                began = time.perf_counter()
                result = screen(inventory, Settings(questions), register, law if key == "with" else none)
                spent[key] += time.perf_counter() - began
                if key == "with":
                    answers = {row["answer"]: row["records"] for row in result.summary["answers"]}
                    prohibited += answers.get("prohibited", 0)
    ratio = spent["with"] / spent["without"]
    print(f"{options.rows:,} records, {len(law.measures)} directives, {len(ACTORS)} actors")
    print(f"without evaluation  {spent['without']:8.1f} s")
    print(f"with evaluation     {spent['with']:8.1f} s   ({prohibited:,} records prohibited)")
    print(f"evaluation adds {100 * (ratio - 1):.1f} %")
    print(json.dumps({"benchmark": "evaluate_law", "rows": options.rows, **spent, "ratio": ratio}))


if __name__ == "__main__":
    main()
