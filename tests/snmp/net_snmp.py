"""A real agent: net-snmp's ``snmpd`` on loopback, with a configuration of its own."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PASSWORDS = ("authentic-canary-1", "encrypted-canary-1")
USERS = {
    "sha1-aes128": ("SHA", "AES"), "sha224-aes128": ("SHA-224", "AES"), "sha256-aes128": ("SHA-256", "AES"),
    "sha384-aes192": ("SHA-384", "AES-192"), "sha512-aes256": ("SHA-512", "AES-256"),
    "sha1-aes256": ("SHA", "AES-256"), "sha256-aes256": ("SHA-256", "AES-256"), "sha256": ("SHA-256", ""),
}  # fmt: skip
"""Users by the words of Clearband, with those of snmpd."""


def snmpd_path() -> str | None:
    """Where ``snmpd`` is; None where it is not installed."""
    return shutil.which("snmpd", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")


@contextmanager
def snmpd(folder: Path, community: str) -> Iterator[int]:
    """An agent for as long as the block lasts; gives its port."""
    path = snmpd_path()
    assert path is not None
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    lines = [
        f"agentaddress udp:127.0.0.1:{port}", f"rocommunity {community}", "sysName net-snmp-1",
        "sysDescr Huawei Versatile Routing Platform", "sysObjectID 1.3.6.1.4.1.2011.2.23.95",
    ]  # fmt: skip
    for name, (auth, priv) in USERS.items():
        encryption = f" {priv} {PASSWORDS[1]}" if priv else ""
        lines += [
            f"createUser {name} {auth} {PASSWORDS[0]}{encryption}",
            f"rouser {name} {'priv' if priv else 'auth'}",
        ]
    config = folder / "snmpd.conf"
    config.write_text("\n".join(lines) + "\n", encoding="utf-8")
    agent = subprocess.Popen(
        [path, "-f", "-C", "-c", str(config), "-Lf", str(folder / "snmpd.log"), "-p", str(folder / "pid")],
        env={"SNMP_PERSISTENT_DIR": str(folder), "MIBS": ""},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(100):
            if "NET-SNMP version" in _log(folder):
                break
            time.sleep(0.05)
        yield port
    finally:
        agent.terminate()
        agent.wait(10)


def _log(folder: Path) -> str:
    log = folder / "snmpd.log"
    return log.read_text("utf-8", "replace") if log.exists() else ""
