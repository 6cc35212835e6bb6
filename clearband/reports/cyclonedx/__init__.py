"""A run as a bill of materials: the equipment with its makers, answers and findings, in CycloneDX 1.6."""

from clearband.reports.cyclonedx.document import NAME, write_bom

__all__ = ["NAME", "write_bom"]
