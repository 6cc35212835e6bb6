"""What a view holds: columns of records, columns of clauses, and what can be asked by them."""

from __future__ import annotations

from typing import Final

OF_RECORD: Final = {
    "record_answer": "answer",
    "maker": "maker",
    "maker_name": "maker_name",
    "brand": "brand",
    "model": "model",
    "category": "category",
    "site": "site",
    "region": "region",
    "network": "network",
    "purpose": "purpose",
    "made_in": "made_in",
}
"""Coded columns of records: name in the view to name in ``equipment.parquet``."""

OF_CLAUSE: Final = ("answer", "directive", "clause")
"""Coded columns of what the law says."""

STATES: Final = (
    "open", "proposed", "lapsed", "confirmed", "false-alarm", "accepted-risk", "replaced", "none-needed",
)  # fmt: skip
"""Where a finding stands with the team, what waits for somebody first. ``lapsed``: a decision was in force
and counts no longer, since its day is over or the record is another now. ``none-needed``: no measure held
here forbids it to those asked for, which is no clearance."""
OPEN: Final = ("open", "proposed", "lapsed")
"""States in which a finding waits for somebody."""
SETTLED_BY_LAW: Final = ("not-covered", "exempt")
"""Answers that need no decision."""

FACETS: Final = (
    "answer", "state", "directive", "maker", "category", "site", "region", "network", "purpose", "made_in",
)  # fmt: skip
"""What a table can be filtered by, each by one or several of its values."""

SORTS: Final = (
    "answer",
    "directive",
    "maker",
    "model",
    "category",
    "site",
    "quantity",
    "confidence",
    "record",
)
"""What a table can be sorted by; ``record`` is the order of the input."""

SEARCHED: Final = ("record_id", "model", "brand", "maker_name", "site", "serial")
"""Where free text is looked for."""
SEARCHED_TEXTS: Final = ("record_id", "serial")
"""Those of them that each record has its own of."""

NONE: Final = ""
"""The value that stands for a column's gaps in a filter."""

EQUIPMENT: Final = "equipment.parquet"
"""In a view: the table of the run in small parts, so that one record is quickly read."""
