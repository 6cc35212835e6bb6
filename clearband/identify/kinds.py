"""The category of each record: stated, implied by the model's scheme, or told by words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import polars as pl

from clearband.identify.categories import (
    category_of_model,
    category_of_text,
    contradicts,
    is_finer,
    is_weak_kind,
)
from clearband.identify.memory import Memory
from clearband.identify.signal_columns import only_where
from clearband.identify.texts import Numbers
from clearband.identify.tuples import Tuples
from clearband.register import Register

_NAMES: Final = ("stated", "model", "description", "model words")
_KEY: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "signature": pl.UInt32,
    "said": pl.UInt32,
    "described": pl.UInt32,
    "worded": pl.UInt32,
}


class _Texts:
    """Categories of texts, each distinct text read once."""

    def __init__(self, name: str, read: Callable[[str], str | None], memory: Memory) -> None:
        self._read = read
        self._texts = memory.texts(name)
        self._ids: dict[str | None, int] = {None: 0}
        self._id_of = pl.Series("kind", [0], dtype=pl.UInt32)
        self.kinds: list[str | None] = [None]
        """Category of each number."""

    @property
    def texts(self) -> pl.Series:
        """The distinct texts, by their number; the first is null."""
        return self._texts.texts

    def numbered(self, column: pl.Series) -> Numbers:
        """Numbers of the texts of a column."""
        return self._texts.numbered(column)

    def kinds_of(self, numbers: Numbers) -> pl.Series:
        """Numbers of the categories of texts, shape (n,)."""
        new = self.texts[len(self._id_of) :].to_list()
        if new:
            found = [self._kind_number(self._read(text)) for text in new]
            self._id_of = pl.concat([self._id_of, pl.Series("kind", found, dtype=pl.UInt32)], rechunk=True)
        return numbers.look_up(self._id_of)

    def kinds_in(self, column: pl.Series) -> pl.Series:
        """Numbers of the categories of the texts of a column, shape (n,)."""
        return self.kinds_of(self.numbered(column))

    def _kind_number(self, kind: str | None) -> int:
        number = self._ids.setdefault(kind, len(self._ids))
        if number == len(self.kinds):
            self.kinds.append(kind)
        return number


class Kinds:
    """Reads categories of batch after batch."""

    def __init__(self, register: Register, memory: Memory) -> None:
        self._register = register
        self.stated = _Texts("stated kind", category_of_text, memory)
        self._described = _Texts("described kind", category_of_text, memory)
        self._worded = _Texts("worded kind", category_of_model, memory)
        self._keys = Tuples()
        self.table = pl.DataFrame(
            schema={
                "signature": pl.UInt32,
                "category_said": pl.String,
                "category": pl.String,
                "category_basis": pl.String,
            }
        )
        """A row a distinct set of signature and words."""

    def numbers(
        self, equipment: pl.DataFrame, said: Numbers, signatures: pl.Series, decided: pl.DataFrame
    ) -> pl.Series:
        """The row of each record in `table`, shape (n,).

        A stated category comes first, then the one that the model's scheme implies, then words of the
        description and of the model. A scheme that only one maker has goes before a statement that it
        contradicts: roles in inventories are often those of the rack. So does the scheme of the maker that
        was found where it only says more than the statement ("Router"). Words of running text that name a
        weak kind count as none where a listed maker is found or likely: law then asks what the thing is.

        Args:
            equipment: With ``description`` and ``model``.
            said: Numbers of the stated texts.
            signatures: Numbers of the records' signatures; ``decided`` has a row for each.
        """
        implied = decided["category"].is_not_null().gather(signatures)
        silent = (self.stated.kinds_of(said) == 0) & ~implied
        if silent.any():
            described = self._described.kinds_in(only_where(silent, equipment["description"]))
            worded = self._worded.kinds_in(only_where(silent, equipment["model"]))
        else:
            described = worded = pl.Series([0], dtype=pl.UInt32).new_from_index(0, len(signatures))
        numbers = self._keys.numbers([signatures, said.ids, described, worded])
        new = pl.DataFrame(self._keys.rows[self.table.height :], schema=_KEY, orient="row")
        if new.height:
            self.table = pl.concat([self.table, self._categories(new, decided)], rechunk=True)
        return numbers

    def _categories(self, keys: pl.DataFrame, decided: pl.DataFrame) -> pl.DataFrame:
        table = decided[keys["signature"]]
        stated = _named(self.stated.kinds, self.stated.kinds_of(Numbers(keys["said"])))
        described = _named(self._described.kinds, keys["described"])
        described = only_where(~self._weak(described, table), described)
        worded = only_where(described.is_null(), _named(self._worded.kinds, keys["worded"]))
        worded = only_where(~self._weak(worded, table), worded)
        frame = pl.DataFrame(
            {
                "said": self.stated.texts.gather(keys["said"]),
                "stated": stated,
                "model": table["category"],
                "description": described,
                "model words": worded,
            }
        )
        overruled = _where_pairs(frame, contradicts) & table["category_sure"]
        finer = _where_pairs(frame, lambda said, model: is_finer(model, said)) & table["maker"].is_not_null()
        plain = pl.coalesce(pl.when(pl.col(name).is_not_null()).then(pl.lit(name)) for name in _NAMES)
        against = pl.format("model family; the inventory says {}", "said")
        overruled |= finer
        return frame.select(
            keys["signature"],
            category_said="said",
            category=pl.when(overruled).then("model").otherwise(pl.coalesce(_NAMES)),
            category_basis=pl.when(overruled).then(against).otherwise(plain),
        )

    def _weak(self, kinds: pl.Series, table: pl.DataFrame) -> pl.Series:
        """Where a kind told by running text is a weak one for the maker found, or likely, shape (n,)."""
        maker = pl.select(maker=pl.coalesce(table["maker"], table["runner_up"])).to_series()
        frame = pl.DataFrame({"kind": kinds, "maker": maker}, schema={"kind": pl.String, "maker": pl.String})
        pairs = frame.drop_nulls().unique(maintain_order=True)
        weak = [is_weak_kind(kind, maker, self._register) for kind, maker in pairs.iter_rows()]
        flagged = pairs.with_columns(pl.Series("weak", weak, dtype=pl.Boolean))
        joined = frame.join(flagged, on=["kind", "maker"], how="left", maintain_order="left")
        return joined["weak"].fill_null(value=False)


def _named(kinds: list[str | None], numbers: pl.Series) -> pl.Series:
    return pl.Series(kinds, dtype=pl.String).gather(numbers)


def _where_pairs(frame: pl.DataFrame, holds: Callable[[str, str], bool]) -> pl.Series:
    """Where something holds for the stated category and the one that the model implies, shape (n,)."""
    both = pl.col("stated").is_not_null() & pl.col("model").is_not_null()
    pairs = frame.select("stated", "model").filter(both).unique()
    true = pairs.filter(
        pl.Series([holds(stated, model) for stated, model in pairs.iter_rows()], dtype=pl.Boolean)
    ).with_columns(holds=pl.lit(value=True))
    joined = frame.select("stated", "model").join(
        true, on=["stated", "model"], how="left", maintain_order="left"
    )
    return joined["holds"].fill_null(value=False)
