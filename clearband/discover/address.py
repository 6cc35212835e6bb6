"""The address of a service, and which ones a secret may be sent to."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from clearband.errors import UsageError

_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True)
class Address:
    """Where a service answers.

    Args:
        scheme: ``https`` or ``http``.
        host: Name or IP address, without brackets.
        port: TCP port.
        path: What all paths of the service begin with: empty, or ``/netbox``.
    """

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port (only one that is not the scheme's own)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _PORTS[self.scheme] else f":{self.port}")

    @property
    def shown(self) -> str:
        """The address as it is written in messages, records and work files."""
        return self.origin + self.path

    def is_origin_of(self, url: str) -> bool:
        """Whether an absolute URL has this scheme, host and port."""
        try:
            parts = urlsplit(url)
            port = parts.port or _PORTS.get(parts.scheme)
        except ValueError:
            return False
        return (parts.scheme, parts.hostname, port) == (self.scheme, self.host, self.port)


def address_of(url: str, *, allow_http: bool = False) -> Address:
    """The address that a user gave; a trailing ``/`` or ``/api`` is taken off.

    Args:
        url: Such as ``https://netbox.example.net/``.
        allow_http: Also take ``http://`` to other machines, where anyone on the way reads the token.

    Raises:
        UsageError: It is no address of a web service, holds a password, or would send the token unencrypted.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if parts.username is not None or parts.password is not None:
        raise UsageError(
            "the address holds a user or password", where="URL", remedy="give the token by --token-file"
        )
    if parts.scheme not in _PORTS or not host or any(c.isspace() or not c.isprintable() for c in url.strip()):
        raise UsageError(
            f'"{url[:80]}" is no address', where="URL", remedy="write https://HOST[:PORT][/PATH]"
        )
    if parts.query or parts.fragment:
        raise UsageError("the address has a query", where="URL", remedy="write https://HOST[:PORT][/PATH]")
    if parts.scheme == "http" and not allow_http and not _is_loopback(host):
        raise UsageError(
            "http:// would send the token unencrypted",
            where=f"http://{host}",
            remedy="write https://, or add --allow-http where the way there is safe",
        )
    path = parts.path.rstrip("/").removesuffix("/api").rstrip("/")
    return Address(parts.scheme, _ascii(host), port or _PORTS[parts.scheme], quote(path, safe="/%~"))


def _ascii(host: str) -> str:
    """The host as it is looked up: names in other scripts by IDNA."""
    try:
        name = host if ":" in host else host.encode("idna").decode("ascii")
    except UnicodeError:
        name = ""
    if not name or not all(letter.isalnum() or letter in ".-_:%" for letter in name):
        raise UsageError(f'"{host[:80]}" is no host', where="URL", remedy="write https://HOST[:PORT][/PATH]")
    return name


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
