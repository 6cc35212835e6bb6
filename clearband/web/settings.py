"""What a server is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from clearband.errors import UsageError

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_MB: Final = 1_000_000


@dataclass(frozen=True)
class Limits:
    """How much one request may ask for.

    Attributes:
        body_bytes: Of a request that uploads nothing.
        upload_bytes: Of a request that uploads a file.
        header_bytes: Of all headers together.
        json_depth: How deep JSON may be nested.
        json_values: How many values JSON, or a form, may hold.
        quiet_seconds: How long a sender may say nothing in the middle of a request.
        slowest_rate: Bytes a second that a sender must keep up on average, once quiet_seconds have passed.
    """

    body_bytes: int = _MB
    upload_bytes: int = 2_000 * _MB
    header_bytes: int = 32_000
    json_depth: int = 20
    json_values: int = 20_000
    quiet_seconds: float = 20.0
    slowest_rate: int = 1_000


@dataclass(frozen=True)
class OpenIdProvider:
    """Who says who somebody is.

    Attributes:
        issuer: Its address, as its configuration document repeats it.
        client_id: Who this server is to it.
        client_secret: None for a client without one; code exchange is guarded by PKCE in either case.
        first_admin: The subject that gets the role admin when it signs in and there is no admin yet.
    """

    issuer: str
    client_id: str
    client_secret: str | None = field(default=None, repr=False)
    first_admin: str | None = None


@dataclass(frozen=True)
class Settings:
    """How a server runs.

    Attributes:
        host, port: Where it listens.
        base_url: Where browsers find it, such as ``https://clearband.example``; None is where it listens.
        provider: None is local mode: loopback only, everybody is one local person.
        approved: Folder of an approved list to show.
        network, plan: A plan to show, and the network that it is for.
        demo: Whether the workspace was made for a demonstration, which pages say.
    """

    host: str = "127.0.0.1"
    port: int = 8889
    base_url: str | None = None
    provider: OpenIdProvider | None = None
    approved: Path | None = None
    network: Path | None = None
    plan: Path | None = None
    demo: bool = False
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        if self.provider is None and self.host not in LOOPBACK:
            raise UsageError(
                f"without sign-in it listens on this machine only, and {self.host} is not that",
                where="--host",
                remedy="give --oidc-issuer, or leave --host out",
            )
        if self.provider is not None and not _by_tls(self.provider.issuer):
            raise UsageError(
                "a provider is asked by https://, or on this machine: codes and tokens travel there",
                where="--oidc-issuer",
                remedy="give its https:// address",
            )
        if self.base_url is not None:
            parts = urlsplit(self.base_url)
            if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
                raise UsageError("the address must be http(s)://HOST[:PORT] and no more", where="--base-url")
            if self.local and parts.hostname not in LOOPBACK:
                raise UsageError("without sign-in the address must be of this machine", where="--base-url")

    @property
    def local(self) -> bool:
        """Whether it runs without sign-in, for one person on their own machine."""
        return self.provider is None

    @property
    def origin(self) -> str:
        """Scheme, host and port as a browser names them."""
        if self.base_url is not None:
            parts = urlsplit(self.base_url)
            return f"{parts.scheme}://{parts.netloc}"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def secure(self) -> bool:
        """Whether browsers reach it by TLS only, so that cookies may say so."""
        return self.origin.startswith("https://")


def _by_tls(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
