"""The protocol of connections: headers of a bounded size, in a bounded time."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEADER_BYTES: Final = 64_000
"""The first bytes of a request that may come without its headers being whole; beyond, the connection ends."""
HEADER_SECONDS: Final = 15.0
"""The time in which they must."""


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's, which by itself would keep headers of any size, and wait for them for ever."""

    _read = 0
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begin to wait."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Count until the headers are whole."""
        if self._deadline is None and (self.cycle is None or self.cycle.response_complete):
            self._wait()
        if self._deadline is not None:
            self._read += len(data)
        super().data_received(data)
        if self._deadline is not None and self._read > HEADER_BYTES:
            self._end()

    def on_headers_complete(self) -> None:
        """They are whole."""
        self._stop_waiting()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """The other side went away."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._read = 0
        self._deadline = self.loop.call_later(HEADER_SECONDS, self._end)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _end(self) -> None:
        self._stop_waiting()
        if not self.transport.is_closing():
            self.transport.abort()
