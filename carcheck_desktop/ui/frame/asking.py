"""Who is signed in, commands on their way and their answers, where the keyboard is; no Qt."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from carcheck_desktop.base.data import from_plain
from carcheck_desktop.base.errors import CarcheckError, DataError
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.access import ALLOWED, Session
from carcheck_desktop.ui.frame.sayings import SHIFT_OVER, Sayings
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.notices.states import ToastState

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.domain.commands import Reply
    from carcheck_desktop.ui.bridge.station import Station
    from carcheck_desktop.ui.bridge.words import Words

NO_ANSWER = Problem("ui.frame.no_answer")
SESSION_GONE = frozenset({"domain.access.session_over", "domain.access.nobody_signed_in", "desk.door.signed_out"})
"""Refusals after which nobody is signed in any more."""
SIGN_IN = "sign_in"
BEFORE = datetime(2000, 1, 1, tzinfo=UTC)
"""The time before the service said one; nobody is signed in then."""


class Asking:
    """What the presenters of windows with a sign-in begin with."""

    def __init__(self, station: Station, words: Words, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.station = station
        self.words = words
        self.sayings = Sayings()
        self.problem: Problem | None = None
        """What was refused last, said above the page until something is done about it."""
        self._monotonic = monotonic
        self._open: set[str] = set()
        self._focus = (0, "sign_in_name")

    # -- what others build on ------------------------------------------------------------------

    def home(self) -> str:
        """Return the field in which work begins."""
        raise NotImplementedError

    def signed_in(self) -> None:
        """Somebody signed in: begin."""

    def refused(self, key: str, problem: Problem) -> None:
        """A command was refused; the problem is shown already."""

    # -- who and when --------------------------------------------------------------------------

    @property
    def now(self) -> datetime:
        """The station's time."""
        return self.station.time.now() or BEFORE

    @property
    def actor(self) -> str:
        """Who is signed in, "" for nobody."""
        return self.station.session.actor if self.station.session is not None else ""

    def may(self, kind: str) -> bool:
        """Say whether the person who is signed in may give a command."""
        session = self.station.session
        return session is not None and session.role in ALLOWED[kind]

    def sign_in(self, name: str, pin: str) -> None:
        """Send who it is."""
        if name and pin and not self.is_asking(SIGN_IN):
            self.send(SIGN_IN, c.SignIn(name, pin), self._let_in)

    def _let_in(self, reply: Reply) -> None:
        session = from_plain(reply.result["session"], Session)
        self.station.sign_in(session, str(reply.result["token"]))
        self.sayings.put_away(SHIFT_OVER)
        self.signed_in()
        self.lead(self.home())

    def sign_out(self) -> None:
        """End the session here at once, and at the service."""
        if self.station.session is not None:
            self.station.send(c.SignOut(), lambda _reply: None)
        self.station.sign_out()
        self.problem = None
        self.lead("sign_in_name")

    def end_shift(self) -> None:
        """End a session whose time is over."""
        session, now = self.station.session, self.station.time.now()
        if session is not None and now is not None and now > session.expires_at:
            self._session_gone()

    def _session_gone(self) -> None:
        self.station.sign_out()
        self.lead("sign_in_pin")
        text = self.words("ui.frame.session_gone")
        self.sayings.say(ToastState(SHIFT_OVER, Tone.CAUTION, "clock", text, stays=True))

    # -- the keyboard --------------------------------------------------------------------------

    def lead(self, field: str) -> None:
        """Put the keyboard into a field."""
        self._focus = (self._focus[0] + 1, field)

    @property
    def focus(self) -> tuple[int, str]:
        """Where the keyboard was put last."""
        return self._focus

    # -- commands ------------------------------------------------------------------------------

    def is_asking(self, key: str) -> bool:
        """Say whether the answer to a command is still out."""
        return key in self._open

    def send(self, key: str, command: c.Command, take: Callable[[Reply], None]) -> None:
        """Send a command; `take` gets the reply, a refusal is shown. One at a time of each key."""
        if key in self._open:
            return
        self._open.add(key)
        self.problem = None

        def done(reply: Reply | Exception) -> None:
            self._open.discard(key)
            self._answered(key, reply, take)

        self.station.send(command, done)

    def _answered(self, key: str, reply: Reply | Exception, take: Callable[[Reply], None]) -> None:
        if isinstance(reply, CarcheckError):
            self._refused(key, reply.problem)
        elif isinstance(reply, Exception):
            self._refused(key, NO_ANSWER)
        elif not reply.accepted:
            self._refused(key, reply.refusal or NO_ANSWER)
        else:
            try:
                take(reply)
            except DataError as error:  # a newer service words its answer otherwise
                self._refused(key, error.problem)

    def _refused(self, key: str, problem: Problem) -> None:
        if problem.code in SESSION_GONE and key != SIGN_IN:
            self._session_gone()
        self.problem = problem
        if key == SIGN_IN:
            self.lead("sign_in_pin")
        elif self.station.session is not None:
            self.refused(key, problem)
