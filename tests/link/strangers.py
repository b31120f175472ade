"""Peers that misbehave: a relay that swallows bytes, servers that answer rubbish, readers that freeze."""

from __future__ import annotations

import contextlib
import select
import socket
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Relay:
    """Passes bytes between clients and a port until told to swallow them: a half-open connection."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.swallows = threading.Event()
        self._end = threading.Event()
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Relay:
        self._listener.settimeout(0.05)
        self._start(self._accept)
        return self

    def __exit__(self, *_error: object) -> None:
        self._end.set()
        for thread in list(self._threads):
            thread.join()
        self._listener.close()

    def _start(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._end.is_set():
            with contextlib.suppress(TimeoutError):
                client, _ = self._listener.accept()
                self._start(lambda client=client: self._pass(client))  # type: ignore[misc]

    def _pass(self, client: socket.socket) -> None:
        is_dead = self.swallows.is_set()
        with client, socket.create_connection(("127.0.0.1", self._target)) as server:
            other = {client: server, server: client}
            while not self._end.is_set():
                for ready in select.select(list(other), [], [], 0.05)[0]:
                    content = ready.recv(65536)
                    if not content:
                        return
                    if not is_dead and not self.swallows.is_set():
                        other[ready].sendall(content)


@contextlib.contextmanager
def answering(*answers: bytes | float) -> Iterator[tuple[str, list[bytes]]]:
    """Serve raw answers, one a connection, the last one for ever; a number is silence in seconds.

    Yields the address and the requests that came.
    """
    requests: list[bytes] = []
    end = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)

    def serve() -> None:
        waiting = list(answers)
        while not end.is_set():
            with contextlib.suppress(TimeoutError):
                client, _ = listener.accept()
                answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
                with client:
                    _answer(client, answer, requests, end)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", requests
    finally:
        end.set()
        thread.join()
        listener.close()


def _answer(client: socket.socket, answer: bytes | float, requests: list[bytes], end: threading.Event) -> None:
    client.settimeout(1.0)
    with contextlib.suppress(OSError):
        request = client.recv(65536)
        head, _, body = request.partition(b"\r\n\r\n")
        length = next(
            (int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")), 0
        )
        while len(body) < length:
            more = client.recv(65536)
            if not more:  # gone in the middle of a question
                return
            body += more
        requests.append(head + b"\r\n\r\n" + body)
        if isinstance(answer, bytes):
            client.sendall(answer)
        else:
            _stay_silent(client, answer, end)


def _stay_silent(client: socket.socket, seconds: float, end: threading.Event) -> None:
    """Say nothing until the time is over or the client gives up."""
    deadline = time.monotonic() + seconds
    client.settimeout(0.05)
    while not end.is_set() and time.monotonic() < deadline:
        with contextlib.suppress(TimeoutError):
            if not client.recv(1024):
                return


def http_answer(status: str, body: bytes, kind: str = "application/json") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return head.encode() + body


def frozen_reader(port: int, path: str) -> socket.socket:
    """Open a WebSocket with small buffers and never read from it."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.connect(("127.0.0.1", port))
    request = (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    client.sendall(request.encode())
    return client
