"""Facts of people: who may sign in, who did, who could not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.facts.base import Fact


@dataclass(frozen=True, slots=True)
class UserAdded(Fact):
    """A person may sign in from now on; the PIN's hash is a row, never a fact."""

    kind: ClassVar[str] = "user_added"
    name: str
    role: Role

    @property
    def subject(self) -> str:
        """The user's name."""
        return self.name


@dataclass(frozen=True, slots=True)
class SignedIn(Fact):
    """A person signed in at a node."""

    kind: ClassVar[str] = "signed_in"
    session_id: str
    name: str
    role: Role
    node: str

    @property
    def subject(self) -> str:
        """The user's name."""
        return self.name


@dataclass(frozen=True, slots=True)
class SignedOut(Fact):
    """A session ended."""

    kind: ClassVar[str] = "signed_out"
    session_id: str
    name: str

    @property
    def subject(self) -> str:
        """The user's name."""
        return self.name


@dataclass(frozen=True, slots=True)
class SignInRefused(Fact):
    """A sign-in failed; `wrong_pins` counts since the last success, `locked` says the door shut."""

    kind: ClassVar[str] = "sign_in_refused"
    name: str
    node: str
    wrong_pins: int
    locked: bool

    @property
    def subject(self) -> str:
        """The name that was given."""
        return self.name


@dataclass(frozen=True, slots=True)
class UserChanged(Fact):
    """A person's role and whether the person may sign in, as a manager set them; sessions begun before are over."""

    kind: ClassVar[str] = "user_changed"
    name: str
    role: Role
    locked: bool

    @property
    def subject(self) -> str:
        """The user's name."""
        return self.name


@dataclass(frozen=True, slots=True)
class PinChanged(Fact):
    """A person has another PIN, by the person's own hand or reset by a manager with `approved_by`.

    After a reset, sessions begun before are over. Neither the PIN nor its hash is ever in a fact.
    """

    kind: ClassVar[str] = "pin_changed"
    name: str
    reset: bool
    approved_by: str

    @property
    def subject(self) -> str:
        """The user's name."""
        return self.name
