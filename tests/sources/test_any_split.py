"""A text table reads the same whole and in chunks of any size."""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from clearband.errors import InputError
from clearband.sources.csv_file import read_csv
from clearband.sources.detect_encoding import decode_text
from clearband.sources.options import ReadOptions
from clearband.sources.stream import open_dataset
from clearband.sources.stream.sizes import Sizes
from tests.laws import examples

OPTIONS = ReadOptions()
HEADER = ("Asset", "Manufacturer", "Model", "Description")
TEXT = st.text(st.sampled_from('ab ,;\t"\n\r\xe9\u4e2d'), max_size=8)


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


CELL = st.one_of(
    st.sampled_from(["", "Huawei", "S5720", " x ", "a\ufeffb", '2"', '"', 'in "quotes"', '""']),
    TEXT.map(quoted),
    TEXT.map(quoted),
    st.text(st.sampled_from("ab \xe9\u4e2d"), max_size=6),
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[bytes, int]:
    """A table as bytes, and how many bytes a chunk has."""
    separator = draw(st.sampled_from(",;\t"))
    end = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    lines = [*draw(st.lists(st.sampled_from(["", "Inventory of today"]), max_size=2)), separator.join(HEADER)]
    for row in draw(st.lists(st.lists(CELL, min_size=1, max_size=5), min_size=1, max_size=12)):
        lines.append(separator.join(row))
    text = end.join(lines) + draw(st.sampled_from(["", end, end + end, "\x1a"]))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]))
    return text.encode(encoding), draw(st.integers(1, 120))


@contextmanager
def file_of(data: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        path.write_bytes(data)
        yield path


def in_chunks(path: Path, size: int) -> list[tuple[str | None, ...]]:
    """All rows."""
    return [row for _, chunk in open_dataset([path]).chunks(Sizes(bytes=size)) for row in chunk.frame.rows()]


def filled(rows: Sequence[tuple[str | None, ...]]) -> list[tuple[str, ...]]:
    """With nothing and an empty pair of quotes as one: the careful reader does not tell them apart."""
    return [tuple(cell or "" for cell in row) for row in rows]


@settings(max_examples=examples(100, 400), deadline=None)
@given(tables())
def test_a_table_reads_the_same_in_chunks_of_any_size(case: tuple[bytes, int]) -> None:
    data, size = case
    with file_of(data) as path:
        try:
            whole = read_csv(decode_text(data, "list.csv"), "list.csv", OPTIONS)
        except InputError:
            whole = None
        try:
            rows: list[tuple[str | None, ...]] | str = in_chunks(path, size)
        except InputError as refused:
            rows = refused.what
    if isinstance(rows, str):
        # Chunks refuse more: a row wider than the header, whose cells no column could hold.
        assert whole is None or "more cells than the header" in rows
    else:
        assert whole is not None
        assert filled(rows) == filled(whole.cells[:, : len(HEADER)].rows())


def test_a_chunk_is_held_by_whom_it_is_given_to_alone(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Asset,Manufacturer\n" + "A1,Huawei\n" * 9)
    for _, chunk in open_dataset([path]).chunks(Sizes(bytes=30)):
        frame, rest = weakref.ref(chunk.frame), chunk.without_cells()
        assert rest.frame.height == chunk.frame.height
        del chunk
        assert frame() is None
