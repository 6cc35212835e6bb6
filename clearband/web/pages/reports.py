"""``/runs/{run}/reports``: briefs and filings of a run, as drafts to take away."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

from fastapi import APIRouter, Depends
from pydantic import BaseModel
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from clearband.errors import OutputError
from clearband.web.answering import With, page
from clearband.web.documented import problems_of
from clearband.web.here import Here, here_for
from clearband.web.pages.of_run import Run, opened, run_of
from clearband.workspace.errors import NotFoundError, StateError
from clearband.workspace.roles import VIEWER
from clearband.workspace.turns import Turns
from clearband.workspace.worker import DATABASE

router = APIRouter(tags=["reports"])

_SECONDS: Final = 600
_TURNS: Final = Turns(2, 8, "many drafts are being made")
"""Each draft is made by a process that reads the run."""


@dataclass(frozen=True)
class Kind:
    """A kind of draft: the command that makes it, what it is, its formats, and what a run must have asked: an
    actor, and any of the actions."""

    name: str
    title: str
    what: str
    formats: tuple[str, ...]
    asks: tuple[str, tuple[str, ...]] | None = None


_CONTRACTOR: Final = ("federal-contractor", ("procure", "contract-with", "use"))
_PROVIDER: Final = "advanced-communications-provider"
KINDS: Final = (
    Kind(
        "board", "Board brief", "One page: what there is, what is forbidden, open and due.", ("pdf", "html")
    ),
    Kind(
        "section-889",
        "Section 889 representation",
        "Worksheet for FAR 52.204-24; no box is ticked, and what is open stands with it.",
        ("pdf", "xlsx", "html"),
        _CONTRACTOR,
    ),
    Kind(
        "section-889-report",
        "Section 889 reports",
        "Drafts of the 1-day and 10-day reports of FAR 52.204-25(d).",
        ("pdf", "xlsx", "html"),
        _CONTRACTOR,
    ),
    Kind(
        "fcc-annual",
        "FCC annual report",
        "Worksheet for covered equipment on 31 December (47 CFR 1.50007).",
        ("pdf", "xlsx", "html"),
        (_PROVIDER, ("report", "use")),
    ),
    Kind(
        "reimbursement",
        "Reimbursement request",
        "Worksheet with the lines of the cost catalogue.",
        ("pdf", "xlsx", "html"),
        (_PROVIDER, ("remove", "use", "report")),
    ),
    Kind(
        "evidence",
        "Evidence pack",
        "For an auditor: the run, clauses and sources, decisions, and the audit trail, with all hashes.",
        ("zip",),
    ),
)


class Draft(BaseModel):
    """A kind of draft, and in which formats it can be had. ``missing`` says what the run did not ask that the
    draft needs; it is null where the draft can be made."""

    kind: str
    title: str
    what: str
    formats: list[str]
    missing: str | None


class Drafts(BaseModel):
    """The drafts that can be made of a run."""

    run: Run
    drafts: list[Draft]


@page(router, "/runs/{run_id}/reports", "reports.html.j2")
def listed(here: Here, run_id: str) -> With[Drafts]:
    """Briefs and filings that can be made of a run. Each is a draft: nothing is filled in that the data does
    not say."""
    with here.reading() as connection:
        run = run_of(connection, opened(here, connection, run_id).run)
    asked = json.loads((here.workspace.run_folder(run_id) / "run.json").read_bytes())["settings"]
    titles = {one["id"]: one["title"] for one in here.facts.read("vocabulary")["actors"]}
    drafts = [
        Draft(
            kind=one.name,
            title=one.title,
            what=one.what,
            formats=list(one.formats),
            missing=_missing(one, asked, titles),
        )
        for one in KINDS
    ]
    return With(Drafts(run=run, drafts=drafts))


def _missing(kind: Kind, asked: dict[str, list[str]], titles: dict[str, str]) -> str | None:
    if kind.asks is None:
        return None
    actor, actions = kind.asks
    if actor not in asked["actors_asked"]:
        return f"The run did not ask for “{titles[actor]}”"
    if not set(actions) & set(asked["actions_asked"]):
        return f"The run asked for none of the actions {', '.join(actions)}"
    return None


@router.get(
    "/runs/{run_id}/reports/{name}",
    response_class=FileResponse,
    responses={200: {"content": {"application/octet-stream": {}}}, **problems_of(changes=True)},
)
def one(here: Annotated[Here, Depends(here_for(VIEWER))], run_id: str, name: str) -> Response:
    """A draft, made now: ``board.pdf``, ``section-889.xlsx``, ``evidence.zip`` and so on."""
    kind, _, form = name.partition(".")
    known = {one.name: one for one in KINDS}.get(kind)
    if known is None or form not in known.formats:
        raise NotFoundError(f"there is no draft {name[:60]!r}", remedy="look at the list of drafts")
    with here.reading() as connection:
        opened(here, connection, run_id)
    folder = tempfile.TemporaryDirectory(prefix="clearband-draft-")
    try:
        out = Path(folder.name) / name
        _make(here, run_id, kind, out)
    except BaseException:
        folder.cleanup()
        raise
    headers = {"Cache-Control": "private, no-store", "Content-Security-Policy": "default-src 'none'; sandbox"}
    return FileResponse(
        out,
        media_type="application/octet-stream",
        filename=f"{run_id[:12]}-{name}",
        headers=headers,
        background=BackgroundTask(folder.cleanup),
    )


def _make(here: Here, run_id: str, kind: str, out: Path) -> None:
    """Make a draft in a process of its own, whose memory comes back."""
    workspace = here.workspace
    run, environment = str(workspace.run_folder(run_id)), dict(os.environ)
    if kind == "evidence":
        asked = ["workspace", "evidence", run_id, "--workspace", str(workspace.folder)]
        environment.pop(DATABASE, None)
        if workspace.engine.dialect.name == "postgresql":
            # With its password, which a command line would show to everybody on the machine.
            environment[DATABASE] = workspace.engine.url.render_as_string(hide_password=False)
    else:
        asked = ["report", kind, "--run", run]
    with _TURNS.turn():
        try:
            # The kind is one of ours, and the paths are the server's.
            done = subprocess.run(  # noqa: S603
                [sys.executable, "-m", "clearband", *asked, "--out", str(out)],
                capture_output=True,
                text=True,
                timeout=_SECONDS,
                check=False,
                env=environment,
            )
        except subprocess.TimeoutExpired:
            raise StateError(
                "the draft takes too long", remedy=f"clearband {' '.join(asked[:2])} makes it"
            ) from None
    if done.returncode or not out.is_file():
        said = (done.stderr.strip().splitlines() or ["it could not be made"])[-1]
        # Where the server keeps its runs is nobody's business who reads one.
        said = said.removeprefix("clearband: ").replace(f"{run}: ", "").replace(run, "the run")
        said = said.replace(str(out), out.name).replace(str(workspace.folder), "the workspace")[:500]
        raise (OutputError if "disk is full" in said else StateError)(said)
