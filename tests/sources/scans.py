"""Scans in nmap's form, written by hand for the tests."""

from __future__ import annotations

UP = '<status state="up" reason="echo-reply" reason_ttl="64"/>'
DONE = '<runstats><finished exit="success"/><hosts up="1" down="0" total="1"/></runstats>'


def scan(*hosts: str, end: str = DONE, before: str = "<!DOCTYPE nmaprun>\n") -> str:
    """A whole scan of some hosts."""
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n{before}<nmaprun scanner="nmap">\n'
    return f"{head}{''.join(hosts)}{end}\n</nmaprun>\n"


def host(*inside: str, address: str = "192.0.2.1", status: str = UP) -> str:
    """One host with an IPv4 address."""
    return f'<host>{status}<address addr="{address}" addrtype="ipv4"/>{"".join(inside)}</host>\n'


def port(*inside: str, number: int = 80, protocol: str = "tcp", state: str = "open") -> str:
    """One port."""
    head = f'<ports><port protocol="{protocol}" portid="{number}">'
    return f'{head}<state state="{state}" reason="x"/>{"".join(inside)}</port></ports>'


def script(name: str, output: str = "", fields: str = "") -> str:
    """The result of one script, with its structured form."""
    return f'<script id="{name}" output="{output}">{fields}</script>'


def elem(key: str, text: str) -> str:
    """A field of a structured result."""
    return f'<elem key="{key}">{text}</elem>'
