"""A box that searches while one types, and says how many it found."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from carcheck_desktop.ui.theme.apply import restyle
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import SPACE_S, SPACE_XS, Tone
from carcheck_desktop.ui.widgets.basics.icon import Icon
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import row
from carcheck_desktop.ui.widgets.forms.spinner import Spinner
from carcheck_desktop.ui.widgets.forms.states import SearchState

DEBOUNCE_MS = 150
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchBox(QLineEdit):
    """Searches 150 ms after the last key; Esc clears, Down goes to the hits, Enter does not wait.

    `searched` carries the words to search for, `moved_down` that somebody wants to the list. Enter is left to
    the window once the hits belong to what is typed.
    """

    searched = Signal(str)
    moved_down = Signal()

    def __init__(self, name: str, label: str, hint: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setPlaceholderText(hint or label)
        self._state: SearchState | None = None
        self._asked = ""
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(DEBOUNCE_MS)
        self._wait.timeout.connect(self._ask)
        self._sign, self._spinner, self._hits = Icon(16), Spinner(16), Label("", "caption")
        self._behind = QWidget(self)
        self._behind.setProperty("kind", "clear")
        for part in (self._sign, self._behind):
            part.setParent(self)
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._behind.setLayout(row(self._spinner, self._hits, spacing=SPACE_XS))
        self._sign.show_icon("search", Tone.OFF)
        self._spinner.hide()
        self.textChanged.connect(self._typed)
        self._place()

    def words(self) -> str:
        """Return what is searched for, blanks at the ends removed."""
        return self.text().strip()

    def show_search(self, state: SearchState) -> None:
        """Say how many were found."""
        if state == self._state:
            return
        self._state = state
        restyle(self, tone=state.tone.value)
        self.setEnabled(state.enabled)
        self._spinner.setVisible(state.busy)
        self._hits.show_text(state.text, state.tone)
        self._sign.show_icon("cloud-off" if state.offline else "search", Tone.OFF)
        self.setAccessibleDescription(state.text)
        self._place()

    def _typed(self) -> None:
        if self.words() != self._asked:
            self._wait.start()
        else:
            self._wait.stop()

    def _ask(self) -> None:
        self._wait.stop()
        if self.words() != self._asked:
            self._asked = self.words()
            self.searched.emit(self._asked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._ask()
        elif event.key() == Qt.Key.Key_Down:
            self._ask()
            self.moved_down.emit()
        elif event.key() in ENTER and self._wait.isActive():
            # the hits on the screen belong to other words: search, and let nobody act on them
            self._ask()
        else:
            super().keyPressEvent(event)

    def _place(self) -> None:
        gap, side = SPACE_S, self._sign.width()
        width = self._behind.sizeHint().width()
        self.setTextMargins(side + gap, 0, width + gap, 0)
        self._sign.move(gap, (self.height() - side) // 2)
        self._behind.setGeometry(self.width() - width - gap, 0, width, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._sign.setFixedSize(look_of(self).px(16), look_of(self).px(16))
            self._place()
