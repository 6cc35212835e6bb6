"""The same box seen by several sources becomes one record, with a reason that is shown."""

from clearband.screening.merging.again import stricter_apart
from clearband.screening.merging.merge import Merged, merge_sources
from clearband.screening.merging.told import KEPT_APART, MERGED, MERGES_SCHEMA, summary_of

__all__ = ["KEPT_APART", "MERGED", "MERGES_SCHEMA", "Merged", "merge_sources", "stricter_apart", "summary_of"]
