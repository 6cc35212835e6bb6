"""What every answer and every request keeps to, whatever its handler does."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clearband.web.problems import WebError, respond
from clearband.web.settings import LOOPBACK, Settings

CONTENT_SECURITY_POLICY: Final = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
_HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_YEAR: Final = "max-age=31536000"
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
ANYWHERE: Final = ("/health/",)
"""Asked by what watches the server, under whatever name it knows."""
_METRICS: Final = "/metrics"
"""Asked on this machine, under its own name too."""


class Sealed:
    """Headers on every answer, also those that tell of a defect.

    Args:
        app: What is guarded.
        settings: Where the server is found.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._headers = dict(_HEADERS)
        if settings.secure:
            self._headers["Strict-Transport-Security"] = _YEAR

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, sealed)


class Guard:
    """Refuses requests under a foreign name, and those sent by a page elsewhere.

    Args:
        app: What is guarded.
        settings: Where the server is found.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        refused = self._refused(Request(scope)) if scope["type"] == "http" else None
        await (respond(Request(scope), refused) if refused else self._app)(scope, receive, send)

    def _refused(self, request: Request) -> WebError | None:
        if not request.url.path.startswith(ANYWHERE) and not self._is_own_host(request):
            return WebError(
                421,
                "host",
                "This server does not answer to that name",
                remedy=f"use {self._settings.origin}",
            )
        if request.method in _SAFE or "authorization" in request.headers:
            return None
        return self._foreign(request)

    def _is_own_host(self, request: Request) -> bool:
        """In local mode a loopback name: a page elsewhere that points its own name here is refused."""
        hosts = request.headers.getlist("host")
        if len(hosts) != 1:
            return False
        if self._settings.local or (request.url.path == _METRICS and names_this_machine(request)):
            return names_this_machine(request)
        return hosts[0].lower() == urlsplit(self._settings.origin).netloc.lower()

    def _foreign(self, request: Request) -> WebError | None:
        origin = request.headers.get("origin")
        own = f"http://{request.headers['host']}" if self._settings.local else self._settings.origin
        site = request.headers.get("sec-fetch-site")
        if (origin is not None and origin.lower() != own.lower()) or site not in (
            None,
            "same-origin",
            "none",
        ):
            return _elsewhere()
        # Programs send no Origin, and no cookie either.
        return _elsewhere() if origin is None and site is None and request.cookies else None


def names_this_machine(request: Request) -> bool:
    """Whether it was asked for under a loopback name."""
    try:
        named = urlsplit(f"//{request.headers.get('host', '')}")
        plain = named.username is None and not (named.path or named.query or named.fragment)
        return plain and named.hostname in LOOPBACK
    except ValueError:
        return False


def _elsewhere() -> WebError:
    return WebError(
        403,
        "elsewhere",
        "Sent from elsewhere",
        "what changes something must come from a page of this server",
        remedy="open the page here, or send a token of the API",
    )
