"""Devices that are asked over SNMP (v2c, and v3 with authentication): only those that the user names."""
