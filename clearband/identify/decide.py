"""The verdicts of distinct sets of claims, each reached once in a run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import polars as pl

from clearband.identify.combine import combine
from clearband.identify.decision import Decision
from clearband.identify.gather import SIGNALS
from clearband.identify.kinship import Kinship
from clearband.identify.memory import Memory
from clearband.identify.observation import Claim, Evidence
from clearband.identify.tuples import Tuples
from clearband.identify.would_help import Present, would_help
from clearband.model.evidence import VERDICT_SCHEMA
from clearband.register import Register

_FIELDS: Final = (
    "maker", "maker_name", "brand", "category", "confidence", "runner_up", "runner_up_confidence",
    "contradiction", "category_sure",
)  # fmt: skip
DECISION_SCHEMA: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    **{name: VERDICT_SCHEMA[name] for name in _FIELDS if name in VERDICT_SCHEMA},
    "category_sure": pl.Boolean,
    "maker_status": pl.String,
    "would_help": pl.String,
    "speaks_for": pl.List(pl.String),
    "mentions_makers": pl.Boolean,
}
"""What is decided of a set of claims. ``speaks_for`` are the makers that any of them speaks for."""


class Decider:
    """Decides on sets of claims; each distinct one is decided once."""

    def __init__(self, register: Register, houses: Kinship, memory: Memory) -> None:
        self._register = register
        self._houses = houses
        self._memory = memory
        self._signatures = Tuples()
        self._remembered: dict[tuple[int, ...], Decision] = {}
        self.table = pl.DataFrame(schema=DECISION_SCHEMA)
        """`DECISION_SCHEMA`, a row a signature."""
        self.extra: list[tuple[Evidence, ...]] = []
        """What the combination itself adds, by signature."""

    def signatures(self, claims: Sequence[pl.Series], kinds: pl.Series, mentioned: pl.Series) -> pl.Series:
        """The number of each record's signature, shape (n,); its row in `table`.

        Args:
            claims: Numbers of claim sets, by `SIGNALS`, each of shape (n,).
            kinds: Numbers of the kinds that the inventory states.
            mentioned: Numbers of the makers mentioned.
        """
        return self._signatures.numbers([*claims, kinds, mentioned])

    def decide_new(self, kinds: Sequence[str | None]) -> None:
        """Decide on the signatures that came up since.

        Args:
            kinds: Category of each number of ``kinds``.
        """
        rows = self._signatures.rows[self.table.height :]
        if not rows:
            return
        decisions = [self._decision(row[:-1], kinds[row[-2]]) for row in rows]
        makers = [self._memory.maker_sets.makers[row[-1]] for row in rows]
        helps = [
            would_help(decision, _present(row, mentioned), self._register)
            for decision, row, mentioned in zip(decisions, rows, makers, strict=True)
        ]
        columns: dict[str, list[Any]] = {name: [getattr(one, name) for one in decisions] for name in _FIELDS}
        columns["maker_status"] = [one.status.value for one in decisions]
        columns["would_help"] = list(helps)
        columns["speaks_for"] = [
            self._speaks_for(row[:-2], one) for one, row in zip(decisions, rows, strict=True)
        ]
        columns["mentions_makers"] = [bool(mentioned) for mentioned in makers]
        new = pl.DataFrame(columns, schema=DECISION_SCHEMA)
        self.table = pl.concat([self.table, new], rechunk=True)
        self.extra.extend(one.extra for one in decisions)

    def _decision(self, key: tuple[int, ...], kind: str | None) -> Decision:
        if key not in self._remembered:
            self._remembered[key] = combine(self._claims(key[:-1]), self._houses, self._register, kind=kind)
        return self._remembered[key]

    def _claims(self, numbers: tuple[int, ...]) -> list[Claim]:
        claims = self._memory.claim_sets.claims
        return [claim for number in numbers for claim in claims[number]]

    def _speaks_for(self, numbers: tuple[int, ...], decision: Decision) -> list[str]:
        pieces: list[Claim | Evidence] = [*self._claims(numbers), *decision.extra]
        return list(dict.fromkeys(piece.maker for piece in pieces if piece.weight > 0))


_PLACE: Final = {name: place for place, name in enumerate(SIGNALS)}


def _present(row: tuple[int, ...], mentioned: tuple[str, ...]) -> Present:
    def has(*names: str) -> bool:
        return any(row[_PLACE[name]] for name in names)

    return Present(
        manufacturer=has("manufacturer", "brand"),
        model=has("model", "part_number"),
        macs=has("macs"),
        agent=has("sys_descr", "banners", "ent_physical"),
        mentioned=mentioned,
    )
