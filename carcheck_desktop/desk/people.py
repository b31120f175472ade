"""Sign-in and people: PINs by argon2id, a door that shuts after five wrong ones, all journaled."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.base.keys import hash_pin
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.domain.facts import SignedIn, SignedOut, SignInRefused, UserAdded
from carcheck_desktop.domain.ports import UserRow

if TYPE_CHECKING:
    from datetime import datetime

    from carcheck_desktop.base.keys import SigningKey
    from carcheck_desktop.domain.access import Session
    from carcheck_desktop.domain.commands import AddUser, SignIn
    from carcheck_desktop.domain.ports import UnitOfWork

WRONG_PINS_ALLOWED = 5
SHIFT = timedelta(hours=12)
NAME = re.compile(r"[\w\-. ]{1,40}")
PIN = re.compile(r"[0-9]{4,12}")


def add_user(uow: UnitOfWork, command: AddUser, *, actor: str) -> None:
    """Add a person, or give a known one another role and PIN and open a shut door.

    Raises `RefusedError` for a name or PIN that cannot be used.
    """
    if not NAME.fullmatch(command.name) or command.name != command.name.strip():
        raise RefusedError("desk.people.bad_name", name=command.name)
    if not PIN.fullmatch(command.pin):
        raise RefusedError("desk.people.bad_pin", length=len(command.pin))
    uow.users.put(UserRow(command.name, command.role, hash_pin(command.pin), 0, locked=False))
    record(uow, UserAdded(command.name, command.role), actor=actor)


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
