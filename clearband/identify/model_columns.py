"""Columns of model texts: which schemes each meets, and what texts that say the same have in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import polars as pl

from clearband.identify.families import family_index
from clearband.identify.folding import fold_words
from clearband.identify.glued_names import glued_name, may_have_glued_name
from clearband.identify.long_texts import LONGEST
from clearband.identify.model_forms import plain_forms
from clearband.identify.model_text import model_number_forms, model_observation
from clearband.identify.number_words import with_numbers_alike
from clearband.identify.observation import Observation
from clearband.identify.openings import LONGEST as SAME_START
from clearband.identify.spotting import spot_words
from clearband.register import Register

_PLAIN: Final = r"^[\x20-\x7e]*$"
"""Texts whose blanks and word signs are the same to every engine of regular expressions."""
_NONE: Final = 0
"""Number of no scheme."""


class ModelForms:
    """Forms of model texts: the schemes they meet, the name glued to their front, and their other words.

    Many thousand numbers of one series meet the same schemes, and then say the same.
    """

    def __init__(self, register: Register) -> None:
        self._register = register
        self._numbers: dict[tuple[int, ...], int] = {(): _NONE}
        self._met_by: list[tuple[int, ...]] = [()]
        """Numbers of the schemes of each set of them."""
        self._glued: dict[str, str] = {}
        """A text for each name that was found glued to the front of one."""

    def of(self, texts: pl.Series) -> pl.Series:
        """The form of each text, shape (n,).

        Args:
            texts: Strings without nulls, shape (n,).
        """
        alike = with_numbers_alike(texts, self._register)
        frame = pl.DataFrame({"text": texts.str.slice(0, LONGEST), "alike": alike})
        frame = frame.join(self._named(alike.unique()), on="alike", maintain_order="left").with_row_index(
            "at"
        )
        plain = pl.col("text").str.contains(_PLAIN) & ~may_have_glued_name(self._register) & ~pl.col("named")
        frame = frame.with_columns(plain=plain)
        others = frame.filter(~pl.col("plain"))
        met = pl.concat([self._met_plain(frame.filter("plain")), self._met(others)]).sort("at")
        front = pl.Series([""]).new_from_index(0, frame.height)
        front = front.scatter(
            others["at"], pl.Series([self._front(text) for text in others["text"]], dtype=pl.String)
        )
        return pl.select(pl.format("{}|{}|{}", met["number"], front, frame["alike"])).to_series()

    def observe(self, signal: str, forms: Iterable[str]) -> Iterable[Observation]:
        """What texts of these forms say, but for the texts that are shown."""
        for form in forms:
            number, front, alike = form.split("|", 2)
            glued = glued_name(self._glued[front], self._register) if front else None
            hits = family_index(self._register).of(self._met_by[int(number)])
            yield model_observation(signal, alike, hits, glued, self._register)

    def _named(self, alike: pl.Series) -> pl.DataFrame:
        """Whether texts name anybody (columns ``alike``, ``named``)."""
        named = [bool(spot_words(fold_words(text), self._register)) for text in alike]
        return pl.DataFrame({"alike": alike, "named": pl.Series(named, dtype=pl.Boolean)})

    def _front(self, text: str) -> str:
        glued = glued_name(text, self._register)
        if glued is None:
            return ""
        name = glued.words[0]
        self._glued.setdefault(name, text)
        return name

    def _met_plain(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The schemes of texts with nothing to be taken off, by their distinct forms."""
        forms = plain_forms(frame.select("at", "text"))
        sets = (
            forms.join(self._met_by_forms(forms["form"].unique()), on="form")
            .group_by("at")
            .agg(pl.col("number").unique().sort())
        )
        kinds = sets["number"].unique()
        joined = pl.DataFrame(
            {
                "number": kinds,
                "all": pl.Series(
                    [self._set_of(self._met_by[number] for number in kind) for kind in kinds], dtype=pl.UInt32
                ),
            }
        )
        found = sets.join(joined, on="number").select("at", number="all")
        return frame.select("at").join(found, on="at", how="left").fill_null(_NONE)

    def _met_by_forms(self, forms: pl.Series) -> pl.DataFrame:
        """The number of the schemes of each form that meets any (columns ``form``, ``number``)."""
        index = family_index(self._register)
        found: list[str] = []
        numbers: list[int] = []
        start = pl.col("form").str.slice(0, SAME_START).alias("start")
        for alike in forms.to_frame("form").group_by(start).agg("form")["form"]:
            for form, met in index.met_by_each(alike.to_list()):
                found.append(form)
                numbers.append(self._number(met))
        schema = {"form": pl.String, "number": pl.UInt32}
        return pl.DataFrame({"form": found, "number": numbers}, schema=schema)

    def _met(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The schemes of the other texts, text by text."""
        index = family_index(self._register)
        numbers = [
            self._set_of(map(index.met, model_number_forms(text, self._register))) for text in frame["text"]
        ]
        return frame.select("at", number=pl.Series(numbers, dtype=pl.UInt32))

    def _set_of(self, met: Iterable[Iterable[int]]) -> int:
        """The number of all schemes of several forms of one text."""
        return self._number(tuple(sorted({scheme for schemes in met for scheme in schemes})))

    def _number(self, schemes: tuple[int, ...]) -> int:
        number = self._numbers.setdefault(schemes, len(self._met_by))
        if number == len(self._met_by):
            self._met_by.append(schemes)
        return number


def with_leading_words(texts: pl.Series) -> pl.Series:
    """The texts that may have words in front of a number, "" for the others, shape (n,).

    A text without a digit has none, nor has one whose first part has a digit
    (`clearband.identify.model_text.observe_combined`).

    Args:
        texts: Strings without nulls, shape (n,).
    """
    text = pl.col("text")
    without = text.str.contains(_PLAIN) & ~text.str.contains(r"^ *[^ 0-9]+ .*[0-9]")
    return (
        texts.alias("text").to_frame().select(pl.when(without).then(pl.lit("")).otherwise(text)).to_series()
    )
