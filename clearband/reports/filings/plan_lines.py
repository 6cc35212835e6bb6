"""What a plan spends, by kind, and what it buys: for a worksheet, made anew from the plan's rows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

import polars as pl

from clearband.planning.checking import check, read_plan
from clearband.planning.checking.held import Held, hold
from clearband.planning.network import read_network
from clearband.reports.filings.form import Block, Column, Said, Section, Table
from clearband.reports.folder.run_record import sha256_of
from clearband.reports.plain_text import count
from clearband.reports.plan.money import KINDS, spending
from clearband.reports.plan.work_orders import purchases


@dataclass(frozen=True)
class PlanLines:
    """A plan with its network.

    Attributes:
        sha256: Of ``plan.json``.
        violations: How many rules' breaks were found.
    """

    held: Held
    sha256: str
    violations: int

    @classmethod
    def read(cls, plan: Path, network: Path) -> Self:
        """The plan in a folder, held against its network.

        Raises:
            InputError: One of them cannot be used.
        """
        of_network, of_plan = read_network(network), read_plan(plan)
        checked = check(of_network, of_plan)
        return cls(hold(of_network, of_plan), sha256_of(plan / "plan.json"), checked.violations.height)

    def section(self) -> Section:
        """What it spends and buys."""
        settings = self.held.settings
        blocks: list[Block] = [
            Said(
                text=f"The plan for {settings.title}: amounts by the prices of its network, in "
                f"{settings.currency or 'no named currency'}. They are no estimate for the FCC."
            )
        ]
        if self.violations:
            broken = count(self.violations, "time")
            text = f"The plan breaks rules of its network ({broken}): it cannot be carried out."
            blocks.append(Said(text=text, tone="strong"))
        return Section(title="What the plan says", wide=True, blocks=(*blocks, self._money(), self._bought()))

    def _money(self) -> Table:
        totals = dict(spending(self.held).group_by("kind").agg(pl.col("amount").sum()).iter_rows())
        return Table(
            title="Spending by kind",
            columns=(
                Column(title="kind", width=2),
                Column(title="amount", number=True),
                Column(title="claimed", fill=True),
            ),
            rows=tuple((kind, f"{totals.get(kind, 0.0):,.2f}", None) for kind in KINDS),
            short="plan spending",
        )

    def _bought(self) -> Table:
        rows = [
            (
                row["in service"], row["order by"], row["maker"], row["product"], f"{row['units']:,}",
                None if row["amount"] is None else f"{row['amount']:,.2f}", None,
            )
            for row in purchases(self.held).iter_rows(named=True)
        ]  # fmt: skip
        return Table(
            title="What it buys",
            columns=(
                Column(title="in service"), Column(title="order by"), Column(title="maker", width=1.5),
                Column(title="product", width=2), Column(title="units", number=True),
                Column(title="amount", number=True), Column(title="invoice", fill=True),
            ),
            rows=tuple(rows),
            empty="Nothing.",
            short="plan purchases",
        )  # fmt: skip
