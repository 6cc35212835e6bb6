"""What bans reach: records, certificates, makers, part numbers; certainly, possibly, or not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Final, Literal

import polars as pl

from clearband.assess.chain.ban import Ban, BanKind
from clearband.assess.chain.plain import plain, plain_text
from clearband.assess.chain.within import DEEPEST
from clearband.register import Register
from clearband.register.control import Strength

Hit = Literal["certain", "possible"]

_NOT, _POSSIBLE, _CERTAIN = 0, 1, 2
_WORDS: Final[dict[int, Hit]] = {_POSSIBLE: "possible", _CERTAIN: "certain"}
_SCHEME: Final = r"^[\p{L} _-]+/"
"""Letters before a number: the scheme of a certificate."""


class Reach:
    """What some bans together reach of a chain.

    What nobody told may be hit: it is ``possible``, never left out.

    Args:
        chain: `CHAIN_SCHEMA`.
        covers: `COVERS_SCHEMA`.
        on: Day on which ownership is looked at.

    Attributes:
        parts: The chain with ``hit``: ``certain``, ``possible``, null.
        certificates: The certificates with ``hit``.
    """

    def __init__(
        self, chain: pl.DataFrame, covers: pl.DataFrame, bans: Sequence[Ban], register: Register, on: date
    ) -> None:
        self.bans = tuple(bans)
        self.on = on
        self._register = register
        self._asked = chain, covers
        self._of: dict[str, tuple[Ban, ...]] = {}
        for ban in bans:
            self._of[ban.kind] = (*self._of.get(ban.kind, ()), ban)
        self._papers = (*self._of.get("certificate", ()), *self._of.get("laboratory", ()))
        ranked = covers.with_columns(rank=self._paper())
        self.certificates = ranked.with_columns(hit=_word(pl.col("rank"))).drop("rank")
        self.parts = self._parts(chain, ranked)

    def only(self, *kinds: BanKind) -> Reach:
        """What the bans of some kinds alone reach."""
        bans = [ban for ban in self.bans if ban.kind in kinds]
        return Reach(*self._asked, bans, self._register, self.on)

    def of_maker(self, maker: str | None) -> Hit | None:
        """Whether a maker is hit, as such; one that is not known may be."""
        found = max((self._stands(maker, ban) for ban in self._makers()), default=_NOT)
        return _WORDS.get(found)

    def of_certificate(self, name: str) -> Hit | None:
        """Whether a certificate is hit, by its number or its laboratory."""
        wanted = _forms(name)
        if any(wanted & _forms(ban.value) for ban in self._of.get("certificate", ())):
            return "certain"
        if not self._of.get("laboratory"):
            return None
        ranks = [self._of_forms[form] for form in wanted if form in self._of_forms]
        return _WORDS.get(max(ranks, default=_POSSIBLE))  # not there: nobody told whose it is

    def of_part(self, name: str) -> Hit | None:
        """Whether what carries a part number is hit: all of it certainly, else possibly."""
        number = plain_text(name)
        if any(plain_text(ban.value) == number for ban in self._of.get("part", ())):
            return "certain"
        if number not in self._of_numbers:
            return "possible" if len(self._of.get("part", ())) < len(self.bans) else None
        least, most = self._of_numbers[number]
        return _WORDS.get(least if least == most else _POSSIBLE)

    def touched(self) -> pl.DataFrame:
        """What is hit itself or through something in it: ``record_id``, ``hit``."""
        held = self.parts.select("record_id", "parent", rank=_number(pl.col("hit")))
        up = held.select("record_id", "parent").drop_nulls().unique()
        found = held.group_by("record_id").agg(pl.col("rank").max()).filter(pl.col("rank") > _NOT)
        new = found
        for _ in range(DEEPEST + 1):
            new = (
                new.join(up, on="record_id")
                .group_by(record_id="parent")
                .agg(pl.col("rank").max())
                .join(found, on="record_id", how="left", suffix="_was")
                .filter(pl.col("rank") > pl.col("rank_was").fill_null(_NOT))
                .select("record_id", "rank")
            )
            if new.is_empty():
                break
            found = pl.concat([found, new]).group_by("record_id").agg(pl.col("rank").max())
        return found.select("record_id", hit=_word(pl.col("rank"))).sort("record_id")

    def _makers(self) -> tuple[Ban, ...]:
        return (*self._of.get("supplier", ()), *self._of.get("country", ()))

    def _stands(self, maker: str | None, ban: Ban) -> int:
        one = self._register.organisations.get(maker or "")
        if one is None:
            return _POSSIBLE
        over = self._register.control.above(one.id, self.on)
        if ban.kind == "supplier":
            if one.id == ban.value:
                return _CERTAIN
            chain = over.get(ban.value)
            return _NOT if chain is None else _rank(chain.strength)
        if one.country == ban.value:
            return _CERTAIN
        organisations = self._register.organisations
        there = [
            _rank(chain.strength)
            for name, chain in over.items()
            if name in organisations and organisations[name].country == ban.value
        ]
        return max([*there, _POSSIBLE if one.country is None else _NOT])

    def _parts(self, chain: pl.DataFrame, ranked: pl.DataFrame) -> pl.DataFrame:
        makers = chain.filter("known")["maker"].unique().drop_nulls().to_list()
        ranks = [pl.lit(_NOT, pl.Int8)]
        for ban in self._makers():
            stands = {maker: self._stands(maker, ban) for maker in makers}
            told = pl.col("maker").replace_strict(stands, default=_POSSIBLE, return_dtype=pl.Int8)
            rank = pl.when("known").then(told).otherwise(pl.lit(_POSSIBLE, pl.Int8))
            if ban.kind == "country":
                made = pl.col("made_in")
                there = pl.when(made == ban.value).then(_CERTAIN).when(made.is_null()).then(_POSSIBLE)
                rank = pl.max_horizontal(rank, there.otherwise(_NOT).cast(pl.Int8))
            ranks.append(rank)
        if numbers := [plain_text(ban.value) for ban in self._of.get("part", ())]:
            number = plain(pl.col("part"))
            same = pl.when(number.is_in(numbers)).then(_CERTAIN).when(number.is_null()).then(_POSSIBLE)
            ranks.append(same.otherwise(_NOT).cast(pl.Int8))
        parts = chain
        if self._papers:
            of = ranked.drop_nulls("record_id").group_by("record_id").agg(paper=pl.col("rank").max())
            parts = chain.join(of, on="record_id", how="left", maintain_order="left")
            wanted = [form for ban in self._of.get("certificate", ()) for form in _forms(ban.value)]
            fcc = plain(pl.col("fcc_id")).is_in(wanted).fill_null(value=False)
            ranks.append(
                pl.when(fcc).then(_CERTAIN).otherwise(pl.col("paper").fill_null(_POSSIBLE)).cast(pl.Int8)
            )
        return parts.with_columns(hit=_word(pl.max_horizontal(*ranks))).select(*chain.columns, "hit")

    def _paper(self) -> pl.Expr:
        number, bare = plain(pl.col("certificate")), plain(pl.col("certificate").str.replace(_SCHEME, ""))
        wanted = [form for ban in self._of.get("certificate", ()) for form in _forms(ban.value)]
        ranks = [pl.lit(_NOT, pl.Int8)]
        if wanted:
            same = pl.when(number.is_in(wanted) | bare.is_in(wanted)).then(_CERTAIN)
            ranks.append(same.when(number.is_null()).then(_POSSIBLE).otherwise(_NOT).cast(pl.Int8))
        if names := [plain_text(ban.value) for ban in self._of.get("laboratory", ())]:
            name = plain(pl.col("laboratory"))
            tested = pl.when(name.is_in(names)).then(_CERTAIN).when(name.is_null()).then(_POSSIBLE)
            ranks.append(tested.otherwise(_NOT).cast(pl.Int8))
        return pl.when(pl.col("certificate").is_null()).then(_NOT).otherwise(pl.max_horizontal(*ranks))

    @cached_property
    def _of_forms(self) -> dict[str, int]:
        """The most that is hit of each certificate, by its forms."""
        rows = self.certificates.select("certificate", rank=_number(pl.col("hit")))
        rows = rows.drop_nulls("certificate").group_by("certificate").agg(pl.col("rank").max())
        found: dict[str, int] = {}
        for name, rank in rows.iter_rows():
            for form in _forms(name):
                found[form] = max(rank, found.get(form, _NOT))
        return found

    @cached_property
    def _of_numbers(self) -> dict[str, tuple[int, int]]:
        """The least and the most that is hit of what carries a part number."""
        rows = self.parts.select(number=plain(pl.col("part")), rank=_number(pl.col("hit"))).drop_nulls(
            "number"
        )
        ends = rows.group_by("number").agg(least=pl.col("rank").min(), most=pl.col("rank").max())
        return {number: (least, most) for number, least, most in ends.iter_rows()}


def _forms(name: str) -> frozenset[str]:
    """A certificate's number as it is compared, with and without its scheme."""
    scheme, sign, number = name.partition("/")
    bare = number if sign and scheme and all(one.isalpha() or one in " _-" for one in scheme) else name
    return frozenset(form for form in (plain_text(name), plain_text(bare)) if form)


def _rank(strength: Strength) -> int:
    return _CERTAIN if strength is Strength.CONTROL else _POSSIBLE


def _number(hit: pl.Expr) -> pl.Expr:
    ranks = {"certain": _CERTAIN, "possible": _POSSIBLE}
    return hit.replace_strict(ranks, default=_NOT, return_dtype=pl.Int8)


def _word(rank: pl.Expr) -> pl.Expr:
    return pl.when(rank == _CERTAIN).then(pl.lit("certain")).when(rank == _POSSIBLE).then(pl.lit("possible"))
