"""From a recording to a table of equipment: the device, and the parts in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import Final

from clearband.errors import InputError
from clearband.snmp.device import device_records
from clearband.sources.json_records import records_table
from clearband.sources.options import ReadOptions
from clearband.sources.raw_table import RawTable
from clearband.sources.snmp.snmprec import read_snmprec
from clearband.sources.snmp.snmpwalk import read_snmpwalk

_ENDINGS: Final = frozenset({".snmprec", ".snmpwalk", ".walk", ".txt", ".log", ".out"})


def read_recording(kind: str, utf8: bytes, file: str, options: ReadOptions) -> RawTable:
    """Read what one device answered.

    Args:
        kind: One of `SNMP_FORMATS`.
        utf8: The file's text.
        file: Its name, by which the device is called, without its ending.

    Raises:
        InputError: It says nothing of a device, holds several, or exceeds a limit.
    """
    recording = (read_snmprec if kind == "snmprec" else read_snmpwalk)(utf8, file)
    if not recording.walk.values:
        raise InputError(
            "the walk holds nothing that tells a device: no system group, no ENTITY-MIB",
            where=file,
            remedy="walk from 1.3.6.1.2.1, and 1.0.8802 for its neighbours",
        )
    path = PurePath(file)
    name = file.removesuffix(path.suffix) if path.suffix.lower() in _ENDINGS else file
    records = device_records(recording.walk, name)
    table = records_table(enumerate(records, start=1), file, kind, options)
    return replace(table, warnings=recording.warnings())
