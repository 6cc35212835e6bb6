"""A PostgreSQL of the tests' own, on loopback, from Debian's package."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

INSTALLED = "/usr/lib/postgresql"


class CannotStartError(Exception):
    """A server that a test needs is not installed, or does not start."""


def programs() -> Path:
    """The folder of PostgreSQL's programs."""
    found = sorted(Path(INSTALLED).glob("*/bin/initdb"))
    if not found:
        raise CannotStartError("PostgreSQL is missing: apt-get install postgresql")
    return found[-1].parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def cluster(folder: Path, port: int) -> Iterator[str]:
    """A cluster in ``folder``, made when there is none; gives its address without a database."""
    where = programs()
    if not folder.exists():
        folder.mkdir(mode=0o700)
        if _as_postgres():
            shutil.chown(folder, "postgres", "postgres")
            _let_through(folder)
        made = [where / "initdb", "-D", folder, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync"]
        _run([*_as_postgres(), *made])
    flags = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
    control = [*_as_postgres(), where / "pg_ctl", "-D", folder, "-w", "-t", "120"]
    _run([*control, "-l", folder / "server.log", "-o", flags, "start"], stdin=subprocess.DEVNULL)
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}"
    finally:
        if _as_postgres():
            # Another session of pytest may have closed the folders above meanwhile.
            _let_through(folder)
        _run([*control, "-m", "fast", "stop"])


def _as_postgres() -> list[str]:
    """PostgreSQL refuses to run as root."""
    return ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []


def _let_through(folder: Path) -> None:
    """pytest's folders are closed to others; the server must pass through those above its own."""
    for above in folder.parents:
        if above.stat().st_uid == 0 and not above.stat().st_mode & 0o001:
            above.chmod(above.stat().st_mode | 0o001)


def _run(command: Sequence[str | Path], **options: object) -> None:
    with tempfile.TemporaryFile("w+") as said:
        # Not to a pipe: the server that is started would hold it open.
        done = subprocess.run(command, stdout=said, stderr=said, check=False, cwd="/", **options)  # type: ignore[call-overload]
        said.seek(0)
        if done.returncode:
            raise CannotStartError(f"{command[0]} failed: {said.read().strip()[-800:]}")
