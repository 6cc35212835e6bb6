"""From one run of an inventory to the next: which records are new, gone or otherwise, and in what.

Whether a decision still counts, `clearband.workspace.effect` says, of the same fingerprints.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from clearband.workspace.errors import NotFoundError
from clearband.workspace.identity import HALF

if TYPE_CHECKING:
    from clearband.workspace.place import Workspace

STATES: Final = ("new", "gone", "changed", "unchanged")
CHANGES: Final = ("answer", "maker", "category", "clauses", "stated")
"""What can be otherwise: the answer, the maker, the kind; ``clauses``: what clauses say, or what they were
asked with; ``stated``: what the inventory says."""
_SHOWN: Final = ("record_id", "maker_name", "model", "site")
_SIDES: Final = ("maker", "category", "answer", "answer_directive", "answer_clause")
_COLUMNS: Final = (*_SHOWN, *_SIDES)


@dataclass(frozen=True)
class Compared:
    """Two runs of an inventory, record by record.

    Attributes:
        table: ``identity``, ``state`` (`STATES`), ``changed`` (a list of `CHANGES`); ``record_id``,
            ``maker_name``, ``model`` and ``site`` of the later run, else of the earlier; and ``maker``,
            ``category``, ``answer``, ``answer_directive``, ``answer_clause`` of both, with ``_before`` and
            ``_after``. In the order of the later run, those that are gone at the end.
        counts: Records by state; ``changed_answer`` and so on: by what changed.
    """

    table: pl.DataFrame
    counts: dict[str, int]


@dataclass(frozen=True)
class RunFiles:
    """Where a run lies.

    Attributes:
        folder: As ``clearband screen --out`` writes it.
        identities: Of its records.
    """

    folder: Path
    identities: Path

    def records(self) -> pl.DataFrame:
        """``identity``, ``fingerprint``, and what is compared of each record.

        Raises:
            NotFoundError: They are gone, or cannot be read.
        """
        equipment = self.folder / "equipment.parquet"
        if not (equipment.is_file() and self.identities.is_file()):
            raise NotFoundError("the files of the run are gone", where=self.folder.name, remedy="run again")
        try:
            known = pl.read_parquet(self.identities, glob=False)
            return known.hstack(pl.read_parquet(equipment, columns=list(_COLUMNS), glob=False))
        except pl.exceptions.PolarsError:
            raise NotFoundError(
                "the files of the run are damaged", where=self.folder.name, remedy="run again"
            ) from None


def files_of(workspace: Workspace, run_id: str) -> RunFiles:
    """Where a run of a workspace lies."""
    return RunFiles(workspace.run_folder(run_id), workspace.identities_file(run_id))


def compared(before: RunFiles, after: RunFiles) -> Compared:
    """Compare two runs of an inventory by the identities of records.

    Raises:
        NotFoundError: The files of one are gone.
    """
    return differences(before.records(), after.records())


def differences(before: pl.DataFrame, after: pl.DataFrame) -> Compared:
    """Compare records.

    Args:
        before, after: Of `RunFiles.records`.
    """
    sides = ("fingerprint", *_COLUMNS)
    both = after.rename({name: f"{name}_after" for name in sides}).join(
        before.rename({name: f"{name}_before" for name in sides}),
        on="identity",
        how="full",
        coalesce=True,
        maintain_order="left_right",
    )
    here, there = (pl.col(f"fingerprint_{side}").is_not_null() for side in ("after", "before"))
    same = pl.col("fingerprint_before") == pl.col("fingerprint_after")
    state = (
        pl.when(~there).then(pl.lit("new")).when(~here).then(pl.lit("gone"))
        .when(same).then(pl.lit("unchanged")).otherwise(pl.lit("changed"))
    )  # fmt: skip
    told = both.with_columns(state.alias("state")).with_columns(_changed())
    shown = [pl.coalesce(f"{name}_after", f"{name}_before").alias(name) for name in _SHOWN]
    sided = [f"{name}_{side}" for name in _SIDES for side in ("before", "after")]
    table = told.select("identity", "state", "changed", *shown, *sided)
    counts = {one: int((table["state"] == one).sum()) for one in STATES}
    by_change = {f"changed_{one}": int(table["changed"].list.contains(one).sum()) for one in CHANGES}
    return Compared(table, counts | by_change)


def _changed() -> pl.Expr:
    """``changed`` of records that both runs have."""
    other = {name: pl.col(f"{name}_before").ne_missing(pl.col(f"{name}_after")) for name in _SIDES}
    prints = [pl.col(f"fingerprint_{side}") for side in ("before", "after")]
    stated, judged = ([one.str.slice(offset, HALF) for one in prints] for offset in (0, HALF))
    told = other["answer"] | other["maker"] | other["category"]
    clauses = other["answer_directive"] | other["answer_clause"] | (~told & (judged[0] != judged[1]))
    what = (other["answer"], other["maker"], other["category"], clauses, stated[0] != stated[1])
    words = [pl.when(one).then(pl.lit(name)) for name, one in zip(CHANGES, what, strict=True)]
    listed = pl.concat_list(*words).list.drop_nulls()
    return pl.when(pl.col("state") == "changed").then(listed).alias("changed")
