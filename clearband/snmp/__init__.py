"""What a device says of itself over SNMP, as records of equipment; the same from a live walk and a recording.

Nothing is read or sent here: values come in by their object identifiers, records go out.
"""
