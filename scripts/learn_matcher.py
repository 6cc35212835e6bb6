"""Learn the name matcher's model from labelled names: odds of words left over, trees, calibration.

    .venv/bin/uv pip install -r scripts/learn_matcher.txt
    .venv/bin/python scripts/learn_matcher.py ../shared/corpora/names

Reads `listed.parquet`, `train_queries.parquet` and `train_truth.parquet` of the folder (the dev files are
never opened) and writes clearband/matching/odds.npz and model.npz. Names damaged by a generator count less
than official aliases, and names that are not listed more, since most names that people look up are not. Same
folder and versions, same bytes.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl

from clearband.matching import at_large
from clearband.matching import odds as odds_module
from clearband.matching.alike import alike
from clearband.matching.candidates import search
from clearband.matching.features import FEATURES
from clearband.matching.index import Index, index_of, informations
from clearband.matching.names import Known, Names, Words, read
from clearband.matching.odds import Odds, looked_up
from clearband.matching.scratch import scratch_for
from clearband.matching.tables import table_of
from clearband.matching.trees import DEPTH, INNER, MODEL

HOME: Final = Path(__file__).resolve().parents[1] / "clearband" / "matching"
RISING: Final = frozenset(
    """
    name_told query_told told least_alike exactly letters_core letters_whole query_first name_first rarest
    ahead told_telling in_order reached begins longest_told letters_told exact_telling rarest_exact kin_told
    query_left_odds name_left_odds
    """.split()  # noqa: SIM905  # as the tables of words elsewhere
)
FALLING: Final = frozenset(
    """
    query_left_most name_left_most query_left name_left query_left_all name_left_all query_numbers_left
    name_numbers_left kin_left_most
    """.split()  # noqa: SIM905
)
UNUSED: Final = frozenset({"swapped"})
"""Seen for `bare_brands` alone: with it the trees were a little worse on held-out training names."""
ROUNDS: Final = 200
FOLDS: Final = 3
PREVALENCE: Final = 0.05
"""Share of listed names among the names of an inventory or supplier list, for the calibration."""
LEAST_SEEN: Final = 25
"""Times a word must have been left over before its odds are learned."""
SHRINK: Final = 10.0
TOLD: Final = 6.0
"""Nats in common from which a pair says something about the words that are left over."""
PROBE: Final = 20
DAMAGED: Final = 0.3
UNLISTED: Final = 2.0
"""Weights of queries: names damaged by a generator, and names not listed; official aliases have 1."""


@dataclass(frozen=True)
class Pairs:
    """Queries with their candidates."""

    query: npt.NDArray[np.int32]
    listed: npt.NDArray[np.int32]
    features: npt.NDArray[np.float32]
    left: npt.NDArray[np.uint32]
    names: Names
    words: Words


def pairs_of(texts: pl.Series, index: Index, odds: Odds) -> Pairs:
    """Candidates of names, with their features."""
    names, words = read(texts, Known(index.written, index.background.written))
    joins = np.ones(len(words.ends) - 1, dtype=bool)
    joins[names.words] = False
    found = search(
        names,
        words,
        informations(words, index),
        alike(words, joins, index),
        index,
        scratch_for(index),
        looked_up(words.fold_numbers, odds.table, odds.in_query),
        0,
        len(texts),
    )
    query, name, features, left = found
    features[:, [FEATURES.index(unused) for unused in sorted(UNUSED)]] = 0.0
    return Pairs(query, name, features, left, names, words)


def odds_of(pairs: Pairs, right: npt.NDArray[np.bool_], index: Index) -> dict[str, Any]:
    """Log-odds of folded words left over, in the query and in the listed name, shrunk towards none."""
    told = pairs.features[:, FEATURES.index("told_telling")] >= TOLD
    rows = np.flatnonzero(told)
    rows = rows[np.lexsort((-pairs.features[rows, 0], pairs.query[rows]))]
    once = pl.DataFrame(
        {"query": pairs.query[rows], "entity": index.entities[pairs.listed[rows]], "row": rows}
    )
    best = once.unique(["query", "entity"], keep="first", maintain_order=True)["row"].to_list()
    counts = [[Counter[int](), Counter[int]()], [Counter[int](), Counter[int]()]]
    for row in best:
        sides = (
            (pairs.names, pairs.words, pairs.query[row]),
            (index.names, index.words, pairs.listed[row]),
        )
        for side, (names, words, name) in enumerate(sides):
            for place in range(32):
                if int(pairs.left[row, side]) >> place & 1:
                    word = names.words[names.first[name] + place]
                    counts[side][int(right[row])][int(words.fold_numbers[word])] += 1
    table: dict[int, list[float]] = {}
    for side, (wrong, good) in enumerate(counts):
        base = sum(good.values()) / (sum(good.values()) + sum(wrong.values()))
        for word in set(wrong) | set(good):
            if wrong[word] + good[word] >= LEAST_SEEN:
                odds = (good[word] + SHRINK * base) / (wrong[word] + SHRINK * (1 - base))
                value = float(np.clip(np.log(odds) - np.log(base / (1 - base)), -3, 3))
                table.setdefault(word, [0.0, 0.0])[side] = value
    numbers = sorted(table)
    return {
        "numbers": np.array(numbers, dtype=np.uint64),
        "in_query": np.array([table[word][0] for word in numbers], dtype=np.float32),
        "in_name": np.array([table[word][1] for word in numbers], dtype=np.float32),
    }


def trained(rows: Any, right: Any, weights: Any) -> Any:
    """Trees of `DEPTH`, rising and falling where a feature may only speak one way."""
    import lightgbm  # type: ignore[import-not-found,unused-ignore]

    ways = [1 if name in RISING else -1 if name in FALLING else 0 for name in FEATURES]
    settings = {
        "objective": "binary",
        "num_leaves": 24,
        "max_depth": DEPTH,
        "learning_rate": 0.1,
        "min_data_in_leaf": 20,
        "feature_fraction": 0.4,
        "bagging_fraction": 0.8,
        "bagging_freq": 1,
        "lambda_l2": 3,
        "max_bin": 127,
        "monotone_constraints": ways,
        "seed": 7,
        "deterministic": True,
        "num_threads": 2,
        "verbose": -1,
    }
    return lightgbm.train(settings, lightgbm.Dataset(rows, right, weight=weights), ROUNDS)


def complete(booster: Any) -> dict[str, Any]:
    """The trees as complete ones: a leaf above the last level is repeated below."""
    trees = booster.dump_model()["tree_info"]
    features = np.zeros((len(trees), INNER), dtype=np.int32)
    limits = np.full((len(trees), INNER), np.inf, dtype=np.float32)
    means = np.zeros((len(trees), INNER), dtype=np.float32)
    leaves = np.zeros((len(trees), INNER + 1), dtype=np.float32)

    def put(tree: int, at: int, node: dict[str, Any]) -> None:
        if at >= INNER:
            leaves[tree, at - INNER] = node["leaf_value"]
            return
        below = ("left_child", "right_child")
        if "leaf_value" in node:
            means[tree, at] = node["leaf_value"]
            children = [node, node]
        else:
            limit = np.float32(node["threshold"])
            if limit > node["threshold"]:
                limit = np.nextafter(limit, np.float32(-np.inf))
            features[tree, at], limits[tree, at] = node["split_feature"], limit
            means[tree, at] = node["internal_value"]
            children = [node[side] for side in below]
        for step, child in enumerate(children, start=1):
            put(tree, 2 * at + step, child)

    for tree, info in enumerate(trees):
        put(tree, 0, info["tree_structure"])
    return {"features": features, "limits": limits, "means": means, "leaves": leaves}


def calibration(best: Any, right: Any, listed: Any) -> tuple[float, float]:
    """Slope and shift of a logistic function of the best score of each query, by Newton's method.

    Args:
        right: Whether the best candidate is the organisation meant.
        listed: Whether the query is listed at all; both kinds are weighted to `PREVALENCE`.
    """
    weights = np.where(listed, PREVALENCE / listed.mean(), (1 - PREVALENCE) / (1 - listed.mean()))
    table = np.stack([best, np.ones(len(best))], axis=1)
    solution = np.array([1.0, 0.0])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-table @ solution))
        slope = table.T @ (weights * (right - chance))
        curve = table.T @ (table * (weights * chance * (1 - chance))[:, None])
        solution = solution + np.linalg.solve(curve, slope)
    return float(solution[0]), float(solution[1])


def best_threshold(score: Any, hit: Any, listed: Any) -> float:
    """The score with the best F1 at `PREVALENCE`, to two places.

    Args:
        score: Best score of each query.
        hit: Whether it is of the organisation meant.
    """
    weights = np.where(listed, PREVALENCE / listed.mean(), (1 - PREVALENCE) / (1 - listed.mean()))
    order = np.argsort(-score, kind="stable")
    found = np.cumsum((weights * hit)[order])
    told = np.cumsum(weights[order])
    f1 = 2 * found / (told + (weights * listed).sum())
    return round(float(score[order][np.argmax(f1)]), 2)


def main() -> None:
    """Learn and write the model."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", type=Path)
    folder = parser.parse_args().names
    listed = pl.read_parquet(folder / "listed.parquet")
    ids = listed["entity_id"].unique(maintain_order=True)
    number = dict(zip(ids.to_list(), range(len(ids)), strict=True))
    entities = listed["entity_id"].replace_strict(number, return_dtype=pl.Int32).to_numpy()
    train = pl.read_parquet(folder / "train_queries.parquet").join(
        pl.read_parquet(folder / "train_truth.parquet"),
        left_on="id",
        right_on="query_id",
        maintain_order="left",
    )
    meant = train["entity_id"].replace_strict(number, default=-1, return_dtype=pl.Int32).to_numpy()

    none = np.zeros(1, dtype=np.float32)
    np.savez(HOME / odds_module.FILE, numbers=np.ones(1, dtype=np.uint64), in_query=none, in_name=none)
    odds_module.odds.cache_clear()
    index = index_of(listed["name"], entities, at_large())
    first = pairs_of(train["name"], index, Odds(table_of(np.ones(1, dtype=np.uint64)), none, none))
    learned = odds_of(first, index.entities[first.listed] == meant[first.query], index)
    np.savez(HOME / odds_module.FILE, **learned)
    odds_module.odds.cache_clear()
    print(f"odds of {len(learned['numbers']):,} words")

    index = index_of(listed["name"], entities, at_large())
    pairs = pairs_of(train["name"], index, odds_module.odds())
    right = index.entities[pairs.listed] == meant[pairs.query]
    kind = train["category"].str.starts_with("alias").to_numpy()
    worth = np.where(meant < 0, UNLISTED, np.where(kind, 1.0, DAMAGED))[pairs.query]
    print(f"{len(right):,} pairs")

    def learn(rows: npt.NDArray[np.bool_]) -> Any:
        return trained(pairs.features[rows], right[rows], worth[rows])

    fold = np.random.default_rng(5).integers(0, FOLDS, len(train))[pairs.query]
    score = np.zeros(len(right))
    for part in range(FOLDS):
        booster = learn(fold != part)
        score[fold == part] = booster.predict(pairs.features[fold == part], raw_score=True)
    order = np.argsort(score, kind="stable")
    best, hit = np.full(len(train), -np.inf), np.zeros(len(train), dtype=bool)
    best[pairs.query[order]], hit[pairs.query[order]] = score[order], right[order]
    seen = np.isfinite(best)
    slope, shift = calibration(best[seen], hit[seen], meant[seen] >= 0)

    chance = np.where(seen, 1 / (1 + np.exp(-(slope * np.where(seen, best, 0) + shift))), 0.0)
    threshold = best_threshold(chance, hit, meant >= 0)

    booster = learn(np.ones(len(right), dtype=bool))
    early = booster.predict(pairs.features[right], raw_score=True, num_iteration=PROBE)
    late = booster.predict(pairs.features[right], raw_score=True)
    floor = float(np.quantile(early[late > -4.0], 0.0005))
    np.savez(
        HOME / MODEL,
        **complete(booster),
        names=np.array(FEATURES),
        probe=np.int64(PROBE),
        floor=np.float64(floor),
        slope=np.float64(slope),
        shift=np.float64(shift),
        threshold=np.float64(threshold),
    )
    print(f"{ROUNDS} trees, slope {slope:.3f}, shift {shift:.3f}, match from {threshold}")
    print(f"given up below {floor:.2f} at {PROBE} trees")


if __name__ == "__main__":
    main()
