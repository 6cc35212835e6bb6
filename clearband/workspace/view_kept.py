"""Whether what pages read of a run is what the run says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from clearband.workspace.errors import NotFoundError
from clearband.workspace.view import open_view, write_view

if TYPE_CHECKING:
    from clearband.workspace.place import Workspace


def view_wrong(workspace: Workspace, run_id: str) -> Iterator[str]:
    """Prepare a run for pages once more, and compare. The files of the run themselves must be as they were.

    Yields:
        A line for each file that is another. Nothing where the run is not prepared, or by another version:
        a server then makes it anew.
    """
    place = workspace.view_folder(run_id)
    try:
        open_view(place)
    except NotFoundError:
        return
    with TemporaryDirectory(prefix="clearband-view-") as folder:
        anew = Path(folder) / "view"
        identities = pl.read_parquet(workspace.identities_file(run_id), glob=False)
        write_view(workspace.run_folder(run_id), identities, anew)
        for name in sorted({one.name for folder in (anew, place) for one in folder.iterdir()}):
            if not _same(anew / name, place / name):
                yield (
                    f"views/{run_id}/{name}: pages read it, and it is not what the run says; "
                    f"remove views/{run_id}, and a server makes it anew"
                )


def _same(one: Path, other: Path) -> bool:
    """Whether two files hold the same: of tables the cells, whoever wrote them."""
    if not (one.is_file() and other.is_file()):
        return False
    try:
        match one.suffix:
            case ".npy":
                mine, theirs = (np.load(path, allow_pickle=False) for path in (one, other))
                return mine.dtype == theirs.dtype and np.array_equal(
                    mine, theirs, equal_nan=_can_be_nan(mine)
                )
            case ".arrow":
                return pl.read_ipc(one).equals(pl.read_ipc(other))
            case ".parquet":
                return pl.read_parquet(one, glob=False).equals(pl.read_parquet(other, glob=False))
            case _:
                return one.read_bytes() == other.read_bytes()
    except (OSError, ValueError, EOFError, pl.exceptions.PolarsError):
        return False


def _can_be_nan(numbers: np.ndarray) -> bool:
    return bool(np.issubdtype(numbers.dtype, np.floating))
