"""A sheet over the window: it asks something inside it, holds the keyboard, and gives it back."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import RADIUS_M, SPACE_L, SPACE_M, SPACE_XL
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, panel, row
from carcheck_desktop.ui.widgets.forms.action_bar import ENTER, SETTLE_S
from carcheck_desktop.ui.widgets.forms.action_button import ActionButton
from carcheck_desktop.ui.widgets.forms.states import ActionState
from carcheck_desktop.ui.widgets.notices.announce import announce
from carcheck_desktop.ui.widgets.notices.banner import Banner
from carcheck_desktop.ui.widgets.notices.sheets.spoken import speak_as_dialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QBoxLayout

    from carcheck_desktop.ui.widgets.forms.action_bar import ActionBar

SHADE = 0.55
"""How much the window behind is darkened."""
KEEP = SPACE_M
PLACES = (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Resize, QEvent.Type.Move)


class Sheet(QWidget):
    """A card over a darkened window: title, body, a banner for what was refused, no and yes at its foot.

    Esc is no, Enter is yes; all other keys stay in the sheet but the stops of the window's bar, whose buttons
    stay in reach of the mouse too. `finished` says whether it was a yes.
    """

    finished = Signal(bool)
    _is_open = False

    def __init__(self, window: QWidget, name: str, title: str, no_text: str, bar: ActionBar | None = None) -> None:
        super().__init__(window)
        speak_as_dialog(self)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._bar = bar
        self._before: QWidget | None = None
        self._opened_s = 0.0
        self._spared: list[QWidget] = []
        self.clock: Callable[[], float] = time.monotonic
        self.banner = Banner(f"{name}_banner", narrow=True)
        self.primary = ActionButton(f"{name}_ok", "primary")
        self.cancel = QPushButton(no_text)
        self.cancel.setObjectName(f"{name}_cancel")
        self.cancel.setProperty("role", "large")
        self.cancel.setAccessibleName(no_text)
        self.cancel.setAutoDefault(False)
        self.first: QWidget = self.primary
        self.cancel.clicked.connect(self.reject)
        self.primary.clicked.connect(self._take)
        self.body: QBoxLayout = column(spacing=SPACE_M, margins=(SPACE_XL, SPACE_L, SPACE_XL, SPACE_M))
        self.card = panel("overlay", f"{name}_card")
        self.foot = row(spacing=SPACE_M, margins=(SPACE_XL, SPACE_M, SPACE_XL, SPACE_M))
        _lay_out(self, title)
        self.hide()
        if bar is not None:
            self.spare(bar.stop, bar.stop_all)
            bar.remarked.connect(self._spare_all)

    # -- life --------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Say whether it still waits for an answer."""
        return self._is_open

    def spare(self, *parts: QWidget) -> None:
        """Leave parts of the window in sight and in reach: what warns, and what stops."""
        for part in parts:
            self._spared.append(part)
            part.installEventFilter(self)
        self._spare_all()

    def open(self) -> None:
        """Show the sheet over its window and take the keyboard."""
        self._before = self.window().focusWidget()
        self._opened_s = self.clock()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._keep_focus)
        self._is_open = True
        self.pose()
        self.first.setFocus()
        announce(self)

    def pose(self) -> None:
        """Show the sheet without taking the keyboard: in the gallery."""
        parent = self.parentWidget()
        if parent is not None:
            parent.installEventFilter(self)
        self.show()
        self.raise_()
        self._place()

    def accept(self) -> None:
        """Go with a yes."""
        self._go(is_yes=True)

    def reject(self) -> None:
        """Go with a no."""
        self._go(is_yes=False)

    def _go(self, *, is_yes: bool) -> None:
        if not self._is_open:
            return
        self._is_open = False
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.disconnect(self._keep_focus)
        before = self._before
        self.hide()
        if before is not None and before.isVisible() and before.isEnabled():
            before.setFocus()
        self.finished.emit(is_yes)
        self.deleteLater()

    def accept_form(self) -> None:
        """Do what the sheet is for; a plain one just goes with a yes."""
        self.accept()

    def show_primary(self, text: str, icon: str, *, enabled: bool, why_not: str = "") -> None:
        """Show the next action."""
        self.primary.show_action(ActionState("ok", text, icon, enabled, why_not))

    def _take(self) -> None:
        """Do the next action, not before the sheet stands long enough for a key to be meant for it."""
        if self.clock() - self._opened_s >= SETTLE_S:
            # an action that is not possible yet says so itself
            self.accept_form()

    def press_enter(self) -> None:
        """Do what Enter does: no where that has the focus, else the next action."""
        if self.cancel.hasFocus():
            self.reject()
        else:
            self._take()

    # -- keyboard ----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._is_open:
            super().keyPressEvent(event)
        elif event.isAutoRepeat():
            return
        elif event.key() == Qt.Key.Key_Escape:
            self.reject()
        elif event.key() in ENTER:
            self.press_enter()

    def event(self, event: QEvent) -> bool:
        # the window's shortcuts rest while a sheet asks something, but for the stop
        if self._is_open and event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(self._bar is None or not self._bar.is_stop_key(event))
            return True
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep the Tab key inside."""
        if not self._is_open:
            return super().focusNextPrevChild(forward)
        chain = [each for each in _tab_chain(self) if each.isVisible() and each.isEnabled()]
        if not chain:
            return True
        focused = self.window().focusWidget()
        at = chain.index(focused) if focused in chain else -1 if forward else 0
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        chain[(at + (1 if forward else -1)) % len(chain)].setFocus(reason)
        return True

    def _keep_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        is_elsewhere = new is not None and new.window() is self.window() and not self.isAncestorOf(new)
        if is_elsewhere and self._is_open:
            target = old if old is not None and self.isAncestorOf(old) and old.isEnabled() else self.first
            target.setFocus()

    # -- place -------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what it covers and what it leaves free."""
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self._place()
        elif event.type() in PLACES and watched in self._spared:
            self._spare_all()
        return False

    def _place(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        self.setGeometry(window.rect())
        width = min(max(self.card.sizeHint().width(), look_of(self).px(480)), self.width() - 2 * KEEP)
        layout = self.card.layout()
        height = layout.totalHeightForWidth(width) if layout is not None and layout.hasHeightForWidth() else -1
        height = min(max(height, self.card.minimumSizeHint().height()), self.height() - 2 * KEEP)
        place = QRect(0, 0, width, height)
        place.moveCenter(self.rect().center())
        self.card.setGeometry(place)
        self._spare_all()

    def _spare_all(self) -> None:
        """Leave holes where the stops and warnings are, so that the eye and the mouse reach them."""
        window = self.parentWidget()
        if window is None:
            return
        shape = QRegion(self.rect())
        for part in dict.fromkeys((*self._spared, *(self._bar.spared if self._bar is not None else ()))):
            if part.isVisible():
                shape -= _rounded(QRect(part.mapTo(window, part.rect().topLeft()), part.size()))
        self.setMask(shape | QRegion(self.card.geometry()))

    def paintEvent(self, event: QPaintEvent) -> None:
        shade = QColor(look_of(self).palette.bar)
        shade.setAlphaF(SHADE)
        painter = QPainter(self)
        painter.fillRect(self.rect(), shade)
        painter.end()


def _lay_out(sheet: Sheet, title: str) -> None:
    """Put title, banner and foot of a sheet in their places."""
    name = sheet.objectName()
    heading = Label(title, "title", wrap=True)
    heading.setObjectName(f"{name}_title")
    sheet.body.addWidget(heading)
    sheet.body.addWidget(sheet.banner)
    sheet.card.setParent(sheet)
    footer = panel("footer", f"{name}_footer")
    sheet.foot.addStretch(1)
    sheet.foot.addWidget(sheet.cancel)
    sheet.foot.addWidget(sheet.primary)
    footer.setLayout(sheet.foot)
    whole = column(spacing=0)
    whole.addLayout(sheet.body, 1)
    whole.addWidget(footer)
    sheet.card.setLayout(whole)


def _rounded(place: QRect) -> QRegion:
    """Return a hole without corners, which would shine light beside a rounded button."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(place), RADIUS_M, RADIUS_M)
    return QRegion(path.toFillPolygon().toPolygon())


def _tab_chain(sheet: QWidget) -> list[QWidget]:
    """Return what the Tab key reaches inside a sheet, in its order."""
    found: list[QWidget] = []
    each = sheet.nextInFocusChain()
    while each is not None and each is not sheet and each not in found:
        if sheet.isAncestorOf(each) and each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.focusProxy() is None:
            found.append(each)
        each = each.nextInFocusChain()
    return found
