"""Match the rules for what devices say of themselves against many distinct texts at once.

The fixed words of all rules are looked for in one pass (Aho-Corasick); a rule's pattern is tried only on the
texts that hold a word of it and are of its field. The patterns run in an engine that never goes back in the
text, so that no text can make them slow.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import polars as pl

from clearband.model.fingerprint import Fingerprint
from clearband.register import Register

LONGEST: Final = 4000
"""Characters of a text that are read; a command's output can be endless."""
_PARTS: Final = ("model", "version", "serial")


@dataclass(frozen=True, slots=True)
class FingerprintHit:
    """A rule that a text meets.

    Attributes:
        words: The stretch of the text that its pattern matched first.
        parts: Model, version and serial number in it, as pairs of what and text.
    """

    rule: Fingerprint
    words: str
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class _Index:
    rules: tuple[Fingerprint, ...]
    words: list[str]
    of_word: pl.DataFrame


@lru_cache(maxsize=4)
def _index(register: Register) -> _Index:
    rules = register.fingerprints
    pairs = [(word, number) for number, rule in enumerate(rules) for word in rule.words]
    table = pl.DataFrame(pairs, schema={"word": pl.String, "rule": pl.UInt32}, orient="row")
    return _Index(rules, table["word"].unique().sort().to_list(), table)


def match_fingerprints(
    protocols: Sequence[str], texts: Sequence[str], register: Register
) -> list[tuple[FingerprintHit, ...]]:
    """The rules that each text meets, in the order of the facts.

    Of two rules for different makers, of which one's words contain the other's, the longer counts:
    "Huawei-3Com Versatile Routing Platform" is not Huawei's "Versatile Routing Platform".

    Args:
        protocols: Field of each text, in small letters: ``sys-descr``, ``http-title`` …, shape (n,).
        texts: Distinct texts, shape (n,).
    """
    index = _index(register)
    frame = pl.DataFrame(
        {"protocol": protocols, "text": texts}, schema={"protocol": pl.String, "text": pl.String}
    )
    frame = frame.with_columns(text=pl.col("text").str.slice(0, LONGEST).str.strip_chars()).with_row_index(
        "number"
    )
    candidates = (
        frame.with_columns(
            word=pl.col("text").str.to_lowercase().str.extract_many(index.words, overlapping=True)
        )
        .explode("word")
        .drop_nulls("word")
        .unique(["number", "word"])
        .join(index.of_word, on="word")
        .join(_fields(frame["protocol"], index.rules), on=["protocol", "rule"])
        .unique(["number", "rule"])
        .sort("rule", "number")
    )
    found: list[list[FingerprintHit]] = [[] for _ in texts]
    for (rule,), rows in candidates.group_by("rule", maintain_order=True):
        for number, hit in _tried(index.rules[rule], rows):
            found[number].append(hit)
    return [_longest(hits) for hits in found]


def _fields(protocols: pl.Series, rules: Iterable[Fingerprint]) -> pl.DataFrame:
    """Which rules are for which of the protocols."""
    pairs = [
        (protocol, number)
        for protocol in protocols.unique().to_list()
        for number, rule in enumerate(rules)
        if rule.reads(protocol)
    ]
    return pl.DataFrame(pairs, schema={"protocol": pl.String, "rule": pl.UInt32}, orient="row")


def _tried(rule: Fingerprint, rows: pl.DataFrame) -> list[tuple[int, FingerprintHit]]:
    """The texts of ``rows`` (number, text) that the rule's pattern matches."""
    flags = "" if rule.case else "(?i)"
    text = pl.col("text")
    groups = {part: number for part in _PARTS if (number := getattr(rule, part)) is not None}
    wanted: dict[str, Any] = {
        part: text.str.extract(flags + rule.pattern, number) for part, number in groups.items()
    }
    met = rows.select("number", words=text.str.extract(f"{flags}{rule.pattern}", 0), **wanted, text="text")
    met = met.filter(pl.col("words").is_not_null())
    if rule.unless is not None:
        met = met.filter(~text.str.contains(flags + rule.unless))
    return [
        (
            row["number"],
            FingerprintHit(rule, row["words"], tuple((part, row[part]) for part in groups if row[part])),
        )
        for row in met.iter_rows(named=True)
    ]


def _longest(hits: list[FingerprintHit]) -> tuple[FingerprintHit, ...]:
    """Without the rules whose words another maker's rule contains."""
    if len(hits) < 2:
        return tuple(hits)
    return tuple(
        hit
        for hit in hits
        if not any(
            hit.rule.maker != other.rule.maker
            and len(hit.words) < len(other.words)
            and hit.words in other.words
            for other in hits
        )
    )
