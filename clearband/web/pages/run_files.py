"""``/runs/{run}/files``: the run as ``clearband screen --out`` writes it, to take away."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends
from pydantic import BaseModel
from starlette.responses import FileResponse, Response

from clearband.reports.folder.place import RUN
from clearband.web.answering import page
from clearband.web.documented import PAGE_PROBLEMS
from clearband.web.here import Here, here_for
from clearband.web.pages.of_run import Run, opened, run_of
from clearband.workspace.errors import NotFoundError
from clearband.workspace.roles import VIEWER

router = APIRouter(tags=["runs"])

_ALWAYS: Final = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


class RunFile(BaseModel):
    """A file of a run."""

    name: str
    bytes: int


class RunFiles(BaseModel):
    """The files of a run. ``run.json`` holds the hashes of all others; its own is ``run_sha256``."""

    run: Run
    run_sha256: str
    files: list[RunFile]


@page(router, "/runs/{run_id}/files", "run_files.html.j2")
def listed(here: Here, run_id: str) -> RunFiles:
    """The files of a run."""
    with here.reading() as connection:
        found = opened(here, connection, run_id)
        run = run_of(connection, found.run)
    folder = here.workspace.run_folder(run_id)
    held = sorted(path for path in folder.iterdir() if path.name in RUN.files)
    files = [RunFile(name=path.name, bytes=path.stat().st_size) for path in held]
    return RunFiles(run=run, run_sha256=found.run["run_sha256"], files=files)


@router.get(
    "/runs/{run_id}/files/{name}",
    response_class=FileResponse,
    responses={200: {"content": {"application/octet-stream": {}}}, **PAGE_PROBLEMS},
)
def one(here: Annotated[Here, Depends(here_for(VIEWER))], run_id: str, name: str) -> Response:
    """A file of a run, as a download."""
    with here.reading() as connection:
        opened(here, connection, run_id)
    path = here.workspace.run_folder(run_id) / name
    # Names are those of a run and no others: no path leads out of its folder.
    if name not in RUN.files or not path.is_file():
        raise NotFoundError(f"the run has no file {name[:60]!r}", remedy="look at the list of its files")
    return FileResponse(
        path, media_type="application/octet-stream", filename=f"{run_id[:12]}-{name}", headers=_ALWAYS
    )
