"""What a run has to say of the objects of a NetBox."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from clearband.discover.netbox.lists import DEVICES, ITEMS, MODULES, Listed
from clearband.discover.netbox.records import NETBOX_PAGE
from clearband.errors import InputError

KINDS: Final[dict[str, Listed]] = {one.path.removeprefix("/api"): one for one in (DEVICES, MODULES, ITEMS)}
"""Path of an object's page to its list."""
_MOST_FINDINGS: Final = 10
_PAGE: Final = r"^(?<kind>/dcim/[a-z-]+/)(?<number>\d{1,18})/$"
_RUN_LINE: Final = "Clearband run "


@dataclass(frozen=True)
class Remark:
    """What is to stand at one object.

    Args:
        listed: The object's list.
        number: Its id in NetBox.
        answer: The answer for it, where that is one of those asked for; None where nothing is to stand there.
        text: The findings behind the answer, one a line; empty with None.
    """

    listed: Listed
    number: int
    answer: str | None
    text: str


def remarks_of(
    equipment: pl.DataFrame,
    findings: pl.DataFrame,
    url: str,
    answers: Collection[str],
    run: Mapping[str, Any],
) -> list[Remark]:
    """One remark for each record of a run that was read of this NetBox.

    Args:
        equipment, findings: Of the run.
        url: Address of the NetBox, as `clearband.discover.address.Address.shown`.
        answers: Those that are to be told.
        run: The run's record: what is told of it does not depend on when it was made.

    Raises:
        InputError: No record of the run was read of this NetBox.
    """
    pages = equipment.with_columns(page=pl.col(NETBOX_PAGE) if NETBOX_PAGE in equipment.columns else None)
    # A record that two NetBoxes told of has both pages.
    pages = pages.with_columns(pl.col("page").cast(pl.String).str.split("; ")).explode("page")
    begin = pl.col("page").cast(pl.String).str.starts_with(url + "/")
    path = pl.col("page").cast(pl.String).str.strip_prefix(url).str.extract_groups(_PAGE)
    ours = pages.filter(begin).with_columns(path.struct.unnest()).filter(pl.col("kind").is_in(list(KINDS)))
    if ours.is_empty():
        raise InputError(
            f"no record of the run was read of {url}",
            where="RUN",
            remedy="read it with discover netbox, screen the file, and name the folder of that run",
        )
    told = _texts(findings.filter(pl.col("answer").is_in(list(answers))))
    last = f"{_RUN_LINE}{run['outputs']['equipment.parquet'][:12]}, law of {run['settings']['on']}"
    rows = ours.unique(["kind", "number"], keep="first", maintain_order=True).select(
        "kind", "number", "record_id", "answer", "maker_name", "confidence", "answer_ground"
    )
    return [_remark(row, told, answers, last) for row in rows.iter_rows(named=True)]


def same_finding(one: str, other: str) -> bool:
    """Whether two texts differ at most in the run that found it: then the first find stays."""
    return _without_run(one) == _without_run(other)


def _without_run(text: str) -> list[str]:
    return [line for line in text.replace("\r\n", "\n").strip().split("\n") if not line.startswith(_RUN_LINE)]


def _texts(findings: pl.DataFrame) -> dict[str, list[str]]:
    """Record id to a line for each clause, in the order of the findings (strictest first)."""
    date = pl.concat_str([pl.lit(", "), pl.col("event"), pl.lit(" "), pl.col("event_date")])
    line = pl.concat_str(
        [
            pl.col("answer"), pl.lit(": "), pl.col("directive_title"),
            pl.concat_str([pl.lit(", "), pl.col("cite")]).fill_null(""),
            pl.lit(" ["), pl.col("directive"), pl.lit(" "), pl.col("clause").fill_null(""), pl.lit("]"),
            date.fill_null(""),
        ]
    )  # fmt: skip
    lines = findings.select("record_id", line=line).drop_nulls().unique(maintain_order=True)
    grouped = lines.group_by("record_id", maintain_order=True).agg("line")
    return dict(grouped.iter_rows())


def _remark(row: dict[str, Any], told: dict[str, list[str]], answers: Collection[str], last: str) -> Remark:
    listed, number = KINDS[row["kind"]], int(row["number"])
    if row["answer"] not in answers:
        return Remark(listed, number, None, "")
    lines = told.get(row["record_id"], [])
    if len(lines) > _MOST_FINDINGS:
        lines = [*lines[:_MOST_FINDINGS], f"and {len(lines) - _MOST_FINDINGS} more"]
    if not lines:
        lines = [f"{row['answer']}: {row['answer_ground'] or ''}".strip()]
    if row["maker_name"]:
        lines = [f"maker: {row['maker_name']} (confidence {row['confidence']:.2f})", *lines]
    return Remark(listed, number, row["answer"], "\n".join([*lines, last]))
