"""What every command is, how it travels, and how it is answered; the commands themselves are in the files beside this one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from carcheck_desktop.base.messages import Problem


class Command:
    """Base of all commands; `kind` is the name on the wire and in `domain.access`."""

    kind: ClassVar[str]


@dataclass(frozen=True, slots=True)
class Envelope:
    """A command on its way: who gives it where, since when and until when it may be done.

    `id` makes a repeat harmless; `token` is the signed session (None for sign-in and stop), `second_token`
    that of the person who agrees where `domain.access.SECOND_PERSON` wants one.
    """

    id: str
    token: str | None = field(repr=False)
    node: str
    issued_at: datetime
    expires_at: datetime
    command: Command
    second_token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a command: carried out with a result, or refused with a reason."""

    id: str
    accepted: bool
    refusal: Problem | None = None
    result: dict[str, Any] = field(default_factory=dict, repr=False)
