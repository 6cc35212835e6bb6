"""Groups are united and judged before they count, and the united records are kept."""

from __future__ import annotations

import polars as pl

from clearband.directives.law import Law
from clearband.register import Register
from clearband.screening.cases import Cases
from clearband.screening.merging.guard import judged_more_mildly
from clearband.screening.merging.unite import united
from clearband.screening.settings import Settings


class JudgedUnions:
    """Unites and judges groups that are tried one kind of key after the other."""

    def __init__(
        self,
        equipment: pl.DataFrame,
        linked: pl.Series,
        numbers: pl.Series,
        cases: Cases,
        settings: Settings,
        register: Register,
        law: Law,
    ) -> None:
        """Nothing united yet.

        Args:
            equipment: The equipment table.
            linked: The rows that may be in a group, ascending, shape (n,).
            numbers: The case of each of them, shape (n,).
            cases: What the numbers are of; united records are added to it.
        """
        self._equipment = equipment
        self._linked = linked
        self._numbers = numbers
        self._cases = cases
        self._law = (settings, register, law)
        self._united: list[pl.DataFrame] = []
        """With ``group``, the latest last."""

    def too_mildly(self, members: pl.DataFrame) -> pl.Series:
        """The groups whose records must not be united; what the others are united to is kept.

        Args:
            members: ``group`` (its lowest row) and ``row``.
        """
        if members.is_empty():
            return members["group"]
        leads = members["group"].unique().sort()
        one = united(self._equipment, members)
        together = pl.DataFrame({"group": leads, "case": self._cases.batch(one).numbers})
        alone = self._numbers.gather(self._linked.search_sorted(members["row"]))
        milder = judged_more_mildly(members["group"], alone, together, self._cases, *self._law)
        kept = one.with_columns(leads).filter(~leads.is_in(milder.implode()))
        self._united.append(kept)
        return milder

    def united(self, members: pl.DataFrame) -> pl.DataFrame:
        """The records of groups as they were last accepted, by group, without ``group``."""
        leads = members["group"].unique().sort()
        if leads.is_empty():
            return united(self._equipment, members)
        latest = pl.concat(self._united[::-1]).unique("group", keep="first", maintain_order=True)
        return latest.filter(pl.col("group").is_in(leads.implode())).sort("group").drop("group")
