"""One question to somebody outside over HTTP, with every end bounded; what comes back are the answer's bytes or a problem.

Each exchange has a connection of its own: a car an hour needs no kept one, and a kept one that the other side has closed
would be a failure of ours. Proxy settings of the PC never apply; redirections are not followed.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import re
import socket
import ssl
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx

from carcheck_desktop.gateways.errors import AwayError, GatewayError, NotReachedError

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 256 * 1024
"""More than any answer without photographs needs; whoever sends more is cut off."""
TITLE = re.compile(rb"<title[^>]*>([^<]{1,200})", re.IGNORECASE)
SHOWN_CHARS = 60


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait in real seconds: for a connection, and for everything together."""

    connect_s: float = 1.0
    whole_s: float = 2.3
    """A little less than what a clerk is kept waiting, so that the reason comes from here."""


@dataclass(frozen=True, slots=True)
class Where:
    """An address, and the channel whose words say what people do without an answer."""

    channel: str
    address: str

    @property
    def host(self) -> str:
        """Host and port, for people."""
        return urlsplit(self.address).netloc

    @property
    def said(self) -> dict[str, str]:
        """What every problem of this address says."""
        return {"host": self.host, "meanwhile": f"gateways.meanwhile.{self.channel}"}


async def exchange(where: Where, question: bytes, limits: Limits) -> bytes:
    """Post a question in JSON and return the bytes of a 200 answer that may be JSON.

    Raises `NotReachedError` when no connection came about, `AwayError` when nothing sensible came back,
    `GatewayError` when somebody there refuses.
    """
    try:
        async with asyncio.timeout(limits.whole_s), _client(where.address, limits) as client:
            return await _ask(client, where, question)
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        raise _not_reached(where, error, limits) from error
    except (TimeoutError, httpx.TimeoutException) as error:
        raise AwayError("gateways.time_out", **where.said, seconds=f"{limits.whole_s:.1f}") from error
    except UnicodeError as error:  # a host that no name server could be asked for
        raise AwayError("gateways.no_such_host", **where.said) from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise AwayError("gateways.broken_off", **where.said, detail=type(error).__name__) from error


def _client(address: str, limits: Limits) -> httpx.AsyncClient:
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)  # they would log every request
    return httpx.AsyncClient(
        trust_env=False,
        verify=_trust(is_secure=address.startswith("https")),
        timeout=httpx.Timeout(None, connect=limits.connect_s),
        limits=httpx.Limits(max_keepalive_connections=0),
    )


@cache
def _trust(*, is_secure: bool) -> ssl.SSLContext:
    """Return the PC's own roots; for plain HTTP an empty context, as reading the roots takes a while."""
    return ssl.create_default_context() if is_secure else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


async def _ask(client: httpx.AsyncClient, where: Where, question: bytes) -> bytes:
    # identity: a small packed answer must not become a large one here
    headers = {"content-type": "application/json", "accept": "application/json", "accept-encoding": "identity"}
    async with client.stream("POST", where.address, content=question, headers=headers) as response:
        received = bytearray()
        async for piece in response.aiter_raw():
            received += piece
            if len(received) > MOST_BYTES:
                raise AwayError("gateways.too_long", **where.said, limit=MOST_BYTES)
        content = bytes(received)
        status = response.status_code
        if status in (401, 403):
            raise GatewayError("gateways.not_allowed", **where.said, status=status)
        if status >= 500:
            raise AwayError("gateways.failed_there", **where.said, status=status, seen=_seen(content))
        is_packed = response.headers.get("content-encoding", "identity").strip().lower() != "identity"
        if status != 200 or is_packed or content.lstrip()[:1] not in (b"{", b"["):
            raise AwayError("gateways.foreign_answer", **where.said, status=status, seen=_seen(content))
        return content


def _seen(content: bytes) -> str:
    """Say what a foreign answer looks like without repeating it: a page's title, else its length."""
    found = TITLE.search(content)
    if found is None:
        return f"{len(content)} B"
    title = " ".join(found[1].decode("utf-8", "replace").split())
    return "".join(each for each in title if each.isprintable())[:SHOWN_CHARS] or f"{len(content)} B"


def _not_reached(where: Where, error: Exception, limits: Limits) -> AwayError:
    causes = list(_causes(error))
    if isinstance(error, httpx.ConnectTimeout):
        return AwayError("gateways.no_route", **where.said, detail=f"{limits.connect_s:.1f} s")
    if any(isinstance(each, ConnectionRefusedError) for each in causes):
        return NotReachedError("gateways.nobody_listens", **where.said)
    if any(isinstance(each, socket.gaierror) for each in causes):
        return AwayError("gateways.no_such_host", **where.said)
    untrusted = next((each for each in causes if isinstance(each, ssl.SSLCertVerificationError)), None)
    if untrusted is not None:
        return AwayError("gateways.not_trusted", **where.said, detail=untrusted.verify_message)
    if any(isinstance(each, ssl.SSLError) for each in causes):
        return AwayError("gateways.broken_off", **where.said, detail="TLS")
    return AwayError("gateways.no_route", **where.said, detail=_shown(causes))


def _shown(causes: list[BaseException]) -> str:
    """Return the system's name of what went wrong, else the kind of the deepest cause."""
    names = [errno.errorcode.get(each.errno or 0, "") for each in causes if isinstance(each, OSError)]
    return next((name for name in reversed(names) if name), type(causes[-1]).__name__)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Walk an error's causes, into groups too: several addresses of a host fail together."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        each = waiting.pop(0)
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        waiting += [each.__cause__, each.__context__]
        if isinstance(each, BaseExceptionGroup):
            waiting += each.exceptions
