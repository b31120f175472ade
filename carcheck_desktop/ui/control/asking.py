"""The control window's questions: one sheet at a time, opened only when its action is possible, else said why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMainWindow

from carcheck_desktop.ui.bridge.station_time import local
from carcheck_desktop.ui.control.sheets.after_alarm import AfterAlarmSheet
from carcheck_desktop.ui.control.sheets.intake import IntakeRules, usual_province
from carcheck_desktop.ui.control.sheets.intake_dialog import OpenVisitSheet
from carcheck_desktop.ui.control.sheets.sign_in import SignInSheet
from carcheck_desktop.ui.control.telling import actions as act
from carcheck_desktop.ui.verdict.sheet import VerdictSheet
from carcheck_desktop.ui.widgets.forms.states import ActionState
from carcheck_desktop.ui.widgets.notices.sheets.confirm import Confirm
from carcheck_desktop.ui.widgets.notices.states import ConfirmState

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.ui.bridge.station import Station
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.control.body import ControlBody
    from carcheck_desktop.ui.control.presenter import ControlPresenter
    from carcheck_desktop.ui.widgets.notices.sheets.sheet import Sheet


class AskingWindow(QMainWindow):
    """A window that asks by sheets over itself; what is done with the answers is the presenter's."""

    words: Words
    station: Station
    presenter: ControlPresenter
    body: ControlBody

    def __init__(self) -> None:
        super().__init__()
        self._sheet: Sheet | None = None

    def refresh(self) -> None:
        """Paint what has changed since the last time."""
        raise NotImplementedError

    def _then(self, action: Callable[[], object]) -> None:
        raise NotImplementedError

    def _do(self, key: str, reason: str = "") -> None:
        raise NotImplementedError

    def ask_after_alarm(self) -> None:
        """Ask what was seen at the lane before anything goes on after an alarm."""
        situation = self.presenter.situation()
        plain = act.plain_action(situation)
        parts = self, self.words, self.body.buttons
        self._open(act.AFTER_ALARM, lambda: AfterAlarmSheet(*parts, situation.lane, plain, lambda: self._do(plain)))

    def ask_sign(self) -> None:
        """Ask who it is, or end the session."""
        if self.station.session is not None:
            self._then(self.presenter.sign_out)
        else:
            parts = self, self.words, self.body.buttons, self.presenter.send_form
            self._open(act.SIGN_IN, lambda: SignInSheet(*parts))

    def ask_open_visit(self) -> None:
        """Ask for a vehicle to take in."""
        now = self.station.time.now()
        if now is None:
            self._then(lambda: self.presenter.say_why_not(act.OPEN_VISIT))
            return
        parts = self, self.words, self.body.buttons, self.presenter.send_form
        about = IntakeRules(local(now).date(), usual_province(self.station.visits.values()))
        self._open(act.OPEN_VISIT, lambda: OpenVisitSheet(*parts, about))

    def ask_abort(self) -> None:
        """Ask why the attempt is given up: a reason is written down, or nothing is aborted."""
        words = self.words
        asked = ConfirmState(
            question=words("ui.abort.title"),
            yes=ActionState(act.ABORT, words("ui.abort.ok"), act.ICONS[act.ABORT], enabled=True),
            no_text=words("ui.dialog.cancel"),
            detail=words("ui.abort.what"),
            destructive=True,
            reason_label=words("ui.abort.reason"),
            reason_hint=words("ui.abort.hint"),
            reason_missing=words("ui.abort.reason_missing"),
        )

        def made() -> Sheet:
            sheet = Confirm(self, "abort", asked, self.body.buttons)
            sheet.answered.connect(lambda is_yes, reason: self._do(act.ABORT, reason) if is_yes else None)
            return sheet

        self._open(act.ABORT, made)

    def ask_verdict(self, key: str = "") -> None:
        """Show why a result is as it is: the one with this key, else the one that is large."""
        question = self.presenter.question(key)
        if question is not None and self._sheet is None:
            self._show(VerdictSheet(self, self.words, self.body.buttons, question))

    def _open(self, key: str, make: Callable[[], Sheet]) -> None:
        """Open the sheet of an action, or say why that is not possible now."""
        is_refused = self.presenter.say_why_not(key)
        self.refresh()
        if is_refused:
            return
        if self._sheet is not None:
            self._sheet.reject()
        self._show(make())

    def _show(self, sheet: Sheet) -> None:
        self._sheet = sheet
        sheet.spare(self.body.alarm)
        sheet.finished.connect(lambda _: self._sheet_gone(sheet))
        sheet.open()

    def _sheet_gone(self, sheet: Sheet) -> None:
        if self._sheet is sheet:
            self._sheet = None
        self.refresh()
