"""What the signing window shows and does, in plain Python: tested without Qt."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.documents import document_from_json
from carcheck_desktop.domain.signing import (
    ReportState,
    report_to_sign,
)
from carcheck_desktop.ui.frame.telling import banner_of, head_state, of_link, of_tables
from carcheck_desktop.ui.signing.queueing import PIN_FIELD, Queueing
from carcheck_desktop.ui.signing.state import Page, SigningWindowState
from carcheck_desktop.ui.signing.telling import actions as act
from carcheck_desktop.ui.signing.telling.report import queue_state, report_state
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.notices.states import ToastState, by_severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.base.messages import Problem
    from carcheck_desktop.domain.documents import Document
    from carcheck_desktop.domain.signing import ReportView
    from carcheck_desktop.ui.bridge.station import Station
    from carcheck_desktop.ui.bridge.words import Words

SHOW, SIGN, REJECT, REMAKE = "show", "sign", "reject", "remake"
MOST_DOCUMENTS = 50


class SigningPresenter(Queueing):
    """State and keys of one signing window."""

    def __init__(self, station: Station, words: Words, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__(station, words, monotonic)
        self.has_pin = False
        self.documents: dict[str, Document] = {}
        self.not_shown: dict[str, Problem] = {}

    def fetch(self) -> None:
        """Ask for the document that is large and not here yet."""
        visit, report = self.current(), self.report()
        if visit is None or report is None or not self.may("show_report") or not self.station.service.up:
            return
        wanted = report.report_id
        if wanted in self.documents or wanted in self.not_shown or self.is_asking(SHOW):
            return

        def shown(reply: c.Reply) -> None:
            if len(self.documents) >= MOST_DOCUMENTS:
                self.documents.clear()
            self.documents[wanted] = document_from_json(str(reply.result["document"]))

        kept = self.problem
        self.send(SHOW, c.ShowReport(visit.visit_id, wanted), shown)
        self.problem = kept

    # -- deciding ------------------------------------------------------------------------------

    def typed(self, pin: str) -> None:
        """Somebody types the PIN: what was refused is read."""
        self.has_pin = bool(pin)
        if pin:
            self.problem = None

    def sign(self, pin: str) -> None:
        """Sign the report that is large."""
        visit, report = self.current(), self.report()
        if visit is None or report is None or not pin:
            return
        said = self.words("ui.signing.signed", plate=visit.vehicle.plate, number=report.number)

        def done(_reply: c.Reply) -> None:
            self._decide(report, ToastState(report.report_id, Tone.GOOD, "circle-check", said))

        self.send(SIGN, c.SignReport(visit.visit_id, report.report_id, pin), done)

    def reject(self, visit_id: str, report_id: str, reason: str) -> None:
        """Send a report back with a reason."""
        visit = self.station.visits.get(visit_id)
        report = report_to_sign(visit) if visit is not None else None
        if visit is None or report is None or report.report_id != report_id:
            return
        said = self.words("ui.signing.rejected", plate=visit.vehicle.plate, number=report.number)

        def done(_reply: c.Reply) -> None:
            self._decide(report, ToastState(report.report_id, Tone.CAUTION, "rotate-ccw", said, reason))

        self.send(REJECT, c.RejectReport(visit_id, report_id, reason), done)

    def remake(self) -> None:
        """Make the rejected report that is large anew."""
        visit, report = self.current(), self.report()
        if visit is None or report is None or report.state is not ReportState.REJECTED:
            return
        said = ToastState("remade", Tone.GOOD, "repeat", self.words("ui.signing.remade", plate=visit.vehicle.plate))
        self.send(REMAKE, c.RemakeReport(visit.visit_id, report.report_id), lambda _reply: self.sayings.say(said))

    def _decide(self, report: ReportView, said: ToastState) -> None:
        self.decided.add(report.report_id)
        self.sayings.say(said)
        self.lead(PIN_FIELD)

    def refused(self, key: str, problem: Problem) -> None:
        """Keep why a document cannot be shown beside its place; lead back to the PIN else."""
        report = self.report()
        if key == SHOW and report is not None:
            self.not_shown[report.report_id] = problem
            self.problem = None
        else:
            self.lead(PIN_FIELD)

    def show_again(self) -> None:
        """Ask once more for a document that could not be shown."""
        self.not_shown.clear()

    def why_not(self, key: str) -> None:
        """Lead to the PIN, or say why an action is not possible."""
        reason = act.why_not(key, self.situation(), self.words)
        if key == act.SIGN and not self.has_pin and not act.forbidden(self.situation(), self.words):
            self.lead(PIN_FIELD)
        else:
            self.sayings.why_not(reason)

    # -- what is shown -------------------------------------------------------------------------

    def situation(self) -> act.Situation:
        """Return what the actions depend on."""
        asking = frozenset(key for key in (SIGN, REJECT, REMAKE, "sign_in") if self.is_asking(key))
        return act.Situation(
            self.station.session, self.station.service.up, asking, self.report(), self.own_hand(), self.has_pin, self.side,
            len(self.queue()), bool(self.station.service.standards.faults),
        )  # fmt: skip

    def state(self) -> SigningWindowState:
        """Return everything the window paints."""
        self.fetch()
        words, station = self.words, self.station
        banners = [*of_link(station, words, words("ui.frame.away_detail")), *of_tables(station, words)]
        if self.problem is not None:
            banners.append(banner_of(self.problem, words))
        is_in = station.session is not None
        return SigningWindowState(
            head=head_state(station, words),
            page=Page.QUEUE if is_in else Page.SIGN_IN,
            banners=by_severity(banners),
            queue=queue_state(self),
            report=report_state(self) if is_in else None,
            actions=act.bar_state(self.situation(), words),
            toasts=self.sayings.said,
            focus=self.focus,
        )
