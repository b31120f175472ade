"""The province of a plate: chosen by its first letters, or from a panel of all of them."""

from __future__ import annotations

import time

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QWidget

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import SPACE_S, SPACE_XS
from carcheck_desktop.ui.widgets.forms.reading.plates import PROVINCES, provinces_for

COLUMNS = 8
FORGET_S = 1.2
"""Letters typed within so long belong together."""
CHOOSE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -COLUMNS, Qt.Key.Key_Down: COLUMNS}


class ProvinceButton(QPushButton):
    """Shows the province; letters choose (`y` again and again, or `yu`, `yun`), Space opens the panel."""

    chosen = Signal(str)
    done = Signal()

    def __init__(self, name: str, label: str, home: str) -> None:
        super().__init__(home)
        self.setObjectName(name)
        self.setProperty("role", "province")
        self.setAutoDefault(False)
        self._label = label
        self._home = home
        self._letters, self._typed_at_s = "", 0.0
        self._panel: ProvincePanel | None = None
        self.clicked.connect(self.open_panel)
        self.show_province(home)

    def show_province(self, province: str) -> None:
        """Show another province."""
        self.setText(province or "–")
        self.setAccessibleName(f"{self._label} {province}".strip())

    def choose(self, province: str) -> None:
        """Take a province that somebody chose."""
        self.show_province(province)
        self.chosen.emit(province)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().lower()
        if event.key() == Qt.Key.Key_Right:
            self.done.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.open_panel()
        elif letter in PROVINCES:
            self.choose(letter)
            self.done.emit()
        elif len(letter) == 1 and letter.isascii() and letter.isalpha() and self._take_letter(letter):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _take_letter(self, letter: str) -> bool:
        now_s = time.monotonic()
        before = self._letters if now_s - self._typed_at_s < FORGET_S else ""
        self._typed_at_s = now_s
        more = provinces_for(before + letter, self._home)
        if more:
            self._letters = before + letter
            self.choose(more[0])
            return True
        found = provinces_for(letter, self._home)
        if not found:
            return False
        self._letters = letter
        at = found.index(self.text()) + 1 if self.text() in found else 0
        self.choose(found[at % len(found)])
        return True

    def open_panel(self) -> None:
        """Open the panel of all provinces below."""
        panel = ProvincePanel(self, self.text(), self._home)
        panel.chosen.connect(self._take_from_panel)
        self._panel = panel
        panel.adjustSize()
        panel.move(self.mapToGlobal(QPoint(0, self.height() + SPACE_XS)))
        panel.show()
        panel.setFocus()

    def _take_from_panel(self, province: str) -> None:
        self.choose(province)
        self.done.emit()


class ProvincePanel(QFrame):
    """All provinces as keys, the station's own first; arrows and letters move, Enter takes, Esc leaves."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, current: str, home: str) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName(f"{parent.objectName()}_panel")
        self.setAccessibleName(parent.accessibleName())
        self.setProperty("kind", "popup")
        self.setAttribute(qt.STYLED)
        self.setAttribute(qt.CLOSE_DELETES)
        self._home = home
        self._order = tuple(sorted(PROVINCES, key=lambda each: each != home))
        self._keys = [self._key(province) for province in self._order]
        self._at = self._order.index(current) if current in self._order else 0
        grid = QGridLayout(self)
        grid.setSpacing(SPACE_XS)
        grid.setContentsMargins(SPACE_S, SPACE_S, SPACE_S, SPACE_S)
        for number, key in enumerate(self._keys):
            grid.addWidget(key, number // COLUMNS, number % COLUMNS)
        self._mark()

    def _key(self, province: str) -> QPushButton:
        key = QPushButton(province)
        key.setObjectName(f"{self.objectName()}_{PROVINCES[province]}_{province}")
        key.setAccessibleName(province)
        key.setProperty("role", "key")
        key.setFocusPolicy(qt.NO_FOCUS)
        key.setCheckable(True)
        key.clicked.connect(lambda: self._take(province))
        side = look_of(self).px(look_of(self).density.control_px)
        key.setMinimumWidth(round(side * 1.4))
        return key

    def _mark(self) -> None:
        for number, key in enumerate(self._keys):
            key.setChecked(number == self._at)

    def _take(self, province: str) -> None:
        self.chosen.emit(province)
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in STEPS:
            at = self._at + STEPS[key]
            self._at = at if 0 <= at < len(self._order) else self._at
            self._mark()
        elif key in CHOOSE:
            self._take(self._order[self._at])
        elif key == Qt.Key.Key_Escape:
            self.close()
        else:
            self._jump(event.text())

    def _jump(self, letter: str) -> None:
        found = provinces_for(letter, self._home) if letter else ()
        if not found:
            return
        current = self._order[self._at]
        at = found.index(current) + 1 if current in found else 0
        self._at = self._order.index(found[at % len(found)])
        self._mark()
