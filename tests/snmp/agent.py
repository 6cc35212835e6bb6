"""Agents that tests play: SNMPv2c over UDP on loopback, honest, silent, slow and lying ones."""

from __future__ import annotations

import socket
import threading
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.snmp import ber

Reply = Callable[["Agent", ber.Request], list[bytes]]
_LARGEST = 1_400


def _key(oid: str) -> tuple[int, ...]:
    return tuple(map(int, oid.split(".")))


@dataclass
class Agent:
    """An agent with some values.

    Attributes:
        values: By object identifier, dotted, without a leading dot.
        community: Others get no answer.
        reply: The datagrams with which a request is answered; None answers as the standard says.
        asked: Requests that came, in order.
    """

    values: Mapping[str, ber.Value] = field(default_factory=dict)
    community: bytes = b"public"
    reply: Reply | None = None
    delay: float = 0.0
    address: str = "127.0.0.1"
    port: int = 0
    asked: list[ber.Request] = field(default_factory=list)
    strangers: int = 0

    def __post_init__(self) -> None:
        self._keys = sorted(map(_key, self.values))

    def honest(self, request: ber.Request) -> bytes:
        """The answer as RFC 3416 says, cut off where a datagram ends."""
        if request.kind == ber.GET:
            pairs = [
                (oid, ber.value(self.values[oid]) if oid in self.values else ber.NO_SUCH_INSTANCE)
                for oid in request.oids
            ]
        else:
            pairs = self._behind(request.oids[0], request.repetitions if request.kind == ber.GET_BULK else 1)
        return ber.response(request, pairs)

    def _behind(self, oid: str, count: int) -> list[tuple[str, bytes]]:
        at, pairs, size = bisect_right(self._keys, _key(oid)), list[tuple[str, bytes]](), 0
        for key in self._keys[at : at + count]:
            name = ".".join(map(str, key))
            content = ber.value(self.values[name])
            size += len(content) + len(name) + 8
            if pairs and size > _LARGEST:
                return pairs
            pairs.append((name, content))
        if at + count > len(self._keys):
            pairs.append((pairs[-1][0] if pairs else oid, ber.END_OF_MIB))
        return pairs

    def answers(self, data: bytes) -> list[bytes]:
        try:
            request = ber.read_request(data)
        except ValueError:  # of another version
            self.strangers += 1
            return []
        if request.community != self.community:
            self.strangers += 1
            return []
        self.asked.append(request)
        time.sleep(self.delay)
        return [self.honest(request)] if self.reply is None else self.reply(self, request)


@contextmanager
def playing(*agents: Agent) -> Iterator[None]:
    """The agents on loopback, each with a thread and a port of its own, for as long as the block lasts."""
    sockets = []
    for agent in agents:
        family = socket.AF_INET6 if ":" in agent.address else socket.AF_INET
        one = socket.socket(family, socket.SOCK_DGRAM)
        one.bind((agent.address, agent.port))
        agent.port = one.getsockname()[1]
        one.settimeout(0.05)
        sockets.append(one)
    done = threading.Event()

    def play(agent: Agent, one: socket.socket) -> None:
        while not done.is_set():
            try:
                data, sender = one.recvfrom(65_536)
                for datagram in agent.answers(data):
                    one.sendto(datagram, sender)
            except OSError:
                continue

    threads = [
        threading.Thread(target=play, args=pair, daemon=True) for pair in zip(agents, sockets, strict=True)
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        done.set()
        for thread, one in zip(threads, sockets, strict=True):
            thread.join()
            one.close()
