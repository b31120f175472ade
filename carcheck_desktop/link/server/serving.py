"""One uvicorn server in a thread of its own, with everything that a frozen client needs.

TLS and the pairing of nodes are not there yet, so that only loopback addresses are served.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import sys
import threading
from typing import TYPE_CHECKING, Any, cast

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from carcheck_desktop.base.errors import LinkError, UsageError
from carcheck_desktop.link.wire import PING_S, is_loopback

if TYPE_CHECKING:
    from fastapi import FastAPI

log = logging.getLogger(__name__)

START_TIMEOUT_S = 20.0
STOP_TIMEOUT_S = 15.0
GRACEFUL_S = 2
LINGER_S = 1.0
REQUEST_S = 30.0
"""Real seconds within which a request that was begun must be here whole; the largest piece takes far less."""


class AbortableWebSocket(WebSocketsSansIOProtocol):
    """A WebSocket whose handler can cut the connection: `socket.state.transport.abort()`."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Put the transport within the handler's reach."""
        self.app_state = {**self.app_state, "transport": transport}
        self.close_timeout = LINGER_S
        super().connection_made(transport)

    def keepalive_timeout(self) -> None:
        """Close, and cut soon: a peer that reads nothing would hold a polite close for ever."""
        super().keepalive_timeout()
        self.loop.call_later(LINGER_S, self.transport.abort)


class PatientHttp(HttpToolsProtocol):
    """HTTP that cuts whoever begins a request and never ends it, as it would hold the connection for ever."""

    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._heard()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """Begin to wait for the rest of the request."""
        self._wait()
        super().on_message_begin()

    def on_message_complete(self) -> None:
        """The request is here; from now on it is ours to hurry."""
        self._heard()
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        """A WebSocket has pings of its own."""
        self._heard()
        super().handle_websocket_upgrade()

    def _wait(self) -> None:
        self._heard()
        self._patience = self.loop.call_later(REQUEST_S, self.transport.abort)

    def _heard(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None


class _Server(uvicorn.Server):
    """Says when it has started and leaves no connection behind."""

    def __init__(self, config: uvicorn.Config, ready: threading.Event) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Tell the waiting thread."""
        await super().startup(sockets=sockets)
        self._ready.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Cut what is still connected after the time for a graceful end."""
        await super().shutdown(sockets=sockets)
        for connection in list(self.server_state.connections):
            transport = cast("asyncio.Transport | None", getattr(connection, "transport", None))
            if transport is not None:
                transport.abort()
        await asyncio.sleep(0)


class LinkServer:
    """Serves an app on a loopback address from its own thread; port 0 picks a free one.

    `is_public` is for pages that change nothing and are meant for strangers: they may be served anywhere.
    """

    def __init__(
        self,
        app: FastAPI,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        name: str = "link-server",
        is_public: bool = False,
    ) -> None:
        if not is_public and not is_loopback(host):
            raise UsageError("link.server.only_loopback", host=host, port=port)
        self._app = app
        self._host = host
        self._port = port
        self._name = name
        self._thread: threading.Thread | None = None
        self._server: _Server | None = None

    @property
    def url(self) -> str:
        """The address to give to clients; the port is known once started."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"

    def start(self) -> None:
        """Begin to serve; returns when clients can connect. Raises `LinkError` if it cannot."""
        listener = self._bind()
        ready = threading.Event()
        server = _Server(self._config(), ready)
        thread = threading.Thread(target=server.run, args=([listener],), name=self._name, daemon=True)
        self._server, self._thread = server, thread
        thread.start()
        waited_s = 0.0
        while not ready.wait(0.05) and thread.is_alive() and waited_s < START_TIMEOUT_S:
            waited_s += 0.05
        if not ready.is_set():
            listener.close()
            raise LinkError("link.server.not_started", host=self._host, port=self._port)
        log.info("link served at %s", self.url)

    def stop(self) -> None:
        """Stop serving and end the thread; frozen clients are cut after two seconds."""
        if self._server is None or self._thread is None:
            return
        self._server.should_exit = True
        self._thread.join(STOP_TIMEOUT_S)
        if self._thread.is_alive():
            log.error("the link's thread did not end within %s s", STOP_TIMEOUT_S)
        self._server = self._thread = None

    def __enter__(self) -> LinkServer:
        """Start."""
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        """Stop."""
        self.stop()

    def _config(self) -> uvicorn.Config:
        options: dict[str, Any] = {
            "loop": "asyncio",
            "http": PatientHttp,
            "ws": AbortableWebSocket,
            "ws_ping_interval": PING_S,
            "ws_ping_timeout": PING_S,
            "ws_max_size": 64 * 1024,
            "ws_per_message_deflate": False,
            "timeout_graceful_shutdown": GRACEFUL_S,
            "timeout_keep_alive": 30,
            "lifespan": "on",
            "log_config": None,
            "log_level": "warning",
            "access_log": False,
            "server_header": False,
            "proxy_headers": False,
        }
        return uvicorn.Config(self._app, **options)

    def _bind(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        # asyncio turns Nagle's algorithm off only where the protocol is named; else every answer takes 40 ms
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            if sys.platform == "win32":
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            else:
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((self._host, self._port))
        except OSError as error:
            listener.close()
            raise LinkError("link.server.port_taken", host=self._host, port=self._port, detail=error) from error
        self._port = listener.getsockname()[1]
        return listener
