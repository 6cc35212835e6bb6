"""An earlier run in parts, as the start of another one: what of it still holds.

A part holds as it is where the same content is read with the same rules, facts and settings. Nothing is
presumed: contents are told apart by their SHA-256, and the earlier run by the hashes of all its files.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import polars as pl

from clearband.errors import InputError
from clearband.model.equipment import empty_equipment
from clearband.runs.job import RUN_IN_PARTS, Job, sha256_of
from clearband.runs.journal import PARTS
from clearband.runs.part import CASE, CHECK
from clearband.runs.tally import TALLIES, Tally
from clearband.screening.earlier import EarlierRun
from clearband.sources.options import ReadOptions
from clearband.sources.stream import Dataset, PartsFile
from clearband.sources.stream.chunk import Place
from clearband.sources.stream.layout import Layout

COUNTS: Final = "counts"
"""Folder of what each part adds to the counts of a run."""
_NEEDED: Final = {
    "clearband": str, "facts_sha256": str, "inputs": list, "settings": dict, "outputs": dict, "parts": list,
    "columns": str, "layout": dict, "text_columns": list,
}  # fmt: skip
_PLACE: Final = frozenset({"begin", "end"})
"""What parts say of themselves where another run can take them over."""


@dataclass(frozen=True)
class Earlier:
    """A finished run in parts, all of whose files are as they were written.

    Attributes:
        folder: Where it lies.
        run: Its record, in the form in which runs in memory are read back.
    """

    folder: Path
    run: EarlierRun

    @property
    def record(self) -> Any:
        """The content of ``run.json``."""
        return self.run.record

    @cached_property
    def inputs(self) -> dict[str, dict[str, Any]]:
        """What the record says of each input, by its name."""
        return {one["file"]: one for one in self.record["inputs"]}

    @property
    def parts(self) -> list[dict[str, Any]]:
        """What the record says of each part, in their order."""
        found: list[dict[str, Any]] = self.record["parts"]
        return found

    def path(self, part: dict[str, Any]) -> Path:
        """Where a part lies."""
        return self.folder / PARTS / str(part["part"])

    @cached_property
    def cases(self) -> pl.DataFrame:
        """The table of its cases."""
        return pl.read_parquet(self.folder / "cases.parquet", glob=False)

    def dataset(self) -> Dataset:
        """Its records as an inventory of their own, each part a file.

        Raises:
            InputError: Its parts do not hold all columns.
        """
        if self.record["columns"] != "all":
            raise InputError(
                "its parts hold ids only, not what was read",
                where=str(self.folder),
                remedy="name the inventories beside --again",
            )
        layout = Layout.from_json(self.record["layout"])
        texts = tuple(self.record["text_columns"])
        files = tuple(
            PartsFile(self.path(part), str(part["file"]), *_places(part), texts, layout.typed)
            for part in self.parts
        )
        order = self.record["settings"]["reading"].get("date_order")
        return Dataset(files, None, ReadOptions(date_order=order), layout)

    def holds_for(self, job: Job) -> bool:
        """Whether the same content would give the same parts: all that bears on an answer is the same."""
        asked = {
            **{name: value for name, value in job.description().items() if name not in ("inputs", "again")},
            "layout": job.dataset.layout.as_json(),
            "text_columns": list(job.dataset.text_columns),
            "id_column": job.id_column,
        }
        same = all(self.record.get(name) == value for name, value in json.loads(json.dumps(asked)).items())
        return same and all(part.keys() >= _PLACE for part in self.parts) and (self.folder / COUNTS).is_dir()

    def same_content(self, found: dict[str, Any]) -> bool:
        """Whether an input of this name had this content.

        Args:
            found: See `clearband.runs.job.hashes_of`.
        """
        return self.inputs.get(found["file"]) == found

    def of_file(self, label: str) -> list[int]:
        """The numbers of the parts of a file."""
        return [number for number, part in enumerate(self.parts) if part["file"] == label]

    def tally(self, number: int) -> Tally:
        """What a part adds to the counts."""
        counts, sites, examples, invalid = (
            self._counts[name].filter(pl.col("part") == number).drop("part")
            for name in ("counts", "sites", "examples", "invalid")
        )
        cases = self._counts["cases"].join(counts, on=[CASE, CHECK], how="semi", maintain_order="left")
        return Tally(counts, cases, sites, examples, invalid)

    @cached_property
    def _counts(self) -> dict[str, pl.DataFrame]:
        return {
            name: pl.read_parquet(self.folder / COUNTS / f"{name}.parquet", glob=False) for name in TALLIES
        }


def _places(part: dict[str, Any]) -> tuple[Place, Place]:
    """Where a part began and ended in its file; by its records alone where a cluster has written it."""
    if part.keys() >= _PLACE:
        return Place(**part["begin"]), Place(**part["end"])
    return Place(0, 1), Place(int(part["records"]), 1 + int(part["records"]))


def read_earlier(folder: Path) -> Earlier:
    """The run in parts in a folder, if nobody has changed it since.

    Raises:
        InputError: The folder is none, or a file of it is missing or was changed.
    """
    content, record = read_record_of_parts(folder)
    for name, sha256 in record["outputs"].items():
        path = folder / PARTS / name if name.startswith("part-") else folder / name
        if (
            not path.resolve().is_relative_to(folder.resolve())
            or not path.is_file()
            or sha256_of(path) != sha256
        ):
            raise InputError(
                f"the run was altered: {name} is not as it was written",
                where=str(folder),
                remedy="name a run that is as it was written, or screen the inputs",
            )
    sha256 = hashlib.sha256(content).hexdigest()
    return Earlier(folder, EarlierRun(str(folder), sha256, record, {}, empty_equipment()))


def read_record_of_parts(folder: Path) -> tuple[bytes, dict[str, Any]]:
    """The record of a run in parts, as bytes and as what they say.

    Raises:
        InputError: It is missing, damaged, or that of another kind of run.
    """
    where = str(folder / "run.json")
    try:
        content = (folder / "run.json").read_bytes()
        record = json.loads(content)
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})", where=where, remedy="name the folder of a finished run"
        ) from None
    except ValueError:
        raise InputError("is no JSON", where=where, remedy="screen the inputs again") from None
    if not isinstance(record, dict) or record.get("schema") != RUN_IN_PARTS:
        raise InputError(
            "is not the record of a run in parts", where=where, remedy="name one, or leave --stream out"
        )
    for key, kind in _NEEDED.items():
        if not isinstance(record.get(key), kind):
            raise InputError(
                f"{key}: is missing or is no {kind.__name__}", where=where, remedy="screen the inputs again"
            )
    try:
        Layout.from_json(record["layout"])
        _ = record["settings"]["reading"].items(), record["id_column"], *map(_places, record["parts"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            f"cannot be understood ({type(error).__name__}: {error})",
            where=where,
            remedy="screen the inputs again",
        ) from None
    return content, record


def parts_that_hold(job: Job, hashes: Sequence[dict[str, Any]]) -> dict[int, list[int]]:
    """By the number of a file, the numbers of the earlier run's parts that hold as they are; often none.

    Args:
        hashes: Of all files, in their order.
    """
    earlier = job.again
    if earlier is None or not earlier.holds_for(job):
        return {}
    if job.of_parts:
        return {number: [number] for number in range(len(earlier.parts))}
    return {
        number: earlier.of_file(found["file"])
        for number, found in enumerate(hashes)
        if earlier.same_content(found)
    }
