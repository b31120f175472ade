"""Sign-in and people: PINs by argon2id, a door that shuts after five wrong ones, all journaled."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.base.keys import hash_pin
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.commands import SignIn
from carcheck_desktop.domain.facts import PinChanged, SignedIn, SignedOut, SignInRefused, UserAdded, UserChanged
from carcheck_desktop.domain.ports import UserRow

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from carcheck_desktop.base.keys import SigningKey
    from carcheck_desktop.domain.access import Session
    from carcheck_desktop.domain.commands import AddUser, ChangePin, ChangeUser, ResetPin
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.ports import UnitOfWork

WRONG_PINS_ALLOWED = 5
SHIFT = timedelta(hours=12)
NAME = re.compile(r"[\w\-. ]{1,40}")
PIN = re.compile(r"[0-9]{4,12}")
ENDING = frozenset(fact.kind for fact in (SignedIn, SignedOut, UserAdded, UserChanged, PinChanged))
"""Facts that begin or end a person's sessions."""


def add_user(
    uow: UnitOfWork, command: AddUser, *, actor: str, pin_hash: str | None = None, only_new: bool = False
) -> None:
    """Add a person, or give a known one another role and PIN and open a shut door.

    `only_new` refuses the second: over the link a known person's PIN needs a second person (`reset_pin`).
    Raises `RefusedError` for a name or PIN that cannot be used.
    """
    if not NAME.fullmatch(command.name) or command.name != command.name.strip():
        raise RefusedError("desk.people.bad_name", name=command.name[:60])
    check_pin(command.pin)
    if only_new and uow.users.get(command.name) is not None:
        raise RefusedError("desk.people.known", name=command.name)
    uow.users.put(UserRow(command.name, command.role, pin_hash or hash_pin(command.pin), 0, locked=False))
    record(uow, UserAdded(command.name, command.role), actor=actor)


def check_pin(pin: str) -> None:
    """Raise `RefusedError` for a PIN that cannot be used, saying its length and nothing else of it."""
    if not PIN.fullmatch(pin):
        raise RefusedError("desk.people.bad_pin", length=len(pin))


def change_user(uow: UnitOfWork, command: ChangeUser, *, actor: str) -> None:
    """Give a person another role, shut the person out or let in again.

    Raises `RefusedError` for an unknown name, and for the last manager who may sign in.
    """
    user = _known(uow, command.name)
    stays_manager = command.role is Role.MANAGER and not command.locked
    managers = [each.name for each in uow.users.all() if each.role is Role.MANAGER and not each.locked]
    if managers == [user.name] and not stays_manager:
        raise RefusedError("desk.people.last_manager", name=user.name)
    wrong_pins = user.wrong_pins if command.locked else 0
    uow.users.put(replace(user, role=command.role, locked=command.locked, wrong_pins=wrong_pins))
    record(uow, UserChanged(user.name, command.role, locked=command.locked), actor=actor)


def reset_pin(uow: UnitOfWork, command: ResetPin, pin_hash: str, *, actor: str, approved_by: str) -> None:
    """Give a person a new PIN and open a door that wrong PINs shut; the second person is not the one it is for."""
    check_pin(command.pin)
    user = _known(uow, command.name)
    if user.name == approved_by:
        raise RefusedError("desk.people.own_approval", name=user.name)
    uow.users.put(replace(user, pin_hash=pin_hash or hash_pin(command.pin), wrong_pins=0, locked=False))
    record(uow, PinChanged(user.name, reset=True, approved_by=approved_by), actor=actor)


def change_pin(uow: UnitOfWork, command: ChangePin, pin_hash: str, session: Session, *, is_right: bool) -> bool:
    """Change one's own PIN; False when the old one was wrong, which is counted as at the sign-in."""
    check_pin(command.new_pin)
    if count_sign_in(uow, SignIn(session.actor, ""), session.node, is_right=is_right) is None:
        return False
    uow.users.put(replace(_known(uow, session.actor), pin_hash=pin_hash or hash_pin(command.new_pin)))
    record(uow, PinChanged(session.actor, reset=False, approved_by=""), actor=session.actor)
    return True


def ended_sessions(entries: Iterable[Entry]) -> set[str]:
    """Return the sessions of one person that are over before their time.

    A session ends when the person signs out, when a manager changed the person's role or shut the person out,
    and when the PIN was reset.
    """
    begun: set[str] = set()
    ended: set[str] = set()
    for entry in entries:
        if entry.kind not in ENDING:
            continue
        fact = entry.fact()
        if isinstance(fact, SignedIn):
            begun.add(fact.session_id)
        elif isinstance(fact, SignedOut):
            ended.add(fact.session_id)
        elif not isinstance(fact, PinChanged) or fact.reset:
            ended |= begun
    return ended


def _known(uow: UnitOfWork, name: str) -> UserRow:
    user = uow.users.get(name)
    if user is None:
        raise RefusedError("desk.people.unknown", name=name[:40])
    return user


def count_sign_in(uow: UnitOfWork, command: SignIn, node: str, *, is_right: bool) -> UserRow | None:
    """Count a sign-in whose PIN was compared outside the transaction; return the person let in.

    An unknown name, a wrong PIN and a shut door look alike to the one who asks; the journal
    tells them apart by `wrong_pins` and `locked`.
    """
    user = uow.users.get(command.name)
    if user is None:
        record(uow, SignInRefused(command.name[:40], node, 0, locked=False), actor=command.name[:40])
        return None
    if is_right and not user.locked:
        uow.users.put(replace(user, wrong_pins=0))
        return user
    wrong = user.wrong_pins + (0 if is_right else 1)
    locked = user.locked or wrong >= WRONG_PINS_ALLOWED
    uow.users.put(replace(user, wrong_pins=wrong, locked=locked))
    record(uow, SignInRefused(user.name, node, wrong, locked=locked), actor=user.name)
    return None


def let_in(uow: UnitOfWork, session: Session) -> None:
    """Journal the beginning of a session."""
    fact = SignedIn(session.session_id, session.actor, session.role, session.node)
    record(uow, fact, actor=session.actor)


def let_out(uow: UnitOfWork, session: Session) -> None:
    """Journal the end of a session."""
    record(uow, SignedOut(session.session_id, session.actor), actor=session.actor)


def token_of(session: Session, key: SigningKey, now: datetime) -> str:
    """Return the session as a token that lanes check with the station's public key alone."""
    return key.token(
        {
            "sid": session.session_id,
            "sub": session.actor,
            "role": session.role.value,
            "node": session.node,
            "iat": int(now.timestamp()),
            "exp": int(session.expires_at.timestamp()),
        }
    )


def shift_end(now: datetime) -> datetime:
    """Return until when a session that begins now is good."""
    return now + SHIFT
