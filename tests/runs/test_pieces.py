"""A chunk in which all texts differ is not remembered as a whole, and its answers are the same."""

from __future__ import annotations

import polars as pl
import pytest

from clearband.runs.kernel import Kernel, Screened
from clearband.runs.tally import sum_of, tally
from clearband.sources import ReadOptions
from clearband.sources.stream import Chunk
from clearband.sources.stream.chunk import Place
from clearband.sources.stream.layout import Layout, layout_of
from clearband.sources.stream.parquet_chunks import chunk_of_frame, head_of_frame
from tests.runs.made_runs import rules

ROWS = 600


def devices() -> pl.DataFrame:
    """Each text of each column once; makers, kinds and days by turns."""
    makers = ("Huawei", "ZTE", "Nokia", "Ericsson", "Cisco", "Hikvision")
    rows = [
        {
            "Asset": f"A-{at}",
            "Mfr": f"{makers[at % 6]} Branch {at}",
            "Model": f"S57{at}",
            "Description": f"{('router', 'camera')[at % 2]} {at} in rack {at * 7}",
            "Installed": f"20{10 + at % 13}-05-{1 + at % 28:02d}",
            "Made in": ("China", "Sweden")[at % 2],
        }
        for at in range(ROWS)
    ]
    return pl.DataFrame(rows)


def chunk_and_layout() -> tuple[Chunk, Layout]:
    table = devices()
    chunk = chunk_of_frame(table, table.columns, Place(0, 1), "table")
    return chunk, layout_of(head_of_frame(table, "table"), None, ReadOptions())


def keys(screened: Screened) -> pl.DataFrame:
    return screened.cases.select("case", "check", "maker", "answer")[screened.numbers].with_columns(
        screened.beside["clearband_answer"].cast(pl.String)[screened.numbers]
    )


@pytest.mark.parametrize("full", [False, True])
def test_pieces_say_what_the_whole_says_and_are_forgotten(full: bool) -> None:
    chunk, layout = chunk_and_layout()
    whole = Kernel(layout, ReadOptions(), *rules())
    limits = {"at_once": 200, "full": lambda: True} if full else {"at_once": 200, "remembered": 400}
    pieces = Kernel(layout, ReadOptions(), *rules(), **limits)  # type: ignore[arg-type]
    expected, found = whole.screen(chunk), pieces.screen(chunk)
    assert keys(found).equals(keys(expected))
    assert found.cases["case"].n_unique() == found.cases.height == found.beside.height
    assert len(whole) > 4 * ROWS
    # What the reader knows of the chunk at hand stays, as do the texts of the last piece.
    assert len(pieces) < len(whole) / 2
    for every_case in (False, True):
        one, other = (tally(each, None, "table", every_case=every_case) for each in (expected, found))
        assert sum_of([one]).counts.equals(sum_of([other]).counts)
        assert sum_of([one]).cases.equals(sum_of([other]).cases)


def test_the_next_chunk_tells_what_is_new_in_it() -> None:
    chunk, layout = chunk_and_layout()
    pieces = Kernel(layout, ReadOptions(), *rules(), at_once=200, remembered=400)
    whole = Kernel(layout, ReadOptions(), *rules())
    halves = [chunk_of_frame(chunk.frame[at : at + 300], chunk.frame.columns, Place(at, at + 1), "table")
              for at in (0, 300)]  # fmt: skip
    one = sum_of([tally(whole.screen(half), None, "table") for half in halves])
    other = sum_of([tally(pieces.screen(half), None, "table") for half in halves])
    assert one.cases.equals(other.cases)
    assert one.counts.equals(other.counts)
