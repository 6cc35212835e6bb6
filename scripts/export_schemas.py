"""Export the JSON Schema of every kind of fact file from its Pydantic model.

Usage: python scripts/export_schemas.py [--check]

Writes ``clearband/facts/schemas/NAME.schema.json`` for each kind of ``clearband.facts.kinds.KINDS``; other
schemas of that folder (results, not facts) are written by hand and left alone. With ``--check`` nothing is
written, and the exit status is 1 when a file differs.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Final

from clearband.facts.compile import model_of
from clearband.facts.kinds import KINDS, Kind
from clearband.listing.authority import KIND as AUTHORITY
from clearband.planning.answers.relaxation import KIND as RELAXATION
from clearband.planning.answers.scenario import KIND as SCENARIO
from clearband.planning.network.settings import KIND as NETWORK

FOLDER: Final = Path(__file__).resolve().parent.parent / "clearband" / "facts" / "schemas"


def schema_text(kind: Kind) -> str:
    """The JSON Schema (2020-12) of one kind of file, as it is committed."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"https://clearband.dev/schema/facts/{kind.name}.schema.json",
        **model_of(kind).model_json_schema(by_alias=True),
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


EXTRA: Final = (
    Kind("listing-event", "log.jsonl", "clearband.listing.event_form:EventForm"),
    Kind("assessment", "*.json", "clearband.assess.form:AssessmentForm"),
    AUTHORITY,
    Kind("data-costs", "*.json", "clearband.facts.schema.costs:CostsPrinted"),
    Kind("data-programmes", "*.json", "clearband.facts.schema.programmes:ProgrammesPrinted"),
    Kind("data-market", "*.json", "clearband.facts.schema.market:MarketPrinted"),
    Kind("impact", "impact.json", "clearband.impact.form:ImpactTold"),
    Kind("evidence-manifest", "manifest.json", "clearband.reports.filings.evidence.manifest:Manifest"),
    Kind("filing", "*.json", "clearband.reports.filings.form:Filing"),
    NETWORK,
    RELAXATION,
    SCENARIO,
)
"""Files that are no facts and have a published form all the same."""
ALL: Final = (*KINDS, *EXTRA)


def outdated() -> list[Path]:
    """Schema files that are missing or differ from their model."""
    wrong = []
    for kind in ALL:
        path = FOLDER / f"{kind.name}.schema.json"
        if not path.is_file() or path.read_text(encoding="utf-8") != schema_text(kind):
            wrong.append(path)
    return wrong


def main(arguments: list[str]) -> int:
    """Write the schemas, or with ``--check`` only compare them."""
    wrong = outdated()
    if arguments == ["--check"]:
        for path in wrong:
            print(f"{path.name} is not what the model says; run make schemas")
        return 1 if wrong else 0
    FOLDER.mkdir(exist_ok=True)
    for kind in ALL:
        (FOLDER / f"{kind.name}.schema.json").write_text(schema_text(kind), encoding="utf-8")
    print(f"{len(wrong)} of {len(ALL)} schemas changed in {FOLDER.name}/")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
