"""Match the names of one file against those of another with another tool: see ``match_names.py``.

Usage: .venv/bin/python match_with_peer.py n-grams|nomenklatura LISTED QUERIES OUT TIMES

n-grams: TF-IDF of the letters' trigrams and the ends of words (scikit-learn), the cosine by a sparse product,
a thousand names at a time; the ten best organisations of each.

nomenklatura: logic-v2 with its own index of words, all candidates that it gives.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl

KEPT = 10
Rows = Iterator[tuple[str, str, float]]


def n_grams(listed: pl.DataFrame, place: Path) -> Callable[[pl.DataFrame], Rows]:
    """Index the list; the result matches names. What is kept on disk goes to ``place``."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), lowercase=True, strip_accents="unicode")
    columns = words.fit_transform(listed["name"].to_list()).T.tocsc()
    entities = listed["entity_id"].to_list()

    def match(queries: pl.DataFrame) -> Rows:
        ids = queries["id"].to_list()
        rows = words.transform(queries["name"].to_list())
        for start in range(0, rows.shape[0], 1_000):
            alike = (rows[start : start + 1_000] @ columns).tocsr()
            for row in range(alike.shape[0]):
                begin, end = alike.indptr[row], alike.indptr[row + 1]
                best = begin + np.argsort(-alike.data[begin:end], kind="stable")[: 4 * KEPT]
                told: dict[str, float] = {}
                for at in best:
                    told.setdefault(entities[alike.indices[at]], float(alike.data[at]))
                for entity, score in list(told.items())[:KEPT]:
                    yield ids[start + row], entity, score

    return match


def nomenklatura(listed: pl.DataFrame, place: Path) -> Callable[[pl.DataFrame], Rows]:
    """Index the list; the result matches names. What is kept on disk goes to ``place``."""
    from followthemoney import Dataset, StatementEntity
    from nomenklatura.blocker.index import Index
    from nomenklatura.matching import LogicV2
    from nomenklatura.resolver import Linker
    from nomenklatura.store.memory import MemoryStore

    dataset = Dataset.make({"name": "listed", "title": "listed"})

    def entity_of(key: str, names: list[str]) -> StatementEntity:
        data = {"id": key, "schema": "Company", "properties": {"name": names}}
        return StatementEntity.from_data(dataset, data)

    store = MemoryStore(dataset, Linker({}))
    held = {
        key: entity_of(f"l-{key}", names)
        for key, names in listed.group_by("entity_id", maintain_order=True).agg("name").iter_rows()
    }
    with store.writer() as writer:
        for entity in held.values():
            writer.add_entity(entity)
    index = Index(store.default_view(), place / "nomenklatura")
    index.build()
    config = LogicV2.default_config()

    def match(queries: pl.DataFrame) -> Rows:
        asked = {f"q-{key}": entity_of(f"q-{key}", [name]) for key, name in queries.iter_rows()}
        for query, candidates in index.match_entities(asked.values()):
            scored = [
                (LogicV2.compare(asked[query.id], held[other.id[2:]], config).score, other.id[2:])
                for other, _ in candidates
            ]
            for score, entity in sorted(scored, reverse=True)[:KEPT]:
                if score > 0:
                    yield query.id[2:], entity, score

    return match


def main(tool: str, listed_file: str, queries_file: str, out: str, times: str) -> None:
    """Write the matches as Parquet and the times as JSON."""
    begun = time.perf_counter()
    listed = pl.read_parquet(listed_file).select("entity_id", "name")
    queries = pl.read_parquet(queries_file).select("id", "name")
    read = time.perf_counter()
    match = {"n-grams": n_grams, "nomenklatura": nomenklatura}[tool](listed, Path(out).parent)
    indexed = time.perf_counter()
    cpu = time.process_time()
    rows = list(match(queries))
    cpu, wall = time.process_time() - cpu, time.perf_counter() - indexed
    told = {"read": read - begun, "index": indexed - read, "match_cpu": cpu, "match_wall": wall}
    Path(times).write_text(json.dumps(told), encoding="utf-8")
    pl.DataFrame(rows, schema=["query_id", "entity_id", "score"], orient="row").write_parquet(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
