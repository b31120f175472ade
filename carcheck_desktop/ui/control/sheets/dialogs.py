"""Dialogs of the control window: sign in, give a reason; modeless, so that stop stays in reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QWidget

from carcheck_desktop.domain.commands import Command, SignIn
from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_M, SPACE_XL
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, panel, row
from carcheck_desktop.ui.widgets.forms.action_button import ActionButton
from carcheck_desktop.ui.widgets.forms.field import text_field, value_of
from carcheck_desktop.ui.widgets.forms.states import ActionState
from carcheck_desktop.ui.widgets.notices.banner import Banner

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QVBoxLayout

    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.widgets.notices.states import BannerState

    Send = Callable[[Command, Callable[["BannerState | None"], None]], None]


class Sheet(QDialog):
    """A small window with a title, a body, a banner for what was refused, and the next action on Enter."""

    def __init__(self, name: str, parent: QWidget, words: Words, stop: Callable[[], None]) -> None:
        super().__init__(parent)
        self.words = words
        self.setObjectName(name)
        self.setModal(False)
        self.setAttribute(qt.CLOSE_DELETES)
        title = words(f"ui.{name}.title")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.banner = Banner(f"{name}_banner", narrow=True)
        self.primary = ActionButton(f"{name}_ok", "primary")
        self.first: QWidget = self.primary
        self.cancel = QPushButton(words("ui.dialog.cancel"))
        self.cancel.setObjectName(f"{name}_cancel")
        self.cancel.setAccessibleName(words("ui.dialog.cancel"))
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.reject)
        self.primary.clicked.connect(self.accept_form)
        for key in ("Return", "Enter"):
            QShortcut(QKeySequence(key), self, self.accept_form)
        self.body: QVBoxLayout = column(spacing=SPACE_M, margins=(SPACE_XL, SPACE_L, SPACE_XL, SPACE_M))
        self.body.addWidget(Label(title, "title"))
        self.body.addWidget(self.banner)
        footer = panel("footer", f"{name}_footer")
        foot = row(spacing=SPACE_M, margins=(SPACE_XL, SPACE_M, SPACE_XL, SPACE_M))
        foot.addWidget(Label(words("ui.dialog.stop_hint"), "caption"))
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.primary)
        footer.setLayout(foot)
        whole = column(spacing=0)
        whole.addLayout(self.body, 1)
        whole.addWidget(footer)
        self.setLayout(whole)

    def show_primary(self, text: str, icon: str, *, enabled: bool, why_not: str = "") -> None:
        """Show the next action."""
        self.primary.show_action(ActionState("ok", text, icon, enabled, why_not))

    def event(self, event: QEvent) -> bool:
        is_taken = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._grow()
        return is_taken

    def _grow(self) -> None:
        """Take the height that wrapped texts need; Qt grows a window only for the width of a text."""
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            needed = layout.totalHeightForWidth(self.width())
            if needed > self.height():
                self.resize(self.width(), needed)

    def accept_form(self) -> None:
        """Do what the sheet is for."""
        raise NotImplementedError


class SignInSheet(Sheet):
    """Name and PIN."""

    def __init__(self, parent: QWidget, words: Words, stop: Callable[[], None], send: Send) -> None:
        super().__init__("sign_in", parent, words, stop)
        self._send = send
        self._is_sending = False
        self.name = text_field("sign_in_name", words("ui.sign_in.name"), self._changed)
        self.pin = text_field("sign_in_pin", words("ui.sign_in.pin"), self._changed, secret=True)
        self.first = self.name.control
        self.body.addWidget(self.name)
        self.body.addWidget(self.pin)
        self.body.addWidget(Label(words("ui.sign_in.hint"), "caption", wrap=True))
        self.body.addStrut(460)
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
        if refused is None:
            self.accept()
            return
        self.banner.show_banner(refused)
        if isinstance(self.pin.control, QLineEdit):
            self.pin.control.clear()
            self.pin.control.setFocus()
        self._changed()


class AbortSheet(Sheet):
    """Why the attempt is given up: a reason is written down, or nothing is aborted."""

    def __init__(self, parent: QWidget, words: Words, stop: Callable[[], None], done: Callable[[str], None]) -> None:
        super().__init__("abort", parent, words, stop)
        self._done = done
        self.body.addWidget(Label(words("ui.abort.what"), "", wrap=True))
        self.reason = text_field("abort_reason", words("ui.abort.reason"), self._changed, hint=words("ui.abort.hint"))
        self.first = self.reason.control
        self.body.addWidget(self.reason)
        self.body.addStrut(520)
        self._changed()

    def _changed(self) -> None:
        is_whole = bool(value_of(self.reason))
        why = "" if is_whole else self.words("ui.abort.reason_missing")
        self.show_primary(self.words("ui.abort.ok"), "ban", enabled=is_whole, why_not=why)

    def accept_form(self) -> None:
        """Abort with the reason."""
        if value_of(self.reason):
            self._done(value_of(self.reason))
            self.accept()
