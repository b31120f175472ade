"""Commands of people: who may sign in, who does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.commands.base import Command


@dataclass(frozen=True, slots=True)
class SignIn(Command):
    """Sign a person in at a node with name and PIN; the reply's `result` has `token`, `session`."""

    kind: ClassVar[str] = "sign_in"
    name: str
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignOut(Command):
    """End the session that the envelope carries."""

    kind: ClassVar[str] = "sign_out"


@dataclass(frozen=True, slots=True)
class AddUser(Command):
    """Add a person who may sign in."""

    kind: ClassVar[str] = "add_user"
    name: str
    role: Role
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ChangeUser(Command):
    """Give a person another role, shut the person out or let in again; ends the person's sessions."""

    kind: ClassVar[str] = "change_user"
    name: str
    role: Role
    locked: bool


@dataclass(frozen=True, slots=True)
class ResetPin(Command):
    """Give a person a new PIN and open a door that wrong PINs shut; a second person agrees."""

    kind: ClassVar[str] = "reset_pin"
    name: str
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ChangePin(Command):
    """Change one's own PIN; a wrong old one counts as at the sign-in."""

    kind: ClassVar[str] = "change_pin"
    old_pin: str = field(repr=False)
    new_pin: str = field(repr=False)


COMMANDS: tuple[type[Command], ...] = (SignIn, SignOut, AddUser, ChangeUser, ResetPin, ChangePin)
