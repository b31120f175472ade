"""Who may ask at all: programs on this PC, not web pages that a browser on this PC has open.

A browser names the page's origin in every request that could do harm; our clients never do. A
name that somebody made to point at a loopback address is refused by the Host header.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.data import to_json
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.link.wire import host_of, is_loopback

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


class Guard:
    """ASGI middleware that refuses foreign hosts and origins with 403."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may come in."""
        if scope["type"] in {"http", "websocket"}:
            problem = _objection(dict(scope["headers"]))
            if problem is not None:
                await _refuse(scope["type"], send, problem)
                return
        await self._app(scope, receive, send)


def _objection(headers: dict[bytes, bytes]) -> Problem | None:
    host = headers.get(b"host", b"").decode("latin-1")
    if not is_loopback(host_of(f"http://{host}") or ""):
        return Problem("link.request.foreign_host", {"host": host[:80]})
    origin = headers.get(b"origin")
    if origin is not None:
        return Problem("link.request.foreign_origin", {"origin": origin.decode("latin-1")[:80]})
    return None


async def _refuse(kind: str, send: Send, problem: Problem) -> None:
    if kind == "websocket":
        await send({"type": "websocket.close", "code": 1008})  # before accepting it becomes a 403
        return
    body = to_json(problem).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": body})
