"""What a device answered over SNMP, recorded (``.snmprec``) or printed (``snmpwalk``), as an inventory."""

from clearband.sources.snmp.detect import SNMP_FORMATS, recording_format
from clearband.sources.snmp.table import read_recording

__all__ = ["SNMP_FORMATS", "read_recording", "recording_format"]
