"""How a command gets there: sent again with the same id until answered, unless it moves something.

A command of `domain.access.MOVING` is sent once, on a connection of its own. When it is not known
whether it arrived, the reply says so; nobody sends it again behind the person's back.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from carcheck_desktop.base.errors import LinkError
from carcheck_desktop.base.ids import new_id
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain.access import MOVING
from carcheck_desktop.domain.commands import Command, Envelope, Reply
from carcheck_desktop.link.client.errors import NotDeliveredError, RefusedByPeerError, parsed
from carcheck_desktop.link.client.pauses import Pauses
from carcheck_desktop.link.wire import encode_order

if TYPE_CHECKING:
    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.link.client.http import Connections

EXPIRY_S = 5.0
"""Real seconds within which a command is done or refused."""
TRY_S = 2.5
STOP_TRY_S = 1.0
"""A stop does not wait long for a connection that may be dead before it takes another one."""


def envelope_of(
    command: Command, *, token: str | None, node: str, clock: Clock, expiry_s: float, second_token: str | None = None
) -> Envelope:
    """Put a command into an envelope that expires after `expiry_s` real seconds."""
    now = clock.now()
    expires_at = now + timedelta(seconds=expiry_s * clock.speed)
    return Envelope(new_id("command"), token, node, now, expires_at, command, second_token)


async def deliver(connections: Connections, envelope: Envelope, clock: Clock) -> Reply:
    """Send a command and return its reply, or a refusal that says what is known about it."""
    if envelope.command.kind in MOVING:
        return await _once(connections, envelope, clock)
    return await _until_answered(connections, envelope, clock)


async def _once(connections: Connections, envelope: Envelope, clock: Clock) -> Reply:
    try:
        return await _send(connections, envelope, max(0.1, _left_s(envelope, clock)), fresh=True)
    except RefusedByPeerError as error:
        return Reply(envelope.id, accepted=False, refusal=error.problem)
    except NotDeliveredError as error:
        return _not_done(connections, envelope, error)
    except LinkError as error:
        return _unknown(connections, envelope, error)


async def _until_answered(connections: Connections, envelope: Envelope, clock: Clock) -> Reply:
    pauses = Pauses()
    try_s = STOP_TRY_S if envelope.command.kind == "stop_lane" else TRY_S
    perhaps: LinkError | None = None
    while True:
        try:
            return await _send(connections, envelope, try_s, fresh=perhaps is not None)
        except RefusedByPeerError as error:
            return Reply(envelope.id, accepted=False, refusal=error.problem)
        except LinkError as error:
            last = error
            if not isinstance(error, NotDeliveredError):
                perhaps = error
        pause_s = pauses.next()
        if _left_s(envelope, clock) <= pause_s:
            return _not_done(connections, envelope, last) if perhaps is None else _unknown(connections, envelope, last)
        await asyncio.sleep(pause_s)


async def _send(connections: Connections, envelope: Envelope, timeout_s: float, *, fresh: bool) -> Reply:
    path = f"/commands/{envelope.command.kind}"
    content = await connections.request("POST", path, encode_order(envelope), timeout_s=timeout_s, fresh=fresh)
    return cast("Reply", parsed(f"{connections.url}{path}", content, Reply))


def _left_s(envelope: Envelope, clock: Clock) -> float:
    return (envelope.expires_at - clock.now()).total_seconds() / clock.speed


def _not_done(connections: Connections, envelope: Envelope, error: LinkError) -> Reply:
    params: dict[str, str | int] = {
        "kind": envelope.command.kind,
        "url": connections.url,
        "detail": str(error.problem.params.get("detail", error.code)),
    }
    return Reply(envelope.id, accepted=False, refusal=Problem("link.command.not_delivered", params))


def _unknown(connections: Connections, envelope: Envelope, error: LinkError) -> Reply:
    params: dict[str, str | int] = {
        "kind": envelope.command.kind,
        "url": connections.url,
        "detail": str(error.problem.params.get("detail", error.code)),
    }
    return Reply(envelope.id, accepted=False, refusal=Problem("link.command.outcome_unknown", params))
