"""Signing in: who it is, proved by a PIN."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from carcheck_desktop.domain.commands import Command, SignIn
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.forms.field import text_field, value_of
from carcheck_desktop.ui.widgets.notices.sheets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.widgets.forms.action_bar import ActionBar
    from carcheck_desktop.ui.widgets.notices.states import BannerState

    Send = Callable[[Command, Callable[["BannerState | None"], None]], None]


class SignInSheet(Sheet):
    """Name and PIN."""

    def __init__(self, window: QWidget, words: Words, bar: ActionBar, send: Send) -> None:
        super().__init__(window, "sign_in", words("ui.sign_in.title"), words("ui.dialog.cancel"), bar)
        self.words = words
        self._send = send
        self._is_sending = False
        self.name = text_field("sign_in_name", words("ui.sign_in.name"), self._changed)
        self.pin = text_field("sign_in_pin", words("ui.sign_in.pin"), self._changed, secret=True)
        self.first = self.name.control
        self.body.addWidget(self.name)
        self.body.addWidget(self.pin)
        self.body.addWidget(Label(words("ui.sign_in.hint"), "caption", wrap=True))
        self._changed()

    def _changed(self) -> None:
        text = self.words("ui.sign_in.sending" if self._is_sending else "ui.sign_in.ok")
        is_whole = bool(value_of(self.name) and value_of(self.pin))
        self.show_primary(text, "log-in", enabled=is_whole and not self._is_sending)

    def accept_form(self) -> None:
        """Move on from the name, or send both."""
        pin = self.pin.control
        if not value_of(self.pin) and isinstance(pin, QLineEdit):
            pin.setFocus()
            return
        if self._is_sending or not value_of(self.name):
            return
        self._is_sending = True
        self.banner.show_banner(None)
        self._changed()
        self._send(SignIn(value_of(self.name), value_of(self.pin)), self._answered)

    def _answered(self, refused: BannerState | None) -> None:
        self._is_sending = False
        if refused is None or not self.is_open:
            self.accept()
            return
        self.banner.show_banner(refused)
        if isinstance(self.pin.control, QLineEdit):
            self.pin.control.clear()
            self.pin.control.setFocus()
        self._changed()
