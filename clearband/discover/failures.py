"""What went wrong with a service, in words."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
from typing import Final

from clearband.errors import InputError


class ServiceError(InputError):
    """A service does not answer as it should."""


class RefusedError(ServiceError):
    """The service understood the request and refused it.

    Args:
        status: HTTP status, 400 to 499.
        detail: The service's own words, cleaned and cut.
    """

    def __init__(self, what: str, *, where: str, remedy: str, status: int, detail: str) -> None:
        super().__init__(what, where=where, remedy=remedy)
        self.status = status
        self.detail = detail


_REFUSALS: Final = {
    401: ("the token is not accepted", "check that it is complete, enabled and not expired"),
    403: ("the token may not do this", "check the token and its user's permissions"),
    404: ("there is no such thing", "check the address, and that it is a NetBox"),
    429: ("there were too many requests", "ask fewer a second with --rate"),
}


def refusal(status: int, detail: str, where: str) -> ServiceError:
    """The error for an answer that is no success.

    Args:
        status: HTTP status.
        detail: The service's own words, without the token; may be empty.
        where: The address asked.
    """
    words = f" ({detail})" if detail else ""
    if 400 <= status < 500:
        what, remedy = _REFUSALS.get(status, ("the request is refused", "correct what it names"))
        return RefusedError(
            f"{what}: status {status}{words}", where=where, remedy=remedy, status=status, detail=detail
        )
    return ServiceError(
        f"the server fails: status {status}{words}", where=where, remedy="look into its log, or try later"
    )


def unreachable(error: Exception, attempts: int, where: str) -> ServiceError:
    """The error for a request that got no answer."""
    tried = f" ({attempts} attempts)" if attempts > 1 else ""
    remedy = "check the address and the way there"
    if isinstance(error, ssl.SSLCertVerificationError):
        remedy = "check the address; the certificate of an authority of your own is given by --ca-file"
    return ServiceError(f"{cause_of(error)}{tried}", where=where, remedy=remedy)


def cause_of(error: Exception) -> str:
    """Why there was no answer, in a few words."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"the certificate of the server is not trusted ({error.verify_message})"
    if isinstance(error, ssl.SSLError):
        return f"no encrypted connection ({error.reason or 'TLS failure'})"
    if isinstance(error, socket.gaierror):
        return "the host is not known"
    if isinstance(error, TimeoutError):
        return "the server does not answer in time"
    if isinstance(error, (http.client.IncompleteRead, http.client.RemoteDisconnected, ConnectionResetError)):
        return "the server broke the connection off"
    if isinstance(error, http.client.HTTPException):
        return f"the answer is not HTTP ({type(error).__name__})"
    return str(getattr(error, "strerror", None) or "the connection failed")


def detail_of(body: bytes) -> str:
    """The words of an error document, on one line."""
    try:
        document = json.loads(body[:20_000].decode("utf-8"))
    except (ValueError, RecursionError):
        return ""
    if isinstance(document, dict) and set(document) == {"detail"}:
        document = document["detail"]
    text = document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:200]
