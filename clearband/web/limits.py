"""How large and how slow a request may be."""

from __future__ import annotations

import asyncio
import time
from typing import Final

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clearband.web.problems import WebError, respond
from clearband.web.settings import Limits

UPLOADS: Final = ("/uploads", "/attachments")
"""Ends of addresses that take files."""


class Limited:
    """Refuses headers and bodies that are too large, and senders that are too slow.

    Args:
        app: What is guarded.
        limits: How much is too much.
    """

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        path = request.url.path.rstrip("/")
        # Files of a form go to disk as they come; any other body is held in memory.
        files = request.headers.get("content-type", "").lower().startswith("multipart/form-data")
        most = self._limits.upload_bytes if files and path.endswith(UPLOADS) else self._limits.body_bytes
        refused = self._headers_refused(request, most)
        if refused is not None:
            await respond(request, refused)(scope, receive, send)
            return
        await self._app(scope, _Counted(receive, most, self._limits), send)

    def _headers_refused(self, request: Request, most: int) -> WebError | None:
        size = sum(len(name) + len(value) + 4 for name, value in request.scope["headers"])
        size += len(request.scope["raw_path"] or b"") + len(request.scope["query_string"])
        if size > self._limits.header_bytes:
            return WebError(431, "headers", "The headers are too large")
        length = request.headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit():
            return WebError(400, "malformed", "The request cannot be read", "Content-Length is no number")
        return _too_large(most) if int(length[:20]) > most else None


class _Counted:
    """Receives, and counts what came."""

    def __init__(self, receive: Receive, most: int, limits: Limits) -> None:
        self._receive = receive
        self._most = most
        self._limits = limits
        self._bytes = 0
        self._begun = time.monotonic()
        self._whole = False

    async def __call__(self) -> Message:
        if self._whole:
            # The body is all there; what comes is that the sender goes away.
            return await self._receive()
        try:
            message = await asyncio.wait_for(self._receive(), self._limits.quiet_seconds)
        except TimeoutError:
            raise _too_slow() from None
        if message["type"] != "http.request":
            return message
        self._bytes += len(message.get("body", b""))
        if self._bytes > self._most:
            raise _too_large(self._most)
        self._whole = not message.get("more_body", False)
        taken = time.monotonic() - self._begun
        if (
            not self._whole
            and taken > self._limits.quiet_seconds
            and self._bytes < taken * self._limits.slowest_rate
        ):
            raise _too_slow()
        return message


def _too_large(most: int) -> WebError:
    return WebError(
        413,
        "too-large",
        "Too large",
        f"at most {most:,} bytes are taken here",
        # What is left of it is not read, so that the connection cannot go on.
        headers={"Connection": "close"},
    )


def _too_slow() -> WebError:
    return WebError(408, "too-slow", "The request came too slowly", headers={"Connection": "close"})
