"""A receipt printer on a line: asked before, sent to, and asked again after the last byte whether the page is out.

What its last answer proves depends on the model. Where it knows GS ( H <Function 48>, the answer carries our own id and comes
when everything before it has been printed and cut. Elsewhere GS r 1 stands behind the cut: its answer says that the printer has
come to that place in its memory, which it does after the cut, but carries no id; so before a page after a restart or a doubt the
printer must first answer such a question with nothing else in its memory (the *barrier*). Where a page was broken off, half of it
may hang uncut: it is marked void and cut off first.

Questions never go out in the middle of a page: inside a picture they would be taken for its data.
"""

from __future__ import annotations

import secrets
import string
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from carcheck_desktop.printing.spool.faces import Face, UnreachableError, open_face
from carcheck_desktop.printing.spool.outcomes import Asking, Dropped, InDoubt, NotPrinted, Outcome, Patience, Printed
from carcheck_desktop.printing.spool.status import ASK_IN_TURN, Said, ask_done, is_offline
from carcheck_desktop.printing.spool.talk import NoAnswerError, Talk, problem_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.base.messages import Problem
    from carcheck_desktop.base.station_printers import StationPrinter
    from carcheck_desktop.printing.spool.outcomes import Rendered

ID_CHARACTERS = string.ascii_letters + string.digits
VOID_STRIP = b"\x1b@\x1c&\n" + "以上作废 VOID ABOVE\n".encode("gb18030") + b"\x1c.\x1dVB\x00"
"""Ends what may hang in the printer half printed: says that it is void, and cuts it off, so that no page begins on its strip."""
REMEMBERED = 32
"""Pages in doubt whose late answer is still understood."""


@dataclass
class ReceiptPrinter:
    """One ESC/POS printer over TCP or a serial line; fulfils `outcomes.Printer`; used by one thread."""

    settings: StationPrinter
    has_process_id: bool
    patience: Patience = field(default_factory=Patience)
    opener: Callable[[StationPrinter, float], Face] = open_face
    _is_suspect: bool = True
    _may_hang: bool = False
    _doubtful: dict[bytes, str] = field(default_factory=dict)

    def look(self) -> Problem | None:
        """Ask how it is; prints nothing."""
        try:
            face = self._open()
        except NoAnswerError as error:
            return error.problem
        try:
            return Talk(face, self.settings.name, self.patience.answer_s).trouble()
        except NoAnswerError as error:
            return error.problem
        except OSError as error:
            return self._lost(error, 0, 0)
        finally:
            face.close(abort=False)

    def print_page(self, paper_id: str, page: Rendered, asking: Asking) -> Outcome:
        """Print one page and return what is known of it."""
        try:
            face = self._open()
        except NoAnswerError as error:
            return NotPrinted(error.problem)
        run = _Run(self, face, page.content, asking)
        outcome: Outcome | None = None
        try:
            outcome = run.go()
        except NoAnswerError as error:
            outcome = run.unanswered(error.problem)
        except OSError as error:
            outcome = run.ended(self._lost(error, run.sent, run.total))
        finally:
            face.close(abort=not isinstance(outcome, Printed))
            self._is_suspect = (run.sent > 0 and not isinstance(outcome, Printed)) or (
                self._is_suspect and not run.is_clear
            )
        self._may_hang = isinstance(outcome, InDoubt) or (self._may_hang and not run.is_clear)
        if isinstance(outcome, InDoubt):
            self._remember(run.process_id, paper_id)
        return outcome

    def expect_remains(self) -> None:
        """Be told that a page was being printed here when the program ended: half of it may hang in the printer."""
        self._is_suspect = self._may_hang = True

    @property
    def may_hang(self) -> bool:
        """Whether a page that was broken off may hang in it without a cut."""
        return self._may_hang

    @property
    def is_suspect(self) -> bool:
        """Whether something of an earlier time may still be in its memory."""
        return self._is_suspect

    def came_late(self, process_id: bytes) -> str | None:
        """Return the paper whose id this is, once."""
        return self._doubtful.pop(process_id, None)

    def _open(self) -> Face:
        try:
            return self.opener(self.settings, self.patience.connect_s)
        except UnreachableError as error:
            settings = self.settings
            raise NoAnswerError(
                problem_of("unreachable", settings.name, connection=settings.connection, detail=error)
            ) from error

    def _lost(self, error: OSError, sent: int, total: int) -> Problem:
        detail = error.strerror or error
        if not sent:
            return problem_of("hung_up", self.settings.name, detail=detail)
        return problem_of("lost", self.settings.name, sent=sent, total=total, detail=detail)

    def _remember(self, process_id: bytes, paper_id: str) -> None:
        self._doubtful[process_id] = paper_id
        while len(self._doubtful) > REMEMBERED:
            del self._doubtful[next(iter(self._doubtful))]


class _Run:
    """One page on its way through one connection."""

    def __init__(self, printer: ReceiptPrinter, face: Face, content: bytes, asking: Asking) -> None:
        self.sent = 0
        self.is_clear = False
        self.process_id = _new_id()
        self._printer = printer
        self._name = printer.settings.name
        self._patience = printer.patience
        self._talk = Talk(face, self._name, printer.patience.answer_s)
        self._face = face
        self._asking = asking
        self._bytes = content + self._ask_done(self.process_id)
        self.total = len(self._bytes)
        self._told: Problem | None = None
        self._spoke_s = self._well_s = self._began_s = time.monotonic()

    def go(self) -> Outcome:
        """Print the page; raises what the conversation raises."""
        self._talk.purge()
        trouble = self._talk.trouble()
        if trouble is not None:
            return NotPrinted(trouble)
        if self._printer.is_suspect:
            self._pass_barrier()
        self._talk.insist_on_silence()
        self.is_clear = self._talk.is_waiting = True
        if not self._asking.begin():
            return Dropped()
        stuck = self._send()
        return stuck if stuck is not None else self._confirm()

    def ended(self, problem: Problem) -> Outcome:
        """Return what a conversation that broke off means for the page."""
        return InDoubt(problem) if self.sent else NotPrinted(problem)

    def unanswered(self, problem: Problem) -> Outcome:
        """Return what a question without a proper answer means: after the first byte, that nothing was confirmed."""
        waited_s = round(time.monotonic() - self._began_s)
        return InDoubt(problem_of("unconfirmed", self._name, waited_s=waited_s)) if self.sent else NotPrinted(problem)

    def _ask_done(self, process_id: bytes) -> bytes:
        return ask_done(process_id) if self._printer.has_process_id else ASK_IN_TURN

    def _pass_barrier(self) -> None:
        """Let the printer finish what it may still have in memory; raise `NoAnswerError` when it does not in time."""
        barrier = _new_id()
        question = (VOID_STRIP if self._printer.may_hang else b"") + self._ask_done(barrier)
        if self._face.send(question, self._patience.answer_s) != len(question):
            raise NoAnswerError(problem_of("busy", self._name))
        until_s = time.monotonic() + self._patience.barrier_s
        is_through = False
        while not is_through:
            left_s = until_s - time.monotonic()
            if left_s <= 0:
                raise NoAnswerError(problem_of("busy", self._name))
            is_through = self._hears_end(left_s, barrier)
        if not self._printer.has_process_id:
            self._hear_quiet(until_s)

    def _hear_quiet(self, until_s: float) -> None:
        """Without ids, an answer of an earlier page looks like ours: only silence after the last one shows that it was ours."""
        quiet_s = min(0.3, self._patience.barrier_s)
        while self._hears_end(quiet_s, b""):
            if time.monotonic() > until_s:
                raise NoAnswerError(problem_of("busy", self._name))

    def _hears_end(self, wait_s: float, process_id: bytes) -> bool:
        """Hear once; say whether what was waited for came, and tell of pages of earlier times that are out."""
        came = False
        for answer in self._talk.hear(wait_s):
            if answer.said is Said.DONE:
                came = came or answer.raw == process_id
                paper = self._printer.came_late(answer.raw)
                if paper is not None:
                    self._asking.late(paper)
            elif answer.said is Said.IN_TURN and not self._printer.has_process_id:
                came = True
            elif answer.said is Said.STATUS:
                self._take_status(answer.raw[0])
        return came

    def _send(self) -> Outcome | None:
        """Hand all bytes over; return what became of the page when the printer takes no more of them."""
        moved_s = time.monotonic()
        while self.sent < self.total:
            taken = self._face.send(self._bytes[self.sent :], self._patience.look_s)
            self.sent += taken
            now_s = time.monotonic()
            if taken:
                moved_s = now_s
                self._tell(None)
                continue
            still_s = now_s - moved_s
            if still_s >= self._patience.stall_s:
                self._tell(problem_of("takes_nothing", self._name, sent=self.sent, total=self.total))
            if still_s >= self._patience.mend_s or self._asking.is_closing():
                return self.ended(problem_of("gave_up", self._name, sent=self.sent, total=self.total))
        return None

    def _confirm(self) -> Outcome:
        """Wait until the printer says that the page is out; look meanwhile why it does not."""
        self._spoke_s = self._well_s = self._began_s = asked_s = time.monotonic()
        self._talk.ask_without_waiting(1)
        while not self._hears_end(max(0.0, asked_s + self._pause_s - time.monotonic()), self.process_id):
            now_s = time.monotonic()
            given_up = self._has_given_up(now_s)
            if given_up is not None:
                return InDoubt(given_up)
            if now_s >= asked_s + self._pause_s:
                asked_s = now_s
                self._talk.ask_without_waiting(1)
        self._tell(None)
        if not self._printer.has_process_id:
            self._talk.ask(1)  # one byte without an id could be noise: who sent it must still answer as a printer does
        return Printed()

    @property
    def _pause_s(self) -> float:
        """Return the seconds between two looks: fewer while people mend, because questions fill a memory that does not empty."""
        return self._patience.look_s * (1 if self._told is None else 4)

    def _take_status(self, status: int) -> None:
        """Understand a status byte that came while a page is waited for."""
        self._spoke_s = now_s = time.monotonic()
        if is_offline(status):
            self._tell(self._talk.why_offline())
            return
        if self._told is not None:
            self._well_s = now_s
        self._tell(None)

    def _has_given_up(self, now_s: float) -> Problem | None:
        patience = self._patience
        if self._asking.is_closing():
            return problem_of("gave_up", self._name, sent=self.sent, total=self.total)
        silent_s = now_s - self._spoke_s
        if silent_s >= patience.silent_s + self.total / patience.slowest_bytes_s:
            return problem_of("silent_after", self._name, waited_s=round(silent_s), noise=self._talk.noise or "-")
        if silent_s >= patience.stall_s:
            self._tell(problem_of("silent", self._name, waited_ms=round(silent_s * 1000)))
        if self._told is None and now_s - self._well_s >= patience.print_s:
            return problem_of("unconfirmed", self._name, waited_s=round(now_s - self._well_s))
        if now_s - self._began_s >= patience.mend_s:
            return problem_of("gave_up", self._name, sent=self.sent, total=self.total)
        return None

    def _tell(self, problem: Problem | None) -> None:
        """Tell what nothing goes on for, once for each reason."""
        code = problem.code if problem is not None else None
        if code != (self._told.code if self._told is not None else None):
            self._told = problem
            self._asking.waiting(problem, self.sent > 0)


def _new_id() -> bytes:
    return "".join(secrets.choice(ID_CHARACTERS) for _ in range(4)).encode("ascii")
