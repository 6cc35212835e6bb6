"""Which of the two forms a request wants: a page, or JSON."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request

JSON: Final = "application/json"
HTML: Final = "text/html; charset=utf-8"
JSON_PROBLEM: Final = "application/problem+json"
FORMATS: Final = ("json", "html")


def wants_html(request: Request) -> bool:
    """Whether the page is wanted: ``?format=`` says so, or else ``Accept`` prefers HTML to JSON.

    Whoever names neither, or takes anything, is a program.
    """
    asked = request.query_params.get("format")
    if asked in FORMATS:
        return asked == "html"
    html, json = _quality(request.headers.get("accept", ""))
    return html > json


def _quality(accept: str) -> tuple[float, float]:
    """How much HTML and JSON are wanted, from 0 to 1; wildcards count for JSON alone."""
    html = json = 0.0
    for part in accept.lower().split(",")[:50]:
        media, *parameters = (piece.strip() for piece in part.split(";"))
        quality = 1.0
        for one in parameters:
            name, _, value = one.partition("=")
            if name.strip() == "q":
                try:
                    quality = float(value)
                except ValueError:
                    quality = 0.0
        if media in ("text/html", "application/xhtml+xml"):
            html = max(html, quality)
        elif media in (JSON, JSON_PROBLEM):
            json = max(json, quality)
    # A browser takes anything too, but names HTML first; a program that takes anything names no HTML.
    return html, json
