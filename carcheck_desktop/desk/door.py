"""The service's door: every command is checked here, carried out in one transaction, answered."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from carcheck_desktop.base.data import digest_of, from_plain, to_json
from carcheck_desktop.base.errors import DataError, RefusedError
from carcheck_desktop.base.keys import hash_pin, is_pin
from carcheck_desktop.desk.carrying import Carrier, Given, Prepared
from carcheck_desktop.desk.cash.scans import NOBODY as NO_SCANS
from carcheck_desktop.desk.counter.lookup import ask
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.desk.people import ended_sessions, token_of
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.access import LONGEST_GOOD, Session, id_used, refusal
from carcheck_desktop.domain.commands import ASKING, Envelope, Reply, SignIn
from carcheck_desktop.domain.facts import CommandRefused
from carcheck_desktop.domain.sessions import session_of

if TYPE_CHECKING:
    from datetime import datetime

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.base.keys import SigningKey
    from carcheck_desktop.base.messages import Problem
    from carcheck_desktop.desk.cash.scans import Scans
    from carcheck_desktop.desk.papers.house import House
    from carcheck_desktop.desk.tables.custody import TableCustody
    from carcheck_desktop.domain.ports import UnitOfWork, VehicleLookup, Writer
    from carcheck_desktop.standards.rulebook import Rulebook

NOBODY = "nobody"
REMEMBERED = timedelta(days=7)
"""How long replies are kept; longer than any command is good for."""
FINGERPRINT = "_envelope"
"""Key in a kept reply's result under which the door knows the envelope that it answers; never given out."""
NOTHING = Prepared()
COUNTED_ELSEWHERE = frozenset({"desk.door.not_let_in", "desk.door.wrong_old_pin", "desk.signing.wrong_pin"})
"""Refusals of a wrong PIN: they are journaled already, with their count."""


class ServiceDoor:
    """Fulfils `domain.ports.CommandDoor` for the service; without `lookup` clerks type everything."""

    def __init__(
        self,
        writer: Writer,
        clock: Clock,
        key: SigningKey,
        tables: Rulebook,
        lookup: VehicleLookup | None = None,
        scans: Scans = NO_SCANS,
    ) -> None:
        self._writer = writer
        self._clock = clock
        self._key = key
        self._lookup = lookup
        self._carrier = Carrier(clock, key, tables, scans)
        self._ended: set[str] = set()
        self._looked_up: set[str] = set()
        self._tidied_at: datetime | None = None
        # compared for unknown names, so that they take as long as known ones
        self._no_pin = hash_pin("0000")

    def print_as(self, house: House) -> ServiceDoor:
        """Take the letterhead and words of the papers that are made on request; without them none is."""
        self._carrier.house = house
        return self

    def keep(self, custody: TableCustody) -> ServiceDoor:
        """Work with the approved tables from now on; approve changed ones, and sign nothing while one is not approved."""
        self._carrier.custody = custody
        return self

    async def execute(self, envelope: Envelope) -> Reply:
        """Carry out or refuse; the same envelope twice is done once."""
        prepared = await self._prepare(envelope)
        return await self._writer.acall(lambda uow: self._once(uow, envelope, prepared))

    async def _prepare(self, envelope: Envelope) -> Prepared:
        """Do outside the transaction what takes long: PINs are slow on purpose, authorities are far away.

        Only for who may: what is refused anyway is refused without it.
        """
        command = envelope.command
        if isinstance(command, SignIn):
            return Prepared(pin_is_right=await self._compare(command.name, command.pin))
        if not isinstance(command, c.AddUser | c.ResetPin | c.ChangePin | c.LookUpVehicle | c.SignReport):
            return NOTHING
        session = await self._writer.acall(lambda uow: self._may(uow, envelope))
        if session is None:
            return NOTHING
        if isinstance(command, c.LookUpVehicle):
            return Prepared(asked=await ask(self._lookup, command))
        if isinstance(command, c.ChangePin | c.SignReport):
            return await self._prove(session.actor, command)
        return Prepared(pin_hash=await asyncio.to_thread(hash_pin, command.pin))

    async def _prove(self, actor: str, command: c.ChangePin | c.SignReport) -> Prepared:
        """Compare the own PIN in a command with the person's; the new one is hashed too."""
        if isinstance(command, c.SignReport):
            return Prepared(pin_is_right=await self._compare(actor, command.pin))
        is_right = await self._compare(actor, command.old_pin)
        return Prepared(pin_is_right=is_right, pin_hash=await asyncio.to_thread(hash_pin, command.new_pin))

    def _may(self, uow: UnitOfWork, envelope: Envelope) -> Session | None:
        """Return who gives a command that would not be refused for who gives it, when, or as what number."""
        try:
            given = self._given(uow, envelope)
        except (RefusedError, DataError):
            return None
        refused = refusal(
            envelope.command.kind, given.session, self._clock.now(), envelope.expires_at, given.second
        )  # fmt: skip
        return None if refused or uow.done.get(envelope.id) is not None else given.session

    async def _compare(self, name: str, pin: str) -> bool:
        """Compare a PIN with the one that this name has."""
        user = await self._writer.acall(lambda uow: uow.users.get(name))
        known = user.pin_hash if user is not None else self._no_pin
        is_right = await asyncio.to_thread(is_pin, known, pin)
        return is_right and user is not None

    def _once(self, uow: UnitOfWork, envelope: Envelope, prepared: Prepared) -> Reply:
        earlier = uow.done.get(envelope.id)
        print_of = self._fingerprint(envelope)
        if earlier is not None:
            return self._again(uow, envelope, earlier, print_of)
        reply = self._answer(uow, envelope, prepared)
        # what was only asked is answered again, and what is personal is not kept beside the journal
        if envelope.command.kind not in ASKING:
            # a token is a secret and not kept: who asks again gets it signed anew
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
        if isinstance(envelope.command, SignIn) and "session" in result:
            # whoever asks once more has the PIN and never heard the first answer: the same session, signed anew
            session = from_plain(result["session"], Session)
            result["token"] = token_of(session, self._key, self._clock.now())
        return replace(earlier, result=result)

    def _fingerprint(self, envelope: Envelope) -> str:
        """Return what tells envelopes apart; made with the private key, so that no PIN can be guessed from it."""
        return digest_of(self._key.sign(b"command:" + to_json(envelope).encode()).encode())

    def _answer(self, uow: UnitOfWork, envelope: Envelope, prepared: Prepared) -> Reply:
        actor = NOBODY
        try:
            given = self._given(uow, envelope)
            actor = given.session.actor if given.session else NOBODY
            refused = refusal(
                envelope.command.kind, given.session, self._clock.now(), envelope.expires_at, given.second
            )  # fmt: skip
            if refused is None:
                result = self._carried_out(uow, envelope, given, prepared)
                return Reply(envelope.id, accepted=True, result=result)
        except (RefusedError, DataError) as error:
            refused = error.problem
        return self._refuse(uow, envelope, actor, refused)

    def _given(self, uow: UnitOfWork, envelope: Envelope) -> Given:
        return Given(self._session(uow, envelope.token), self._session(uow, envelope.second_token), envelope.node)

    def _session(self, uow: UnitOfWork, token: str | None) -> Session | None:
        session = session_of(token, self._key.public_hex)
        if session is not None and session.session_id not in self._looked_up:
            # learn from the journal whether it was ended, by whomever and before this process was started
            self._ended |= ended_sessions(uow.journal.of_subject(session.actor))
            self._looked_up.add(session.session_id)
        if session is not None and session.session_id in self._ended:
            raise DataError("desk.door.signed_out", actor=session.actor)
        return session

    def _carried_out(self, uow: UnitOfWork, envelope: Envelope, given: Given, prepared: Prepared) -> dict[str, Any]:
        """Carry out wholly or not at all: what is refused half-way leaves nothing but its refusal, and a wrong PIN its count."""
        counted: RefusedError | None = None
        with uow.whole_or_nothing():
            try:
                return self._carry_out(uow, envelope, given, prepared)
            except RefusedError as error:
                if error.code not in COUNTED_ELSEWHERE:
                    raise
                counted = error
        raise counted

    def _carry_out(self, uow: UnitOfWork, envelope: Envelope, given: Given, prepared: Prepared) -> dict[str, Any]:
        command = envelope.command
        result = self._carrier.carry_out(uow, command, given, prepared)
        if isinstance(command, c.SignOut | c.AddUser | c.ChangeUser | c.ResetPin):
            self._looked_up.clear()  # whose sessions are over is read anew
        return result

    def _refuse(self, uow: UnitOfWork, envelope: Envelope, actor: str, reason: Problem) -> Reply:
        if reason.code not in COUNTED_ELSEWHERE:
            fact = CommandRefused(envelope.id, envelope.command.kind, envelope.node, reason)
            record(uow, fact, actor=actor)
        return Reply(envelope.id, accepted=False, refusal=reason)
