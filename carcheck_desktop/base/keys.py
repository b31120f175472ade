"""The station's Ed25519 key, signed tokens of sessions, and PIN hashes.

The private key lies in a file that only its owner reads (0600); on Windows it is sealed with
DPAPI for the account that runs the service. Nothing here knows users or roles.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import jwt
from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from carcheck_desktop.base.errors import DataError, StorageError

if TYPE_CHECKING:
    from pathlib import Path


class SigningKey:
    """An Ed25519 key pair that signs heads of the journal and sessions."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private

    @classmethod
    def generate(cls) -> SigningKey:
        """Return a fresh key."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def load_or_create(cls, path: Path) -> SigningKey:
        """Read the key file, or create it when there is none; raise `StorageError` if unusable."""
        try:
            if path.exists():
                return cls(Ed25519PrivateKey.from_private_bytes(_unseal(path.read_bytes())))
            key = cls.generate()
            _create_durably(path, _seal(key.private_bytes()))
        except (OSError, ValueError) as error:
            raise StorageError("base.keys.unusable", path=path, detail=error) from error
        return key

    def private_bytes(self) -> bytes:
        """Return the 32 secret bytes; only the key file may ever hold them."""
        return self._private.private_bytes_raw()

    @property
    def public_hex(self) -> str:
        """The public key as 64 hexadecimal digits."""
        return self._private.public_key().public_bytes_raw().hex()

    def sign(self, content: bytes) -> str:
        """Return the signature of `content` in hexadecimal."""
        return self._private.sign(content).hex()

    def token(self, claims: dict[str, Any]) -> str:
        """Return a signed token (JWT, EdDSA) that carries `claims`."""
        return jwt.encode(claims, self._private, algorithm="EdDSA")


def is_signed(public_hex: str, content: bytes, signature_hex: str) -> bool:
    """Say whether the signature of `content` was made with the key's private half."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_hex))
        key.verify(bytes.fromhex(signature_hex), content)
    except (InvalidSignature, ValueError):
        return False
    return True


def read_token(public_hex: str, token: str) -> dict[str, Any]:
    """Return the claims of a token; raise `DataError` if it is forged or garbled.

    Expiry is not looked at here: the caller compares `exp` with the station's clock, which may
    be a scaled one.
    """
    try:
        pem = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_hex)).public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return jwt.decode(
            token,
            pem,
            algorithms=["EdDSA"],
            options={"verify_exp": False, "verify_iat": False, "verify_nbf": False},
        )
    except (jwt.InvalidTokenError, ValueError) as error:
        raise DataError("base.keys.bad_token", detail=error) from error


_HASHER = PasswordHasher()


def hash_pin(pin: str) -> str:
    """Return the argon2id hash of a PIN."""
    return _HASHER.hash(pin)


def is_pin(pin_hash: str, pin: str) -> bool:
    """Say whether the PIN belongs to the hash."""
    try:
        return _HASHER.verify(pin_hash, pin)
    except (Argon2Error, InvalidHashError):
        return False


def _create_durably(path: Path, content: bytes) -> None:
    """Create a file of our own whole or not at all, and never over another one.

    A journal names its key for ever, so that the key must not be lost to a power cut after the first entry.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if os.name == "nt":
        beside.rename(path)  # on Windows a rename never replaces
        return
    try:
        os.link(beside, path)
    finally:
        beside.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _seal(secret: bytes) -> bytes:
    if sys.platform == "win32":
        from carcheck_desktop.base.dpapi import protect  # noqa: PLC0415 - exists on Windows only

        return protect(secret)
    return secret


def _unseal(stored: bytes) -> bytes:
    if sys.platform == "win32":
        from carcheck_desktop.base.dpapi import unprotect  # noqa: PLC0415 - exists on Windows only

        return unprotect(stored)
    return stored
