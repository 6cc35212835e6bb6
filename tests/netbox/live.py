"""A seeded NetBox, and the command line beside it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.netbox.real_server import real_netbox
from tests.netbox.seed import Seeder, seed


@dataclass(frozen=True)
class Live:
    """A running NetBox.

    Args:
        url: Its address.
        folder: Where commands run.
        api: A client of the tests' own.
        tokens: By user and version; ``wrong`` is none of them.
    """

    url: str
    folder: Path
    api: Seeder
    tokens: dict[str, str]

    def clearband(self, *words: str, token: str = "keeper 2", url: str = "") -> tuple[int, str]:
        """Exit status of a command, and what it prints on both streams."""
        environment = {**os.environ, "CLEARBAND_NETBOX_TOKEN": self.tokens[token]}
        done = subprocess.run(
            [sys.executable, "-m", "clearband", *words],
            cwd=self.folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert self.tokens[token] not in done.stdout
        return done.returncode, done.stdout


@contextmanager
def live_netbox(folder: Path) -> Iterator[Live]:
    """A NetBox with 320 devices and more.

    Raises:
        CannotStartError: There is none on this machine.
    """
    begun = time.monotonic()
    with real_netbox() as server:
        print(f"\nNetBox is up after {time.monotonic() - begun:.0f} s", flush=True)
        begun = time.monotonic()
        api = seed(server.url, server.tokens["keeper 2"])
        print(f"seeded in {time.monotonic() - begun:.0f} s", flush=True)
        wrong = server.tokens["keeper 2"][:-4] + "xxxx"
        yield Live(server.url, folder, api, {**server.tokens, "wrong": wrong})
