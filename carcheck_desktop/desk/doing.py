"""What who carries a command out is given; each concern of the desk lists its doers by the command's kind.

A concern is a folder `desk/<concern>/` whose `doing.py` has `DOERS`; `desk.carrying` collects them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from carcheck_desktop.desk.cash.scans import NOBODY, Scans

if TYPE_CHECKING:
    from carcheck_desktop.base.keys import SigningKey
    from carcheck_desktop.desk.papers.house import House
    from carcheck_desktop.desk.tables.custody import TableCustody
    from carcheck_desktop.domain.access import Session
    from carcheck_desktop.domain.ports import UnitOfWork
    from carcheck_desktop.standards.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Doing:
    """Who does something when: the door has let `session` in, and `second` agrees where the table wants one.

    `pin_is_right` answers a command that carries the PIN of who gives it (compared before the transaction),
    `scans` takes a payment code to whoever asks the provider, `house` has letterhead and words of papers, `custody`
    holds the table files against the approved ones (None: a desk without files of its own).
    """

    session: Session
    second: Session | None
    node: str
    now: datetime
    tables: Rulebook
    key: SigningKey
    pin_is_right: bool = False
    scans: Scans = NOBODY
    house: House | None = None
    custody: TableCustody | None = None

    @property
    def actor(self) -> str:
        """Who gives the command."""
        return self.session.actor

    @property
    def approved_by(self) -> str:
        """Who agrees to it, "" when nobody had to."""
        return self.second.actor if self.second is not None else ""


Doer = Callable[["UnitOfWork", Any, Doing], dict[str, Any]]
"""Carries one kind of command out in a transaction and returns the reply's result; raises `RefusedError`."""
