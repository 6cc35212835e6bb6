"""One line of JSON a request, and one for each defect with what is needed to mend it."""

from __future__ import annotations

import logging
import re
import secrets
import sys
import time
from typing import Any, Final, TextIO

import structlog
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clearband.web.measured import Measured
from clearband.web.problems import of_exception, respond, unexpected

_ID: Final = "X-Request-Id"
_SECRETS: Final = re.compile(r"(://[^/\s:@]+:)[^@\s/]+@|\bclearband_[A-Za-z0-9_-]+")
_TEXT: Final = 20_000


def log_to(stream: TextIO | None = None) -> Any:
    """A log that writes JSON lines to a stream; None is standard error."""
    return structlog.wrap_logger(
        structlog.PrintLogger(stream or sys.stderr),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            structlog.processors.format_exc_info,
            _without_secrets,
            structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=True),
        ],
        wrapper_class=structlog.BoundLogger,
    )


def _without_secrets(_logger: Any, _name: str, told: Any) -> Any:
    """Tokens of the API, and passwords of database URLs in what others say."""
    return {
        key: _SECRETS.sub(lambda found: f"{found[1]}…@" if found[1] else "…", value[:_TEXT])
        if isinstance(value, str)
        else value
        for key, value in told.items()
    }


class Passed(logging.Handler):
    """What libraries log, as lines of the same log.

    Args:
        log: Of `log_to`.
    """

    def __init__(self, log: Any) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """One line."""
        told = {"exc_info": record.exc_info} if record.exc_info else {}
        self._log.warning(record.getMessage(), of=record.name, **told)


class Logged:
    """Logs each request, and answers for handlers that fail in a way that nobody expected.

    The query is left out of the log: it holds names that were looked for.

    Args:
        app: What is watched.
        log: Of `log_to`.
        measured: Counts for ``/metrics``.
    """

    def __init__(self, app: ASGIApp, log: Any, measured: Measured) -> None:
        self._app = app
        self._log = log
        self._measured = measured

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        request_id = secrets.token_hex(8)
        begun, status, size = time.perf_counter(), 0, 0

        async def seen(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (_ID.lower().encode(), request_id.encode())]
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, seen)
        except Exception as error:
            told = of_exception(error)
            if told is None:
                self._log.error("defect", id=request_id, path=request.url.path, exc_info=error)
                told = unexpected(request_id)
            if status:
                # The answer has begun: to end it as if it were whole would be a lie.
                raise
            await respond(request, told)(scope, receive, seen)
        finally:
            seconds = time.perf_counter() - begun
            route = getattr(scope.get("route"), "path", None) or "other"
            here = getattr(request.state, "here", None)
            self._measured.request(request.method, route, status, seconds)
            self._log.info(
                "request",
                id=request_id,
                method=request.method,
                path=request.url.path,
                status=status,
                ms=round(seconds * 1000, 1),
                bytes=size,
                person=here.actor.person_id if here else None,
                by=here.by if here else None,
            )
