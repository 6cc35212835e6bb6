"""OpenID Connect: authorization code with PKCE, state and nonce (OpenID Connect Core 1.0, RFC 7636)."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

import httpx2
from authlib.integrations.httpx_client import OAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from clearband.web.problems import WebError
from clearband.web.settings import LOOPBACK, OpenIdProvider

_SECONDS: Final = 10.0
_KEPT_SECONDS: Final = 3600.0
_ALGORITHMS: Final = [
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
]
"""Signatures by a key of the provider alone: none by a shared secret, and never none."""
_SKEW: Final = 60


@dataclass(frozen=True)
class SignedIn:
    """Who the provider says that somebody is."""

    subject: str
    name: str


@dataclass
class Provider:
    """One provider, with what it tells of itself.

    Attributes:
        settings: Where it is, and who this server is to it.
        back: Address that it sends browsers back to.
    """

    settings: OpenIdProvider
    back: str
    _known: dict[str, Any] = field(default_factory=dict)
    _at: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, state: str, nonce: str, verifier: str) -> str:
        """Where a browser goes to sign in.

        Raises:
            WebError: The provider is away (503).
        """
        with self._client() as client:
            address, _ = client.create_authorization_url(
                self._metadata()["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier
            )
        return str(address)

    def finish(self, code: str, nonce: str, verifier: str) -> SignedIn:
        """Exchange the code, and check what the provider says.

        Raises:
            WebError: It refuses (403), says something that does not hold, or is away (503).
        """
        try:
            with self._client() as client:
                token = client.fetch_token(
                    self._metadata()["token_endpoint"], code=code, code_verifier=verifier, timeout=_SECONDS
                )
        except httpx2.HTTPError:
            raise _away() from None
        except Exception:  # authlib raises errors of several roots, each with what the provider said
            raise _refused("the provider did not take the code") from None
        claims = self._claims(str(token.get("id_token", "")), nonce)
        name = next(
            (claims[key] for key in ("name", "preferred_username", "email", "sub") if claims.get(key)), ""
        )
        return SignedIn(str(claims["sub"]), str(name))

    def leave(self) -> str | None:
        """Where a browser goes to sign out of the provider too; None where it has no such address."""
        try:
            found = self._metadata().get("end_session_endpoint")
        except WebError:
            return None
        return str(found) if found else None

    def _claims(self, text: str, nonce: str) -> dict[str, Any]:
        try:
            claims = dict(jwt.decode(text, self._keys(text), algorithms=_ALGORITHMS).claims)
            jwt.JWTClaimsRegistry(
                leeway=_SKEW,
                iss={"essential": True, "value": self._metadata()["issuer"]},
                sub={"essential": True},
                exp={"essential": True},
                iat={"essential": True},
                nonce={"essential": True, "value": nonce},
            ).validate(claims)
        except (JoseError, ValueError, KeyError, TypeError):
            raise _refused("what the provider says of them does not hold") from None
        audience = claims.get("aud")
        audiences = audience if isinstance(audience, list) else [audience]
        if self.settings.client_id not in audiences or claims.get("azp", self.settings.client_id) != (
            self.settings.client_id
        ):
            raise _refused("the provider speaks of another server")
        return claims

    def _keys(self, text: str) -> KeySet:
        """The keys of the provider, read anew where one is not known: it may have changed them."""
        found = KeySet.import_key_set(self._metadata()["jwks"])
        try:
            jwt.decode(text, found, algorithms=_ALGORITHMS)
        except (JoseError, ValueError):
            found = KeySet.import_key_set(self._metadata(anew=True)["jwks"])
        return found

    def _client(self) -> OAuth2Client:
        return OAuth2Client(
            self.settings.client_id,
            self.settings.client_secret,
            token_endpoint_auth_method="client_secret_basic" if self.settings.client_secret else "none",
            scope="openid profile email",
            redirect_uri=self.back,
            code_challenge_method="S256",
        )

    def _metadata(self, *, anew: bool = False) -> dict[str, Any]:
        """What the provider tells of itself, with its keys; kept for an hour."""
        with self._lock:
            old = time.monotonic() - self._at
            if not self._known or old > _KEPT_SECONDS or (anew and old > 1):
                self._known, self._at = self._read(), time.monotonic()
            return self._known

    def _read(self) -> dict[str, Any]:
        issuer = self.settings.issuer.rstrip("/")
        try:
            with httpx2.Client(timeout=_SECONDS, follow_redirects=False) as client:
                found = client.get(f"{issuer}/.well-known/openid-configuration").raise_for_status().json()
                if found.get("issuer", "").rstrip("/") != issuer:
                    raise _refused("the provider calls itself otherwise than it was called")
                for key in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                    _check_address(found[key])
                found["jwks"] = client.get(found["jwks_uri"]).raise_for_status().json()
        except (httpx2.HTTPError, ValueError, KeyError, TypeError, AttributeError):
            raise _away() from None
        return dict(found)


def _check_address(address: str) -> None:
    """Codes and tokens travel by TLS, or stay on this machine.

    Raises:
        ValueError: They would not.
    """
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise ValueError("not by TLS")


def _away() -> WebError:
    return WebError(
        503,
        "provider",
        "The sign-in is away",
        "the OpenID provider does not answer",
        remedy="try again in a moment",
    )


def _refused(why: str) -> WebError:
    return WebError(403, "sign-in-refused", "The sign-in was refused", why, remedy="sign in again")
