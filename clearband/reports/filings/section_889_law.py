"""Section 889 in contracts: its measures, what was read of provision and clause, who is asked what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from clearband.errors import UsageError
from clearband.reports.filings.form import CitedSource
from clearband.reports.filings.screened import Screened, cited_measures
from clearband.reports.filings.sorted_out import State, sorted_out

ACTOR: Final = "federal-contractor"
FAR: Final = "far-52-204-24-25-26"
PART_A: Final = "us-ndaa-fy2019-889-a1a"
PART_B: Final = "us-ndaa-fy2019-889-a1b"
PROVIDE: Final = ("procure", "contract-with")
USE: Final = ("use",)
_ASK: Final = "--as federal-contractor --action use --action procure"

_FAR_TEXT: Final = "https://github.com/GSA/GSA-Acquisition-FAR/blob/"
PROVISION: Final = CitedSource(
    id="FAR 52.204-24 (Nov 2021)",
    what="when each representation of paragraph (d) is left out, the check of SAM in paragraph (c), both "
    "representations, and what paragraph (e) asks to be disclosed of equipment and of services",
    url=f"{_FAR_TEXT}116c9e46cd2a2e219886dad2710c44d258079cb9/dita/52.204-24.dita",
)
CLAUSE: Final = CitedSource(
    id="FAR 52.204-25(d) (Nov 2021)",
    what="whom to report to, what within one business day, what within 10 business days of the first report",
    url="https://farclause.com/FARregulation/Clause/FAR52.204-25,_Basic",
)
REPRESENTED: Final = CitedSource(
    id="FAR 52.204-26 (Oct 2020)",
    what="the yearly representations in paragraph (c) that leave out those of 52.204-24(d)",
    url=f"{_FAR_TEXT}0f852785f06bed9ca1d8441e6dd7d7edfb5375a0/dita/52.204-26.dita",
)


@dataclass(frozen=True)
class Limb:
    """One of the two prohibitions.

    Attributes:
        actions: Those of it that the run asked; none where it asked none.
        records: Every record with its state, see `sorted_out`; every one open where nothing was asked.
    """

    actions: tuple[str, ...]
    records: pl.DataFrame

    @property
    def asked(self) -> bool:
        """Whether the run asked it."""
        return bool(self.actions)


def limbs(screened: Screened) -> tuple[Limb, Limb]:
    """What the run says of providing (part A) and of using (part B).

    Raises:
        UsageError: The run did not ask for a contractor at all.
    """
    asked = screened.asks(ACTOR, (*PROVIDE, *USE))
    if not asked:
        raise UsageError(
            "the run did not ask the law for a federal contractor",
            where=str(screened.folder),
            remedy=f"screen with {_ASK}",
        )
    return (
        _limb(screened, PART_A, PROVIDE, "part-b-in-contracts"),
        _limb(screened, PART_B, USE, "part-a-in-contracts"),
    )


def _limb(screened: Screened, statute: str, actions: tuple[str, ...], other: str) -> Limb:
    """A limb, without the clause of the other one."""
    asked = screened.asks(ACTOR, actions)
    among = ~((pl.col("directive") == FAR) & pl.col("clause").str.starts_with(other))
    records = sorted_out(screened, (FAR, statute), ACTOR, asked, among=among)
    if not asked:
        records = records.with_columns(
            pl.lit(State.OPEN.value).alias("state"), pl.lit("the run did not ask it").alias("decides")
        )
    return Limb(asked, records)


def together(provide: Limb, use: Limb) -> pl.DataFrame:
    """Both limbs side by side.

    Returns:
        The records with the stricter ``state``, and that of each limb in words as ``provide`` and ``use``.
    """
    order = {one.value: at for at, one in enumerate(State)}
    both = provide.records.with_columns(
        pl.col("state").alias("a"),
        use.records["state"].alias("b"),
        *(use.records[name].alias(f"b_{name}") for name in ("law", "since", "factors", "decides")),
    )
    first = pl.col("a").replace_strict(order) <= pl.col("b").replace_strict(order)
    # What was asked goes before what was not: there, every record is open only for want of a question.
    if provide.asked != use.asked:
        first = pl.lit(provide.asked)
    same = pl.col("a") == pl.col("b")
    return both.with_columns(
        pl.when(first).then("a").otherwise("b").alias("state"),
        pl.when(first)
        .then(pl.coalesce("decides", "b_decides"))
        .otherwise(pl.coalesce("b_decides", "decides"))
        .alias("decides"),
        *(
            pl.when(same)
            .then(pl.concat_list(_listed(name), _listed(f"b_{name}")).list.unique(maintain_order=True))
            .otherwise(pl.when(first).then(name).otherwise(f"b_{name}"))
            .alias(name)
            for name in ("law", "factors")
        ),
        _in_words("a", "since").alias("provide"),
        _in_words("b", "b_since").alias("use"),
    )


def _listed(name: str) -> pl.Expr:
    return pl.col(name).fill_null(pl.lit([], pl.List(pl.String)))


def _in_words(state: str, since: str) -> pl.Expr:
    began = pl.when(pl.col(since).is_not_null()).then(pl.format(" since {}", since)).otherwise(pl.lit(""))
    return pl.format("{}{}", state, began)


def sources() -> tuple[CitedSource, ...]:
    """What drafts of section 889 rest on."""
    return (PROVISION, REPRESENTED, CLAUSE, *cited_measures((FAR, PART_A, PART_B)))
