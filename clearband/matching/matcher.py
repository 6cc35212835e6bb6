"""Names against the names of a list: which of its organisations may be meant, and how surely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from clearband.matching.alike import alike
from clearband.matching.brands import bare_brands
from clearband.matching.candidates import search
from clearband.matching.features import FEATURES
from clearband.matching.index import Background, Floats, Index, index_of, informations
from clearband.matching.lexicon import FUNCTION, GENERIC, KIND, LEGAL, PLACE, UNIT
from clearband.matching.names import Known, Names, Words, read
from clearband.matching.odds import looked_up, odds
from clearband.matching.scratch import scratch_for
from clearband.matching.tables import Ints
from clearband.matching.text import trades_apart
from clearband.matching.trees import Scores, contributions, model, sums

CHUNK: Final = 20_000
"""Distinct names that are looked up at a time."""

MATCHES: Final = pl.Schema(
    {"query": pl.UInt32, "entity": pl.UInt32, "listed": pl.UInt32, "score": pl.Float64}
)
_TELLS_LITTLE: Final = LEGAL | FUNCTION | GENERIC | PLACE | UNIT | KIND
_FEW_LETTERS: Final = 2
_EQUAL: Final = 4.0
"""Least log-odds of a name that is written as the listed one."""
HINT: Final = 0.1
"""Share of the threshold from which a name possibly is the organisation."""
_RARE: Final = 9.0
"""Nats of a word that hardly another company has in its name: one in eight thousand."""
_TELLING: Final = 6.5
_NEAR: Final = 0.8
_SEEN: Final = (
    "query_left",
    "name_left",
    "query_numbers_left",
    "name_numbers_left",
    "rarest_exact",
    "misspelt",
    "shortened",
    "letters_core",
    "letters_whole",
    "least_alike",
    "longest_told",
    "told_telling",
    "told",
)


@dataclass(frozen=True)
class Matcher:
    """The names of a list, ready to be matched.

    Attributes:
        listed: The names of the list, shape (n,).
        entities: Ids of its organisations, in order of first appearance.
    """

    listed: pl.Series
    entities: pl.Series
    index: Index

    @classmethod
    def of(cls, names: pl.Series, entities: pl.Series, background: Background) -> Matcher:
        """Index a list.

        Args:
            names: Names of its organisations, shape (n,).
            entities: The organisation that each name belongs to, shape (n,).
            background: How often words occur in names of companies at large.
        """
        distinct = entities.unique(maintain_order=True)
        numbers = entities.replace_strict(distinct, np.arange(len(distinct)), return_dtype=pl.Int32)
        return cls(names, distinct, index_of(names, numbers.to_numpy(), background))

    @property
    def threshold(self) -> float:
        """Least score of a match; a match below it is a hint."""
        return model().threshold

    def match(self, names: pl.Series, *, limit: int = 10) -> pl.DataFrame:
        """Look names up; equal names are looked up once.

        Args:
            names: Shape (n,).
            limit: Most organisations told for a name.

        Returns:
            One row a name and organisation (`MATCHES`), the best first: the row of the name and of the listed
            name that fits best, the number of the organisation in `entities`, and the score in (0, 1).
        """
        texts = names.fill_null("")
        distinct = texts.unique(maintain_order=True)
        found = [
            self._matched(distinct.slice(start, CHUNK)).with_columns(pl.col("query") + start)
            for start in range(0, len(distinct), CHUNK)
        ]
        best = pl.concat(found) if found else pl.DataFrame(schema=MATCHES)
        best = best.filter(pl.int_range(pl.len()).over("query") < limit)
        rows = pl.DataFrame({"row": pl.int_range(len(texts), dtype=pl.UInt32, eager=True), "name": texts})
        known = pl.DataFrame(
            {"query": pl.int_range(len(distinct), dtype=pl.UInt32, eager=True), "name": distinct}
        )
        return (
            rows.join(known, on="name", maintain_order="left")
            .join(best, on="query", maintain_order="left_right")
            .select(pl.col("row").alias("query"), "entity", "listed", "score")
            .match_to_schema(MATCHES)
        )

    def _matched(self, texts: pl.Series) -> pl.DataFrame:
        query, listed, rows, little = self._pairs(texts)
        trees = model()
        score = _probability(_sums(rows), trees.slope, trees.shift)
        score[little[query]] *= 0.5 * trees.threshold
        frame = pl.DataFrame(
            {
                "query": query.astype(np.uint32),
                "entity": self.index.entities[listed].astype(np.uint32),
                "listed": listed.astype(np.uint32),
                "score": score,
            },
            schema=MATCHES,
        )
        return (
            pl.concat([frame, self._hidden_brands(texts)])
            .sort(["query", "score", "listed"], descending=[False, True, False])
            .unique(["query", "entity"], keep="first", maintain_order=True)
            .with_columns(pl.col("score") * (1.0 - 1e-9 * pl.int_range(pl.len()).over("query")))
        )

    def _hidden_brands(self, texts: pl.Series) -> pl.DataFrame:
        """Bare brands of Chinese names, seen with words of trade apart; that alone makes no match."""
        apart = trades_apart(texts)
        at = (apart != texts).arg_true()
        if not len(at):
            return pl.DataFrame(schema=MATCHES)
        query, listed, rows, little = self._pairs(apart.gather(at))
        kept = bare_brands(rows) & ~little[query]
        trees = model()
        score = _probability(_sums(rows[kept]), trees.slope, trees.shift)
        return pl.DataFrame(
            {
                "query": at.gather(query[kept]).cast(pl.UInt32),
                "entity": self.index.entities[listed[kept]].astype(np.uint32),
                "listed": listed[kept].astype(np.uint32),
                "score": np.minimum(score, 0.5 * trees.threshold),
            },
            schema=MATCHES,
        )

    def _pairs(self, texts: pl.Series) -> tuple[Ints, Ints, Floats, npt.NDArray[np.bool_]]:
        index = self.index
        names, words = read(texts, Known(index.written, index.background.written))
        joins = np.ones(len(words.ends) - 1, dtype=bool)
        joins[names.words] = False
        info = informations(words, index)
        found = alike(words, joins, index)
        left = looked_up(words.fold_numbers, odds().table, odds().in_query)
        query, listed, rows, _ = search(
            names,
            words,
            info,
            found,
            index,
            scratch_for(index),
            left,
            0,
            len(texts),
        )
        return query, listed, rows, _tells_little(names, words)

    def explain(self, text: str, listed: int) -> dict[str, float] | None:
        """What moved the score of a name and a listed one, feature by feature, in log-odds.

        Returns:
            None when the listed name is no candidate at all.
        """
        _, found, rows, _ = self._pairs(pl.Series([text]))
        at = np.flatnonzero(found == listed)
        return contributions(rows[at[0]], model()) if len(at) else None

    def features(self, text: str, listed: int) -> dict[str, float] | None:
        """What was seen of a name and a listed one (`FEATURES`)."""
        _, found, rows, _ = self._pairs(pl.Series([text]))
        at = np.flatnonzero(found == listed)
        return dict(zip(FEATURES, rows[at[0]].tolist(), strict=True)) if len(at) else None


def _sums(rows: Floats) -> Scores:
    trees = model()
    total = sums(rows, trees.features, trees.limits, trees.leaves, trees.probe, trees.floor)
    # trees make steps: within one step the letters decide, so that candidates are told apart
    for name, worth in (("letters_whole", 2e-3), ("letters_core", 1e-3), ("kin_told", 1e-3)):
        total += worth * rows[:, FEATURES.index(name)]
    # written alike to the last letter: the name itself, however common its words are
    equal = rows[:, FEATURES.index("letters_whole")] >= 1.0
    told = rows[:, FEATURES.index("told")].astype(np.float64)
    total = np.where(equal, np.maximum(total, _EQUAL + 0.02 * told), total)
    return np.maximum(total, _least(rows))


def _least(rows: Floats) -> Scores:
    """The least log-odds of pairs that a person has to see, however few such pairs there were to learn from.

    All that tells in either name is in the other. Spelt alike, with a word that hardly another company has:
    a match where nothing but legal forms is left, else ("ZTE USA Inc", ZTE Corporation) a hint, as every bare
    brand is. Misspelt, but no word by much: a hint.
    """
    at = {name: rows[:, FEATURES.index(name)] for name in _SEEN}
    whole = (at["query_left"] == 0) & (at["name_left"] == 0)
    whole &= (at["query_numbers_left"] == 0) & (at["name_numbers_left"] == 0)
    rare = whole & (at["rarest_exact"] >= _RARE) & (at["misspelt"] == 0) & (at["shortened"] == 0)
    same = rare & (at["letters_core"] >= 1.0)
    near = whole & (at["least_alike"] >= _NEAR) & (at["told_telling"] >= _TELLING) & (at["shortened"] == 0)
    near &= at["longest_told"] > _FEW_LETTERS
    trees = model()
    told = 1e-2 * at["told"].astype(np.float64) + 1e-2 * at["letters_whole"]
    match = (_log_odds(trees.threshold) - trees.shift) / trees.slope + 0.05
    hint = (_log_odds(HINT * trees.threshold) - trees.shift) / trees.slope + 0.05
    none = np.full(len(rows), -np.inf)
    return np.where(same, match + told, np.where(near | bare_brands(rows), hint + told, none))


def _log_odds(share: float) -> float:
    return float(np.log(share / (1.0 - share)))


def _probability(total: Scores, slope: float, shift: float) -> Scores:
    out: Scores = 1.0 / (1.0 + np.exp(-(slope * total + shift)))
    return out


def _tells_little(names: Names, words: Words) -> npt.NDArray[np.bool_]:
    """Names that are one word of trade, place or law, or hardly a letter: no match alone. Shape (n,)."""
    plain = (words.classes[names.words] & (LEGAL | FUNCTION)) == 0
    telling = (words.classes[names.words] & _TELLS_LITTLE) == 0
    counts = np.diff(np.concatenate(([0], np.cumsum(plain)))[names.first])
    told = np.diff(np.concatenate(([0], np.cumsum(telling)))[names.first])
    letters = np.diff(names.whole_ends)
    little: npt.NDArray[np.bool_] = ((told == 0) & (counts <= 1)) | (letters <= _FEW_LETTERS)
    return little
