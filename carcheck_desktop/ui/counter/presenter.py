"""What the counter window shows and does, in plain Python: tested without Qt.

Each key comes here as a method; `state()` is everything the window paints.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.calls import CallEnd, CallTo
from carcheck_desktop.domain.holds import is_failed
from carcheck_desktop.domain.payment import due_fen
from carcheck_desktop.domain.ticket import scanned_secret
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.domain.views import VisitView
from carcheck_desktop.ui.counter.draft.person import telephone_fault
from carcheck_desktop.ui.counter.sending import OPEN
from carcheck_desktop.ui.counter.state import CounterState, Page
from carcheck_desktop.ui.counter.telling import actions as act
from carcheck_desktop.ui.counter.telling import visits as telling_visits
from carcheck_desktop.ui.counter.telling.calling import call_of, next_noted
from carcheck_desktop.ui.counter.telling.frame import banners, steps_state
from carcheck_desktop.ui.counter.telling.pay import owes, sentence
from carcheck_desktop.ui.counter.telling.received import Given
from carcheck_desktop.ui.counter.telling.screens import content
from carcheck_desktop.ui.counter.visit.actions import refundable
from carcheck_desktop.ui.counter.visit.doing.handling import Handling
from carcheck_desktop.ui.counter.visit.state import TaskKind
from carcheck_desktop.ui.counter.visit.telling.tasks import task_state
from carcheck_desktop.ui.counter.walking import FORM_PAGES
from carcheck_desktop.ui.frame.telling import head_state
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.forms.reading.plates import read_plate
from carcheck_desktop.ui.widgets.notices.states import ToastState

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.ui.bridge.station import Heard, Station
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.counter.draft.draft import Draft

CALL = "call"
COVERED_AFTER_S = 180.0
"""So long nobody touches the window before personal data are covered."""


class CounterPresenter(Handling):
    """State and keys of one counter window."""

    def __init__(self, station: Station, words: Words, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__(station, words, monotonic)
        self.searched = ""
        self.window = ""
        """The number of this window, as calls name it."""
        self._touched_s = monotonic()

    # -- what came ---------------------------------------------------------------------------

    def take(self, heard: Heard) -> None:
        """Take in what a drain of the station brought."""
        self.end_shift()
        if self.station.session is None:
            self.desk.leave()
        if heard.changed:
            self.hear_payments()
            self.hear_price()
        if heard.changed and self._at is Page.PLAN and not self.is_asking(OPEN):
            here, answer = self.here(), self.draft.answer
            if here is not None and answer is not None and here.lookup_id == answer.lookup_id:
                # the visit is there though its answer was lost
                self.problem = None
                self._visit_opened(here.visit_id)

    # -- presence ----------------------------------------------------------------------------

    @property
    def is_covered(self) -> bool:
        """Say whether personal data are covered, because nobody has been there for a while."""
        return self._monotonic() - self._touched_s >= COVERED_AFTER_S

    def touched(self) -> bool:
        """Somebody is there; return whether that only uncovered what was covered."""
        was_covered = self.is_covered
        self._touched_s = self._monotonic()
        return was_covered

    def bar(self) -> act.Situation:
        """Return what the actions depend on."""
        checked = self.checked()
        visit = self.looked_at()
        page = FORM_PAGES.get(self.page)
        here = self.here()
        return act.Situation(
            page=self.page,
            session=self.station.session,
            service_up=self.station.service.up,
            asking=frozenset(self._open),
            plate_fault=read_plate(self.draft.plate or self.prefix()).fault,
            here=here if here is not None and here.visit_id != self.opened_id else None,
            blocking=checked.blocking_on(page) if page else (),
            doubtful=checked.open_on(page) if page else (),
            lookup_failed=self.draft.is_unanswered,
            problem=self.problem,
            preview=self.draft.preview,
            has_presenter=bool(self.draft.presenter.strip()),
            has_telephone_fault=bool(telephone_fault(self.draft.telephone)),
            intake_page=self.intake_page,
            pay=self._pay_situation(),
            next_noted=next_noted(self.station) is not None,
            is_called=call_of(visit) is not None,
            is_gone=visit is not None and visit.ended_at is not None,
            is_correcting=bool(self.correcting),
            visit_next=self._next_of(visit) if visit is not None else act.RETURN,
            has_failed=_failed_before(self.draft),
        )

    def _pay_situation(self) -> act.PaySituation | None:
        if self.page is Page.PAY:
            waiting = self.bill_of(self.paying).open
            can_call_off = waiting is not None and not waiting.is_cancelling
            return act.PaySituation(
                self.given.given, sentence(self), self.is_waiting_for_money, can_call_off, self.may_go_on
            )
        visit = self.looked_at()
        owed = self.page is Page.VISIT and visit is not None and owes(visit)
        owed = owed or (self.page is Page.DONE and self.is_unpaid)
        return act.PaySituation(Given.EXACT, "", is_waiting=False, can_call_off=False) if owed else None

    def _next_of(self, visit: VisitView) -> str:
        """Return what is next for the visit that is large: a failed car comes again, money that is owed goes back."""
        if due_fen(visit) < 0 and refundable(visit) is not None and self.may(c.Refund.kind):
            return act.GIVE_BACK
        comes_again = is_failed(visit) and visit.withdrawal is None and self.may(c.AskRecheck.kind)
        return act.RECHECK if comes_again else act.RETURN

    def act(self, key: str, field: str = "") -> None:
        """Do what a button or key of the bar stands for; `field` has the keyboard."""
        self.typing = ""
        simple: dict[str, Callable[[], None]] = {
            act.LOOK_UP: self.find,
            act.TYPE: self.type_meanwhile,
            act.VERIFIED: self.verified,
            act.CHANGE: lambda: self.go(Page.LICENCE),
            act.LOOK_AGAIN: self.look_up,
            act.AGREE: self.agree,
            act.DECLINE: self.decline,
            act.OPEN: self.open_visit,
            act.MEND: self.mend,
            act.NEXT_CAR: self.begin,
            act.SHOW_HERE: self.show_here,
            act.RETURN: lambda: self.show_visit(""),
            act.BACK: self.back,
            act.PREVIEW: self.ask_preview,
            act.PAY: self.pay,
            act.LATER: self.pay_later,
            act.CALL_OFF: self.call_off,
            act.TAKE_MONEY: lambda: self.pay_for(self.visit or self.opened_id),
            act.CALL: self.call_owner,
            act.CALL_NEXT: self.call_next,
            act.CALL_ENDED: self.end_call,
            act.MORE: lambda: self.desk.begin(TaskKind.MENU),
            act.RECHECK: self.recheck,
            act.GIVE_BACK: lambda: self.desk.begin(TaskKind.REFUND),
            act.DRAWER: lambda: self.desk.begin(TaskKind.DRAWER),
            act.CORRECT: self.send_correction,
        }
        if key == act.GO_ON:
            self.go_on(field)
        elif key in simple:
            simple[key]()

    # -- calls -------------------------------------------------------------------------------

    def call_next(self) -> None:
        """Call the owner of the car at the gate that is next, and begin with that car."""
        car = next_noted(self.station)
        if car is not None and not self.is_asking(CALL):
            number = car.ticket.number if car.ticket is not None else car.plate
            self.begin(car.plate)
            self.choose_kind(car.plate_kind.value)
            self._call(car.visit_id, number)

    def call_owner(self) -> None:
        """Call the owner of the visit that is large."""
        visit = self.station.visits.get(self.visit)
        if visit is not None and not self.is_asking(CALL):
            self._call(visit.visit_id, visit.ticket.number if visit.ticket is not None else visit.vehicle.plate)

    def _call(self, visit_id: str, number: str) -> None:
        said = ToastState(CALL, Tone.GOOD, "megaphone", self.words("ui.counter.called", number=number))
        self._send(
            CALL, c.CallOwner(visit_id, CallTo.WINDOW, self.window), lambda _draft, _reply: self.sayings.say(said)
        )

    def end_call(self) -> None:
        """The owner is here: the call goes from the board."""
        call = call_of(self.station.visits.get(self.visit))
        if call is not None and not self.is_asking(CALL):
            self._send(CALL, c.EndCall(self.visit, call.call_id, CallEnd.ANSWERED), lambda _draft, _reply: None)

    def search(self, words: str) -> None:
        """Look for visits of today; a ticket that is scanned leads to its car."""
        if scanned_secret(words) is not None:
            self.scan(words)
        # what a ticket's code opens is the owner's page: it is not kept
        super().search("" if scanned_secret(words) is not None else words)

    def refuse(self, key: str, field: str = "") -> None:
        """An action is not possible now: lead to what is missing, or say why."""
        self.typing = ""
        situation = self.bar()
        if key == act.GO_ON:
            self.go_on(field)
        elif key == act.LOOK_UP and situation.plate_fault is not None:
            self.insisted.add("plate")
            self.lead("plate")
        elif key == act.AGREE:
            self.insist_on_person()
        elif key == act.PAY and not self.is_waiting_for_money:
            self.pay()
        else:
            self.sayings.why_not(act.why_not(key, situation, self.words))

    def dismiss(self) -> None:
        """Esc: take away what was said, else go back."""
        if self.sayings.said:
            self.sayings.clear()
        elif self.problem is not None:
            self.problem = None
        else:
            self.back()

    # -- what is shown -----------------------------------------------------------------------

    def state(self) -> CounterState:
        """Return the whole window."""
        words = self.words
        return CounterState(
            head=head_state(self.station, words),
            page=self.page,
            steps=steps_state(self.page, self.intake_page, words, is_unpaid=self.is_unpaid),
            banners=banners(self),
            content=content(self),
            side=telling_visits.side_state(self),
            actions=act.bar_state(self.bar(), words),
            toasts=self.sayings.said,
            focus=self.focus,
            covered=self.is_covered,
            task=task_state(self.desk, self) if self.station.session is not None else None,
        )


def _failed_before(draft: Draft) -> bool:
    """Say whether the car that is taken in failed the last time it was here."""
    known = draft.answer.known if draft.answer is not None else None
    return known is not None and known.last_conclusion not in (None, Outcome.PASS)
