"""A card in the middle of a page: a task of few parts, such as who it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_M, SPACE_XL
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, panel, row
from carcheck_desktop.ui.widgets.forms.field import text_field

if TYPE_CHECKING:
    from carcheck_desktop.ui.bridge.words import Words

CARD_PX = 560


def card(name: str, title: str, *parts: QWidget) -> QFrame:
    """Return a card of a task that has few parts."""
    made = panel("card", name)
    inner = column(spacing=SPACE_M, margins=(SPACE_XL, SPACE_L, SPACE_XL, SPACE_L))
    heading = Label(title, "title", wrap=True)
    heading.setObjectName(f"{name}_title")
    inner.addWidget(heading)
    for part in parts:
        inner.addWidget(part)
    made.setLayout(inner)
    made.setMinimumWidth(CARD_PX)
    return made


def centred(page: QWidget, made: QFrame) -> None:
    """Put a card into the middle of a page."""
    whole = column(spacing=0)
    line = row(spacing=0)
    line.addStretch(1)
    line.addWidget(made, 2)
    line.addStretch(1)
    whole.addStretch(1)
    whole.addLayout(line)
    whole.addStretch(2)
    page.setLayout(whole)


class SignInPage(QWidget):
    """Name and PIN."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("sign_in_page")
        self.name = text_field("sign_in_name", words("ui.sign_in.name"), lambda: None)
        self.pin = text_field("sign_in_pin", words("ui.sign_in.pin"), lambda: None, secret=True)
        hint = Label(words("ui.frame.sign_in.hint"), "caption", wrap=True)
        centred(self, card("sign_in_card", words("ui.sign_in.title"), self.name, self.pin, hint))

    def given(self) -> tuple[str, str]:
        """Return name and PIN as they stand."""
        return self.name.value(), self.pin.value()

    def clear_pin(self) -> None:
        """Forget the PIN: it was sent."""
        if isinstance(self.pin.control, QLineEdit):
            self.pin.control.clear()
