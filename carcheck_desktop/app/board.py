"""Records from the command line (hall, prices, people): shown and changed through the running service, by who may."""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from carcheck_desktop.base.clock import ScaledClock, SystemClock
from carcheck_desktop.base.errors import LinkError
from carcheck_desktop.domain.commands import SignIn, SignOut

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from datetime import datetime

    from carcheck_desktop.base.messages import Problem
    from carcheck_desktop.base.station import Station
    from carcheck_desktop.domain.commands import Command, Reply
    from carcheck_desktop.domain.views import BoardView
    from carcheck_desktop.link.client.asking import LinkClient

    MadeFrom = Callable[[BoardView, datetime], Command]

NODE = "command-line"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the command line, and the PIN that was typed."""

    name: str
    pin: str = field(repr=False)


class NotDoneError(LinkError):
    """The service refused; its own reason is carried on."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code, **problem.params)
        self.problem = problem


def board_of_service(station: Station) -> BoardView:
    """Return hours, announcements and rules as the running service tells them."""

    async def ask() -> BoardView:
        async with _client(station) as (client, _):
            return (await client.snapshot()).board

    return asyncio.run(ask())


def change(station: Station, name: str, pin: str, made: MadeFrom) -> dict[str, Any]:
    """Sign in, give the command that `made` makes of the board and the time at the station, sign out.

    Returns the reply's result; raises `NotDoneError` with the service's reason.
    """
    return change_all(station, Person(name, pin), [made])[0]


def change_all(
    station: Station, person: Person, every: list[MadeFrom], second: Person | None = None
) -> list[dict[str, Any]]:
    """Give several commands of one person, each made of the board as it is then; `second` agrees to them."""

    async def give() -> list[dict[str, Any]]:
        async with _client(station) as (client, now), AsyncExitStack() as held:
            token = await _signed_in(client, person, held)
            agreed = await _signed_in(client, second, held) if second is not None else None
            done = []
            for made in every:
                command = made((await client.snapshot()).board, now())
                done.append(_done(await client.command(command, token=token, second_token=agreed)))
            return done

    return asyncio.run(give())


async def _signed_in(client: LinkClient, person: Person, held: AsyncExitStack) -> str:
    """Sign a person in until `held` is left; return the token."""
    token = str(_done(await client.command(SignIn(person.name, person.pin)))["token"])
    held.push_async_callback(client.command, SignOut(), token=token)
    return token


def _done(reply: Reply) -> dict[str, Any]:
    if reply.refusal is not None:
        raise NotDoneError(reply.refusal)
    return reply.result


@asynccontextmanager
async def _client(station: Station) -> AsyncIterator[tuple[LinkClient, Callable[[], datetime]]]:
    """Open a client whose commands are dated by the service's own clock, whatever that is."""
    from carcheck_desktop.link.client.asking import LinkClient

    first = LinkClient(station.service_url, node=NODE, clock=SystemClock())
    try:
        met = await first.handshake()
    finally:
        await first.close()
    clock = ScaledClock(met.clock_speed, met.now, time.monotonic())
    client = LinkClient(station.service_url, node=NODE, clock=clock)
    try:
        yield client, clock.now
    finally:
        await client.close()
