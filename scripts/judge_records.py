"""Print the labelled records of a folder with their verdicts as JSON; weights may be given on standard input.

Usage: python scripts/judge_records.py ../shared/corpora < weights.json (``null`` for those of the repository)

A process for each set of weights, since identification reads them once. Used by ``learn_weights.py``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))


def main() -> None:
    """Read the weights, identify, print."""
    weights = json.load(sys.stdin)
    if weights is not None:
        from clearband.facts.evidence_weights import use_instead

        use_instead(weights)
    from labelled_records import Corpora, Labelled

    from clearband.identify.weights import PRIOR, RULES

    corpora = Corpora(Path(sys.argv[1]))

    def agrees(maker: str, record: Labelled) -> bool:
        return record.label.maker is not None and corpora.judge.same(maker, record.label.maker)

    def pieces(record: Labelled) -> list[tuple[str, str, bool]]:
        """Each rule that spoke for a maker, once, and whether it is the labelled one."""
        said: dict[tuple[str, str], None] = {
            (piece["rule_id"], piece["maker"]): None
            for piece in record.verdict["evidence"] or ()
            if piece["rule_id"]
        }
        return [(rule, maker, agrees(maker, record)) for rule, maker in said]

    records: list[dict[str, Any]] = [
        {
            "id": f"{record.source}/{record.label.record_id}",
            "maker": corpora.judge.family(record.label.maker),
            "verdict": record.verdict["maker"],
            "confidence": record.verdict["confidence"],
            "right": record.right,
            "pieces": pieces(record),
        }
        for record in (*corpora.records(), *corpora.inventories()[0])
    ]
    json.dump({"records": records, "rules": RULES, "prior": PRIOR}, sys.stdout)


if __name__ == "__main__":
    main()
