"""What a run in parts says otherwise than an earlier one, record by record, in bounded memory.

Parts that were taken over are not looked at. Records of a file whose content is the same stand in the same
order in both runs; all others are matched by their ids, a share of all ids at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import polars as pl

from clearband.runs.again import Earlier
from clearband.runs.compare_sides import Part, Side
from clearband.runs.part import CASE, PREFIX
from clearband.screening.changes import BOTH, CHANGES_SCHEMA, Events, what_changed, with_why

_AT_ONCE: Final = 2_000_000
_DTYPES: Final = {"before": pl.String, "after": pl.String, "records": pl.Int64, "units": pl.Int64}
_LEFT: Final = ("record_id", "manufacturer", "model", "site")


@dataclass(frozen=True)
class Compared:
    """The difference of two runs.

    Attributes:
        counts: before, after, records, units: records with another answer, new ones (before is null) and
            those that are gone (after is null).
        makers: Records with another maker and the same answer.
        reasons: What differs between the runs as wholes, inputs apart.
        taken_over: Parts of the earlier run that hold as they are.
        parts: All parts.
    """

    counts: pl.DataFrame
    makers: int
    reasons: tuple[str, ...]
    taken_over: int
    parts: int

    def as_json(self) -> dict[str, Any]:
        """As ``run.json`` shows it."""
        return {
            "parts_taken_over": self.taken_over,
            "reasons": list(self.reasons),
            "makers_only": self.makers,
            "counts": self.counts.to_dicts(),
        }


@dataclass(frozen=True)
class Comparison:
    """Two runs to be compared.

    Attributes:
        earlier: The earlier run.
        before, after: Where their records lie.
        cases: The table of cases of the new run.
        contents: By name of a file, what is otherwise with its content; not there: nothing is.
        reasons: What differs between the runs as wholes.
        events: What happened between their days to what an answer rests on.
    """

    earlier: Earlier
    before: Side
    after: Side
    cases: pl.DataFrame
    contents: dict[str, str]
    reasons: tuple[str, ...]
    events: Events

    def write(self, folder: Path, kept: dict[int, int]) -> tuple[list[Path], Compared]:
        """Write the changes into a folder, some at a time.

        Args:
            kept: Number of each part of the new run that was taken over, and the one that it was.

        Returns:
            The files, in the order of records, and the counts.
        """
        files, counts, makers = [], [pl.DataFrame(schema=_DTYPES)], 0
        for number, pairs in enumerate(self._pairs(kept)):
            table = self._told(pairs)
            files.append(folder / f"{number:06d}.parquet")
            table.write_parquet(files[-1])
            answers = pl.col("changed").list.set_intersection(["answer", "new", "gone"]).list.len() > 0
            makers += table.filter(~answers).height
            counts.append(_counted(table.filter(answers)))
        added = (
            pl.concat(counts)
            .group_by("before", "after")
            .agg(pl.col("records", "units").sum())
            .sort("records", "before", "after", descending=[True, False, False], nulls_last=True)
        )
        return files, Compared(added, makers, self.reasons, len(kept), len(self.after.parts))

    def _pairs(self, kept: dict[int, int]) -> Iterator[pl.DataFrame]:
        """Records with the keys of their cases in both runs, where these differ."""
        taken = set(kept.values())
        before = [part for number, part in enumerate(self.before.parts) if number not in taken]
        after = [part for number, part in enumerate(self.after.parts) if number not in kept]
        for label in dict.fromkeys(part.label for part in after):
            mine = [part for part in after if part.label == label]
            theirs = [part for part in before if part.label == label]
            if label in self.contents or [one.records for one in mine] != [one.records for one in theirs]:
                continue
            pairs = [self._aligned(*both) for both in zip(theirs, mine, strict=True)]
            if any(pair is None for pair in pairs):
                continue
            before = [part for part in before if part.label != label]
            after = [part for part in after if part.label != label]
            yield from (pair for pair in pairs if pair is not None)
        yield from self._by_id(before, after)

    def _aligned(self, before: Part, after: Part) -> pl.DataFrame | None:
        """Two parts of the same rows; None where they are not of the same rows."""
        places = [f"{PREFIX}row", f"{PREFIX}{CASE}"]
        then, now = (pl.read_parquet(part.path, columns=places, glob=False) for part in (before, after))
        if not then[places[0]].equals(now[places[0]]):
            return None
        differs = then[places[1]] != now[places[1]]
        records = self.after.records(after).filter(differs).collect().rename({"case": "case_after"})
        return records.with_columns(
            case_before=then[places[1]].filter(differs), there=pl.lit("both"), content=pl.lit(None, pl.String)
        )

    def _by_id(self, before: Sequence[Part], after: Sequence[Part]) -> Iterator[pl.DataFrame]:
        total = max(sum(part.records for part in side) for side in (before, after)) if before or after else 0
        shares = -(-total // _AT_ONCE)
        for share in range(shares):
            mine = (pl.col("record_id").hash(seed=0) % shares) == share
            yield self._joined(*(
                side.all_records(parts, mine) for side, parts in ((self.before, before), (self.after, after))
            ))  # fmt: skip

    def _joined(self, before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
        joined = before.join(after, on=["record_id", "nth"], how="full", coalesce=True, suffix="_now")
        gone, new = pl.col("case_now").is_null(), pl.col("case").is_null()
        other = pl.when(gone).then("file").otherwise("file_now")
        found = joined.filter(gone | new | (pl.col("case") != pl.col("case_now"))).with_columns(
            other.replace_strict(self.contents, default=None, return_dtype=pl.String).alias("content"),
            there=pl.when(gone)
            .then(pl.lit("before"))
            .when(new)
            .then(pl.lit("after"))
            .otherwise(pl.lit("both")),
        )
        told = [
            pl.when(gone).then(name).otherwise(f"{name}_now").alias(name)
            for name in ("source", "manufacturer", "model", "site", "quantity", "place")
        ]
        return (
            found.select("record_id", *told, "content", "there", case_before="case", case_after="case_now")
            .sort("place", "record_id")
            .drop("place")
        )

    def _told(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """Those of the records that are new, gone, or have another answer or maker, and why."""
        keys = ["case_before", "case_after"]
        distinct = pairs.select(keys).unique(maintain_order=True)
        for side, cases in (("before", self.earlier.cases), ("after", self.cases)):
            held = cases.select(
                pl.col(CASE).alias(f"case_{side}"),
                *(pl.col(column).cast(pl.String).alias(f"{name}_{side}") for name, column in BOTH.items()),
            )
            distinct = distinct.join(held, on=f"case_{side}", how="left", maintain_order="left")
        both = distinct.drop_nulls(keys).with_columns(what_changed())
        both = with_why(both.filter(pl.col("changed").list.len() > 0), self.reasons, self.events)
        alone = distinct.filter(pl.any_horizontal(pl.col(key).is_null() for key in keys)).with_columns(
            changed=pl.when(pl.col("case_before").is_null())
            .then(pl.lit(["new"]))
            .otherwise(pl.lit(["gone"])),
            why=pl.lit([], dtype=pl.List(pl.String)),
        )
        wanted = [*keys, *(name for name in CHANGES_SCHEMA if name in alone.columns)]
        reached = pl.concat([both.select(wanted), alone.select(wanted)])
        told = pairs.join(reached, on=keys, nulls_equal=True, maintain_order="left")
        content = pl.concat_list("content").list.drop_nulls()
        return told.with_columns(pl.concat_list("why", content)).select(
            pl.col(name).cast(kind) for name, kind in CHANGES_SCHEMA.items()
        )


def _counted(table: pl.DataFrame) -> pl.DataFrame:
    counted = table.group_by(before="answer_before", after="answer_after").agg(
        pl.len().alias("records"), pl.col("quantity").fill_null(1).sum().alias("units")
    )
    return counted.select(pl.col(name).cast(kind) for name, kind in _DTYPES.items())


Sink = Callable[[Path], object]


def write_changes(files: Sequence[Path], path: Path) -> None:
    """Put what was written some at a time into one file."""
    if not files:
        pl.DataFrame(schema=CHANGES_SCHEMA).write_parquet(path)
        return
    pl.scan_parquet(list(files), glob=False).sink_parquet(path, row_group_size=100_000, maintain_order=True)
