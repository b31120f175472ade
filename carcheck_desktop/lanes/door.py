"""The lane's command door: who may, in time, once; the only place where a lane's commands are checked."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import CarcheckError, DataError
from carcheck_desktop.base.messages import Problem, params_of
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.access import MOVING, id_used, refusal
from carcheck_desktop.domain.facts import CommandRefused
from carcheck_desktop.domain.sessions import session_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.domain.access import Session
    from carcheck_desktop.lanes.lane import Lane

log = logging.getLogger(__name__)
REMEMBERED = 2000
"""Replies kept, so that an envelope sent twice is done once."""
LONGEST_S = 60.0
"""Real seconds that a command may still be good for: what moves is done now, not some time."""


class LaneDoor:
    """Checks and carries out commands for the lanes of one process; runs on the engine's loop.

    `public_key` returns the service's public key in hexadecimal as of the last handshake, "" while
    none is known: then only stop is let in.
    """

    def __init__(self, lanes: Mapping[str, Lane], clock: Clock, public_key: Callable[[], str]) -> None:
        self._lanes = lanes
        self._clock = clock
        self._public_key = public_key
        self._opened_s = clock.monotonic()
        self._replies: OrderedDict[str, tuple[c.Envelope, asyncio.Future[c.Reply]]] = OrderedDict()

    async def execute(self, envelope: c.Envelope) -> c.Reply:
        """Carry out or refuse; the same envelope again gets the same reply, but a stop stops again.

        An id that another command has had is refused, unless it is a stop.
        """
        sent, known = self._replies.get(envelope.id, (None, None))
        if known is not None and not self._must_stop(envelope, sent):
            return await asyncio.shield(known) if envelope == sent else await self._used(envelope)
        reply = asyncio.ensure_future(self._once(envelope))
        self._replies[envelope.id] = (envelope, reply)
        if len(self._replies) > REMEMBERED:
            self._replies.popitem(last=False)
        return await asyncio.shield(reply)

    async def settle(self) -> None:
        """Wait until every command that was begun has its reply."""
        await asyncio.gather(*(reply for _, reply in self._replies.values()), return_exceptions=True)

    def _must_stop(self, envelope: c.Envelope, sent: c.Envelope | None) -> bool:
        """Say whether this is a stop that memory cannot answer: the lane moves, or the id was another command's."""
        if not isinstance(envelope.command, c.StopLane):
            return False
        lane = self._lanes.get(envelope.command.lane)
        return lane is not None and (envelope != sent or not lane.view.stopped)

    async def _used(self, envelope: c.Envelope) -> c.Reply:
        """Refuse a command under an id that another one has had; the other's reply is not for its sender."""
        session, _ = self._session(envelope)
        lane = self._lanes.get(getattr(envelope.command, "lane", ""))
        actor = session.actor if session is not None else envelope.node
        return await self._refused(envelope, id_used(envelope.command.kind, envelope.id), actor, lane)

    async def _once(self, envelope: c.Envelope) -> c.Reply:
        lane = self._lanes.get(getattr(envelope.command, "lane", ""))
        if isinstance(envelope.command, c.StopLane) and lane is not None:
            return await self._stop(lane, envelope)
        session, problem = self._session(envelope)
        problem = problem or self._refusal(envelope, session, lane)
        actor = session.actor if session is not None else envelope.node
        if problem is not None or lane is None:
            return await self._refused(envelope, problem or self._no_lane(envelope), actor, lane)
        try:
            result = await self._carry_out(lane, envelope.command, actor)
        except CarcheckError as error:
            return await self._refused(envelope, error.problem, actor, lane)
        except Exception as error:  # the edge of the engine's task: reported to whoever asked
            log.exception("command %s failed", envelope.command.kind)
            seen = params_of({"lane": lane.name, "error": type(error).__name__, "detail": error})
            return await self._refused(envelope, Problem("lanes.unexpected", seen), actor, lane)
        return c.Reply(envelope.id, accepted=True, result=result)

    async def _stop(self, lane: Lane, envelope: c.Envelope) -> c.Reply:
        """Let a stop through whatever its token and age; the name is only for the journal."""
        await lane.stop(self._stopper(envelope), envelope.node)
        return c.Reply(envelope.id, accepted=True)

    def _stopper(self, envelope: c.Envelope) -> str:
        session, _ = self._session(envelope)
        return session.actor if session is not None else envelope.node

    def _session(self, envelope: c.Envelope) -> tuple[Session | None, Problem | None]:
        return self._session_in(envelope.token)

    def _session_in(self, token: str | None) -> tuple[Session | None, Problem | None]:
        public_key = self._public_key()
        if token is None or not public_key:
            return None, None
        try:
            return session_of(token, public_key), None
        except DataError as error:
            return None, error.problem

    def _refusal(self, envelope: c.Envelope, session: Session | None, lane: Lane | None) -> Problem | None:
        kind = envelope.command.kind
        if kind not in c.LANE_COMMANDS or lane is None:
            return self._no_lane(envelope)
        now, speed = self._clock.now(), self._clock.speed
        age_s, left_s = (now - envelope.issued_at).total_seconds(), (envelope.expires_at - now).total_seconds()
        # counted, not compared with the date of the start: somebody may have set the PC's clock since
        if kind in MOVING and age_s > self._clock.monotonic() - self._opened_s:
            return Problem("lanes.door.before_restart", {"kind": kind, "lane": lane.name})
        if kind in MOVING and left_s > LONGEST_S * max(1.0, speed):
            seen = params_of(
                {"kind": kind, "lane": lane.name, "left_s": int(left_s / speed), "longest_s": int(LONGEST_S)}
            )
            return Problem("lanes.door.good_too_long", seen)
        second, problem = self._session_in(envelope.second_token)
        return problem or refusal(kind, session, now, envelope.expires_at, second)

    def _no_lane(self, envelope: c.Envelope) -> Problem:
        known = ", ".join(sorted(self._lanes)) or "-"
        lane = getattr(envelope.command, "lane", "-")
        return Problem("lanes.door.not_here", {"kind": envelope.command.kind, "lane": lane, "known": known})

    async def _refused(self, envelope: c.Envelope, reason: Problem, actor: str, lane: Lane | None) -> c.Reply:
        """Refuse and write it down: who asked for what is part of the ledger."""
        book = lane or next(iter(self._lanes.values()), None)
        if book is not None:
            fact = CommandRefused(envelope.id, envelope.command.kind, envelope.node, reason)
            await book.record(fact, actor)
        return c.Reply(envelope.id, accepted=False, refusal=reason)

    async def _carry_out(self, lane: Lane, command: c.Command, actor: str) -> dict[str, str]:
        match command:
            case c.StartAttempt():
                return {"attempt_id": await lane.start_attempt(command.visit_id, actor)}
            case c.ResumeAttempt():
                await lane.resume_attempt(command.attempt_id, actor)
            case c.RepeatItem():
                await lane.repeat_item(command.attempt_id, command.item, actor)
            case c.AbortAttempt():
                await lane.abort_attempt(command.attempt_id, command.reason, actor)
            case c.ReleaseStop():
                await lane.release_stop(actor)
            case _:
                raise DataError("lanes.door.no_such_command", kind=command.kind)
        return {}
