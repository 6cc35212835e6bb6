"""An evidence pack for an auditor: a run, what it rested on, and how to check both."""

from clearband.reports.filings.evidence.pack import Extra, Pack, write_pack

__all__ = ["Extra", "Pack", "write_pack"]
