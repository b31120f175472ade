"""One peer's address and the HTTP and WebSocket connections to it.

Proxy settings of the PC never apply. Every failure is a `LinkError`.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from carcheck_desktop import __version__
from carcheck_desktop.base.errors import LinkError, UsageError
from carcheck_desktop.link.client.errors import NotDeliveredError, OtherEpochError, checked
from carcheck_desktop.link.wire import CLOSE_OTHER_EPOCH, MAX_ANSWER_BYTES, MAX_MESSAGE_BYTES, PING_S, host_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx

CONNECT_S = 3.0
SOFTWARE = f"carcheck/{__version__}"
"""What a peer is told of who asks, as every program on the network tells it."""


class Connections:
    """The connections to one peer; belongs to the event loop that uses it first."""

    def __init__(self, url: str) -> None:
        if not host_of(url):
            raise UsageError("link.client.bad_address", url=url)
        self.url = url.rstrip("/")
        self._kept: httpx.AsyncClient | None = None

    async def request(
        self,
        method: str,
        path: str,
        content: bytes | None = None,
        *,
        kind: str = "application/json",
        timeout_s: float = 10.0,
        fresh: bool = False,
    ) -> bytes:
        """Send one request and return the content of its 200 answer.

        `fresh` uses a connection of its own, so that a failure can never come from one that the
        peer had already closed.
        """
        import httpx  # noqa: PLC0415 - imported in the link's thread, after the window is painted

        address = f"{self.url}{path}"
        headers = {"content-type": kind} if content is not None else {}
        client = self._client() if fresh else self._kept_client()
        try:
            async with asyncio.timeout(timeout_s):
                return await _exchange(client, method, address, content, headers)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise NotDeliveredError("link.no_connection", url=self.url, detail=_shown(error)) from error
        except (TimeoutError, httpx.TimeoutException) as error:
            raise LinkError("link.time_out", url=address, seconds=f"{timeout_s:.1f}") from error
        except httpx.HTTPError as error:
            raise LinkError("link.broken", url=address, detail=_shown(error)) from error
        finally:
            if fresh:
                await client.aclose()

    @asynccontextmanager
    async def messages(self, path: str) -> AsyncIterator[AsyncIterator[str | bytes]]:
        """Open a WebSocket and give its messages; they end with a `LinkError`, never silently."""
        from websockets.asyncio.client import connect  # noqa: PLC0415 - imported in the link's thread
        from websockets.exceptions import ConnectionClosed, InvalidHandshake  # noqa: PLC0415

        address = f"ws{self.url.removeprefix('http')}{path}"
        try:
            async with connect(
                address,
                proxy=None,
                compression=None,
                ping_interval=PING_S,
                ping_timeout=PING_S,
                open_timeout=CONNECT_S,
                close_timeout=0.3,
                max_size=MAX_MESSAGE_BYTES,
            ) as socket:
                yield aiter(socket)
                raise LinkError("link.closed", url=address, code=socket.close_code or 0)
        except ConnectionClosed as error:
            raise _closed(address, error.rcvd.code if error.rcvd is not None else 1006) from error
        except (OSError, TimeoutError, InvalidHandshake) as error:
            raise NotDeliveredError("link.no_connection", url=self.url, detail=_shown(error)) from error

    async def close(self) -> None:
        """Close what is open."""
        if self._kept is not None:
            await self._kept.aclose()
            self._kept = None

    def _kept_client(self) -> httpx.AsyncClient:
        if self._kept is None:
            self._kept = self._client()
        return self._kept

    def _client(self) -> httpx.AsyncClient:
        import httpx  # noqa: PLC0415 - see above

        logging.getLogger("httpx").setLevel(logging.WARNING)  # it would log every request
        plain = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # never used; the default one reads every root
        timeout = httpx.Timeout(None, connect=CONNECT_S)
        return httpx.AsyncClient(trust_env=False, verify=plain, timeout=timeout, headers={"user-agent": SOFTWARE})


async def _exchange(
    client: httpx.AsyncClient, method: str, address: str, content: bytes | None, headers: dict[str, str]
) -> bytes:
    async with client.stream(method, address, content=content, headers=headers) as response:
        received = bytearray()
        async for piece in response.aiter_bytes():
            received += piece
            if len(received) > MAX_ANSWER_BYTES:
                raise LinkError("link.answer_too_long", url=address, limit=MAX_ANSWER_BYTES)
        return checked(address, response.status_code, bytes(received))


def _closed(address: str, code: int) -> LinkError:
    if code == CLOSE_OTHER_EPOCH:
        return OtherEpochError("link.other_epoch", url=address)
    return LinkError("link.closed", url=address, code=code)


def _shown(error: BaseException) -> str:
    return str(error) or type(error).__name__
