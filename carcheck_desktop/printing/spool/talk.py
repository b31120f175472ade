"""A conversation with one printer over an open way: questions with a deadline, answers sorted, noise counted."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Problem, params_of
from carcheck_desktop.printing.spool.status import (
    Answer,
    Said,
    Trouble,
    answers_in,
    ask_status,
    is_offline,
    is_paper_out,
    trouble_of,
)

if TYPE_CHECKING:
    from carcheck_desktop.printing.spool.faces import Face

SHOWN_BYTES = 16


class NoAnswerError(Exception):
    """A question had no answer that counts: `problem` says what came instead; never leaves the spool."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.code)


def problem_of(code: str, printer: str, **params: object) -> Problem:
    """Return a problem of the spool; every one names its printer."""
    return Problem(f"printing.spool.{code}", params_of({"printer": printer, **params}))


def trouble_problem(trouble: Trouble, printer: str) -> Problem:
    """Return what people read of a printer that says why it does not print."""
    codes = {
        Trouble.COVER_OPEN: "printing.spool.cover_open",
        Trouble.PAPER_OUT: "printing.spool.paper_out",
        Trouble.CUTTER: "printing.spool.cutter",
        Trouble.BROKEN: "printing.spool.broken",
        Trouble.OFFLINE: "printing.spool.offline",
    }
    return Problem(codes[trouble], params_of({"printer": printer}))


class Talk:
    """Questions and answers over one face; raises the face's `OSError` when the way is lost."""

    def __init__(self, face: Face, printer: str, answer_s: float) -> None:
        self.face = face
        self._printer = printer
        self._answer_s = answer_s
        self._rest = b""
        self._noise = b""
        self._later: list[Answer] = []
        self.is_waiting = False

    def purge(self) -> None:
        """Forget what came before anything was asked: old answers on a serial line, a model that greets."""
        self.hear(0.0)
        self._rest = b""

    def hear(self, wait_s: float) -> list[Answer]:
        """Return every answer that has come, waiting for the first at most so long."""
        answers, self._rest = answers_in(self._rest + self.face.read(wait_s))
        found = [*self._later, *answers]
        self._later.clear()
        self._noise = (self._noise + b"".join(each.raw for each in found if each.said is Said.NOISE))[-SHOWN_BYTES:]
        return found

    def ask(self, which: int) -> int:
        """Return the one status byte that answers DLE EOT `which`; raise `NoAnswerError` for anything else.

        Answers of another kind that may come meanwhile are kept for whoever hears next. Before a page nothing may lie around that
        nobody asked for; while one is waited for (`is_waiting`), answers to earlier questions may.
        """
        strays = self._aside(self.hear(0.0))
        if strays and not self.is_waiting:
            raise NoAnswerError(self._unknown(strays))
        self._say(ask_status(which))
        deadline_s = time.monotonic() + self._answer_s
        heard: list[Answer] = []
        while not heard and (left_s := deadline_s - time.monotonic()) > 0:
            heard = self._aside(self.hear(left_s))
        if not heard and not self._rest:
            raise NoAnswerError(problem_of("silent", self._printer, waited_ms=round(self._answer_s * 1000)))
        if len(heard) != 1 or heard[0].said is not Said.STATUS:
            raise NoAnswerError(self._unknown(heard))
        return heard[0].raw[0]

    def insist_on_silence(self) -> None:
        """Raise `NoAnswerError` when something came that nobody asked for."""
        strays = self._aside(self.hear(0.0))
        if strays:
            raise NoAnswerError(self._unknown(strays))

    def _aside(self, came: list[Answer]) -> list[Answer]:
        """Keep what is no answer to a status question for later; return the rest."""
        later = (Said.DONE, Said.IN_TURN) if self.is_waiting else (Said.DONE,)
        self._later.extend(each for each in came if each.said in later)
        return [each for each in came if each.said not in later]

    def trouble(self) -> Problem | None:
        """Ask all that is needed and return why the printer cannot print; None when it can."""
        if is_offline(self.ask(1)):
            return self.why_offline()
        if is_paper_out(self.ask(4)):
            return trouble_problem(Trouble.PAPER_OUT, self._printer)
        return None

    def why_offline(self) -> Problem:
        """Ask an off-line printer for its reason; without an answer it is off-line for a reason unknown."""
        return trouble_problem(trouble_of(self._maybe(2), self._maybe(3), self._maybe(4)), self._printer)

    def ask_without_waiting(self, which: int) -> None:
        """Send a question whose answer is heard later."""
        self._say(ask_status(which))

    @property
    def noise(self) -> str:
        """The last bytes that were no answer, as a technician reads them; "" when there were none."""
        return self._noise.hex(" ").upper()

    def _say(self, question: bytes) -> None:
        if self.face.send(question, self._answer_s) != len(question):
            raise NoAnswerError(problem_of("silent", self._printer, waited_ms=round(self._answer_s * 1000)))

    def _maybe(self, which: int) -> int | None:
        try:
            return self.ask(which)
        except NoAnswerError:
            return None

    def _unknown(self, answers: list[Answer]) -> Problem:
        came = b"".join(each.raw for each in answers) + self._rest
        shown = came[:SHOWN_BYTES].hex(" ").upper()
        return problem_of("unknown_status", self._printer, count=len(came), bytes=shown)
