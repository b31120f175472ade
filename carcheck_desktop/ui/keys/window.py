"""The keys window: turns taps, keys and scans into the presenter's calls and has its state painted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from carcheck_desktop.ui.bridge.station import Station
from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.frame.window import DeskWindow
from carcheck_desktop.ui.keys.body import KeysBody
from carcheck_desktop.ui.keys.correcting import CorrectSheet
from carcheck_desktop.ui.keys.presenter import KeysPresenter
from carcheck_desktop.ui.keys.telling import actions as act
from carcheck_desktop.ui.theme.density import TOUCH
from carcheck_desktop.ui.theme.look import look_of, wear
from carcheck_desktop.ui.widgets.forms.states import ActionState
from carcheck_desktop.ui.widgets.notices.sheets.confirm import Confirm
from carcheck_desktop.ui.widgets.notices.states import ConfirmState

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from carcheck_desktop.base.catalogues import Catalogue
    from carcheck_desktop.ui.bridge.protocols import Link


class KeysWindow(DeskWindow):
    """One car at a time under a thumb: take its key, hang it up, give it back."""

    def __init__(self, service: Link, catalogue: Catalogue) -> None:
        self.words = Words(catalogue)
        super().__init__("keys_window", self.words("ui.keys.name"), Station(service, None))
        wear(self, replace(look_of(self), density=TOUCH))
        self.presenter = KeysPresenter(self.station, self.words)
        self.body = KeysBody(self.words)
        self._connect()
        self.listen({"F2": lambda: self.then(self.presenter.sign_out), "Esc": lambda: self.then(self.presenter.back)})
        self.begin(self.presenter, self.body)

    def _connect(self) -> None:
        body, presenter = self.body, self.presenter
        body.buttons.chosen.connect(self.act)
        body.buttons.refused.connect(self.refuse)
        body.toasts.gone.connect(presenter.sayings.put_away)
        body.head.sign.clicked.connect(lambda: self.then(presenter.sign_out))
        body.side.chosen.connect(lambda visit: self.then(lambda: presenter.choose(visit)))
        body.side.which.chosen.connect(lambda which: self.then(lambda: presenter.list(which)))
        body.arrival.typed.connect(lambda plate: self.then(lambda: presenter.type_plate(plate)))
        body.arrival.kind.chosen.connect(lambda kind: self.then(lambda: presenter.choose_kind(kind)))
        body.arrival.channel.chosen.connect(lambda channel: self.then(lambda: presenter.choose_channel(channel)))

    def act(self, key: str) -> None:
        """Do what a button of the bar stands for; Enter behind a scan goes to what was scanned."""
        if key == act.SIGN_IN:
            self._sign_in()
        elif not self._scanned():
            if key == act.GIVE:
                self.give_back()
            elif key == act.CORRECT:
                self.correct()
            else:
                self.then(lambda: self.presenter.act(key))

    def refuse(self, key: str) -> None:
        """Say why an action is not possible, unless Enter ended a scan."""
        if not self._scanned():
            self.then(lambda: self.presenter.why_not(key))

    def _scanned(self) -> bool:
        side = self.body.side
        if not side.search.hasFocus() or not side.search.text().strip():
            return False
        self.then(lambda: self.presenter.find(side.take_search()))
        return True

    def give_back(self) -> None:
        """Ask before the owner gets key and licence back."""
        words, car = self.words, self.presenter.car()
        if car is None:
            return
        yes = ActionState("give", words("ui.keys.give.yes"), "user-round", enabled=True)
        question = words("ui.keys.give.question", plate=car.plate, number=car.number or "–")
        asked = ConfirmState(question, yes, words("ui.dialog.cancel"), words("ui.keys.give.detail"))
        sheet = Confirm(self, "give_back", asked, self.body.buttons)
        sheet.answered.connect(lambda is_yes, _: self.then(self.presenter.give_back) if is_yes else None)
        sheet.open()

    def correct(self) -> None:
        """Ask what is wrong in the record of the large car, and why."""
        car = self.presenter.car()
        if car is None:
            return
        sheet = CorrectSheet(self, car, self.words, self.body.buttons)
        sheet.corrected.connect(lambda *told: self.then(lambda: self.presenter.correct(*told)))
        sheet.open()

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
        """Let the down arrow go from the scanner's line into the list."""
        side = self.body.side
        if event.key() == Qt.Key.Key_Down and side.search.hasFocus() and side.rows.isVisible():
            side.rows.setFocus()
        else:
            super().keyPressEvent(event)
