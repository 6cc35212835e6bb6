"""What is spoken of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """A record as a run has it, made by the server from the run, never taken from a request.

    Attributes:
        inventory_id: Whose record it is.
        identity: Stays from run to run; see `clearband.workspace.identity`.
        record_id: How the record is called in that run.
        fingerprint: What it is and what it is judged, as a hash.
        answer: Of the screening: on the clause that is spoken of, or on the record as a whole.
        run_id: Where that stands.
    """

    inventory_id: str
    identity: str
    record_id: str
    fingerprint: str
    answer: str
    run_id: str

    def of_record(self) -> dict[str, str]:
        """The columns that name the record."""
        return {
            "inventory_id": self.inventory_id,
            "identity": self.identity,
            "record_id": self.record_id,
        }
