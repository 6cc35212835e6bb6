"""Deciders' private keys: encrypted files by default, or whatever securesystemslib has a signer for."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from clearband.errors import InputError, OutputError
from clearband.listing.signatures import body_of, signed_bytes
from clearband.model.authority import Authority, Decider
from clearband.model.listing import ListEvent, Signature

if TYPE_CHECKING:
    from securesystemslib.signer import Key, Signer

Passphrase = Callable[[str], str]
"""Asks for the passphrase of the key that is named."""
_SCHEMES: Final = ("hsm:", "gcpkms:", "awskms:", "azurekms:", "hv:", "gnupg:", "tkey:")


def new_key(path: Path, passphrase: str) -> dict[str, str]:
    """Make an ed25519 key in an encrypted file (PKCS #8, PEM), which only its owner may read.

    Returns:
        What an authority's file says of it: ``keyid``, ``scheme``, ``public``.

    Raises:
        OutputError: The file exists already, or cannot be written.
        InputError: The passphrase is empty.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import (
        BestAvailableEncryption,
        Encoding,
        PrivateFormat,
    )
    from securesystemslib.signer import SSlibKey

    if not passphrase:
        raise InputError("the passphrase is empty", where=str(path), remedy="give one")
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase.encode()))
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise OutputError("it exists already", where=str(path), remedy="a key is never overwritten") from None
    except OSError as error:
        raise OutputError(error.strerror or "cannot be written", where=str(path)) from None
    with os.fdopen(handle, "wb") as file:
        file.write(pem)
    public = SSlibKey.from_crypto(key.public_key())
    return {"keyid": public.keyid, "scheme": public.scheme, "public": public.keyval["public"]}


def sign(event: ListEvent, key: str, authority: Authority, passphrase: Passphrase) -> ListEvent:
    """Add a decider's signature to a step; one that stood there from the same key is replaced.

    Args:
        event: The step.
        key: Path of an encrypted key file; or a URI of securesystemslib, followed by ``#`` and the key id in
            the authority's file (``hsm:2?label=officer#KEYID``).
        authority: Whose deciders may sign.
        passphrase: Asks for a passphrase or PIN.

    Raises:
        InputError: The key cannot be used, or is none of the authority.
    """
    signer = signer_of(key, {one.keyid: _public(one) for one in authority.deciders}, passphrase)
    decider = _decider(signer.public_key.keyid, authority, key)
    made = signer.sign(signed_bytes(body_of(event)))
    kept = tuple(one for one in event.signatures if one.keyid != decider.keyid)
    return replace(event, signatures=(*kept, Signature(decider.keyid, made.signature)))


def signer_of(key: str, known: Mapping[str, Key], passphrase: Passphrase) -> Signer:
    """What signs with a private key.

    Args:
        key: Path of an encrypted key file; or a URI of securesystemslib, followed by ``#`` and a key id.
        known: Public keys by id, of which a URI names one.
        passphrase: Asks for a passphrase or PIN.

    Raises:
        InputError: The key cannot be used.
    """
    return _from_uri(key, known, passphrase) if key.startswith(_SCHEMES) else _from_file(key, passphrase)


def read_public_key(path: Path) -> Key:
    """A public key from the file that ``new_key``'s caller keeps beside the private one.

    Raises:
        InputError: It is none.
    """
    from securesystemslib.signer import SSlibKey

    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        keyid, scheme, public = (str(raw[part]) for part in ("keyid", "scheme", "public"))
    except OSError as error:
        raise InputError(error.strerror or "cannot be read", where=str(path)) from None
    except (ValueError, KeyError, TypeError):
        raise InputError(
            "it is no public key", where=str(path), remedy="clearband approved key writes one"
        ) from None
    return SSlibKey(keyid, "ed25519" if scheme == "ed25519" else "ecdsa", scheme, {"public": public})


def _decider(keyid: str, authority: Authority, key: str) -> Decider:
    found = authority.decider(keyid)
    if found is None:
        raise InputError(
            f"it is no key of {authority.title}",
            where=key,
            remedy="the authority's file names its deciders' keys",
        )
    return found


def _from_file(key: str, passphrase: Passphrase) -> Signer:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_private_key
    from securesystemslib.signer import CryptoSigner

    try:
        pem = Path(key).read_bytes()
    except OSError as error:
        raise InputError(error.strerror or "cannot be read", where=key) from None
    private: Any
    try:
        private = load_pem_private_key(pem, passphrase(key).encode())
        return CryptoSigner(private)
    except TypeError:
        raise InputError(
            "the key is not encrypted", where=key, remedy="encrypt it: openssl pkcs8 -topk8"
        ) from None
    except (ValueError, UnsupportedAlgorithm):
        raise InputError("wrong passphrase, or no private key", where=key) from None


def _from_uri(key: str, known: Mapping[str, Key], passphrase: Passphrase) -> Signer:
    from securesystemslib.signer import Signer

    uri, _, keyid = key.rpartition("#")
    if keyid not in known:
        raise InputError(
            "no known key has this id", where=key, remedy="end the URI with # and the key id of a public key"
        )
    try:
        return Signer.from_priv_key_uri(uri, known[keyid], passphrase)
    except Exception as error:  # each kind of store has errors of its own
        raise InputError(f"the key store says: {error}", where=uri) from None


def _public(decider: Decider) -> Key:
    from securesystemslib.signer import SSlibKey

    kind = "ed25519" if decider.scheme == "ed25519" else "ecdsa"
    return SSlibKey(decider.keyid, kind, decider.scheme, {"public": decider.public})
