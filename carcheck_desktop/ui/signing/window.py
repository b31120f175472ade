"""The signing window: turns keys and clicks into the presenter's calls and has its state painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from carcheck_desktop.ui.bridge.station import Station
from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.frame.window import DeskWindow
from carcheck_desktop.ui.signing.body import SigningBody
from carcheck_desktop.ui.signing.presenter import SigningPresenter
from carcheck_desktop.ui.signing.telling import actions as act
from carcheck_desktop.ui.verdict.asking import VerdictQuestion
from carcheck_desktop.ui.verdict.cards import keyed
from carcheck_desktop.ui.verdict.sheet import VerdictSheet
from carcheck_desktop.ui.widgets.forms.states import ActionState
from carcheck_desktop.ui.widgets.notices.sheets.confirm import Confirm
from carcheck_desktop.ui.widgets.notices.states import ConfirmState

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from carcheck_desktop.base.catalogues import Catalogue
    from carcheck_desktop.ui.bridge.protocols import Link


class SigningWindow(DeskWindow):
    """One report after the other, the oldest first, by keyboard."""

    def __init__(self, service: Link, catalogue: Catalogue) -> None:
        self.words = Words(catalogue)
        super().__init__("signing_window", self.words("ui.signing.name"), Station(service, None))
        self.presenter = SigningPresenter(self.station, self.words)
        self.body = SigningBody(self.words)
        self._verdict: VerdictSheet | None = None
        self._connect()
        self.listen({"F2": lambda: self.then(self.presenter.sign_out), "Esc": self.dismiss})
        self.begin(self.presenter, self.body)

    def _connect(self) -> None:
        body, presenter = self.body, self.presenter
        body.buttons.chosen.connect(self.act)
        body.buttons.refused.connect(lambda key: self.then(lambda: presenter.why_not(key)))
        body.toasts.gone.connect(presenter.sayings.put_away)
        body.head.sign.clicked.connect(lambda: self.then(presenter.sign_out))
        body.queue.chosen.connect(lambda visit: self.then(lambda: presenter.choose(visit)))
        body.report.typed.connect(lambda pin: self.then(lambda: presenter.typed(pin)))
        body.report.values.opened.connect(self.explain)
        body.report.values.view.clicked.connect(lambda _place: self.explain(body.report.values.key))
        body.report.paper_place.acted.connect(lambda _key: self.then(presenter.show_again))

    def act(self, key: str) -> None:
        """Do what a button or key of the bar stands for."""
        presenter = self.presenter
        if key == act.SIGN_IN:
            self._sign_in()
        elif key == act.SIGN:
            pin = self.body.report.take_pin()
            self.then(lambda: presenter.sign(pin))
        elif key == act.REJECT:
            self.reject()
        else:
            doing: dict[str, Callable[[], None]] = {
                act.TURN: presenter.turn,
                act.REMAKE: presenter.remake,
                act.NEXT: lambda: presenter.step(1),
            }
            self.then(doing[key])

    def reject(self) -> None:
        """Ask why a report is sent back; nothing goes without a reason."""
        words, visit, report = self.words, self.presenter.current(), self.presenter.report()
        if visit is None or report is None:
            return
        yes = ActionState("reject", words("ui.signing.reject.yes"), "rotate-ccw", enabled=True)
        asked = ConfirmState(
            words("ui.signing.reject.question", plate=visit.vehicle.plate, number=report.number),
            yes,
            words("ui.dialog.cancel"),
            words("ui.signing.reject.detail"),
            reason_label=words("ui.signing.reject.reason"),
            reason_hint=words("ui.signing.reject.hint"),
            reason_missing=words("ui.signing.reject.missing"),
        )
        sheet = Confirm(self, "reject_report", asked, self.body.buttons)
        visit_id, report_id = visit.visit_id, report.report_id
        sheet.answered.connect(
            lambda is_yes, reason: (
                self.then(lambda: self.presenter.reject(visit_id, report_id, reason)) if is_yes else None
            )
        )
        sheet.open()

    def explain(self, key: str) -> None:
        """Show why a value of the report that is large came out as it did."""
        visit = self.presenter.current()
        if visit is None or not key or (self._verdict is not None and self._verdict.is_open):
            return
        item, quantity = keyed(key)
        question = VerdictQuestion(self.station, self.words, visit.visit_id, item, quantity)
        self._verdict = VerdictSheet(self, self.words, self.body.buttons, question)
        self._verdict.open()

    def dismiss(self) -> None:
        """Esc: take away what was said, or go back to the PIN."""
        presenter = self.presenter
        if presenter.sayings.said or presenter.problem is not None:
            presenter.sayings.clear()
            presenter.problem = None
        presenter.lead(presenter.focus[1] if self.station.session is None else presenter.home())
        self.refresh()

    def _sign_in(self) -> None:
        page = self.body.sign_in
        name, pin = page.given()
        if not name:
            page.name.control.setFocus()
        elif not pin:
            page.pin.control.setFocus()
        else:
            page.clear_pin()
            self.then(lambda: self.presenter.sign_in(name, pin))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the arrow keys go through the queue from the PIN, which does not want them."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps and self.body.report.pin.control.hasFocus():
            self.then(lambda: self.presenter.step(steps[Qt.Key(event.key())]))
        else:
            super().keyPressEvent(event)
