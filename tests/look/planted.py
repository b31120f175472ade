"""Small windows with exactly one fault each, one for every check: each must be found by its check and by no other.

A check that finds nothing here is worth nothing. `clean` has no fault and gives no finding.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from carcheck_desktop.base.catalogues import PSEUDO, Catalogue, pseudo
from carcheck_desktop.base.messages import Message
from carcheck_desktop.ui.theme.fonts import font
from carcheck_desktop.ui.theme.icons import FOLDER
from carcheck_desktop.ui.theme.look import Look, wear

SIZE = (640, 360)


def words(code: str = "ui.sign_in.title") -> str:
    """Return words of the catalogue in the language that the planted windows speak."""
    return Catalogue(PSEUDO).text(Message(code))


def button(name: str, text: str, *, listened: bool = True) -> QPushButton:
    """Return a button as it should be."""
    made = QPushButton(text)
    made.setObjectName(name)
    made.setAccessibleName(text)
    made.setMinimumSize(120, 36)
    made.setAutoDefault(True)
    if listened:
        made.clicked.connect(made.update)
    return made


def field(name: str) -> QLineEdit:
    """Return a field as it should be."""
    made = QLineEdit()
    made.setObjectName(name)
    made.setAccessibleName(words())
    return made


class Window(QWidget):
    """A label, two fields and two buttons, without a fault."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("planted")
        self.setProperty("kind", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(words())
        wear(self, Look())
        self.label = QLabel(words())
        self.label.setObjectName("label")
        self.fields = [field("first_field"), field("second_field")]
        self.buttons = [button("no_button", pseudo("Back")), button("yes_button", pseudo("Forward"))]
        self.row = QHBoxLayout()
        for each in self.buttons:
            self.row.addWidget(each)
        self.box = QVBoxLayout(self)
        for part in (self.label, *self.fields):
            self.box.addWidget(part)
        self.box.addLayout(self.row)
        self.box.addStretch(1)
        self.resize(*SIZE)


def clean() -> Window:
    """Return a window without a fault."""
    return Window()


def too_large() -> Window:
    """A window that does not shrink to its screen."""
    window = Window()
    window.setMinimumSize(900, 360)
    return window


def clipped_label() -> Window:
    """A label that is narrower than its words."""
    window = Window()
    window.label.setFixedWidth(40)
    return window


def overlapping_labels() -> Window:
    """A label that lies over another one."""
    window = Window()
    over = QLabel(words(), window)
    over.setObjectName("over")
    over.move(window.box.contentsMargins().left() + 4, window.box.contentsMargins().top() + 2)
    over.adjustSize()
    return window


def elided_instruction() -> Window:
    """A text that was cut with an ellipsis by nobody who said so."""
    window = Window()
    window.label.setText(words()[:-4] + "…")
    return window


def words_from_code() -> Window:
    """Words that stand in the code, painted by hand, where no search for labels finds them."""

    class Painted(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            painter = QPainter(self)
            painter.setFont(font(14))
            painter.setPen(Qt.GlobalColor.black)
            painter.drawText(4, 20, "Stop the lane")
            painter.end()

    window = Window()
    painted = Painted()
    painted.setObjectName("painted")
    painted.setMinimumSize(QSize(200, 30))
    window.box.insertWidget(0, painted)
    return window


def chinese_words() -> Window:
    """Chinese words that are no data, in a window that speaks English."""
    window = Window()
    window.setWindowTitle("停车")
    return window


def pale_text() -> Window:
    """Grey on a little less grey."""
    window = Window()
    window.label.setStyleSheet("color: #999999")
    return window


def strange_character() -> Window:
    """A character that no font has."""
    window = Window()
    window.label.setText("\U0010fffd")
    return window


def tiny_text() -> Window:
    """Letters of eight pixels."""
    window = Window()
    window.label.setStyleSheet("font-size: 8px")
    return window


def nameless_button() -> Window:
    """A field that says nothing of itself to a program."""
    window = Window()
    window.fields[0].setAccessibleName("")
    return window


def bare_icon() -> Window:
    """A button with a picture and no tool tip."""
    window = Window()
    bare = button("bare", "")
    bare.setAccessibleName(words())
    bare.setIcon(QIcon(str(Path(FOLDER) / "check.svg")))
    window.row.addWidget(bare)
    return window


def out_of_reach() -> Window:
    """A field that only a mouse reaches."""
    window = Window()
    window.fields[1].setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    return window


def wrong_order() -> Window:
    """Tab goes to the right button first."""
    window = Window()
    QWidget.setTabOrder(window.fields[1], window.buttons[1])
    QWidget.setTabOrder(window.buttons[1], window.buttons[0])
    return window


def trapped_focus() -> Window:
    """A field that keeps Tab to itself."""

    class Keeping(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            is_key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
            return is_key and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)  # type: ignore[attr-defined]

    window = Window()
    window.buttons[1].installEventFilter(Keeping(window))
    return window


def hidden_focus() -> Window:
    """A button that looks the same wherever the focus is."""
    window = Window()
    plain = "QPushButton, QPushButton:focus { border: 1px solid #555555; outline: none; background: #ffffff; color: #111111 }"
    window.buttons[0].setStyleSheet(plain)
    return window


def deaf_button() -> Window:
    """A button to which nobody listens."""
    window = Window()
    window.row.addWidget(button("deaf", pseudo("Nothing"), listened=False))
    return window


class StolenEnter(Window):
    """Enter on a button that does not take it presses the first one."""

    def __init__(self) -> None:
        super().__init__()
        meek = button("meek", pseudo("Details"))
        meek.setAutoDefault(False)
        self.row.addWidget(meek)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Return:
            self.findChildren(QPushButton)[0].click()


FAULTS: dict[str, Callable[[], Window]] = {
    "fits": too_large,
    "clipped": clipped_label,
    "overlapping": overlapping_labels,
    "elided": elided_instruction,
    "uncatalogued": words_from_code,
    "foreign": chinese_words,
    "contrast": pale_text,
    "glyphs": strange_character,
    "small": tiny_text,
    "names": nameless_button,
    "icon_only": bare_icon,
    "reach": out_of_reach,
    "tab_order": wrong_order,
    "trap": trapped_focus,
    "focus_sign": hidden_focus,
    "pressing": deaf_button,
}
