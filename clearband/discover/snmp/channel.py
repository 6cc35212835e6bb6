"""A way to one address by UDP: a datagram out, and of what comes back the one that answers it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final

from clearband.discover.snmp.ber import MalformedError
from clearband.discover.snmp.pdu import Response

_MOST_JUNK: Final = 1_000


class SilentError(Exception):
    """Nothing came that answers."""


class ClosedError(Exception):
    """The address says that nobody listens at the port, or cannot be reached at all."""


class FloodError(Exception):
    """Datagrams come that answer nothing, and do not stop."""


class Channel(asyncio.DatagramProtocol):
    """One socket that speaks to one address and hears no other.

    Attributes:
        received: Bytes that came.
        junk: Datagrams that answered nothing.
    """

    def __init__(self) -> None:
        self.received = 0
        self.junk = 0
        self._transport: asyncio.DatagramTransport | None = None
        self._accept: Callable[[bytes], Response] | None = None
        self._answer: asyncio.Future[Response] | None = None

    @classmethod
    async def to(cls, address: str, port: int) -> Channel:
        """Open a way to an address.

        Raises:
            ClosedError: There is none from here.
        """
        loop = asyncio.get_running_loop()
        try:
            _, channel = await loop.create_datagram_endpoint(cls, remote_addr=(address, port))
        except OSError as error:
            raise ClosedError(error.strerror or "cannot be reached") from None
        return channel

    def close(self) -> None:
        """Close the way."""
        if self._transport is not None:
            self._transport.close()

    async def exchange(self, data: bytes, accept: Callable[[bytes], Response], timeout: float) -> Response:
        """Send a datagram and wait for its answer.

        Args:
            accept: Reads an answer; raises `MalformedError` for what is none, which is then passed over.
            timeout: Seconds to wait.

        Raises:
            SilentError: Nothing came that answers.
            ClosedError: Nobody listens there.
            FloodError: Too much came that is no answer.
        """
        assert self._transport is not None
        self._accept, self._answer = accept, asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(timeout):
                self._transport.sendto(data)
                return await self._answer
        except TimeoutError:
            raise SilentError from None
        finally:
            self._accept = self._answer = None

    def connection_made(self, transport: Any) -> None:
        """The socket is there."""
        self._transport = transport

    def datagram_received(self, data: bytes, _: Any) -> None:
        """A datagram came."""
        self.received += len(data)
        if self._accept is None or self._answer is None or self._answer.done():
            return
        try:
            self._answer.set_result(self._accept(data))
        except MalformedError:
            self.junk += 1
            if self.junk > _MOST_JUNK:
                self._answer.set_exception(FloodError())
        except Exception as error:  # what the reader says belongs to whoever waits
            self._answer.set_exception(error)

    def error_received(self, error: Exception) -> None:
        """The network says that the datagram did not arrive."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ClosedError(getattr(error, "strerror", None) or "cannot be reached"))
