"""The two WebSockets: the feed of facts and the live samples.

A client that stops reading is aborted, never waited for: closing politely would wait for it to
read what is already on its way.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketDisconnected

from carcheck_desktop.base.errors import CarcheckError
from carcheck_desktop.link.wire import CLOSE_FAILED, CLOSE_OTHER_EPOCH

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from carcheck_desktop.link.server.ring import FactRing
    from carcheck_desktop.link.server.samples import SampleFan

log = logging.getLogger(__name__)

SEND_TIMEOUT_S = 5.0


@dataclass(eq=False)
class Listener:
    """One client: `event` is set when there may be something to send or it is `gone`."""

    event: asyncio.Event = field(default_factory=asyncio.Event)
    gone: bool = False


async def serve_feed(socket: WebSocket, ring: FactRing, pos: int, *, same_epoch: bool) -> None:
    """Send facts after `pos` until the client goes."""
    async with _accepted(socket) as listener:
        if not same_epoch:
            await socket.close(CLOSE_OTHER_EPOCH, "another epoch")
            return
        with ring.listening(listener.event):
            try:
                await _feed(socket, ring, pos, listener)
            except CarcheckError:
                log.exception("the feed could not be read")
                await socket.close(CLOSE_FAILED, "journal not readable")


async def _feed(socket: WebSocket, ring: FactRing, pos: int, listener: Listener) -> None:
    while not listener.gone:
        listener.event.clear()
        batch = await ring.after(pos)
        if not batch:
            await listener.event.wait()
            continue
        if not await _send(socket, f"[{','.join(text for _, text in batch)}]"):
            return
        pos = batch[-1][0]


async def serve_samples(socket: WebSocket, fan: SampleFan) -> None:
    """Send ticks of samples until the client goes."""
    async with _accepted(socket) as listener:
        with fan.subscribed(listener.event) as box:
            while not listener.gone:
                await listener.event.wait()
                listener.event.clear()
                while box.messages and not listener.gone:
                    if not await _send(socket, box.messages.popleft()):
                        return


@asynccontextmanager
async def _accepted(socket: WebSocket) -> AsyncIterator[Listener]:
    await socket.accept()
    listener = Listener()
    watcher = asyncio.create_task(_watch(socket, listener))
    try:
        yield listener
    finally:
        watcher.cancel()
        await asyncio.gather(watcher, return_exceptions=True)


async def _watch(socket: WebSocket, listener: Listener) -> None:
    """Notice that the client goes; what it says is not for us."""
    try:
        while (await socket.receive())["type"] != "websocket.disconnect":
            continue
    except WebSocketDisconnected:
        pass
    finally:
        listener.gone = True
        listener.event.set()


async def _send(socket: WebSocket, text: str) -> bool:
    """Send, and say whether the client is still there; a frozen one is cut off."""
    try:
        async with asyncio.timeout(SEND_TIMEOUT_S):
            await socket.send_text(text)
    except TimeoutError:
        log.warning("client %s reads nothing any more: connection cut", socket.client)
        socket.state.transport.abort()
        return False
    except (WebSocketDisconnect, WebSocketDisconnected):
        return False
    return True
