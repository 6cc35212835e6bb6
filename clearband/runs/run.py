"""A run over a data set of any size: parts one after the other, each durable before the next counts.

A part is written beside its place, made durable and renamed; then its counts; then a line of the journal says
that both are there. A run that was killed anywhere goes on behind the last line.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

from clearband import __version__
from clearband.directives.law import Law
from clearband.directives.standings import Standings
from clearband.errors import InputError, OutputError
from clearband.facts.store import content_hash
from clearband.register import Register
from clearband.runs.conclude import Concluded, conclude
from clearband.runs.journal import (
    PARTS,
    UNFINISHED,
    Journal,
    locked,
    write_staged,
    write_whole,
)
from clearband.runs.kernel import Kernel, Screened
from clearband.runs.part import PREFIX
from clearband.runs.progress import Meter
from clearband.runs.tally import Tally
from clearband.runs.write_chunk import changed, write_chunk
from clearband.screening.settings import Settings
from clearband.sources.stream import Chunk, Dataset
from clearband.sources.stream.chunk import Place
from clearband.sources.stream.sizes import Sizes

RUN_IN_PARTS: Final = "https://clearband.dev/schema/run-in-parts-1.json"
Columns = Literal["all", "ids"]
_T = TypeVar("_T")
_HASHES: Final = "inputs.json"
"""In the journal's folder: the hashes of the inputs, once they are known."""


@dataclass(frozen=True)
class Job:
    """What is to be done.

    Attributes:
        dataset: The inventory.
        settings: Who asks, on which dates, and what the equipment is for.
        columns: Whether parts have all columns of the input, or only the one that names the records.
        sizes: Of chunks; a part is a chunk.
    """

    dataset: Dataset
    settings: Settings
    register: Register
    law: Law
    columns: Columns = "all"
    sizes: Sizes = Sizes()  # noqa: RUF009

    def description(self) -> dict[str, Any]:
        """What must be the same for a run to go on, as plain JSON values."""
        return {
            "schema": RUN_IN_PARTS,
            "clearband": __version__,
            "facts_sha256": content_hash(),
            "own_facts": list(self.settings.own_facts),
            "enterprise_numbers": self.settings.enterprise_numbers,
            "settings": {**self.settings.as_json(), "reading": self.settings.reading},
            "columns": self.columns,
            "chunk_rows": self.sizes.rows,
            "chunk_bytes": self.sizes.bytes,
            "inputs": [
                {"file": file.label, "format": file.format, **_stamp(file.path)}
                for file in self.dataset.files
            ],
        }

    @cached_property
    def standings(self) -> Standings:
        """How makers stand to the law, for all that the run asks of it."""
        return Standings(self.settings.questions, self.law, self.register)

    @property
    def id_column(self) -> str | None:
        """Name of the input's column of ids."""
        at = self.dataset.layout.columns.fields.get("record_id")
        return None if at is None else self.dataset.text_columns[at]

    @property
    def kept(self) -> tuple[str, ...]:
        """Columns of the input that parts have."""
        if self.columns == "all":
            return self.dataset.columns
        return (self.id_column,) if self.id_column else ()


@dataclass(frozen=True)
class Finished:
    """A run that is finished.

    Attributes:
        skipped_parts: Parts that an earlier start had done.
        rows: Rows read in all; those that are no equipment among them.
        passed_over: How many rows were none, by reason.
    """

    concluded: Concluded
    skipped_parts: int
    rows: int
    passed_over: dict[str, int]


Engine = Callable[[Job, Journal, list[dict[str, Any]], Meter], None]
"""Screens and writes the chunks behind those that the entries of a journal tell, and notes each there."""


def run_in_parts(
    job: Job, out: Path, meter: Meter, *, resume: bool = False, engine: Engine | None = None
) -> Finished:
    """Screen a data set.

    Args:
        out: The folder, empty or absent; with ``resume`` that of an unfinished run.
        meter: Told of each part.
        resume: Go on with the run in the folder.
        engine: What does the work; None for threads of this process.

    Raises:
        InputError: An input is damaged, or is another than the unfinished run was begun with.
        OutputError: The folder is not fit for it, or is in use.
    """
    refuse_strangers(out, resume=resume)
    _refuse_names_of_ours(job)
    with locked(out) as journal:
        done = _done(journal, job, resume=resume)
        hashing = ThreadPoolExecutor(1)
        try:
            hashes = hashing.submit(_noted_hashes, job.dataset, journal)
            for entry in done:
                meter.add(entry["rows"], entry["answers"])
            (engine or _screen_rest)(job, journal, done, meter)
            inputs = hashes.result()
        finally:
            # A run that ends early does not wait for the hashes of all its inputs.
            hashing.shutdown(wait=False, cancel_futures=True)
        entries = journal.entries()
        _refuse_changed(journal.description(), job)
        return _finish(job, journal, entries, inputs, len(done))


def refuse_strangers(out: Path, *, resume: bool) -> None:
    """Refuse a folder that holds anything else, before anything is made."""
    names = {path.name for path in out.iterdir()} if out.is_dir() else set()
    unfinished = (out / UNFINISHED / "run.json").exists()
    if resume and not unfinished:
        what = "is finished" if "run.json" in names else "is not there"
        if "run.json" in names:
            # It was killed when all was done and only this was left to be removed.
            shutil.rmtree(out / UNFINISHED, ignore_errors=True)
        raise OutputError(f"the run to go on with {what}", where=str(out), remedy="leave --resume out")
    if not resume and unfinished:
        raise OutputError(
            "holds a run that is not finished",
            where=str(out),
            remedy="go on with it by --resume, or name another folder",
        )
    if not resume and names - {UNFINISHED}:
        raise OutputError("the folder is not empty", where=str(out), remedy="name another folder with --out")
    if out.exists() and not out.is_dir():
        raise OutputError("a file is in the place of the folder", where=str(out))
    if not out.parent.is_dir():
        raise OutputError("the folder above it does not exist", where=str(out))


def _refuse_names_of_ours(job: Job) -> None:
    """Refuse columns that are named as those that are added."""
    ours = [name for name in job.kept if name.startswith(PREFIX)]
    if ours:
        raise InputError(
            f'the column "{ours[0]}" is one that a run adds: it seems to be a part of an earlier run',
            where=job.dataset.files[0].label,
            remedy="screen the inventory that it was made from, or rename the column",
        )


def _done(journal: Journal, job: Job, *, resume: bool) -> list[dict[str, Any]]:
    """The parts that are done; all else of an earlier start is removed."""
    if not resume:
        journal.begin(job.description())
        return []
    _refuse_changed(journal.description(), job)
    journal.keep_whole_lines()
    entries = journal.entries()
    journal.clear_orphans(
        {entry["part"] for entry in entries},
        {journal.tally_folder(number).name for number in range(len(entries))},
    )
    for entry in entries:
        part = journal.out / PARTS / entry["part"]
        if not part.is_file() or _sha256(part) != entry["sha256"]:
            raise OutputError("was changed since it was written", where=str(part), remedy="begin a new run")
    return entries


def _refuse_changed(begun: dict[str, Any], job: Job) -> None:
    """Refuse to go on where an input or anything asked is another than at the beginning.

    Raises:
        InputError: It is.
    """
    now = json.loads(json.dumps(job.description()))
    before, after = begun.pop("inputs"), now.pop("inputs")
    for earlier, later in zip(before, after, strict=False):
        if earlier != later:
            raise changed(later["file"])
    if len(before) != len(after):
        raise InputError("there are other inputs than when the run began", remedy="name the same ones")
    for name, value in now.items():
        if begun.get(name) != value:
            raise InputError(
                f"{name.replace('_', ' ')} is not as when the run began",
                remedy="ask the same, or begin a new run",
            )


def _screen_rest(job: Job, journal: Journal, done: list[dict[str, Any]], meter: Meter) -> None:
    """Read, screen and write what is left, each in a thread of its own."""
    kernel = Kernel(
        job.dataset.layout, job.dataset.options, job.settings, job.register, job.law, standings=job.standings
    )
    behind = (done[-1]["input"], Place(**done[-1]["end"])) if done else None
    number = len(done)
    written: Future[None] | None = None
    with ThreadPoolExecutor(1) as reading, ThreadPoolExecutor(1) as writing:
        for file, chunk in _ahead(job.dataset.chunks(job.sizes, behind), reading):
            screened = kernel.screen(chunk)
            if written is not None:
                written.result()
            written = writing.submit(_write, job, journal, number, file, chunk, screened, meter)
            number += 1
        if written is not None:
            written.result()
    if not number:
        raise InputError("there are no rows", where=job.dataset.files[0].label)


def _ahead(items: Iterator[_T], pool: ThreadPoolExecutor) -> Iterator[_T]:
    """The items of an iterator, the next one made while the last one is used."""
    end: Final = object()
    waiting: Future[Any] = pool.submit(next, items, end)
    while (item := waiting.result()) is not end:
        waiting = pool.submit(next, items, end)
        yield item


def _write(
    job: Job, journal: Journal, number: int, file: int, chunk: Chunk, screened: Screened, meter: Meter
) -> None:
    name = part_name(number)
    entry = write_chunk(
        chunk, screened, job.dataset.files[file].label, job.kept, job.id_column,
        journal.out / PARTS / name, journal.tally_folder(number),
    )  # fmt: skip
    journal.add({"part": name, "input": file, **entry})
    meter.add(entry["rows"], entry["answers"])


def part_name(number: int) -> str:
    """What a part is called."""
    return f"part-{number:06d}.parquet"


def _finish(
    job: Job, journal: Journal, entries: list[dict[str, Any]], inputs: list[dict[str, Any]], skipped: int
) -> Finished:
    tallies = (Tally.read(journal.tally_folder(number)) for number in range(len(entries)))
    concluded = conclude(tallies, job.settings, job.register, job.law, job.standings)
    out = journal.out
    outputs = {entry["part"]: entry["sha256"] for entry in entries}
    for name, table in (
        ("cases.parquet", concluded.cases),
        ("findings.parquet", concluded.findings),
        ("invalid.parquet", concluded.invalid),
    ):
        outputs[name], _ = write_staged(out / name, table.rechunk().write_parquet)
    summary = (json.dumps(concluded.summary, ensure_ascii=False, indent=2) + "\n").encode()
    outputs["summary.json"], _ = write_staged(out / "summary.json", lambda path: path.write_bytes(summary))
    passed_over: dict[str, int] = {}
    for entry in entries:
        for reason, rows in entry["passed_over"].items():
            passed_over[reason] = passed_over.get(reason, 0) + rows
    rows = sum(entry["rows"] for entry in entries)
    record = {
        **{name: value for name, value in job.description().items() if name != "inputs"},
        "inputs": inputs,
        "layout": job.dataset.layout.as_json(),
        "text_columns": list(job.dataset.text_columns),
        "id_column": job.id_column,
        "rows": rows,
        "passed_over": passed_over,
        "parts": [
            {
                "part": entry["part"], "file": job.dataset.files[entry["input"]].label,
                "first_row": entry["begin"]["row"], "rows": entry["rows"], "records": entry["records"],
                "bytes": entry["bytes"],
            }
            for entry in entries
        ],
        "warnings": sorted(
            {line for entry in entries for line in entry["warnings"]}
            | {line for file in job.dataset.files for line in file.warnings}
            | set(job.dataset.layout.columns.warnings)
        ),
        "outputs": dict(sorted(outputs.items())),
    }  # fmt: skip
    write_whole(out / "run.json", (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode())
    journal.remove()
    return Finished(concluded, skipped, rows, passed_over)


def _stamp(path: Path) -> dict[str, int]:
    found = path.stat()
    return {"bytes": found.st_size, "changed_ns": found.st_mtime_ns}


def _noted_hashes(dataset: Dataset, journal: Journal) -> list[dict[str, Any]]:
    """The hashes of the inputs, noted for whoever goes on with the run.

    Raises:
        InputError: An earlier start has noted others: size and time of a file can be what they were, and its
            content another.
    """
    found = hashes_of(dataset)
    noted = journal.folder / _HASHES
    if noted.exists():
        for earlier, later in zip(json.loads(noted.read_bytes()), found, strict=True):
            if earlier != later:
                raise changed(later["file"])
    else:
        write_whole(noted, json.dumps(found).encode())
    return found


def hashes_of(dataset: Dataset) -> list[dict[str, Any]]:
    """What a record of a run says of each input: ``file``, ``format``, ``sha256``, ``bytes``."""
    return [
        {
            "file": file.label,
            "format": file.format,
            "sha256": _sha256(file.path),
            "bytes": file.path.stat().st_size,
        }
        for file in dataset.files
    ]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
