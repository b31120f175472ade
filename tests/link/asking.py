"""One question to a real server, without a thread."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from carcheck_desktop.base.clock import ScaledClock, SystemClock
from carcheck_desktop.link.client.asking import LinkClient

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

T = TypeVar("T")


def asked(url: str, work: Callable[[LinkClient], Coroutine[object, object, T]], speed: float = 1.0) -> T:
    clock = SystemClock() if speed == 1.0 else ScaledClock.starting_now(speed)

    async def run() -> T:
        client = LinkClient(url, node="control-1", clock=clock)
        try:
            return await work(client)
        finally:
            await client.close()

    return asyncio.run(run())
