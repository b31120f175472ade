"""The service's door: every command is checked here, carried out in one transaction, answered."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from carcheck_desktop.base.data import digest_of, to_json, to_plain
from carcheck_desktop.base.errors import DataError, RefusedError
from carcheck_desktop.base.ids import new_id
from carcheck_desktop.base.keys import hash_pin, is_pin
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.desk.board import change_board
from carcheck_desktop.desk.intake import open_visit
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.desk.people import add_user, count_sign_in, let_in, let_out, shift_end, token_of
from carcheck_desktop.domain.access import LONGEST_GOOD, Session, id_used, refusal
from carcheck_desktop.domain.commands import AddUser, Envelope, OpenVisit, Reply, SignIn, SignOut
from carcheck_desktop.domain.facts import CommandRefused, SignedOut
from carcheck_desktop.domain.sessions import session_of

if TYPE_CHECKING:
    from datetime import datetime

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.base.keys import SigningKey
    from carcheck_desktop.domain.ports import UnitOfWork, Writer
    from carcheck_desktop.standards.tables import Tables

NOBODY = "nobody"
REMEMBERED = timedelta(days=7)
"""How long replies are kept; longer than any command is good for."""
FINGERPRINT = "_envelope"
"""Key in a kept reply's result under which the door knows the envelope that it answers; never given out."""


class ServiceDoor:
    """Fulfils `domain.ports.CommandDoor` for the service."""

    def __init__(self, writer: Writer, clock: Clock, key: SigningKey, tables: Tables) -> None:
        self._writer = writer
        self._clock = clock
        self._key = key
        self._tables = tables
        self._ended: set[str] = set()
        self._looked_up: set[str] = set()
        self._tidied_at: datetime | None = None
        # compared for unknown names, so that they take as long as known ones
        self._no_pin = hash_pin("0000")

    async def execute(self, envelope: Envelope) -> Reply:
        """Carry out or refuse; the same envelope twice is done once."""
        if isinstance(envelope.command, SignIn):
            is_right = await self._compare(envelope.command)
            return await self._writer.acall(lambda uow: self._once(uow, envelope, pin_is_right=is_right))
        return await self._writer.acall(lambda uow: self._once(uow, envelope, pin_is_right=False))

    async def _compare(self, command: SignIn) -> bool:
        """Compare the PIN outside the transaction: argon2 is slow on purpose."""
        user = await self._writer.acall(lambda uow: uow.users.get(command.name))
        known = user.pin_hash if user is not None else self._no_pin
        is_right = await asyncio.to_thread(is_pin, known, command.pin)
        return is_right and user is not None

    def _once(self, uow: UnitOfWork, envelope: Envelope, *, pin_is_right: bool) -> Reply:
        earlier = uow.done.get(envelope.id)
        print_of = self._fingerprint(envelope)
        if earlier is not None:
            return self._again(uow, envelope, earlier, print_of)
        reply = self._answer(uow, envelope, pin_is_right=pin_is_right)
        # a token is a secret: it is given once and not kept
        kept = {k: v for k, v in reply.result.items() if k != "token"}
        uow.done.put(replace(reply, result={**kept, FINGERPRINT: print_of}), self._clock.now())
        self._forget_old(uow)
        return reply

    def _forget_old(self, uow: UnitOfWork) -> None:
        """Drop replies to commands that have long expired, once a day: they are refused without being known."""
        now = self._clock.now()
        if self._tidied_at is None or abs(now - self._tidied_at) >= LONGEST_GOOD:
            self._tidied_at = now
            uow.done.forget_before(now - REMEMBERED)

    def _again(self, uow: UnitOfWork, envelope: Envelope, earlier: Reply, print_of: str) -> Reply:
        """Give the reply of the very same envelope; another one under its id is refused."""
        result = dict(earlier.result)
        if result.pop(FINGERPRINT, None) != print_of:
            return self._refuse(uow, envelope, NOBODY, id_used(envelope.command.kind, envelope.id))
        return replace(earlier, result=result)

    def _fingerprint(self, envelope: Envelope) -> str:
        """Return what tells envelopes apart; made with the private key, so that no PIN can be guessed from it."""
        return digest_of(self._key.sign(b"command:" + to_json(envelope).encode()).encode())

    def _answer(self, uow: UnitOfWork, envelope: Envelope, *, pin_is_right: bool) -> Reply:
        kind = envelope.command.kind
        actor = NOBODY
        try:
            session = self._session(uow, envelope.token)
            actor = session.actor if session else NOBODY
            refused = refusal(kind, session, self._clock.now(), envelope.expires_at)
            if refused is None:
                result = self._carry_out(uow, envelope, session, pin_is_right=pin_is_right)
                return Reply(envelope.id, accepted=True, result=result)
        except (RefusedError, DataError) as error:
            refused = error.problem
        return self._refuse(uow, envelope, actor, refused)

    def _session(self, uow: UnitOfWork, token: str | None) -> Session | None:
        session = session_of(token, self._key.public_hex)
        if session is not None and session.session_id not in self._looked_up:
            self._look_up(uow, session)
        if session is not None and session.session_id in self._ended:
            raise DataError("desk.door.signed_out", actor=session.actor)
        return session

    def _look_up(self, uow: UnitOfWork, session: Session) -> None:
        """Learn from the journal whether this person left a session before this process was started."""
        for entry in uow.journal.of_subject(session.actor):
            if entry.kind == SignedOut.kind:
                fact = entry.fact()
                self._ended |= {fact.session_id} if isinstance(fact, SignedOut) else set()
        self._looked_up.add(session.session_id)

    def _carry_out(
        self, uow: UnitOfWork, envelope: Envelope, session: Session | None, *, pin_is_right: bool
    ) -> dict[str, Any]:
        command = envelope.command
        if isinstance(command, SignIn):
            return self._sign_in(uow, command, envelope.node, pin_is_right=pin_is_right)
        if session is None:
            raise RefusedError("domain.access.nobody_signed_in", kind=command.kind)
        if isinstance(command, SignOut):
            self._ended.add(session.session_id)
            let_out(uow, session)
            return {}
        if isinstance(command, AddUser):
            add_user(uow, command, actor=session.actor)
            return {}
        if isinstance(command, OpenVisit):
            now = self._clock.now()
            visit_id = open_visit(uow, command, self._tables, actor=session.actor, now=now)
            return {"visit_id": visit_id}
        revision = change_board(uow, command, actor=session.actor)
        if revision is not None:
            return {"revision": revision}
        raise RefusedError("desk.door.not_here", kind=command.kind)

    def _sign_in(self, uow: UnitOfWork, command: SignIn, node: str, *, pin_is_right: bool) -> dict[str, Any]:
        user = count_sign_in(uow, command, node, is_right=pin_is_right)
        if user is None:
            raise RefusedError("desk.door.not_let_in", name=command.name[:40])
        now = self._clock.now()
        session = Session(new_id("session"), user.name, user.role, node, shift_end(now))
        let_in(uow, session)
        return {"token": token_of(session, self._key, now), "session": to_plain(session)}

    def _refuse(self, uow: UnitOfWork, envelope: Envelope, actor: str, reason: Problem) -> Reply:
        # a refused sign-in is journaled already, with its count of wrong PINs
        if reason.code != "desk.door.not_let_in":
            fact = CommandRefused(envelope.id, envelope.command.kind, envelope.node, reason)
            record(uow, fact, actor=actor)
        return Reply(envelope.id, accepted=False, refusal=reason)
