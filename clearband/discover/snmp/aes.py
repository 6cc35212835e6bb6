"""AES in cipher feedback mode of 128 bits (RFC 3826), from the plain block cipher."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clearband.errors import MissingExtraError, install_extra

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers import CipherContext

_BLOCK: Final = 16


def require_aes() -> None:
    """Say in one line when the library that encryption needs is missing.

    Raises:
        MissingExtraError: It is.
    """
    try:
        import cryptography  # noqa: F401
    except ImportError:
        raise MissingExtraError(
            "users with encryption need the package cryptography", remedy=install_extra("snmp")
        ) from None


def encrypted(key: bytes, vector: bytes, text: bytes) -> bytes:
    """Encrypt.

    Args:
        key: 16, 24 or 32 bytes.
        vector: 16 bytes, other ones for each message.
    """
    cipher = _block_cipher(key)
    found = bytearray()
    for at in range(0, len(text), _BLOCK):
        vector = _mixed(text[at : at + _BLOCK], cipher.update(vector))
        found += vector
    return bytes(found)


def decrypted(key: bytes, vector: bytes, text: bytes) -> bytes:
    """Take the encryption away again."""
    whole = (len(text) + _BLOCK - 1) // _BLOCK * _BLOCK
    return _mixed(text, _block_cipher(key).update((vector + text)[:whole].ljust(whole, b"\0")))


def _mixed(text: bytes, stream: bytes) -> bytes:
    size = len(text)
    return (int.from_bytes(text, "big") ^ int.from_bytes(stream[:size], "big")).to_bytes(size, "big")


def _block_cipher(key: bytes) -> CipherContext:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    return Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305  # blocks that CFB is made of
