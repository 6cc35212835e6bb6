"""Evidence, mentions and the verdict on who made a piece of equipment."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import polars as pl


class MakerStatus(StrEnum):
    """How far the maker of a record is known."""

    IDENTIFIED = "identified"
    """The maker is an organisation of the register."""
    NAMED = "named"
    """A maker is stated or registered for an identifier, but the register does not know it: nobody has
    checked who owns it or makes for it."""
    UNIDENTIFIED = "unidentified"
    """The signals do not tell."""


EVIDENCE: Final = pl.List(
    pl.Struct(
        {
            "signal": pl.String,
            "value": pl.String,
            "rule": pl.String,
            "maker": pl.String,
            "weight": pl.Float64,
            "source": pl.String,
            "note": pl.String,
            "rule_id": pl.String,
        }
    )
)
"""What speaks for (weight above 0) or against (below 0) a maker: the signal's column, the text or number
seen, the rule it met, the register id or slug, the weight in nats (log-likelihood ratio), the fact's source,
and the kind of rule by its name in ``facts/evidence_weights.yaml``, which says how often it was right."""

MENTIONS: Final = pl.List(
    pl.Struct({"signal": pl.String, "text": pl.String, "maker": pl.String, "why": pl.String})
)
"""A maker named where a name is no evidence: notes, neighbours, owners, "replacement for …"."""

VERDICT_SCHEMA: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "record_id": pl.String,
    "maker": pl.String,
    "maker_name": pl.String,
    "maker_status": pl.String,
    "brand": pl.String,
    "category": pl.String,
    "category_basis": pl.String,
    "confidence": pl.Float64,
    "evidence": EVIDENCE,
    "runner_up": pl.String,
    "runner_up_confidence": pl.Float64,
    "contradiction": pl.Boolean,
    "mentions": MENTIONS,
    "would_help": pl.String,
}
"""One row a record. ``maker`` is a register id, or a slug of the stated name when ``maker_status`` is
``named``, or null. ``brand`` is the name on the box where it differs from the maker. ``category`` is an id of
``facts/equipment.yaml`` and ``category_basis`` says ``stated``, ``model``, ``description`` … ``would_help``
names the signal that would help most."""
