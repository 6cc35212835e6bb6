"""One device and one credential: a request is made until it is answered, within what the device may cost."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, replace

from clearband.discover.snmp.channel import Channel, SilentError
from clearband.discover.snmp.community import CommunityMessages
from clearband.discover.snmp.limits import Limits, Pace
from clearband.discover.snmp.pdu import GET_BULK, Request, Response
from clearband.discover.snmp.usm import NotInTimeError, RefusedError, User, UserMessages

Credential = bytes | User
"""A community, or a user of SNMPv3."""
_FEWER = 4


class SpentError(Exception):
    """The device has cost what it may; the message says what."""


@dataclass
class Budget:
    """What one device has cost so far.

    Attributes:
        seconds: For which it let wait.
        values: That were taken from it.
    """

    limits: Limits
    seconds: float = 0.0
    values: int = 0

    def check(self, channel: Channel) -> float:
        """Seconds that the next answer may take.

        Raises:
            SpentError: The device has cost what it may.
        """
        limits = self.limits
        if self.seconds >= limits.device_seconds:
            raise SpentError(f"it takes longer than {limits.device_seconds:g} s")
        if self.values >= limits.device_values:
            raise SpentError(f"it has more than {limits.device_values} values")
        if channel.received >= limits.device_bytes:
            raise SpentError(f"it sends more than {limits.device_bytes} bytes")
        return min(limits.timeout, limits.device_seconds - self.seconds)


class Session:
    """Asks one device with one credential.

    Args:
        pace: Shared by all devices.
        budget: Of the device, shared by its sessions.
    """

    def __init__(self, channel: Channel, credential: Credential, pace: Pace, budget: Budget) -> None:
        self.channel = channel
        self.budget = budget
        self._pace = pace
        self._messages: CommunityMessages | UserMessages = (
            UserMessages(credential) if isinstance(credential, User) else CommunityMessages(credential)
        )

    @property
    def engine(self) -> bytes:
        """Id of the engine, where it is known; by SNMPv3 it is told before anything is refused."""
        return self._messages.engine if isinstance(self._messages, UserMessages) else b""

    async def ask(self, request: Request) -> Response:
        """Ask, and ask again where no answer comes; then for fewer values, since large answers get lost.

        Raises:
            SilentError: No answer came.
            ClosedError, FloodError, RefusedError: As the channel and the messages say.
            SpentError: The device has cost what it may.
        """
        if isinstance(self._messages, UserMessages) and not self._messages.is_discovered:
            await self._attempts(None)
        return await self._attempts(request)

    async def _attempts(self, request: Request | None) -> Response:
        out_of_time = 0
        attempt = 0
        while True:
            try:
                response = await self._once(request)
            except NotInTimeError:
                out_of_time += 1
                if out_of_time > 1:
                    raise RefusedError("its clock does not fit") from None
            except SilentError:
                attempt += 1
                if attempt > self.budget.limits.retries:
                    raise
                if request is not None and request.kind == GET_BULK:
                    request = replace(request, repetitions=max(1, request.repetitions // _FEWER))
            else:
                self.budget.values += len(response.pairs)
                return response

    async def _once(self, request: Request | None) -> Response:
        await self._pace.wait()
        timeout = self.budget.check(self.channel)
        number = secrets.randbits(30) + 1
        messages = self._messages
        if request is not None:
            data = messages.encode(request, number)
        else:
            assert isinstance(messages, UserMessages)
            data = messages.discovery(number)
        begun = time.monotonic()
        try:
            return await self.channel.exchange(data, lambda answer: messages.decode(answer, number), timeout)
        finally:
            self.budget.seconds += time.monotonic() - begun
