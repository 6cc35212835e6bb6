"""``HEAD`` is ``GET`` without the body (RFC 9110, 9.3.2): monitors ask so whether a page is there."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send


class Head:
    """Answers ``HEAD`` where there is a ``GET``; the HTTP server leaves the body out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return
        inner = {**scope, "method": "GET"}
        try:
            await self._app(inner, receive, send)
        finally:
            # The log asks which route it was.
            scope.update({**inner, "method": "HEAD"})
