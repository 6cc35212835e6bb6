"""Styles and scripts of our own, under a name with the hash of their bytes: kept by browsers for good."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Final

from fastapi import APIRouter
from starlette.responses import Response

from clearband.reports.page.render import TEMPLATES as REPORTS
from clearband.web.problems import WebError

_FOLDER: Final = Path(__file__).parent / "static"
_STYLES_OF_PICTURES: Final = ("timeline_svg.css", "plan/chart.css")
"""Of reports, whose pictures stand in pages."""
_KINDS: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_HASH: Final = 16

router = APIRouter(include_in_schema=False)


@lru_cache(maxsize=1)
def _files() -> dict[str, tuple[bytes, str]]:
    """Name with hash to bytes and media type."""
    found = {}
    for file in [*sorted(_FOLDER.iterdir()), *(REPORTS / name for name in _STYLES_OF_PICTURES)]:
        if file.suffix in _KINDS:
            text = file.read_bytes()
            name = f"{file.stem}.{hashlib.sha256(text).hexdigest()[:_HASH]}{file.suffix}"
            found[name] = (text, _KINDS[file.suffix])
    return found


@lru_cache(maxsize=64)
def address_of(name: str) -> str:
    """Where a file is served, such as ``/static/clearband.0123456789abcdef.css``."""
    stem, _, suffix = name.rpartition(".")
    for one in _files():
        if one.startswith(f"{stem}.") and one.endswith(f".{suffix}") and len(one) == len(name) + _HASH + 1:
            return f"/static/{one}"
    raise KeyError(name)


@router.get("/static/{name}")
def static(name: str) -> Response:
    """One file."""
    if name not in _files():
        raise WebError(404, "not-found", "Not found")
    text, media_type = _files()[name]
    return Response(
        text, media_type=media_type, headers={"Cache-Control": "public, max-age=31536000, immutable"}
    )


@router.get("/favicon.ico")
def favicon() -> Response:
    """Browsers ask for it whatever a page says."""
    return static(address_of("mark.svg").removeprefix("/static/"))
