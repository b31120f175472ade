"""Commands on their way and their answers, and who is signed in; no Qt.

An answer belongs to the intake that asked for it: one that comes after the next car has begun changes nothing.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from carcheck_desktop.base.data import from_plain
from carcheck_desktop.base.errors import CarcheckError, DataError
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.access import Session
from carcheck_desktop.ui.counter.work import Work
from carcheck_desktop.ui.frame.sayings import SHIFT_OVER
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.notices.states import ToastState

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.domain.commands import Reply
    from carcheck_desktop.ui.bridge.station import Station
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.counter.draft.draft import Draft

NO_ANSWER = Problem("ui.counter.no_answer")
SESSION_GONE = frozenset({"domain.access.session_over", "domain.access.nobody_signed_in", "desk.door.signed_out"})
"""Refusals after which nobody is signed in any more."""
SIGN_IN, LOOK_UP, PREVIEW, OPEN, PAY, CORRECT = "sign_in", "look_up", "preview", "open", "pay", "correct"


class Sending(Work):
    """What is on its way, what came back, and who sends."""

    def __init__(self, station: Station, words: Words, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__(station, words, monotonic)
        self._open: set[str] = set()
        self._last_actor = ""

    def begin(self, plate: str = "") -> None:
        """Begin with the next car."""
        raise NotImplementedError

    def is_asking(self, key: str) -> bool:
        """Say whether the answer to a command is still out."""
        return key in self._open

    def _send(
        self, key: str, command: c.Command, take: Callable[[Draft, Reply], None], second_token: str | None = None
    ) -> None:
        """Send a command, for two with the second one's session; `take` gets the reply, a refusal has been said by then."""
        draft = self.draft
        self._open.add(key)
        self.problem = None

        def done(reply: Reply | Exception) -> None:
            self._open.discard(key)
            if draft is self.draft or key == SIGN_IN:
                self._answered(key, reply, lambda good: take(draft, good))

        self.station.send(command, done, second_token)

    def _answered(self, key: str, reply: Reply | Exception, take: Callable[[Reply], None]) -> None:
        if isinstance(reply, CarcheckError):
            self._refused(key, reply.problem)
        elif isinstance(reply, Exception):
            self._refused(key, NO_ANSWER)
        elif not reply.accepted:
            self._refused(key, reply.refusal or NO_ANSWER)
        else:
            self._take(key, reply, take)

    def _take(self, key: str, reply: Reply, take: Callable[[Reply], None]) -> None:
        """Take what a service answered; what a newer one words otherwise is said like a refusal."""
        try:
            take(reply)
        except DataError as error:
            self._refused(key, error.problem)

    def _refused(self, key: str, problem: Problem) -> None:
        """Say a refusal where it belongs: at its field, else above the page."""
        if problem.code in SESSION_GONE and key != SIGN_IN:
            self._session_gone()
        self.problem = problem
        if key == SIGN_IN:
            self.lead("sign_in_pin")

    def _session_gone(self) -> None:
        self.station.sign_out()
        self.lead("sign_in_pin")
        text = self.words("ui.counter.session_gone")
        self.sayings.say(ToastState(SHIFT_OVER, Tone.CAUTION, "clock", text, stays=True))

    def sign_in(self, name: str, pin: str) -> None:
        """Send who it is."""
        if name and pin and not self.is_asking(SIGN_IN):
            self._send(SIGN_IN, c.SignIn(name, pin), lambda _draft, reply: self._signed_in(reply))

    def _signed_in(self, reply: Reply) -> None:
        session = from_plain(reply.result["session"], Session)
        self.station.sign_in(session, str(reply.result["token"]))
        self.sayings.put_away(SHIFT_OVER)
        if session.actor != self._last_actor:
            # nobody goes on with what another person typed
            self.begin()
        self._last_actor = session.actor
        self.lead(self._first_of(self._at))

    def sign_out(self) -> None:
        """End the session here at once, and at the service; what was typed waits for the same person."""
        if self.station.session is not None:
            self.station.send(c.SignOut(), lambda _reply: None)
        self.station.sign_out()
        self.visit = ""
        self.lead("sign_in_name")

    def end_shift(self) -> None:
        """End a session whose time is over."""
        session, now = self.station.session, self.station.time.now()
        if session is not None and now is not None and now > session.expires_at:
            self._session_gone()
