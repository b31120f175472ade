"""One visit at the window: which list is shown, which task goes on, what is typed into its sheet, what is sent; no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from carcheck_desktop.base.data import from_plain
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.ending import RecheckOffer
from carcheck_desktop.domain.private import VisitPrivate
from carcheck_desktop.domain.views import VisitView
from carcheck_desktop.ui.counter.visit.actions import OF_VISIT, Standing, liftable, placeable, printable, why_not
from carcheck_desktop.ui.counter.visit.doing.orders import Entered, order_of, wrong_fields
from carcheck_desktop.ui.counter.visit.state import Shown, TaskKind
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.notices.states import ToastState

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.base.messages import Problem
    from carcheck_desktop.ui.counter.visit.doing.handling import Handling

TASK = "task"
SECOND = frozenset({"domain.access.second_missing"})
"""Refusals that say that somebody else has to agree: the sheet asks for that person."""
FIRST_FIELD = {
    TaskKind.WITHDRAW: "choice",
    TaskKind.REFUND: "reason",
    TaskKind.INSURE: "insurer",
    TaskKind.HOLD: "reason",
    TaskKind.LIFT: "reason",
    TaskKind.DRAWER: "reason",
    TaskKind.PRINT: "choice",
}


@dataclass
class Task:
    """A sheet in the making: what is chosen and typed, what the service said."""

    kind: TaskKind
    visit_id: str
    chosen: str = ""
    values: dict[str, str] = field(default_factory=dict)
    insisted: set[str] = field(default_factory=set)
    needs_second: bool = False
    problem: Problem | None = None
    offer: RecheckOffer | None = None
    private: VisitPrivate | None = None
    is_answered: bool = False
    focus: tuple[int, str] = (0, "")

    def lead(self, name: str) -> None:
        """Put the keyboard into a field of the sheet."""
        self.focus = (self.focus[0] + 1, name)


class VisitDesk:
    """What a clerk does with the visit that is large."""

    def __init__(self, presenter: Handling) -> None:
        self._presenter = presenter
        self.shown = Shown.PAPERS
        self.task: Task | None = None

    # -- the page ------------------------------------------------------------------------------

    @property
    def visit(self) -> VisitView | None:
        """The visit that is large."""
        return self._presenter.looked_at()

    def show(self, shown: str) -> None:
        """List something else."""
        self.shown = Shown(shown)

    def standing(self) -> Standing:
        """Return what the tasks depend on."""
        presenter = self._presenter
        up = presenter.station.service.up
        return Standing(self.visit, presenter.station.session, up, presenter.now, presenter.is_taking_in)

    def why_not(self, kind: TaskKind) -> str:
        """Say why a task is not possible now, "" when it is."""
        code = why_not(kind, self.standing())
        return self._presenter.words(code) if code else ""

    # -- the sheet -----------------------------------------------------------------------------

    def begin(self, kind: TaskKind) -> None:
        """Open the sheet of a task; say why not where it is not possible."""
        reason = self.why_not(kind)
        if reason:
            self._presenter.sayings.why_not(reason)
            return
        if kind is TaskKind.CORRECT:
            self.task = None
            self._presenter.correct()
            return
        visit = self.visit
        self.task = Task(kind, visit.visit_id if visit is not None else "", _first_choice(kind, self))
        self.task.lead(FIRST_FIELD.get(kind, ""))
        if kind is TaskKind.RECHECK:
            self._send(c.AskRecheck(self.task.visit_id), self._offered)
        elif kind is TaskKind.WHO:
            self._send(c.ShowVisit(self.task.visit_id), self._told_who)

    def type(self, name: str, text: str) -> None:
        """Take what is typed."""
        task = self.task
        if task is not None and task.values.get(name, "") != text:
            task.values[name] = text
            task.insisted.discard(name)
            task.problem = None if task.problem is not None and not task.needs_second else task.problem

    def choose(self, value: str) -> None:
        """Take what is chosen."""
        if self.task is not None:
            self.task.chosen = value

    def leave(self) -> None:
        """Esc: nothing is done; what was told of a person is forgotten."""
        self.task = None

    def take_row(self, number: int) -> None:
        """Take a row of the menu by its number key."""
        if self.task is not None and self.task.kind is TaskKind.MENU and number < len(OF_VISIT):
            self.begin(OF_VISIT[number])

    def accept(self) -> None:
        """Enter: do what the sheet is for, or lead to what it lacks."""
        task = self.task
        if task is None or self._presenter.is_asking(TASK):
            return
        if task.kind is TaskKind.MENU:
            self.begin(TaskKind(task.chosen))
        elif task.kind is TaskKind.WHO or (task.kind is TaskKind.RECHECK and not _is_open_to(task)):
            self.leave()
        else:
            self._order(task)

    def _order(self, task: Task) -> None:
        wrong = wrong_fields(self.entered(task))
        if wrong:
            task.insisted.update(wrong)
            task.lead(next(iter(wrong)))
            return
        command = order_of(self.entered(task))
        if command is None:
            return
        if task.needs_second:
            name, pin = task.values["second"].strip(), task.values.pop("second_pin")
            self._send(c.SignIn(name, pin), lambda reply: self._agreed(command, reply))
        else:
            self._send(command, self._done)

    def _agreed(self, command: c.Command, reply: c.Reply) -> None:
        """The second person is who he says he is: the command goes with both."""
        self._send(command, self._done, str(reply.result["token"]))

    def entered(self, task: Task) -> Entered:
        """Return what was entered, with what it is about."""
        return Entered(task.kind, task.visit_id, task.chosen, dict(task.values), self.visit, self._presenter.today,
                       task.needs_second)  # fmt: skip

    # -- what came -----------------------------------------------------------------------------

    def ask_recheck(self, wanted: str) -> None:
        """Ask by an old ticket's code or a plate what can be repeated of a visit that may not be here any more."""
        self.task = Task(TaskKind.RECHECK, "")
        self._send(c.AskRecheck(wanted), self._offered)

    def _offered(self, reply: c.Reply) -> None:
        task = self.task
        if task is None:
            return
        visit = from_plain(reply.result["visit"], VisitView)
        task.offer = from_plain(reply.result["offer"], RecheckOffer)
        task.visit_id = visit.visit_id
        self._presenter.look_at_fetched(visit)
        if task.offer.problem is not None:
            task.problem = task.offer.problem

    def _told_who(self, reply: c.Reply) -> None:
        if self.task is not None:
            told = reply.result.get("private")
            self.task.private = from_plain(told, VisitPrivate) if told is not None else None
            self.task.is_answered = True

    def _done(self, reply: c.Reply) -> None:
        task, presenter = self.task, self._presenter
        if task is None:
            return
        self.task = None
        text = presenter.words(f"ui.counter_visit.said.{task.kind.value}")
        presenter.sayings.say(ToastState(f"done_{task.kind.value}", Tone.GOOD, "circle-check", text))
        if task.kind is TaskKind.RECHECK and int(reply.result.get("total_fen", 0)) > 0:
            presenter.pay_when_told(task.visit_id)

    def refused(self, problem: Problem) -> None:
        """A command of the sheet was refused: say it there, and ask for a second person where one is wanted."""
        task = self.task
        if task is None:
            return
        task.problem = problem
        if problem.code in SECOND:
            task.needs_second = True
            task.lead("second")
        elif task.needs_second:
            task.lead("second_pin")

    def _send(self, command: c.Command, take: Callable[[c.Reply], None], second_token: str | None = None) -> None:
        task = self.task
        if task is not None:
            task.problem = None

        def taken(reply: c.Reply) -> None:
            # an answer that comes after the sheet was left changes nothing here
            if self.task is task:
                try:
                    take(reply)
                except DataError as error:
                    self.refused(error.problem)

        self._presenter.order(command, taken, second_token)


def _is_open_to(task: Task) -> bool:
    return task.offer is not None and task.offer.problem is None


def _first_choice(kind: TaskKind, desk: VisitDesk) -> str:
    """Return what is chosen before anybody chooses; nothing where a person has to say it."""
    visit, role = desk.visit, desk.standing().role
    if visit is None:
        return ""
    if kind is TaskKind.MENU:
        return next((each.value for each in OF_VISIT if not desk.why_not(each)), OF_VISIT[0].value)
    if kind is TaskKind.LIFT:
        return liftable(visit, role)[0].hold_id
    firsts = {TaskKind.HOLD: placeable(role), TaskKind.PRINT: printable(visit)}
    return firsts[kind][0].value if firsts.get(kind) else ""
