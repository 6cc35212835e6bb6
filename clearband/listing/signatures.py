"""Deciders' signatures: over which bytes they stand, and which of them count."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any, Final

from clearband.errors import MissingExtraError, install_extra
from clearband.listing.refused import StepRefusedError
from clearband.model.authority import Authority, Decider
from clearband.model.canonical import canonical, plain
from clearband.model.listing import ListEvent, Signature

FORM: Final = "clearband.approved-decision/1"
"""Named in the bytes that are signed, so that a signature for something else never counts here."""
_NOT_SIGNED: Final = ("number", "recorded", "previous", "signatures")
"""What is only known when a decision is recorded."""


def require_extra() -> None:
    """Refuse to go on without the packages for signatures.

    Raises:
        MissingExtraError: They are not installed.
    """
    try:
        import cryptography  # noqa: F401
        import securesystemslib  # noqa: F401
    except ImportError:
        raise MissingExtraError(
            "signatures need cryptography and securesystemslib, which are not installed",
            where="clearband approved",
            remedy=install_extra("list"),
        ) from None


def body_of(event: ListEvent) -> dict[str, Any]:
    """What of an event is signed, as plain JSON values."""
    return {name: value for name, value in plain(event).items() if name not in _NOT_SIGNED}


def body_of_line(line: bytes) -> dict[str, Any]:
    """What of a line of the log is signed: everything in it but what is set when it is recorded."""
    return {name: value for name, value in json.loads(line).items() if name not in _NOT_SIGNED}


def signed_bytes(body: dict[str, Any]) -> bytes:
    """The bytes that deciders sign for a body."""
    return canonical({"form": FORM, "body": body})


def signers(
    data: bytes, signatures: Iterable[Signature], authority: Authority, day: date
) -> tuple[set[str], list[str]]:
    """Deciders whose signatures count, and why others do not.

    Args:
        data: What was signed.
        signatures: The signatures given.
        authority: Whose deciders count.
        day: Day of the recording: keys decide from and to a day.

    Returns:
        Ids of the deciders, each once, and one reason a signature that does not count.
    """
    counted: set[str] = set()
    reasons = []
    for one in signatures:
        decider = authority.decider(one.keyid)
        if decider is None:
            reasons.append(f"key {one.keyid[:12]} is none of {authority.id}")
        elif not decider.in_force(day):
            reasons.append(f"the key of {decider.id} does not decide on {day}")
        elif not verified(data, one, decider):
            reasons.append(f"the signature of {decider.id} is not valid for this content")
        elif decider.id in counted:
            reasons.append(f"{decider.id} signed twice")
        else:
            counted.add(decider.id)
    return counted, reasons


def require_signatures(event: ListEvent, line: bytes, wanted: str, authority: Authority) -> None:
    """Refuse an event that too few have signed.

    Args:
        event: It.
        line: Its line in the log.
        wanted: ``none``, ``one`` or ``quorum``.
        authority: Whose deciders count.

    Raises:
        StepRefusedError: Too few valid signatures of different deciders.
    """
    if wanted == "none":
        return
    needed = authority.quorum if wanted == "quorum" else 1
    body = body_of_line(line)
    data = json.dumps(
        {"body": body, "form": FORM}, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    ).encode()
    counted, reasons = signers(data, event.signatures, authority, event.recorded.date())
    if len(counted) >= needed:
        return
    why = f" ({'; '.join(reasons)})" if reasons else ""
    raise StepRefusedError(
        f"{event.kind} has {len(counted)} of {needed} signatures{why}", "let more deciders sign"
    )


def verified(data: bytes, signature: Signature, decider: Decider) -> bool:
    """Whether a signature is that of a decider's key over these bytes."""
    from cryptography.exceptions import InvalidSignature

    try:
        raw = bytes.fromhex(signature.signature)
        _key(decider.scheme, decider.public)(raw, data)
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=256)
def _key(scheme: str, public: str) -> Any:
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    if scheme == "ed25519":
        return ed25519.Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify
    key = load_pem_public_key(public.encode())
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise ValueError("no key of an elliptic curve")
    return lambda raw, data: key.verify(raw, data, ec.ECDSA(SHA256()))
