"""What one device may cost, and all together."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds of a sweep.

    Args:
        timeout: Seconds without an answer until a request is made again or given up.
        retries: How often a request is made again.
        device_seconds: Seconds that one device may let wait in all.
        device_values: Values that are taken from one device.
        device_bytes: Bytes that are taken from one device.
        rate: Most requests a second, over all devices.
        at_once: Most devices that are asked at a time.
    """

    timeout: float = 2.0
    retries: int = 2
    device_seconds: float = 60.0
    device_values: int = 100_000
    device_bytes: int = 16_000_000
    rate: float = 1_000.0
    at_once: int = 100


class Pace:
    """Lets requests go one after another, evenly.

    Args:
        rate: Most requests a second.
    """

    def __init__(self, rate: float) -> None:
        self._between = 1.0 / rate
        self._next = 0.0
        self.requests = 0

    async def wait(self) -> None:
        """Wait for one's turn."""
        self.requests += 1
        now = time.monotonic()
        turn = max(now, self._next)
        self._next = turn + self._between
        if turn > now:
            await asyncio.sleep(turn - now)
