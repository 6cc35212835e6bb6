"""Match the names of one file against those of another with another tool: see ``match_names.py``.

Usage: .venv/bin/python match_with_peer.py n-grams|nomenklatura LISTED QUERIES OUT TIMES

n-grams: TF-IDF of the trigrams of letters within words (scikit-learn), the cosine by a sparse product that
keeps the best (sparse-dot-topn, one thread); the ten best organisations of each name.

nomenklatura: logic-v2 with its own index of words, all candidates that it gives.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl

KEPT = 10
MATCHES = {"query_id": pl.String, "entity_id": pl.String, "score": pl.Float64}
Matching = Callable[[pl.DataFrame], pl.DataFrame]


def n_grams(listed: pl.DataFrame, place: Path) -> Matching:
    """Index the list; the result matches names. What is kept on disk goes to ``place``."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sparse_dot_topn import sp_matmul_topn

    words = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), lowercase=True, strip_accents="unicode")
    columns = words.fit_transform(listed["name"].to_list()).T.tocsr()
    entities = listed["entity_id"].to_numpy()

    def match(queries: pl.DataFrame) -> pl.DataFrame:
        rows = words.transform(queries["name"].to_list())
        alike = sp_matmul_topn(rows, columns, top_n=4 * KEPT, threshold=0.2, sort=True, n_threads=1)
        counts = alike.indptr[1:] - alike.indptr[:-1]
        found = pl.DataFrame(
            {
                "query_id": queries["id"].to_numpy().repeat(counts),
                "entity_id": entities[alike.indices],
                "score": alike.data,
            },
            schema=MATCHES,
        )
        best = found.unique(["query_id", "entity_id"], keep="first", maintain_order=True)
        return best.filter(pl.int_range(pl.len()).over("query_id") < KEPT)

    return match


def nomenklatura(listed: pl.DataFrame, place: Path) -> Matching:
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

    def match(queries: pl.DataFrame) -> pl.DataFrame:
        asked = {f"q-{key}": entity_of(f"q-{key}", [name]) for key, name in queries.iter_rows()}
        rows = []
        for query, candidates in index.match_entities(asked.values()):
            scored = [
                (LogicV2.compare(asked[query.id], held[other.id[2:]], config).score, other.id[2:])
                for other, _ in candidates
            ]
            best = sorted(scored, reverse=True)[:KEPT]
            rows += [(query.id[2:], entity, score) for score, entity in best if score > 0]
        return pl.DataFrame(rows, schema=MATCHES, orient="row")

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
    found = match(queries)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - indexed
    told = {"read": read - begun, "index": indexed - read, "match_cpu": cpu, "match_wall": wall}
    Path(times).write_text(json.dumps(told), encoding="utf-8")
    found.write_parquet(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
