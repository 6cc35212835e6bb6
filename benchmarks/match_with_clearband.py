"""Match the names of one file against those of another and write what it took: see ``match_names.py``.

Usage: python benchmarks/match_with_clearband.py clearband LISTED QUERIES OUT TIMES
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def main(listed_file: str, queries_file: str, out: str, times: str) -> None:
    """Write the matches as Parquet and the times as JSON."""
    begun = time.perf_counter()
    import polars as pl

    from clearband.matching import Matcher, at_large

    listed, queries = pl.read_parquet(listed_file), pl.read_parquet(queries_file)
    background = at_large()
    read = time.perf_counter()
    matcher = Matcher.of(listed["name"], listed["entity_id"], background)
    matcher.match(listed["name"].head(10))  # loads the compiled code
    indexed = time.perf_counter()
    cpu = time.process_time()
    found = matcher.match(queries["name"])
    cpu, wall = time.process_time() - cpu, time.perf_counter() - indexed
    told = {"read": read - begun, "index": indexed - read, "match_cpu": cpu, "match_wall": wall}
    Path(times).write_text(json.dumps(told), encoding="utf-8")
    pl.DataFrame(
        [
            queries["id"].gather(found["query"]).alias("query_id"),
            matcher.entities.gather(found["entity"]).alias("entity_id"),
            found["score"],
        ]
    ).write_parquet(out)


if __name__ == "__main__":
    main(*sys.argv[2:])
