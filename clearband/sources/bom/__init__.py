"""Bills of materials in: CycloneDX and SPDX; every component becomes a record with its parent."""

from clearband.sources.bom.detect import BOM_FORMATS, bom_in_json, bom_in_text
from clearband.sources.bom.read import read_bom

__all__ = ["BOM_FORMATS", "bom_in_json", "bom_in_text", "read_bom"]
