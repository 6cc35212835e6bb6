"""A run over a data set of any size: parts one after the other, each durable before the next counts.

A part is written beside its place, made durable and renamed; then its counts; then a line of the journal says
that both are there. A run that was killed anywhere goes on behind the last line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

from clearband.errors import InputError
from clearband.runs.again import parts_that_hold
from clearband.runs.begin import (
    noted_hashes,
    parts_done,
    refuse_changed,
    refuse_names_of_ours,
    refuse_strangers,
)
from clearband.runs.finish import Finished, finish
from clearband.runs.job import RUN_IN_PARTS, Columns, Job, hashes_of
from clearband.runs.journal import PARTS, Journal, locked
from clearband.runs.kernel import Kernel, Screened
from clearband.runs.progress import Meter
from clearband.runs.take_over import take_over
from clearband.runs.write_chunk import write_chunk
from clearband.sources.stream import Chunk
from clearband.sources.stream.chunk import Categories, Place
from clearband.sources.stream.dataset import numbered

__all__ = [
    "RUN_IN_PARTS",
    "Columns",
    "Finished",
    "Job",
    "hashes_of",
    "part_name",
    "refuse_strangers",
    "run_in_parts",
]

_T = TypeVar("_T")


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
    refuse_names_of_ours(job)
    with locked(out) as journal:
        done = parts_done(journal, job, resume=resume)
        hashing = ThreadPoolExecutor(1)
        try:
            hashes = hashing.submit(noted_hashes, job.dataset, journal)
            for entry in done:
                meter.add(entry["rows"], entry["answers"])
            # What an earlier run may be trusted for is known by hashes alone.
            if engine is not None:
                engine(job, journal, done, meter)
            else:
                hold = {} if job.again is None else parts_that_hold(job, hashes.result())
                _screen_rest(job, journal, done, hold, meter)
            inputs = hashes.result()
        finally:
            # A run that ends early does not wait for the hashes of all its inputs.
            hashing.shutdown(wait=False, cancel_futures=True)
        entries = journal.entries()
        refuse_changed(journal.description(), job)
        return finish(job, journal, entries, inputs, len(done))


def _screen_rest(
    job: Job, journal: Journal, done: list[dict[str, Any]], hold: dict[int, list[int]], meter: Meter
) -> None:
    """Read, screen and write what is left, each in a thread of its own."""
    kernel = Kernel(
        job.dataset.layout, job.dataset.options, job.settings, job.register, job.law, standings=job.standings
    )
    number = len(done)
    written: Future[None] | None = None
    with ThreadPoolExecutor(1) as reading, ThreadPoolExecutor(1) as writing:
        for file, piece in _ahead(_left(job, done, hold, kernel.categories), reading):
            if isinstance(piece, int):
                work = partial(take_over, job, journal, number, file, piece, meter)
            else:
                screened = kernel.screen(piece)
                # What is written is in what was found: the texts that were read need not wait for it.
                piece = piece.without_cells()
                work = partial(_write, job, journal, number, file, piece, screened, meter)
                del screened
            if written is not None:
                written.result()
            written = writing.submit(work)
            del work
            number += 1
        if written is not None:
            written.result()
    if not number:
        raise InputError("there are no rows", where=job.dataset.files[0].label)


def _left(
    job: Job, done: list[dict[str, Any]], hold: dict[int, list[int]], categories: Categories
) -> Iterator[tuple[int, Chunk | int]]:
    """What is left to do, by file: chunks to be screened, numbers of earlier parts to be taken over."""
    first, place = (done[-1]["input"], Place(**done[-1]["end"])) if done else (0, job.dataset.files[0].start)
    for number in range(first, len(job.dataset.files)):
        file = job.dataset.files[number]
        if number in hold:
            had = sum(entry["input"] == number for entry in done)
            yield from ((number, part) for part in hold[number][had:])
        else:
            begin = place if number == first else file.start
            yield from numbered(number, job.dataset.chunks_of(number, begin, job.sizes, categories))


def _ahead(items: Iterator[_T], pool: ThreadPoolExecutor) -> Iterator[_T]:
    """The items of an iterator, the next one made while the last one is used."""
    end: Final = object()
    waiting: Future[Any] = pool.submit(next, items, end)
    while (item := waiting.result()) is not end:
        waiting = pool.submit(next, items, end)
        given = [item]
        del item
        yield given.pop()  # held by whom it is given to alone


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
