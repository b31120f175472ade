"""Paying at the counter: what is typed or scanned, what is sent, what came of it; no Qt.

What was paid is read from the visit alone: an answer that was lost, late, or given to another window shows all the same.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from carcheck_desktop.base.money import yuan
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.payment import KEPT, OPEN, DueView, due_of, payment_of
from carcheck_desktop.domain.prices import total_fen
from carcheck_desktop.ui.counter.asking import Asking
from carcheck_desktop.ui.counter.sending import PAY
from carcheck_desktop.ui.counter.state import Page
from carcheck_desktop.ui.counter.telling.pay import most_change_fen, owes
from carcheck_desktop.ui.counter.telling.received import NOT_TAKEN, Given, Received, read_received
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.notices.states import ToastState

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.base.messages import Problem
    from carcheck_desktop.domain.commands import Reply
    from carcheck_desktop.domain.payment import PaymentView
    from carcheck_desktop.domain.views import VisitView
    from carcheck_desktop.ui.bridge.station import Station
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.counter.draft.draft import Draft

FIELD = "received"
NOTHING_DUE = DueView((), 0, 0, 0, None)


class Paying(Asking):
    """An intake with its payment."""

    def __init__(self, station: Station, words: Words, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__(station, words, monotonic)
        self.paying = ""
        """The visit whose money is taken; empty when none is."""
        self.received = ""
        self._ahead = ""
        """The payment that the service answered about and that its feed has not told yet."""
        self._was_waiting = False
        self._followed: dict[str, str] = {}
        """Payments of whoever is signed in whose end is not known yet, with their visits."""

    @property
    def page(self) -> Page:
        """The screen that is shown."""
        shown = super().page
        is_here = shown in (Page.DONE, Page.VISIT) and self.visit in ("", self.paying)
        return Page.PAY if self.paying and is_here else shown

    def begin(self, plate: str = "") -> None:
        """Begin with the next car."""
        self._leave()
        super().begin(plate)

    def _visit_opened(self, visit_id: str) -> None:
        super()._visit_opened(visit_id)
        if self.may(c.TakeCash.kind) and self.bill_of(visit_id).due_fen > 0:
            self.pay_for(visit_id)

    def pay_for(self, visit_id: str) -> None:
        """Take money for a visit."""
        self._leave()
        self.paying = visit_id
        self.problem = None
        self.lead(FIELD)

    @property
    def may_go_on(self) -> bool:
        """Say whether the counter may leave this car: paid, being paid, or at a station that lets people pay later."""
        handshake = self.station.service.handshake
        is_lenient = handshake is None or handshake.pay_later
        return (
            is_lenient
            or self.page is not Page.PAY
            or self.is_waiting_for_money
            or self.bill_of(self.paying).due_fen <= 0
        )

    def pay_later(self) -> None:
        """Go on without the money, or while the customer still confirms."""
        self._leave()
        self.problem = None
        self.lead("next")

    def _leave(self) -> None:
        self.paying, self.received, self._ahead = "", "", ""
        self.insisted.discard(FIELD)

    def bill_of(self, visit_id: str) -> DueView:
        """Return what a visit costs and what is due; of one that the feed has not told yet, what its preview said."""
        visit = self.station.visits.get(visit_id)
        if visit is not None:
            return due_of(visit)
        preview = self.draft.preview
        if preview is None or visit_id != self.opened_id:
            return NOTHING_DUE
        whole = total_fen(preview.charge)
        return DueView(preview.charge, whole, 0, whole, None)

    @property
    def is_unpaid(self) -> bool:
        """Say whether something is still due for the car that was taken in last."""
        if self._at is not Page.DONE:
            return False
        visit = self.station.visits.get(self.opened_id)
        return owes(visit) if visit is not None else self.bill_of(self.opened_id).due_fen > 0

    @property
    def given(self) -> Received:
        """Return what stands in the field, read."""
        return read_received(self.received, self.bill_of(self.paying).due_fen, most_change_fen(self.station))

    @property
    def is_waiting_for_money(self) -> bool:
        """Say whether a payment of this visit has no end yet."""
        return bool(self._ahead) or self.is_asking(PAY) or self.bill_of(self.paying).open is not None

    @property
    def last_payment(self) -> PaymentView | None:
        """Return the newest payment of the visit whose money is taken."""
        visit = self.station.visits.get(self.paying)
        return visit.payments[-1] if visit is not None and visit.payments else None

    def type_received(self, text: str) -> None:
        """Take what is typed or scanned."""
        if text != self.received:
            self.received = text
            self.insisted.discard(FIELD)
            self.problem = None

    def pay(self) -> None:
        """Take the exact sum, what was typed, or ask for it with the code that was scanned."""
        given, due_fen = self.given, self.bill_of(self.paying).due_fen
        if self.is_waiting_for_money or due_fen <= 0:
            return
        if given.given in NOT_TAKEN:
            self.insisted.add(FIELD)
            self.lead(FIELD)
            return
        if given.given is Given.CODE:
            self._send(PAY, c.RequestScan(self.paying, due_fen, given.code), self._answered_to_pay)
        else:
            self._send(PAY, c.TakeCash(self.paying, due_fen, given.received_fen), self._answered_to_pay)
        self.received = ""

    def _answered_to_pay(self, _draft: Draft, reply: Reply) -> None:
        self._ahead = str(reply.result["payment_id"])
        self.hear_payments()

    def _refused(self, key: str, problem: Problem) -> None:
        super()._refused(key, problem)
        if key == PAY and self.page is Page.PAY:
            self.lead(FIELD)

    def call_off(self) -> None:
        """Call off the payment whose end is not known."""
        waiting = self.bill_of(self.paying).open
        if waiting is not None and not self.is_asking(PAY):
            self._send(PAY, c.CancelPayment(self.paying, waiting.payment_id), lambda _draft, _reply: None)

    def hear_payments(self) -> None:
        """Go on when the money is there; say what came of payments that nobody looks at any more."""
        visit = self.station.visits.get(self.paying)
        if visit is not None and self._ahead and payment_of(visit, self._ahead) is not None:
            self._ahead = ""
        if visit is not None and not self.is_waiting_for_money and self.bill_of(self.paying).due_fen <= 0:
            self.pay_later()
        if self._was_waiting and self.paying and not self.is_waiting_for_money:
            self.lead(FIELD)  # it came to nothing: the next attempt may begin
        self._was_waiting = self.is_waiting_for_money
        session = self.station.session
        actor = session.actor if session is not None else ""
        for each in self.station.visits.values():
            for payment in each.payments:
                if payment.state in OPEN and payment.by == actor:
                    self._followed[payment.payment_id] = each.visit_id
                elif payment.payment_id in self._followed and payment.state not in OPEN:
                    del self._followed[payment.payment_id]
                    self._say_end(each, payment)

    def _say_end(self, visit: VisitView, payment: PaymentView) -> None:
        """Say what came of a payment, unless its visit is on the screen."""
        if visit.visit_id in (self.paying, self.visit or self.opened_id):
            return
        is_paid = payment.state in KEPT
        code = "ui.pay.said.paid" if is_paid else "ui.pay.said.not_paid"
        text = self.words(code, plate=visit.vehicle.plate, amount=yuan(payment.amount_fen))
        tone, icon = (Tone.GOOD, "circle-check") if is_paid else (Tone.CAUTION, "triangle-alert")
        self.sayings.say(ToastState(f"payment_{payment.payment_id}", tone, icon, text, stays=True))
