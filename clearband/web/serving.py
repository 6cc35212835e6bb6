"""Run the server until it is told to stop."""

from __future__ import annotations

import gc
import logging
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import uvicorn
from fastapi import FastAPI

from clearband.errors import UsageError
from clearband.web.connections import BoundedProtocol
from clearband.web.here import Server
from clearband.web.logs import Passed

_STOP_SECONDS: Final = 5
_CONNECTIONS: Final = 500
_YOUNG: Final = 5_000
"""New objects after which circles among them are looked for: a request leaves some hundreds, and to look
through many more at once holds up all pages."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Args:
        port: 0 takes a free one.

    Raises:
        UsageError: It cannot.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        found = socket.create_server((host, port), family=family, backlog=256)
    except OSError as error:
        raise UsageError(
            f"it cannot listen there ({error.strerror})",
            where=f"{host} port {port}",
            remedy="give another --port",
        ) from None
    found.setblocking(False)
    return found


def serve(app: FastAPI, at: socket.socket, log: Any, *, ready: Callable[[], None]) -> None:
    """Answer requests until SIGTERM or SIGINT; those under way are finished, for some seconds.

    Args:
        app: Of `clearband.web.app.make_app`.
        at: Of `listen`.
        log: Of `clearband.web.logs.log_to`.
        ready: Called when the first request can come.
    """
    for name in ("uvicorn", "uvicorn.error", "sqlalchemy", "asyncio"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [Passed(log)], False
    config = uvicorn.Config(
        app,
        http=BoundedProtocol,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        # Addresses are as configured; what a header says of them is not believed.
        proxy_headers=False,
        limit_concurrency=_CONNECTIONS,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=_STOP_SECONDS,
    )
    gc.collect()
    # What there is before the first request stays; nobody need look through it again.
    gc.freeze()
    gc.set_threshold(_YOUNG, 20, 100)
    _Server(config, ready, app.state.server).run(sockets=[at])


class _Server(uvicorn.Server):
    """uvicorn's, which by itself would end the process by the signal that stopped it."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None], server: Server) -> None:
        super().__init__(config)
        self._ready = ready
        self._server = server

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        if not self.should_exit:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Finish what is under way, and have end what would go on for as long as somebody listens."""
        self._server.stopping = True
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """The first signal stops gracefully, a second one at once."""
        signals = (signal.SIGINT, signal.SIGTERM)
        before = [signal.signal(one, self.handle_exit) for one in signals]
        try:
            yield
        finally:
            for one, handler in zip(signals, before, strict=True):
                signal.signal(one, handler)
