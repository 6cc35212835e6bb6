"""What a Python worker of a cluster may take of memory: there is one a core, beside the executor's Java."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

WORKER_BYTES: Final = 4 * 2**30
"""Address space of a worker where Spark is told nothing by ``spark.executor.pyspark.memory``."""
ENVIRONMENT: Final = {
    # Read by Polars' allocator: what is let go is kept a second for the next batch, its addresses no longer.
    "_RJEM_MALLOC_CONF": "dirty_decay_ms:1000,muzzy_decay_ms:1000,narenas:4,retain:false",
    # Others would take a gigabyte of addresses that is not used, and counts for the limit.
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "2",
}
"""For workers whose address space is limited."""
_STATUS: Final = Path("/proc/self/statm")


def limit_of_spark() -> int | None:
    """Bytes that Spark has limited this worker to; None where it has not."""
    said = int(os.environ.get("PYSPARK_EXECUTOR_MEMORY_MB", "-1"))
    return said * 2**20 if said > 0 else None


def bound(most: int) -> None:
    """Limit the address space of this process, where Spark has not done so and the system can."""
    if resource is None or limit_of_spark() is not None:
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(
        resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard)
    )


def is_full(most: int = WORKER_BYTES) -> bool:
    """Whether more than half of what may be taken is: so much is left for the next chunk.

    Args:
        most: Bytes that may be taken where Spark has set no limit.
    """
    return resident() > (limit_of_spark() or most) // 2


def resident() -> int:
    """Bytes of memory that this process has; 0 where the system does not tell."""
    try:
        pages = int(_STATUS.read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
