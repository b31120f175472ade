"""The control window's questions: one sheet at a time, opened only when its action is possible, else said why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMainWindow

from carcheck_desktop.ui.bridge.station_time import local
from carcheck_desktop.ui.control.sheets.after_alarm import AfterAlarmSheet
from carcheck_desktop.ui.control.sheets.dialogs import AbortSheet, Sheet, SignInSheet
from carcheck_desktop.ui.control.sheets.intake_dialog import OpenVisitSheet
from carcheck_desktop.ui.control.telling import actions as act

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.ui.bridge.station import Station
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.control.presenter import ControlPresenter


class AskingWindow(QMainWindow):
    """A window that asks by sheets beside itself; what is done with the answers is the presenter's."""

    words: Words
    station: Station
    presenter: ControlPresenter

    def __init__(self) -> None:
        super().__init__()
        self._sheet: Sheet | None = None

    def refresh(self) -> None:
        """Paint what has changed since the last time."""
        raise NotImplementedError

    def stop_lane(self) -> None:
        """Stop the chosen lane's machinery now."""
        raise NotImplementedError

    def _then(self, action: Callable[[], object]) -> None:
        raise NotImplementedError

    def _do(self, key: str, reason: str = "") -> None:
        raise NotImplementedError

    def ask_after_alarm(self) -> None:
        """Ask what was seen at the lane before anything goes on after an alarm."""
        situation = self.presenter.situation()
        plain = act.plain_action(situation)
        parts = self, self.words, self.stop_lane
        self._open(act.AFTER_ALARM, lambda: AfterAlarmSheet(*parts, situation.lane, plain, lambda: self._do(plain)))

    def ask_sign(self) -> None:
        """Ask who it is, or end the session."""
        if self.station.session is not None:
            self._then(self.presenter.sign_out)
        else:
            self._open(act.SIGN_IN, lambda: SignInSheet(self, self.words, self.stop_lane, self.presenter.send_form))

    def ask_open_visit(self) -> None:
        """Ask for a vehicle to take in."""
        now = self.station.time.now()
        if now is None:
            self._then(lambda: self.presenter.say_why_not(act.OPEN_VISIT))
            return
        parts = self, self.words, self.stop_lane, self.presenter.send_form
        self._open(act.OPEN_VISIT, lambda: OpenVisitSheet(*parts, local(now).date()))

    def ask_abort(self) -> None:
        """Ask why the attempt is given up."""

        def given_up(reason: str) -> None:
            self._do(act.ABORT, reason)

        self._open(act.ABORT, lambda: AbortSheet(self, self.words, self.stop_lane, given_up))

    def _open(self, key: str, make: Callable[[], Sheet]) -> None:
        """Open the sheet of an action, or say why that is not possible now."""
        is_refused = self.presenter.say_why_not(key)
        self.refresh()
        if is_refused:
            return
        sheet = make()
        if self._sheet is not None:
            self._sheet.close()
        self._sheet = sheet
        sheet.finished.connect(lambda _: self._sheet_gone(sheet))
        sheet.ensurePolished()
        sheet.adjustSize()
        sheet.show()
        sheet.raise_()
        sheet.activateWindow()
        sheet.first.setFocus()

    def _sheet_gone(self, sheet: Sheet) -> None:
        if self._sheet is sheet:
            self._sheet = None
            self.activateWindow()
        self.refresh()
