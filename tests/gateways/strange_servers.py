"""Servers that answer a byte at a time, half, or not at all, and one whose certificate nobody knows."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@contextlib.contextmanager
def serving(talk: Callable[[socket.socket, threading.Event], None]) -> Iterator[str]:
    """Let `talk` have every connection, one after the other; yields the address."""
    end = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)

    def serve() -> None:
        while not end.is_set():
            with contextlib.suppress(OSError):
                client, _ = listener.accept()
                client.settimeout(1.0)
                with client:
                    talk(client, end)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        end.set()
        thread.join()
        listener.close()


def dripping(content: bytes, pause_s: float) -> Callable[[socket.socket, threading.Event], None]:
    """Send a byte and wait, and again: every single wait is short, the whole never ends."""

    def talk(client: socket.socket, end: threading.Event) -> None:
        client.recv(65536)
        for place in range(len(content)):
            client.sendall(content[place : place + 1])
            if end.wait(pause_s):
                return

    return talk


def breaking_off(content: bytes) -> Callable[[socket.socket, threading.Event], None]:
    """Send the beginning and close."""

    def talk(client: socket.socket, end: threading.Event) -> None:
        client.recv(65536)
        client.sendall(content)

    return talk


def secured(
    folder: Path, talk: Callable[[socket.socket, threading.Event], None]
) -> contextlib.AbstractContextManager[str]:
    """Serve over TLS with a certificate that only its maker trusts; the address still says http."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(folder))

    def talk_secured(client: socket.socket, end: threading.Event) -> None:
        with contextlib.suppress(OSError), context.wrap_socket(client, server_side=True) as secure:
            talk(secure, end)

    return serving(talk_secured)


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    day = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(day - timedelta(days=1))
        .not_valid_after(day + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    path = folder / "made-up.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + secret)
    return path
