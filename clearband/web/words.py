"""Words for what a team says, and for the columns of tables."""

from __future__ import annotations

from typing import Final

STATE_WORDS: Final = {
    "open": ("open", "nobody has decided on it"),
    "proposed": ("proposed", "a decision waits for a second person"),
    "lapsed": ("lapsed", "a decision was in force: its day is over, or the record is another now"),
    "confirmed": ("confirmed", "somebody looked at it, and it is so"),
    "false-alarm": ("false alarm", "somebody looked at it, another approved: it is not what it seems"),
    "accepted-risk": ("accepted risk", "accepted until a day, and approved by another"),
    "replaced": ("replaced", "it is out"),
    "none-needed": ("none needed", "no measure held here forbids it to those asked for, on the day asked"),
}
"""States of findings (`clearband.workspace.view.STATES`): the word, and what it means."""

COLUMN_WORDS: Final = {
    "answer": "Answer",
    "state": "Decision",
    "directive": "Measure",
    "maker": "Maker",
    "model": "Model",
    "category": "Kind",
    "site": "Site",
    "region": "Region",
    "network": "Network",
    "purpose": "Purpose",
    "made_in": "Made in",
    "quantity": "Units",
    "confidence": "Surety",
    "record": "Record",
}

EFFECT_WORDS: Final = {
    "in-force": ("in force", "it counts for this run"),
    "proposed": ("proposed", "it waits for a second person, and does not count"),
    "refused": ("refused", "a second person said no"),
    "withdrawn": ("withdrawn", "it was taken back, or another took its place"),
    "ended": ("ended", "its last day is over, and it does not count"),
    "made-for-something-else": (
        "made for something else",
        "the record or its answer is another now, and it does not count",
    ),
}
"""Effects (`clearband.workspace.effect.EFFECTS`): the word, and what it means."""

FIELD_WORDS: Final = {
    "purpose": "Purpose",
    "made_in": "Country of production",
    "category": "Kind",
    "manufacturer": "Manufacturer",
    "model": "Model",
    "acquired_on": "Acquired on",
}
"""Questions that can be answered."""

MAPPED_WORDS: Final = {
    "macs": "MAC addresses",
    "serial": "serial number",
    "category": "kind of equipment",
    "made_in": "country of production",
    "vendor_model": "maker and model together",
    "sys_object_id": "SNMP object id (sysObjectID)",
    "sys_descr": "SNMP description (sysDescr)",
    "sys_name": "host name (sysName)",
    "fcc_id": "FCC ID",
    "cpe": "CPE",
    "purl": "package URL",
    "parent_id": "id of what it is part of",
    "hw_version": "hardware version",
    "ignore": "dropped",
}
"""Fields that columns are taken for, where the field's own name is no plain word."""
